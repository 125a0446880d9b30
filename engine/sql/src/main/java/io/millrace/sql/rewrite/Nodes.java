package io.millrace.sql.rewrite;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AsOf;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinTime;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Changes;
import io.millrace.plan.PlanNode.Consolidate;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.PlanNode.Repeat;
import io.millrace.plan.PlanNode.Scan;
import io.millrace.plan.PlanNode.Sort;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.UnionAll;
import io.millrace.plan.PlanNode.Unnest;
import io.millrace.plan.PlanNode.Values;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes nodes from nodes. Until the end of rewriting they have no id. */
public final class Nodes {

    /** The id of a node that has none yet. */
    public static final String NO_ID = "";

    private Nodes() {}

    /** Returns the node over other inputs of the same types. */
    public static PlanNode withInputs(PlanNode node, List<PlanNode> inputs) {
        if (node.inputs().equals(inputs)) {
            return node;
        }
        return switch (node) {
            case Scan scan -> scan;
            case Values values -> values;
            case Filter filter -> new Filter(filter.id(), inputs.getFirst(), filter.condition());
            case Project project ->
                new Project(project.id(), inputs.getFirst(), project.rowType(), project.expressions());
            case Window window ->
                new Window(
                        window.id(),
                        inputs.getFirst(),
                        window.rowType(),
                        window.timeColumn(),
                        window.window(),
                        window.partition());
            case WindowAggregate a ->
                new WindowAggregate(
                        a.id(),
                        inputs.getFirst(),
                        a.rowType(),
                        a.timeColumn(),
                        a.window(),
                        a.keys(),
                        a.aggregates(),
                        a.emission());
            case Aggregate a ->
                new Aggregate(a.id(), inputs.getFirst(), a.rowType(), a.keys(), a.aggregates(), a.closing());
            case Over over ->
                new Over(over.id(), inputs.getFirst(), over.rowType(), over.partition(), over.order(), over.calls());
            case TopN top -> top(top, inputs.getFirst(), top.timeColumn());
            case Match m ->
                new Match(
                        m.id(),
                        inputs.getFirst(),
                        m.rowType(),
                        m.partition(),
                        m.order(),
                        m.rows(),
                        m.columns(),
                        m.values(),
                        m.measures());
            case UnionAll union -> new UnionAll(union.id(), inputs);
            case Sort sort -> new Sort(sort.id(), inputs.getFirst(), sort.keys(), sort.offset(), sort.limit());
            case Join j -> join(j, inputs.get(0), inputs.get(1), j.keys(), j.condition(), j.times());
            case Unnest u -> new Unnest(u.id(), inputs.getFirst(), u.rowType(), u.array(), u.ordinality(), u.outer());
            case Repeat repeat -> new Repeat(repeat.id(), inputs.getFirst(), repeat.rowType(), repeat.count());
            case Consolidate c -> new Consolidate(c.id(), inputs.getFirst(), c.everyMicros());
            case Changes changes -> new Changes(changes.id(), inputs.getFirst(), changes.rowType());
        };
    }

    /** Returns the node over another input of the same type, by another time. */
    static TopN top(TopN top, PlanNode input, int timeColumn) {
        return new TopN(
                top.id(),
                input,
                top.rowType(),
                top.partition(),
                top.order(),
                top.ranking(),
                top.offset(),
                top.limit(),
                timeColumn);
    }

    /** Returns a join over other inputs, whose row type follows from them. */
    static Join join(
            Join join,
            PlanNode left,
            PlanNode right,
            List<JoinKey> keys,
            @Nullable Expression condition,
            List<JoinTime> times) {
        return join(join.id(), left, right, join.type(), keys, condition, times, join.asOf());
    }

    private static Join join(
            String id,
            PlanNode left,
            PlanNode right,
            JoinType type,
            List<JoinKey> keys,
            @Nullable Expression condition,
            List<JoinTime> times,
            @Nullable AsOf asOf) {
        List<Field> fields = new ArrayList<>();
        for (Field field : left.rowType().fields()) {
            fields.add(new Field(field.name(), field.type(), field.nullable() || type.keepsRight()));
        }
        for (Field field : type.leftOnly() ? List.<Field>of() : right.rowType().fields()) {
            fields.add(new Field(field.name(), field.type(), field.nullable() || type.keepsLeft()));
        }
        return new Join(id, left, right, new RowType(fields), type, keys, condition, times, asOf);
    }

    /** Returns a join by a condition, of the left's columns and the right's behind them, that has no keys yet. */
    public static Join join(PlanNode left, PlanNode right, JoinType type, @Nullable Expression condition) {
        return join(left, right, type, condition, null);
    }

    /** Returns a join by keys. */
    public static Join keyed(PlanNode left, PlanNode right, JoinType type, List<JoinKey> keys) {
        return join(NO_ID, left, right, type, keys, null, List.of(), null);
    }

    /** Returns a join with some of the rows of the right that belong to a row of the left. */
    public static Join join(
            PlanNode left, PlanNode right, JoinType type, @Nullable Expression condition, @Nullable AsOf asOf) {
        return join(NO_ID, left, right, type, List.of(), condition, List.of(), asOf);
    }

    /** Returns a projection of expressions under these names. */
    public static Project project(PlanNode input, List<Expression> expressions, List<String> names) {
        return new Project(NO_ID, input, Columns.typed(expressions, names), expressions);
    }

    /** Returns a projection of some columns, under the names they have. */
    static Project project(PlanNode input, List<Integer> columns) {
        RowType type = input.rowType();
        return project(
                input,
                Columns.at(columns, type),
                columns.stream().map(c -> type.field(c).name()).toList());
    }

    static AggregateCall move(AggregateCall call, IntUnaryOperator place) {
        return call.moved(place);
    }

    /** Returns the node with its columns called otherwise. */
    public static PlanNode renamed(PlanNode node, List<String> names) {
        return switch (node) {
            case Project project ->
                new Project(project.id(), project.input(), named(project, names), project.expressions());
            case Aggregate a ->
                new Aggregate(a.id(), a.input(), named(a, names), a.keys(), a.aggregates(), a.closing());
            case Sort sort ->
                new Sort(sort.id(), renamed(sort.input(), names), sort.keys(), sort.offset(), sort.limit());
            default ->
                project(
                        node,
                        Columns.at(IntStream.range(0, names.size()).boxed().toList(), node.rowType()),
                        names);
        };
    }

    private static RowType named(PlanNode node, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (Field field : node.rowType().fields()) {
            fields.add(new Field(names.get(fields.size()), field.type(), field.nullable()));
        }
        return new RowType(fields);
    }

    public static List<String> names(RowType type) {
        return type.fields().stream().map(Field::name).toList();
    }

    /** Returns the column that each expression is, or null where one is more than a column. */
    static @Nullable List<Integer> columns(Project project) {
        List<Integer> columns = new ArrayList<>();
        for (Expression expression : project.expressions()) {
            if (!(expression instanceof Column column)) {
                return null;
            }
            columns.add(column.index());
        }
        return columns;
    }
}
