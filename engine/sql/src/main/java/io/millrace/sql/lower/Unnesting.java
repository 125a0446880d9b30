package io.millrace.sql.lower;

import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Unnest;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** UNNEST, by itself and beside rows whose arrays it opens. */
final class Unnesting {

    private final PlanLowering lowering;

    Unnesting(PlanLowering lowering) {
        this.lowering = lowering;
    }

    /** Opens an array that hangs on no other rows. */
    Lowered lower(Uncollect uncollect, Scope scope) {
        Lowered input = lowering.lower(uncollect.getInput(), scope).narrowed();
        refuseSeveral(uncollect);
        PlanNode opened = opened(input.node(), 0, uncollect, false);
        int elements = uncollect.getRowType().getFieldCount();
        int first = input.node().rowType().size();
        List<Integer> order =
                new ArrayList<>(IntStream.range(first, first + elements).boxed().toList());
        order.addAll(input.scope());
        List<Integer> places = IntStream.range(elements, order.size()).boxed().toList();
        return new Lowered(Queries.columns(opened, order), elements, places);
    }

    /**
     * Returns rows with the elements of their array behind them, where the right of a LATERAL is no more than that
     * and what is computed of it; null where it is more.
     */
    @Nullable
    Lowered beside(Lowered left, RelNode rel, JoinType type, Scope scope) {
        Uncollect uncollect = uncollect(rel);
        if (uncollect == null || (type != JoinType.INNER && (type != JoinType.LEFT || filters(rel)))) {
            return null;
        }
        refuseSeveral(uncollect);
        RexNode array = ((LogicalProject) uncollect.getInput()).getProjects().getFirst();
        RowScope rows = new RowScope(lowering, left, scope);
        PlanNode withArray = Queries.with(rows.node(), List.of(rows.lower(array)));
        int first = withArray.rowType().size();
        PlanNode opened = opened(withArray, first - 1, uncollect, type == JoinType.LEFT);
        List<Integer> elements =
                IntStream.range(first, opened.rowType().size()).boxed().toList();
        Lowered base = new Lowered(opened, left.width(), left.scope());
        return above(rel, base, elements, scope);
    }

    private static boolean filters(RelNode rel) {
        return rel instanceof LogicalFilter || (rel instanceof LogicalProject project && filters(project.getInput()));
    }

    private static @Nullable Uncollect uncollect(RelNode rel) {
        return switch (rel) {
            case Uncollect uncollect
            when uncollect.getInput() instanceof LogicalProject project
                    && project.getInput() instanceof LogicalValues values
                    && values.getTuples().size() == 1
                    && project.getProjects().stream()
                            .allMatch(e -> OuterReferences.subqueries(e).isEmpty()) -> uncollect;
            case LogicalProject project
            when project.getProjects().stream()
                    .allMatch(e -> OuterReferences.subqueries(e).isEmpty()) -> uncollect(project.getInput());
            case LogicalFilter filter
            when OuterReferences.subqueries(filter.getCondition()).isEmpty() -> uncollect(filter.getInput());
            default -> null;
        };
    }

    /** Applies what stands above the elements, and puts them behind the left's own columns. */
    private Lowered above(RelNode rel, Lowered base, List<Integer> elements, Scope scope) {
        List<RelNode> path = new ArrayList<>();
        for (RelNode at = rel; !(at instanceof Uncollect); at = at.getInput(0)) {
            path.addFirst(at);
        }
        PlanNode node = base.node();
        List<Integer> places = elements;
        for (RelNode step : path) {
            RowScope rows = new RowScope(lowering, new Lowered(node, base.width(), base.scope()), scope);
            ExpressionLowering expressions = rows.shifted(places.getFirst());
            if (step instanceof LogicalFilter filter) {
                node = new PlanNode.Filter(Nodes.NO_ID, node, expressions.lower(filter.getCondition()));
            } else {
                List<Expression> values = ((LogicalProject) step)
                        .getProjects().stream().map(expressions::lower).toList();
                int first = node.rowType().size();
                node = Queries.with(node, values);
                places = IntStream.range(first, first + values.size()).boxed().toList();
            }
        }
        return ordered(node, base, places, rel);
    }

    private static Lowered ordered(PlanNode node, Lowered base, List<Integer> elements, RelNode rel) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, base.width()).boxed().toList());
        order.addAll(elements);
        int width = order.size();
        order.addAll(base.scope());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            int element = i - base.width();
            names.add(
                    element >= 0 && element < elements.size()
                            ? rel.getRowType().getFieldNames().get(element)
                            : node.rowType().field(order.get(i)).name());
        }
        return new Lowered(
                Nodes.project(node, Columns.at(order, node.rowType()), names),
                width,
                IntStream.range(width, order.size()).boxed().toList());
    }

    private static PlanNode opened(PlanNode input, int array, Uncollect uncollect, boolean outer) {
        List<Field> fields = new ArrayList<>(input.rowType().fields());
        List<Field> elements = elements(input.rowType().field(array).type());
        List<String> names = uncollect.getRowType().getFieldNames();
        for (int i = 0; i < elements.size(); i++) {
            Field element = elements.get(i);
            fields.add(new Field(names.get(i), element.type(), element.nullable() || outer));
        }
        if (uncollect.withOrdinality) {
            fields.add(new Field(names.getLast(), DataType.INTEGER, outer));
        }
        return new Unnest(Nodes.NO_ID, input, new RowType(fields), array, uncollect.withOrdinality, outer);
    }

    private static List<Field> elements(DataType type) {
        return switch (type) {
            case MapType map -> map.entry().fields();
            case ArrayType array
            when array.element() instanceof RowType row ->
                row.fields().stream()
                        .map(field ->
                                new Field(field.name(), field.type(), field.nullable() || array.elementNullable()))
                        .toList();
            case ArrayType array -> List.of(new Field("element", array.element(), array.elementNullable()));
            default -> throw new IllegalStateException("UNNEST of " + type);
        };
    }

    private static void refuseSeveral(Uncollect uncollect) {
        if (uncollect.getInput().getRowType().getFieldCount() != 1) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "UNNEST of several arrays side by side is not supported",
                    "open one array with ordinality and take the other's elements by place");
        }
    }
}
