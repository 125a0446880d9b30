package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.NumberPattern;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.expression.function.LikePattern;
import io.millrace.runtime.expression.function.NumberWriting;
import io.millrace.runtime.expression.function.Translation;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes functions of text. */
final class TextWriter {

    private final ExpressionWriter writer;
    private final Conversion conversion;

    TextWriter(ExpressionWriter writer) {
        this.writer = writer;
        this.conversion = new Conversion(writer.body);
    }

    @Nullable
    Code call(Call call, List<Code> arguments) {
        return switch (call.function()) {
            case CONCAT -> concat(call, arguments);
            case CHAR_LENGTH -> number(call, arguments, "Text.length(" + list(arguments) + ")");
            case OCTET_LENGTH ->
                number(
                        call,
                        arguments,
                        arguments.get(0).end() + " - " + arguments.get(0).start());
            case POSITION -> number(call, arguments, "Text.position(" + list(arguments) + ")");
            case UPPER -> bytes(call, arguments, "upper", "");
            case LOWER -> bytes(call, arguments, "lower", "");
            case REVERSE -> bytes(call, arguments, "reverse", "");
            case TRIM_BOTH -> bytes(call, arguments, "trim", "true, true, ");
            case TRIM_LEADING -> bytes(call, arguments, "trim", "true, false, ");
            case TRIM_TRAILING -> bytes(call, arguments, "trim", "false, true, ");
            case SUBSTRING -> bytes(call, arguments, "substring", "");
            case LEFT -> bytes(call, arguments, "left", "");
            case RIGHT -> bytes(call, arguments, "right", "");
            case REPEAT -> bytes(call, arguments, "repeat", "");
            case REPLACE -> bytes(call, arguments, "replace", "");
            case SPLIT_PART -> bytes(call, arguments, "part", "");
            case LPAD -> pad(call, arguments, "true, ");
            case RPAD -> pad(call, arguments, "false, ");
            case STARTS_WITH -> writer.strict(DataType.BOOLEAN, arguments, "Text.startsWith(" + list(arguments) + ")");
            case TRANSLATE -> translate(call, arguments);
            case FORMAT_NUMBER -> formatNumber(call, arguments);
            case PARSE_NUMBER -> parseNumber(call, arguments);
            case LIKE, ILIKE -> like(call, arguments.getFirst());
            default -> null;
        };
    }

    private static String list(List<Code> arguments) {
        return String.join(", ", arguments.stream().map(Code::arguments).toList());
    }

    private Code number(Call call, List<Code> arguments, String value) {
        return writer.strict(call.type(), arguments, conversion.ofLong("(long) (" + value + ")", call.type()));
    }

    private Code bytes(Call call, List<Code> arguments, String function, String options) {
        return writer.strictBytes(
                call.type(), arguments, "Text." + function + "(" + list(arguments) + ", " + options + "#)");
    }

    private Code pad(Call call, List<Code> arguments, String option) {
        if (arguments.size() == 3) {
            return bytes(call, arguments, "pad", option);
        }
        String blank = Literals.write(" ", DataType.VARCHAR, writer.body).arguments();
        return writer.strictBytes(
                call.type(), arguments, "Text.pad(" + list(arguments) + ", " + blank + ", " + option + "#)");
    }

    private Code concat(Call call, List<Code> arguments) {
        StringBuilder appends = new StringBuilder("#.begin()");
        for (Code argument : arguments) {
            appends.append(".append(").append(argument.arguments()).append(")");
        }
        return writer.strictBytes(call.type(), arguments, appends + "; #.finish()");
    }

    /** Writes what is made of constant characters; those from data are interpreted. */
    private @Nullable Code translate(Call call, List<Code> arguments) {
        String from = Constants.text(call, 1);
        String to = Constants.text(call, 2);
        if (from == null || to == null) {
            return null;
        }
        String translation = writer.body.constant("Translation", new Translation(from, to));
        Code text = arguments.getFirst();
        return writer.strictBytes(call.type(), List.of(text), translation + ".apply(" + text.arguments() + ", #)");
    }

    /** Writes a number by a constant pattern; by one from data, or a malformed one, it is interpreted. */
    private @Nullable Code formatNumber(Call call, List<Code> arguments) {
        String pattern = Constants.text(call, 1);
        if (pattern == null) {
            return null;
        }
        try {
            String writing = writer.body.constant("NumberWriting", NumberWriting.of(pattern));
            Code number = arguments.getFirst();
            return writer.strictBytes(
                    call.type(),
                    List.of(number),
                    "#.set(" + writing + ".write((Number) " + Boxing.boxed(number) + "))");
        } catch (RowFailure malformed) {
            return null; // an error of each row that it is applied to
        }
    }

    /** Reads a number by a constant pattern, as {@link #formatNumber} writes. */
    private @Nullable Code parseNumber(Call call, List<Code> arguments) {
        String pattern = Constants.text(call, 1);
        if (pattern == null) {
            return null;
        }
        try {
            String constant = writer.body.constant("NumberPattern", NumberPattern.of(pattern));
            Code text = arguments.getFirst();
            String read = "NumberReading.read((String) " + Boxing.boxed(text) + ", " + constant + ")";
            return writer.strict(call.type(), List.of(text), conversion.ofBig(read, call.type()));
        } catch (RowFailure malformed) {
            return null; // an error of each row that it is applied to
        }
    }

    /** Writes a match against a constant pattern; a pattern from data, or a malformed one, is interpreted. */
    private @Nullable Code like(Call call, Code text) {
        String pattern = Constants.text(call, 1);
        String escape = Constants.text(call, 2);
        if (pattern == null || (call.arguments().size() > 2 && escape == null)) {
            return null;
        }
        try {
            LikePattern compiled = LikePattern.of(pattern, escape, call.function() == ScalarFunction.ILIKE);
            String value = writer.body.constant("LikePattern", compiled) + ".matches(" + text.arguments() + ")";
            return writer.strict(DataType.BOOLEAN, List.of(text), value);
        } catch (RowFailure malformed) {
            return null; // an error of each row that it is applied to
        }
    }
}
