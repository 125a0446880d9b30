package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.Regex;
import io.millrace.runtime.expression.function.RegexSearch;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes functions of constant regular expressions; one from data, or a malformed one, is interpreted. */
final class RegexWriter {

    private final ExpressionWriter writer;

    RegexWriter(ExpressionWriter writer) {
        this.writer = writer;
    }

    @Nullable
    Code call(Call call, List<Code> arguments) {
        try {
            return switch (call.function()) {
                case SIMILAR_TO -> similar(call, arguments.getFirst());
                case REGEXP_LIKE, REGEXP_EXTRACT, REGEXP_SPLIT -> first(call, arguments);
                default -> numbered(call, arguments);
            };
        } catch (RowFailure malformed) {
            return null; // an error of each row that it is applied to
        }
    }

    private @Nullable Code similar(Call call, Code text) {
        String pattern = Constants.text(call, 1);
        String escape = Constants.text(call, 2);
        if (pattern == null || (call.arguments().size() > 2 && escape == null)) {
            return null;
        }
        String regex = writer.body.constant("Regex", Regex.similar(pattern, escape));
        return writer.strict(DataType.BOOLEAN, List.of(text), regex + ".matches(" + text.arguments() + ")");
    }

    private @Nullable Code first(Call call, List<Code> arguments) {
        String pattern = Constants.text(call, 1);
        if (pattern == null) {
            return null;
        }
        Code text = arguments.getFirst();
        String regex = writer.body.constant("Regex", Regex.of(pattern));
        return switch (call.function()) {
            case REGEXP_LIKE -> writer.strict(call.type(), List.of(text), regex + ".found(" + text.arguments() + ")");
            case REGEXP_EXTRACT -> {
                String group = integer(arguments, 2, 0);
                yield writer.foundBytes(
                        call.type(), arguments, regex + ".extract(" + text.arguments() + ", " + group + ", #)");
            }
            default -> writer.strict(call.type(), arguments, regex + ".split(" + text.arguments() + ")");
        };
    }

    /** Writes what looks from a place on, or for a match by its number. */
    private @Nullable Code numbered(Call call, List<Code> arguments) {
        String pattern = Constants.text(call, 1);
        if (pattern == null) {
            return null;
        }
        DataType type = call.type();
        String search = writer.body.constant("RegexSearch", new RegexSearch(pattern));
        String text = arguments.getFirst().arguments();
        return switch (call.function()) {
            case REGEXP_COUNT ->
                number(type, arguments, search + ".count(" + text + ", " + integer(arguments, 2, 1) + ")");
            case REGEXP_SUBSTR ->
                writer.foundBytes(type, arguments, search + ".text(" + text + ", " + matched(arguments, 4) + ", #)");
            case REGEXP_INSTR -> {
                String behind = arguments.get(4).value();
                yield number(
                        type,
                        arguments,
                        search + ".place(" + text + ", " + integer(arguments, 2, 1) + ", " + integer(arguments, 3, 1)
                                + ", " + behind + ", " + integer(arguments, 5, 0) + ")");
            }
            case REGEXP_REPLACE ->
                writer.strictBytes(
                        type,
                        arguments,
                        search + ".replace(" + text + ", " + Boxing.boxed(arguments.get(2)) + ", "
                                + integer(arguments, 3, 1) + ", " + integer(arguments, 4, 0) + ", #)");
            case REGEXP_MATCH -> writer.nullable(type, arguments, search + ".groups(" + text + ")");
            case REGEXP_MATCHES ->
                writer.strict(type, arguments, search + ".allGroups(" + text + ", " + integer(arguments, 2, 1) + ")");
            default -> null;
        };
    }

    /** Returns the place to begin at, the number of the match, and the group. */
    private static String matched(List<Code> arguments, int group) {
        return integer(arguments, 2, 1) + ", " + integer(arguments, 3, 1) + ", " + integer(arguments, group, 0);
    }

    private static String integer(List<Code> arguments, int place, long otherwise) {
        return place < arguments.size() ? Conversion.asLong(arguments.get(place)) : otherwise + "L";
    }

    private Code number(DataType type, List<Code> arguments, String value) {
        return writer.strict(type, arguments, new Conversion(writer.body).ofLong("(long) " + value, type));
    }
}
