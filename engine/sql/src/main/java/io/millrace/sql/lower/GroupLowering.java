package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.UnionAll;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** GROUP BY: one aggregate, or one for each grouping set. */
final class GroupLowering {

    Lowered lower(LogicalAggregate aggregate, Lowered input, Scope scope) {
        List<Lowered> sets = aggregate.getGroupSets().stream()
                .map(set -> set(aggregate, set, input, scope))
                .toList();
        if (sets.size() == 1) {
            return sets.getFirst();
        }
        PlanNode all = new UnionAll(
                Nodes.NO_ID,
                sets.stream().map(set -> nullableKeys(aggregate, set)).toList());
        return new Lowered(all, sets.getFirst().width(), sets.getFirst().scope());
    }

    private static PlanNode nullableKeys(LogicalAggregate aggregate, Lowered set) {
        List<Field> fields = new ArrayList<>();
        for (Field field : set.node().rowType().fields()) {
            boolean key = fields.size() < aggregate.getGroupCount();
            fields.add(new Field(field.name(), field.type(), field.nullable() || key));
        }
        return new PlanNode.Project(Nodes.NO_ID, set.node(), new RowType(fields), Queries.columns(set.node()));
    }

    private Lowered set(LogicalAggregate aggregate, ImmutableBitSet set, Lowered input, Scope scope) {
        List<Integer> keys = new ArrayList<>(set.asList());
        keys.addAll(input.scope());
        List<org.apache.calcite.rel.core.AggregateCall> computed = aggregate.getAggCallList().stream()
                .filter(call -> !grouping(call))
                .toList();
        AggregateInput rows = new AggregateInput(input.node());
        List<AggregateCall> calls =
                computed.stream().map(call -> AggregateCalls.lower(call, rows)).toList();
        if (!input.correlated()
                && keys.equals(aggregate.getGroupSet().asList())
                && calls.size() == aggregate.getAggCallList().size()) {
            return Lowered.free(named(aggregate, rows.node(), keys, calls));
        }
        Aggregate groups = Queries.aggregate(rows.node(), keys, calls);
        if (input.correlated() && set.isEmpty()) {
            UserCalls.refuseOverNone(calls);
            return overNone(aggregate, set, groups, calls, scope);
        }
        return arranged(aggregate, set, groups, set.cardinality(), input.scope().size());
    }

    private static Aggregate named(
            LogicalAggregate aggregate, PlanNode input, List<Integer> keys, List<AggregateCall> calls) {
        Aggregate groups = Queries.aggregate(input, keys, calls);
        List<String> names = aggregate.getRowType().getFieldNames();
        List<Field> fields = new ArrayList<>();
        for (Field field : groups.rowType().fields()) {
            fields.add(new Field(names.get(fields.size()), field.type(), field.nullable()));
        }
        return new Aggregate(Nodes.NO_ID, input, new RowType(fields), keys, calls, null);
    }

    /** An aggregate without keys has a row over no rows too: one for each value that the scope has. */
    private Lowered overNone(
            LogicalAggregate aggregate, ImmutableBitSet set, Aggregate groups, List<AggregateCall> calls, Scope scope) {
        PlanNode values = scope.rows().get();
        int count = scope.size();
        List<Integer> own = IntStream.range(0, count).boxed().toList();
        PlanNode joined =
                Nodes.join(values, groups, JoinType.LEFT, Queries.all(Queries.same(values, own, groups, own)));
        List<Expression> expressions = new ArrayList<>(Columns.at(own, joined.rowType()));
        for (int i = 0; i < calls.size(); i++) {
            Expression value = Columns.at(2 * count + i, joined.rowType());
            boolean counts = calls.get(i).function().countsFromZero();
            expressions.add(counts ? Queries.orZero(value) : value);
        }
        List<String> names =
                IntStream.range(0, expressions.size()).mapToObj(i -> "$" + i).toList();
        return arranged(aggregate, set, Nodes.project(joined, expressions, names), 0, count);
    }

    /** Brings keys, scope and calls into the order: all keys, NULL where they are not grouped by, calls, scope. */
    private Lowered arranged(LogicalAggregate aggregate, ImmutableBitSet set, PlanNode groups, int keys, int scope) {
        List<Expression> expressions = new ArrayList<>();
        List<Integer> grouped = set.asList();
        List<DataType> types = Types.row(aggregate.getRowType()).fields().stream()
                .map(Field::type)
                .toList();
        for (int key : aggregate.getGroupSet()) {
            int place = grouped.indexOf(key);
            expressions.add(
                    place >= 0
                            ? Columns.at(place, groups.rowType())
                            : new Literal(null, keyType(aggregate, key, types)));
        }
        int next = keys + scope;
        for (org.apache.calcite.rel.core.AggregateCall call : aggregate.getAggCallList()) {
            expressions.add(
                    grouping(call)
                            ? grouping(call, set, types.get(expressions.size()))
                            : Columns.at(next++, groups.rowType()));
        }
        int width = expressions.size();
        List<String> names = new ArrayList<>(aggregate.getRowType().getFieldNames());
        for (int i = 0; i < scope; i++) {
            expressions.add(Columns.at(keys + i, groups.rowType()));
            names.add("$outer" + i);
        }
        return new Lowered(
                Nodes.project(groups, expressions, names),
                width,
                IntStream.range(width, width + scope).boxed().toList());
    }

    private static DataType keyType(LogicalAggregate aggregate, int key, List<DataType> types) {
        return types.get(aggregate.getGroupSet().indexOf(key));
    }

    private static boolean grouping(org.apache.calcite.rel.core.AggregateCall call) {
        SqlKind kind = call.getAggregation().getKind();
        return kind == SqlKind.GROUPING || kind == SqlKind.GROUP_ID;
    }

    /** One bit for each argument, the first the highest: whether it is not grouped by. */
    private static Literal grouping(
            org.apache.calcite.rel.core.AggregateCall call, ImmutableBitSet set, DataType type) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = 2 * bits + (set.get(argument) ? 0 : 1);
        }
        return new Literal(type.equals(DataType.BIGINT) ? (Object) bits : (Object) (int) bits, type);
    }
}
