package io.millrace.sql.rewrite;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.Emission;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes one operator of grouping by a window, and says of grouping by a growing function of ROWTIME when its
 * groups are complete.
 *
 * <pre>
 *   Aggregate symbol, window_start            Project symbol, window_start, n
 *     Project …                        →        WindowAggregate ROWTIME, symbol
 *       Window ROWTIME, 10 s                      …
 * </pre>
 */
final class FormWindows {

    static final Literal MICROSECOND = new Literal(Duration.ofNanos(1000), new IntervalType(false));

    private FormWindows() {}

    /**
     * Applies the rule to all nodes.
     *
     * @param emission when the last groupings of all are put out; those below, whose rows are grouped again, are put out
     *     when they are complete
     */
    static PlanNode apply(PlanNode node, Emission emission) {
        Emission below = node instanceof Aggregate ? Emission.ON_CLOSE : emission;
        PlanNode formed = Nodes.withInputs(
                node, node.inputs().stream().map(input -> apply(input, below)).toList());
        if (formed instanceof Join join) {
            return JoinTimes.apply(join);
        }
        if (formed instanceof TopN top) {
            return TopNTimes.apply(top, emission);
        }
        if (!(formed instanceof Aggregate aggregate) || aggregate.closing() != null) {
            return formed;
        }
        PlanNode windowed = windowed(aggregate, emission);
        return windowed != null ? windowed : ClosingGroups.apply(aggregate, emission);
    }

    private static @Nullable PlanNode windowed(Aggregate aggregate, Emission emission) {
        PlanNode input = aggregate.input();
        Project project = input instanceof Project p ? p : null;
        if (!((project == null ? input : project.input()) instanceof Window window)) {
            return null;
        }
        int start = window.input().rowType().size();
        List<Expression> columns = project == null
                ? Columns.at(IntStream.range(0, input.rowType().size()).boxed().toList(), input.rowType())
                : project.expressions();
        List<Integer> keys = aggregate.keys().stream()
                .filter(key -> !windowColumn(columns.get(key), start))
                .toList();
        boolean grouped = keys.size() < aggregate.keys().size();
        if (!grouped
                || !Lineage.isRowtime(window.input(), window.timeColumn())
                || !ofRowAlone(aggregate, keys, columns, start)
                || !partitioned(window, keys, columns)) {
            return null;
        }
        return form(aggregate, window, keys, columns, start, emission);
    }

    /** Returns whether groups in a session are what sessions are of. */
    private static boolean partitioned(Window window, List<Integer> keys, List<Expression> columns) {
        if (!(window.window() instanceof WindowSpec.Session)) {
            return true;
        }
        Set<Integer> ofGroups = new HashSet<>();
        for (int key : keys) {
            if (!(columns.get(key) instanceof Column column)) {
                return false;
            }
            ofGroups.add(column.index());
        }
        return ofGroups.equals(Set.copyOf(window.partition()));
    }

    private static boolean windowColumn(Expression expression, int start) {
        return expression instanceof Column column && column.index() >= start;
    }

    private static boolean ofRowAlone(Aggregate aggregate, List<Integer> keys, List<Expression> columns, int start) {
        BitSet used = new BitSet();
        keys.forEach(used::set);
        aggregate.aggregates().forEach(call -> PruneColumns.collect(call, used));
        return used.stream().allMatch(i -> Columns.of(columns.get(i)).length() <= start);
    }

    private static PlanNode form(
            Aggregate aggregate,
            Window window,
            List<Integer> keys,
            List<Expression> columns,
            int start,
            Emission emission) {
        List<Expression> wanted = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int[] place = new int[columns.size()];
        RowType type = aggregate.input().rowType();
        for (int i = 0; i < columns.size(); i++) {
            if (Columns.of(columns.get(i)).length() <= start) {
                place[i] = wanted.size();
                wanted.add(columns.get(i));
                names.add(type.field(i).name());
            }
        }
        int time = wanted.size();
        wanted.add(Columns.at(window.timeColumn(), window.input().rowType()));
        names.add(window.input().rowType().field(window.timeColumn()).name());
        WindowAggregate formed =
                node(aggregate, window, keys, place, time, emission, Nodes.project(window.input(), wanted, names));
        return inOrder(aggregate, keys, columns, start, columnsTaken(formed));
    }

    private static WindowAggregate node(
            Aggregate aggregate,
            Window window,
            List<Integer> keys,
            int[] place,
            int time,
            Emission emission,
            Project input) {
        int start = window.input().rowType().size();
        List<Field> fields = new ArrayList<>();
        keys.forEach(
                key -> fields.add(aggregate.rowType().field(aggregate.keys().indexOf(key))));
        fields.add(window.rowType().field(start));
        fields.add(window.rowType().field(start + 1));
        fields.addAll(aggregate
                .rowType()
                .fields()
                .subList(aggregate.keys().size(), aggregate.rowType().size()));
        List<AggregateCall> calls = aggregate.aggregates().stream()
                .map(call -> Nodes.move(call, i -> place[i]))
                .toList();
        return new WindowAggregate(
                Nodes.NO_ID,
                input,
                new RowType(fields),
                time,
                window.window(),
                keys.stream().map(key -> place[key]).toList(),
                calls,
                emission);
    }

    /** Takes columns from below the projection where it only moves them. */
    private static WindowAggregate columnsTaken(WindowAggregate node) {
        Project project = (Project) node.input();
        List<Integer> columns = Nodes.columns(project);
        if (columns == null) {
            return node;
        }
        return new WindowAggregate(
                Nodes.NO_ID,
                project.input(),
                node.rowType(),
                columns.get(node.timeColumn()),
                node.window(),
                node.keys().stream().map(columns::get).toList(),
                node.aggregates().stream()
                        .map(call -> Nodes.move(call, columns::get))
                        .toList(),
                node.emission());
    }

    /** Brings the columns into the order that the grouping had. */
    private static PlanNode inOrder(
            Aggregate aggregate, List<Integer> keys, List<Expression> columns, int start, WindowAggregate formed) {
        List<Expression> expressions = new ArrayList<>();
        for (int key : aggregate.keys()) {
            int place = keys.indexOf(key);
            expressions.add(
                    place >= 0
                            ? Columns.at(place, formed.rowType())
                            : windowColumn(((Column) columns.get(key)).index() - start, keys.size(), formed.rowType()));
        }
        for (int i = 0; i < aggregate.aggregates().size(); i++) {
            expressions.add(Columns.at(keys.size() + 2 + i, formed.rowType()));
        }
        return Nodes.project(formed, expressions, Nodes.names(aggregate.rowType()));
    }

    private static Expression windowColumn(int which, int keys, RowType type) {
        return which < 2
                ? Columns.at(keys + which, type)
                : new Call(
                        ScalarFunction.MINUS,
                        List.of(Columns.at(keys + 1, type), MICROSECOND),
                        DataType.TIMESTAMP,
                        false);
    }
}
