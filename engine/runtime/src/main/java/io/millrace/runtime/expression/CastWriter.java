package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Cast;
import io.millrace.runtime.expression.ExpressionWriter.Variable;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes casts. */
final class CastWriter {

    private final ExpressionWriter writer;
    private final Conversion conversion;

    CastWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.conversion = new Conversion(writer.body);
    }

    Code write(Cast cast) {
        Code operand = writer.write(cast.operand());
        DataType type = cast.type();
        if (operand.form() == Form.OBJECT || Form.of(type) == Form.OBJECT) {
            return nested(cast, operand);
        }
        if (operand.type().equals(type) || isWidening(operand.type(), type)) {
            return new Code(type, operand.value(), operand.start(), operand.end(), operand.isNull());
        }
        if (Form.of(type) == Form.BYTES) {
            String statement = toBytes(operand, type);
            return cast.safe()
                    ? safe(type, operand, statement, null)
                    : writer.strictBytes(type, List.of(operand), statement);
        }
        String value = value(operand, type);
        return cast.safe() ? safe(type, operand, null, value) : writer.strict(type, List.of(operand), value);
    }

    /** Tells whether the values stay as they are. */
    private static boolean isWidening(DataType from, DataType to) {
        return to instanceof CharacterType target
                && from instanceof CharacterType source
                && !target.fixed()
                && source.length() <= target.length();
    }

    private String value(Code operand, DataType type) {
        if (operand.isBytes()) {
            return parsed(operand, type);
        }
        if (Types.isNumber(type)) {
            return conversion.number(operand, type);
        }
        if (type instanceof BooleanType) {
            return operand.form() == Form.BIG ? operand.value() + ".signum() != 0" : operand.value() + " != 0";
        }
        return temporal(operand, type);
    }

    private Code safe(DataType type, Code operand, @Nullable String statement, @Nullable String value) {
        Variable result = writer.variable(type, true);
        if (operand.isNull() != null) {
            writer.scope.line(result.isNull() + " = " + operand.isNull() + ";");
        }
        writer.scope.line("if (!" + result.isNull() + ") try {");
        writer.scope.line(
                statement == null ? result.name() + " = " + value + ";" : statement.replace("#", result.name()) + ";");
        writer.scope.line("} catch (RowFailure f) { " + result.isNull() + " = true; }");
        return result.code();
    }

    private Code nested(Cast cast, Code operand) {
        Variable result = writer.variable(cast.type(), true);
        String constant = writer.body.shared("Expression.Cast", cast);
        String object = writer.body.name("o");
        writer.scope.line("Object " + object + " = null;");
        writer.scope.line(operand.isNull() == null ? "{" : "if (!" + operand.isNull() + ") {");
        String interpreted = object + " = interpret(" + constant + ", " + Boxing.boxed(operand) + ");";
        writer.scope.line(cast.safe() ? "try { " + interpreted + " } catch (RowFailure f) { }" : interpreted);
        writer.scope.line("}");
        writer.assignObject(result, object);
        return result.code();
    }

    private String parsed(Code text, DataType type) {
        String arguments = text.arguments();
        return switch (type) {
            case BooleanType t -> "SqlText.parseBoolean(" + arguments + ")";
            case IntegerType t ->
                (t.bits() == 64 ? "" : "(int) ") + "SqlText.parseInteger(" + arguments + ", " + t.bits() + ")";
            case FloatingType t -> (t.bits() == 64 ? "SqlText.parseDouble(" : "SqlText.parseReal(") + arguments + ")";
            case DecimalType t ->
                "SqlText.parseDecimal(" + arguments + ", "
                        + writer.body.shared("DataType.DecimalType", t) + ")"
                        + (Form.of(t) == Form.LONG ? ".unscaledValue().longValue()" : "");
            case DateType t -> "SqlText.parseDate(" + arguments + ")";
            case TimeType t -> precision("SqlText.parseTime(" + arguments + ")", t);
            case TimestampType t ->
                precision(
                        t.zoned()
                                ? "SqlText.parseInstant(" + arguments + ", zone)"
                                : "SqlText.parseTimestamp(" + arguments + ")",
                        t);
            default -> (Types.isMonths(type) ? "SqlText.parseMonths(" : "SqlText.parseInterval(") + arguments + ")";
        };
    }

    private static String toBytes(Code code, DataType type) {
        String fit = fit(type);
        if (code.isBytes() && (code.type() instanceof CharacterType) == (type instanceof CharacterType)) {
            return fit.replace("@", code.arguments());
        }
        String made;
        if (type instanceof BinaryType) {
            made = "#.set(SqlText.parseBinary(" + code.arguments() + "))";
        } else {
            made = text(code) + "; #.finish()";
        }
        return fit.isEmpty() || fit.equals("#.set(@)")
                ? made
                : made + "; " + fit.replace("@", "#.data, #.start, #.end");
    }

    /** Returns the statement that cuts or pads bytes {@code @} to a type's length. */
    private static String fit(DataType type) {
        if (type instanceof CharacterType text) {
            return text.length() == DataType.UNBOUNDED
                    ? "#.set(@)"
                    : "Text.fit(@, " + text.length() + ", " + text.fixed() + ", #)";
        }
        BinaryType binary = (BinaryType) type;
        return binary.length() == DataType.UNBOUNDED
                ? "#.set(@)"
                : "Text.fitBinary(@, " + binary.length() + ", " + binary.fixed() + ", #)";
    }

    private static String text(Code code) {
        String value = code.arguments();
        return switch (code.type()) {
            case BooleanType t -> "SqlText.append(" + value + ", #.begin())";
            case IntegerType t -> "#.begin().append((long) " + value + ")";
            case FloatingType t -> "SqlText.append(" + value + ", #.begin())";
            case DecimalType t ->
                code.form() == Form.BIG
                        ? "SqlText.append(" + value + ", #.begin())"
                        : "SqlText.appendDecimal(" + value + ", " + t.scale() + ", #.begin())";
            case BinaryType t -> "SqlText.appendBinary(" + value + ", #.begin())";
            case DateType t -> "SqlText.appendDate(" + value + ", #.begin())";
            case TimeType t -> "SqlText.appendTime(" + value + ", #.begin())";
            case TimestampType t ->
                t.zoned()
                        ? "SqlText.appendInstant(" + value + ", zone, #.begin())"
                        : "SqlText.appendTimestamp(" + value + ", #.begin())";
            default ->
                (Types.isMonths(code.type()) ? "SqlText.appendMonths(" : "SqlText.appendInterval(") + value
                        + ", #.begin())";
        };
    }

    /** Returns code for a DATE, TIME or TIMESTAMP as another. */
    static String temporal(Code code, DataType type) {
        if (Types.isInterval(type)) {
            return code.value();
        }
        boolean sameZoning = Types.isZoned(code.type()) == Types.isZoned(type);
        if (code.type() instanceof TimestampType && type instanceof TimestampType && sameZoning) {
            return precision(code.value(), type);
        }
        String local = Types.isZoned(code.type()) ? "Times.toLocal(" + code.value() + ", zone)" : code.value();
        if (type instanceof DateType) {
            return code.type() instanceof DateType ? local : "Times.date(Math.floorDiv(" + local + ", Times.DAY))";
        }
        if (type instanceof TimeType) {
            return precision(code.type() instanceof TimeType ? local : "Math.floorMod(" + local + ", Times.DAY)", type);
        }
        String micros = code.type() instanceof DateType ? "Times.timestamp(" + local + ", 0L)" : local;
        return precision(Types.isZoned(type) ? "Times.fromLocal(" + micros + ", zone)" : micros, type);
    }

    /** Returns code that rounds a time down to its type's digits of the second. */
    static String precision(String value, DataType type) {
        int digits = type instanceof TimeType time
                ? time.precision()
                : type instanceof TimestampType timestamp ? timestamp.precision() : 6;
        return digits == 6 ? value : "Times.precision(" + value + ", " + (long) Math.pow(10, 6 - digits) + "L)";
    }
}
