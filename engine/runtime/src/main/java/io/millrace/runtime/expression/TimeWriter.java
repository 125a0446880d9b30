package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.TimeUnit;
import io.millrace.runtime.expression.function.TimePattern;
import io.millrace.runtime.expression.function.Times;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.ZoneNames;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes functions of dates, times, timestamps and intervals. */
final class TimeWriter {

    private final ExpressionWriter writer;
    private final Conversion conversion;

    TimeWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.conversion = new Conversion(writer.body);
    }

    @Nullable
    Code arithmetic(Call call, List<Code> arguments) {
        Code left = arguments.get(0);
        boolean ofInterval = Types.isInterval(call.type());
        String value = switch (call.function()) {
            case PLUS, MINUS -> ofInterval ? intervals(call, arguments) : moved(call, left, arguments.get(1));
            case MULTIPLY, DIVIDE -> scaled(call, arguments);
            case NEGATE -> interval("Numbers.negate(" + Conversion.asLong(left) + ")", call.type());
            case ABS -> interval("Numbers.abs(" + Conversion.asLong(left) + ")", call.type());
            case SIGN -> conversion.ofLong("(long) Long.signum(" + Conversion.asLong(left) + ")", call.type());
            case FLOOR, CEIL -> rounded(call, left);
            case STEP -> step(call, left, arguments.get(1));
            case GREATEST -> chained("Math.max", arguments);
            default -> chained("Math.min", arguments);
        };
        return value == null ? null : writer.strict(call.type(), arguments, value);
    }

    private static String chained(String function, List<Code> arguments) {
        String value = arguments.get(0).value();
        for (Code argument : arguments.subList(1, arguments.size())) {
            value = function + "(" + value + ", " + argument.value() + ")";
        }
        return value;
    }

    /** Returns a long as an interval: months are stored as int. */
    private static String interval(String value, DataType type) {
        return Types.isMonths(type) ? "Numbers.toInteger(" + value + ")" : value;
    }

    private @Nullable String intervals(Call call, List<Code> arguments) {
        Code left = arguments.get(0);
        Code right = arguments.get(1);
        if (Types.isInterval(left.type())) {
            String sum = call.function() == ScalarFunction.PLUS ? "Numbers.add(" : "Numbers.subtract(";
            return interval(sum + Conversion.asLong(left) + ", " + Conversion.asLong(right) + ")", call.type());
        }
        if (Types.isMonths(call.type())) {
            return "Numbers.toInteger(Times.monthsBetween(" + parts(right) + ", " + parts(left) + "))";
        }
        return left.type() instanceof DateType
                ? "Numbers.multiply((long) " + left.value() + " - " + right.value() + ", Times.DAY)"
                : "Times.subtract(" + left.value() + ", " + right.value() + ")";
    }

    private @Nullable String scaled(Call call, List<Code> arguments) {
        boolean intervalFirst = Types.isInterval(arguments.get(0).type());
        Code amount = arguments.get(intervalFirst ? 0 : 1);
        Code factor = arguments.get(intervalFirst ? 1 : 0);
        if (!Conversion.isInteger(factor.type())) {
            return null;
        }
        String function = call.function() == ScalarFunction.MULTIPLY ? "Numbers.multiply(" : "Numbers.divide(";
        return interval(function + Conversion.asLong(amount) + ", " + Conversion.asLong(factor) + ")", call.type());
    }

    /** Returns the wall clock reading as day and microseconds of the day. */
    private String parts(Code code) {
        return switch (code.type()) {
            case DateType date -> "(long) " + code.value() + ", 0L";
            case TimeType time -> "0L, " + code.value();
            default -> "Math.floorDiv(" + local(code) + ", Times.DAY), Math.floorMod(" + local(code) + ", Times.DAY)";
        };
    }

    private static String local(Code code) {
        return Types.isZoned(code.type()) ? "Times.toLocal(" + code.value() + ", zone)" : code.value();
    }

    private static String ofLocal(String value, DataType type) {
        return Types.isZoned(type) ? "Times.fromLocal(" + value + ", zone)" : value;
    }

    /** Writes a time and an interval. */
    private @Nullable String moved(Call call, Code time, Code interval) {
        if (!Types.sameForm(time.type(), call.type())) {
            return null;
        }
        boolean plus = call.function() == ScalarFunction.PLUS;
        String amount = Conversion.asLong(interval);
        String moved = Types.isMonths(interval.type())
                ? movedByMonths(time, plus ? amount : "-" + amount)
                : movedByMicros(time, plus, amount);
        return CastWriter.precision(moved, call.type());
    }

    private static String movedByMonths(Code time, String months) {
        return switch (time.type()) {
            case DateType date -> "Times.date(Times.plusMonthsToDay(" + time.value() + ", " + months + "))";
            case TimeType clock -> time.value();
            default -> ofLocal("Times.plusMonths(" + local(time) + ", " + months + ")", time.type());
        };
    }

    private static String movedByMicros(Code time, boolean plus, String amount) {
        String sign = plus ? " + " : " - ";
        String days = (plus ? "Math.floorDiv(" : "Math.ceilDiv(") + amount + ", Times.DAY)";
        return switch (time.type()) {
            case DateType date -> "Times.date(" + time.value() + sign + days + ")";
            case TimeType clock ->
                "Math.floorMod(" + time.value() + sign + "Math.floorMod(" + amount + ", Times.DAY), Times.DAY)";
            default -> (plus ? "Times.add(" : "Times.subtract(") + time.value() + ", " + amount + ")";
        };
    }

    private static TimeUnit unit(Call call, int argument) {
        Literal literal = (Literal) call.arguments().get(argument);
        return TimeUnit.valueOf(String.valueOf(literal.value()));
    }

    private static String source(TimeUnit unit) {
        return "TimeUnit." + unit.name();
    }

    /** A unit of fixed length is a constant to divide by, which is quicker than a unit that is looked up. */
    private static String roundedTimestamp(TimeUnit unit, boolean up, String local) {
        if (unit.compareTo(TimeUnit.DAY) > 0) {
            return (up ? "Times.ceil(" : "Times.floor(") + source(unit) + ", " + local + ")";
        }
        String size = Times.micros(unit) + "L";
        return up ? "Times.ceilTo(" + size + ", " + local + ")" : "Times.precision(" + local + ", " + size + ")";
    }

    private @Nullable String rounded(Call call, Code value) {
        TimeUnit unit = unit(call, 1);
        boolean up = call.function() == ScalarFunction.CEIL;
        if (Types.isInterval(call.type())) {
            String size = Types.isMonths(call.type()) ? Times.months(unit) + "L" : Times.micros(unit) + "L";
            String amount = Conversion.asLong(value);
            return interval(
                    up ? "Times.ceilTo(" + size + ", " + amount + ")" : "Times.precision(" + amount + ", " + size + ")",
                    call.type());
        }
        String rounded = switch (value.type()) {
            case DateType date ->
                up
                        ? "Times.ceilDate(" + source(unit) + ", " + value.value() + ")"
                        : "Times.date(Times.floorDay(" + source(unit) + ", " + value.value() + "))";
            case TimeType time ->
                (up ? "Times.ceilTime(" : "Times.floorTime(") + source(unit) + ", " + value.value() + ")";
            default -> ofLocal(roundedTimestamp(unit, up, local(value)), call.type());
        };
        return CastWriter.precision(rounded, call.type());
    }

    private @Nullable String step(Call call, Code value, Code size) {
        boolean plain = value.form() == Form.LONG && size.form() == Form.LONG;
        boolean months = Types.isMonths(value.type()) && Types.isMonths(size.type());
        if (!plain && !months) {
            return null;
        }
        String step = "Numbers.step(" + Conversion.asLong(value) + ", " + Conversion.asLong(size) + ")";
        return Types.isInterval(call.type()) ? interval(step, call.type()) : CastWriter.precision(step, call.type());
    }

    @Nullable
    Code call(Call call, List<Code> arguments) {
        DataType type = call.type();
        return switch (call.function()) {
            case EXTRACT -> extract(call, arguments.get(1));
            case TIMESTAMP_DIFF ->
                writer.strict(
                        type,
                        arguments.subList(1, 3),
                        conversion.ofLong(
                                "Times.between(" + source(unit(call, 0)) + ", " + parts(arguments.get(1)) + ", "
                                        + parts(arguments.get(2)) + ")",
                                type));
            case UNIX_MILLIS ->
                arguments.get(0).type() instanceof TimestampType
                        ? writer.strict(
                                type,
                                arguments,
                                conversion.ofLong(
                                        "Math.floorDiv(" + arguments.get(0).value() + ", 1000L)", type))
                        : null;
            case TIMESTAMP_OF_MILLIS ->
                writer.strict(
                        type,
                        arguments,
                        CastWriter.precision(
                                "Numbers.multiply(" + Conversion.asLong(arguments.get(0)) + ", 1000L)", type));
            case MAKE_DATE -> made("day", call, arguments, Conversion.asLong(arguments.get(2)));
            case MAKE_TIME -> made("time", call, arguments, arguments.get(2).value());
            case FORMAT_TIMESTAMP -> format(call, arguments.get(0));
            case AT_TIME_ZONE -> atTimeZone(call, arguments.get(0));
            default -> null;
        };
    }

    private Code made(String function, Call call, List<Code> arguments, String third) {
        String first = Conversion.asLong(arguments.get(0)) + ", " + Conversion.asLong(arguments.get(1));
        return writer.strict(call.type(), arguments, "MadeTimes." + function + "(" + first + ", " + third + ")");
    }

    /** Writes a constant pattern; one from data, or a malformed one, is interpreted. */
    private @Nullable Code format(Call call, Code time) {
        if (!(time.type() instanceof TimestampType)
                || !(call.arguments().get(1) instanceof Literal literal)
                || !(literal.value() instanceof String pattern)) {
            return null;
        }
        try {
            String compiled = writer.body.constant("TimePattern", TimePattern.of(pattern));
            String formatted = writer.body.name("f");
            writer.body.field("private final FormattedTime " + formatted + " = new FormattedTime()");
            return writer.strictBytes(
                    call.type(), List.of(time), formatted + ".write(" + compiled + ", " + local(time) + ", zone, #)");
        } catch (RowFailure malformed) {
            return null; // an error of each row that it is applied to
        }
    }

    /** Writes a constant zone; one from data, or an unknown one, is interpreted. */
    private @Nullable Code atTimeZone(Call call, Code time) {
        ZoneId zone = call.arguments().get(1) instanceof Literal literal && literal.value() instanceof String name
                ? ZoneNames.named(name)
                : null;
        if (zone == null) {
            return null;
        }
        String function = Types.isZoned(time.type()) ? "Times.toLocal(" : "Times.instantAt(";
        String turned = function + time.value() + ", " + writer.body.constant("java.time.ZoneId", zone) + ")";
        return writer.strict(call.type(), List.of(time), CastWriter.precision(turned, call.type()));
    }

    /** CURRENT_TIMESTAMP is in UTC, as ROWTIME is; the others are what clocks of the session show. */
    Code current(ScalarFunction function, DataType type) {
        DataType read = function == ScalarFunction.CURRENT_TIMESTAMP && !Types.isZoned(type)
                ? DataType.TIMESTAMP
                : DataType.TIMESTAMP_WITH_TIME_ZONE;
        Code now = Code.of(read, "stepMicros", null);
        return writer.strict(type, List.of(), CastWriter.temporal(now, type));
    }

    private Code extract(Call call, Code value) {
        TimeUnit unit = unit(call, 0);
        String part;
        if (Types.isInterval(value.type())) {
            String function = Types.isMonths(value.type()) ? "Times.extractMonths(" : "Times.extractMicros(";
            part = function + source(unit) + ", " + Conversion.asLong(value) + ")";
        } else if (Types.isZoned(value.type()) && unit == TimeUnit.EPOCH) {
            part = "Math.floorDiv(" + value.value() + ", 1000000L)";
        } else {
            part = "Times.extract(" + source(unit) + ", " + parts(value) + ")";
        }
        return writer.strict(call.type(), List.of(value), conversion.ofLong(part, call.type()));
    }
}
