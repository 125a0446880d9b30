package io.millrace.runtime.expression;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.FieldAccess;
import io.millrace.plan.expression.Expression.UserCall;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Where a deep expression is cut into methods: at each node below which, down to the next cuts, there are many
 * nodes. How long a method has become cannot tell, since a deep expression is written from its far end.
 */
final class Cuts {

    /** Nodes of one method; at some 20 to 60 bytes of code each they stay well within 8000. */
    private static final int NODES_MAX = 60;

    private final Set<Expression> cuts = Collections.newSetFromMap(new IdentityHashMap<>());

    Cuts(Expression root) {
        weigh(root);
        cuts.remove(root);
    }

    boolean isCut(Expression expression) {
        return cuts.contains(expression);
    }

    /** Returns how many nodes the expression adds to the method it is in. */
    private int weigh(Expression expression) {
        int weight = switch (expression) {
            case Call call -> call.arguments().stream().mapToInt(this::weigh).sum();
            case UserCall call ->
                call.arguments().stream().mapToInt(this::weigh).sum();
            case Cast cast -> weigh(cast.operand());
            case FieldAccess access -> weigh(access.row());
            case Case choice ->
                weigh(choice.otherwise())
                        + choice.branches().stream()
                                .mapToInt(branch -> weigh(branch.condition()) + weigh(branch.value()))
                                .sum();
            default -> 0;
        };
        if (weight + 1 >= NODES_MAX) {
            cuts.add(expression);
            return 1;
        }
        return weight + 1;
    }
}
