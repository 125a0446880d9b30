package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Repeat;
import io.millrace.plan.PlanNode.UnionAll;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.sql.SqlKind;

/** UNION, INTERSECT and EXCEPT. */
final class SetLowering {

    private final PlanLowering lowering;

    SetLowering(PlanLowering lowering) {
        this.lowering = lowering;
    }

    Lowered lower(SetOp operation, Scope scope) {
        RowType type = Types.row(operation.getRowType());
        List<Lowered> queries = operation.getInputs().stream()
                .map(input -> lowering.lower(input, scope))
                .toList();
        boolean correlated = queries.stream().anyMatch(Lowered::correlated);
        List<PlanNode> inputs = new ArrayList<>();
        for (Lowered query : queries) {
            Lowered crossed = correlated ? lowering.crossed(query, scope).narrowed() : query;
            inputs.add(PlanLowering.aligned(crossed.node(), wide(type, crossed)));
        }
        PlanNode result = inputs.getFirst();
        if (operation.kind == SqlKind.UNION) {
            PlanNode all = new UnionAll(Nodes.NO_ID, inputs);
            result = operation.all ? all : Queries.distinct(all);
        } else {
            for (PlanNode next : inputs.subList(1, inputs.size())) {
                result = operation.all ? counted(operation.kind, result, next) : matched(operation.kind, result, next);
            }
        }
        List<Integer> places =
                IntStream.range(type.size(), result.rowType().size()).boxed().toList();
        return new Lowered(result, type.size(), places);
    }

    /** Returns the operation's columns with those of the scope behind them. */
    private static RowType wide(RowType type, Lowered query) {
        List<Field> fields = new ArrayList<>(type.fields());
        fields.addAll(query.node()
                .rowType()
                .fields()
                .subList(query.width(), query.node().rowType().size()));
        return new RowType(fields);
    }

    private PlanNode matched(SqlKind kind, PlanNode left, PlanNode right) {
        List<Integer> all = IntStream.range(0, left.rowType().size()).boxed().toList();
        PlanNode rows = lowering.once(right);
        return Queries.distinct(Nodes.join(
                left,
                rows,
                kind == SqlKind.INTERSECT ? JoinType.SEMI : JoinType.ANTI,
                Queries.all(Queries.same(left, all, rows, all))));
    }

    /** Counts each row on both sides, and gives it as often as the operation leaves it. */
    private static PlanNode counted(SqlKind kind, PlanNode left, PlanNode right) {
        PlanNode both = new UnionAll(Nodes.NO_ID, List.of(marked(left, true), marked(right, false)));
        int size = left.rowType().size();
        List<Integer> keys = IntStream.range(0, size).boxed().toList();
        Aggregate counts = Queries.aggregate(both, keys, List.of(count(size), count(size + 1)));
        Expression first = Columns.at(size, counts.rowType());
        Expression second = Columns.at(size + 1, counts.rowType());
        ScalarFunction function = kind == SqlKind.INTERSECT ? ScalarFunction.LEAST : ScalarFunction.MINUS;
        Expression times = new Call(function, List.of(first, second), DataType.BIGINT, false);
        List<Expression> expressions = new ArrayList<>(Columns.at(keys, counts.rowType()));
        expressions.add(times);
        List<String> names = new ArrayList<>(Nodes.names(left.rowType()));
        names.add("$count");
        return new Repeat(Nodes.NO_ID, Nodes.project(counts, expressions, names), left.rowType(), size);
    }

    private static PlanNode marked(PlanNode node, boolean left) {
        return Queries.with(node, List.of(new Literal(left, DataType.BOOLEAN), new Literal(!left, DataType.BOOLEAN)));
    }

    private static AggregateCall count(int filter) {
        return new AggregateCall(AggregateFunction.COUNT, List.of(), false, filter, DataType.BIGINT, false);
    }
}
