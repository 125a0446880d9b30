package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression.Call;
import io.millrace.runtime.expression.function.Regex;
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
        Code text = arguments.getFirst();
        try {
            return switch (call.function()) {
                case SIMILAR_TO -> similar(call, text);
                case REGEXP_LIKE -> like(call, text);
                case REGEXP_EXTRACT -> extract(call, text);
                default -> null;
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
        return writer.strict(DataType.BOOLEAN, List.of(text), regex + ".matches((String) " + Boxing.boxed(text) + ")");
    }

    private @Nullable Code like(Call call, Code text) {
        String regex = regex(call);
        return regex == null
                ? null
                : writer.strict(DataType.BOOLEAN, List.of(text), regex + ".found(" + text.arguments() + ")");
    }

    private @Nullable Code extract(Call call, Code text) {
        Long group = call.arguments().size() > 2 ? Constants.integer(call, 2) : Long.valueOf(0);
        String regex = regex(call);
        if (regex == null || group == null) {
            return null;
        }
        String slice = writer.body.slice();
        String mark = writer.body.name("n");
        String found = regex + ".extract(" + text.arguments() + ", " + group + "L, " + slice + ")";
        writer.scope.line("final boolean " + mark + " = " + (text.isNull() == null ? "" : text.isNull() + " || ") + "!"
                + found + ";");
        return Code.bytes(call.type(), slice, mark);
    }

    /** Returns the compiled expression as a constant, or null where it is not one. */
    private @Nullable String regex(Call call) {
        String pattern = Constants.text(call, 1);
        return pattern == null ? null : writer.body.constant("Regex", Regex.of(pattern));
    }
}
