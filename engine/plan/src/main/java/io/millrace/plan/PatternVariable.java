package io.millrace.plan;

import io.millrace.plan.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A variable of a row pattern.
 *
 * @param condition BOOLEAN, over a row of {@code values}: a row can be mapped to the variable where it is TRUE; null for
 *     every row
 * @param values what the condition is computed from, in the match so far with the row mapped to the variable
 */
public record PatternVariable(String name, @Nullable Expression condition, List<MatchValue> values) {
    public PatternVariable {
        values = List.copyOf(values);
    }
}
