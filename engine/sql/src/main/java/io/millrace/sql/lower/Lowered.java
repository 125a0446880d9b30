package io.millrace.sql.lower;

import io.millrace.plan.PlanNode;
import io.millrace.spi.type.Field;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A query translated.
 *
 * @param node its columns come first; what else it has may lie behind them
 * @param width how many columns are its own
 * @param scope places of the columns of its scope, or none where it does not refer outward
 */
record Lowered(PlanNode node, int width, List<Integer> scope) {

    static Lowered free(PlanNode node) {
        return new Lowered(node, node.rowType().size(), List.of());
    }

    boolean correlated() {
        return !scope.isEmpty();
    }

    /** Returns the same with nothing but its own columns and those of its scope, in their order. */
    Lowered narrowed() {
        List<Integer> wanted = new ArrayList<>(IntStream.range(0, width).boxed().toList());
        wanted.addAll(scope);
        boolean exact =
                wanted.equals(IntStream.range(0, node.rowType().size()).boxed().toList());
        if (exact) {
            return this;
        }
        List<String> names = wanted.stream()
                .map(i -> node.rowType().field(i))
                .map(Field::name)
                .toList();
        return new Lowered(Nodes.project(node, Columns.at(wanted, node.rowType()), names), width, behind());
    }

    private List<Integer> behind() {
        return IntStream.range(width, width + scope.size()).boxed().toList();
    }
}
