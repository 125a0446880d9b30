package io.millrace.sql.rewrite;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.AsOf;
import io.millrace.plan.JoinType;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Repeat;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Joins with the nearest row where that may change: rows of either side go, or nobody knows when the nearest has come. What
 * was put out is then taken back, which operators do that are there already:
 *
 * <pre>
 *   l ASOF JOIN r            Repeat n
 *                     →        TopN by l, n: the nearest r
 *                                Join l.k = r.k AND l.at &gt;= r.at
 *                                  Aggregate l: COUNT(*) AS n
 *                                  r
 * </pre>
 */
public final class FormNearest {

    private final Join join;
    private final AsOf asOf;
    private final int left;
    private final int right;

    private FormNearest(Join join, AsOf asOf) {
        this.join = join;
        this.asOf = asOf;
        this.left = join.left().rowType().size();
        this.right = join.right().rowType().size();
    }

    /** Returns the tree of a query that goes on and whose rows may be taken back. */
    public static PlanNode apply(PlanNode root) {
        // All columns of the left say which row it is, so there should be none that nobody wants.
        return wanted(root) ? form(PruneColumns.apply(root)) : root;
    }

    private static boolean wanted(PlanNode node) {
        return (node instanceof Join join && join.asOf() != null && changes(join, join.asOf()))
                || node.inputs().stream().anyMatch(FormNearest::wanted);
    }

    private static PlanNode form(PlanNode root) {
        PlanNode node = Nodes.withInputs(
                root, root.inputs().stream().map(FormNearest::form).toList());
        return node instanceof Join join && join.asOf() != null && changes(join, join.asOf())
                ? keyed(FormJoins.apply(join))
                : node;
    }

    /** What is equal on both sides says among which rows the nearest is, and is the join's key by now. */
    private static PlanNode keyed(PlanNode node) {
        return node instanceof Join join && join.asOf() != null
                ? new FormNearest(join, join.asOf()).formed()
                : Nodes.withInputs(node, List.of(keyed(node.inputs().getFirst())));
    }

    private static boolean changes(Join join, AsOf asOf) {
        return Plan.updating(join.left())
                || Plan.updating(join.right())
                || !Lineage.bounded(join.left(), asOf.left())
                || !Lineage.bounded(join.right(), asOf.right());
    }

    private PlanNode formed() {
        TopN nearest = nearest(pairs(counted()));
        List<Expression> columns = new ArrayList<>();
        IntStream.range(0, left).forEach(i -> columns.add(Columns.at(i, nearest.rowType())));
        IntStream.range(0, right).forEach(i -> columns.add(ofRight(i, nearest.rowType())));
        columns.add(Columns.at(left, nearest.rowType()));
        List<String> names = new ArrayList<>(Nodes.names(join.rowType()));
        names.add("$count");
        PlanNode rows = join.condition() == null || join.type() == JoinType.LEFT
                ? nearest
                : new Filter(Nodes.NO_ID, nearest, condition(nearest.rowType()));
        return new Repeat(Nodes.NO_ID, Nodes.project(rows, columns, names), join.rowType(), left + right);
    }

    /** Each row of the left once, and how often it is there. */
    private Aggregate counted() {
        List<Integer> all = IntStream.range(0, left).boxed().toList();
        List<Field> fields = new ArrayList<>(join.left().rowType().fields());
        fields.add(Field.required("$count", DataType.BIGINT));
        AggregateCall count = new AggregateCall(
                AggregateFunction.COUNT, List.of(), false, AggregateCall.NO_FILTER, DataType.BIGINT, false);
        return new Aggregate(Nodes.NO_ID, timeless(join.left()), new RowType(fields), all, List.of(count), null);
    }

    /** Hides from the grouping that times are times: a group by them would be put out when it is complete. */
    private static PlanNode timeless(PlanNode node) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < node.rowType().size(); i++) {
            Column column = Columns.at(i, node.rowType());
            columns.add(column.type() instanceof DataType.TimestampType ? opaque(column) : column);
        }
        return Nodes.project(node, columns, Nodes.names(node.rowType()));
    }

    private static Expression opaque(Column column) {
        Literal always = new Literal(true, DataType.BOOLEAN);
        return new Case(List.of(new Case.Branch(always, column)), column, column.type(), column.nullable());
    }

    private Join pairs(Aggregate counted) {
        ScalarFunction compared = asOf.after()
                ? asOf.strict() ? ScalarFunction.LESS : ScalarFunction.LESS_OR_EQUAL
                : asOf.strict() ? ScalarFunction.GREATER : ScalarFunction.GREATER_OR_EQUAL;
        Column ofLeft = Columns.at(asOf.left(), join.left().rowType());
        Column ofRight = Columns.at(asOf.right(), join.right().rowType());
        Call inTime = new Call(
                compared,
                List.of(ofLeft, new Column(left + 1 + ofRight.index(), ofRight.type(), ofRight.nullable())),
                DataType.BOOLEAN,
                ofLeft.nullable() || ofRight.nullable());
        Join all = new Join(
                Nodes.NO_ID, counted, join.right(), join.rowType(), join.type(), join.keys(), inTime, List.of(), null);
        return Nodes.join(all, counted, join.right(), join.keys(), inTime, List.of());
    }

    /** Of rows at the same time the greatest counts, as where nothing changes. */
    private TopN nearest(Join pairs) {
        List<SortKey> order = new ArrayList<>();
        order.add(new SortKey(left + 1 + asOf.right(), !asOf.after(), false));
        for (int i = 0; i < right; i++) {
            order.add(new SortKey(left + 1 + i, true, false));
        }
        List<Integer> partition = IntStream.rangeClosed(0, left).boxed().toList();
        return new TopN(Nodes.NO_ID, pairs, pairs.rowType(), partition, order, Ranking.ROW_NUMBER, 0, 1, -1);
    }

    /** Returns a column of the right: of a LEFT join NULL where the nearest row does not fulfil the condition. */
    private Expression ofRight(int column, RowType nearest) {
        Expression value = Columns.at(left + 1 + column, nearest);
        if (join.condition() == null || join.type() != JoinType.LEFT) {
            return value;
        }
        return new Case(
                List.of(new Case.Branch(condition(nearest), value)),
                new Literal(null, value.type()),
                value.type(),
                true);
    }

    private Expression condition(RowType nearest) {
        return Columns.substitute(
                java.util.Objects.requireNonNull(join.condition()), i -> Columns.at(i < left ? i : i + 1, nearest));
    }
}
