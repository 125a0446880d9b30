package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.aggregate;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.early;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static io.millrace.runtime.Scenario.windows;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Emission;
import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinType;
import io.millrace.plan.OverCall;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SortKey;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.UserTotal;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OperatorContractTest {

    private static final DataType DECIMAL = new DataType.DecimalType(30, 2);

    @Test
    void projectionAndFilter() {
        verify("filter", new PlanNode.Filter("filter", scan("ticks", ARRIVAL), large()));
    }

    @Test
    void windowAggregatesOfEveryShape() {
        for (WindowSpec window : List.of(
                new WindowSpec.Hopping(10, 10, 0),
                new WindowSpec.Hopping(10, 5, 3),
                new WindowSpec.Hopping(10, 4, 0),
                new WindowSpec.Hopping(7, 3, -2),
                new WindowSpec.Hopping(3, 7, 1),
                new WindowSpec.Hopping(30, 2, 1),
                new WindowSpec.Cumulating(12, 4, 0),
                new WindowSpec.Cumulating(10, 4, 3),
                new WindowSpec.Cumulating(5, 7, -2))) {
            verify("windows " + window, windows(flagged(), window, List.of(1), calls()));
            verify("windows without keys " + window, windows(flagged(), window, List.of(), calls()));
            verify("early windows " + window, early(windows(flagged(), window, List.of(1), calls()), 0));
            verify("early windows with lateness " + window, early(windows(flagged(), window, List.of(), calls()), 3));
        }
    }

    @Test
    void windowsOfRowsOfEveryShape() {
        for (WindowSpec window : List.of(
                new WindowSpec.Hopping(10, 4, 0),
                new WindowSpec.Hopping(3, 7, 1),
                new WindowSpec.Cumulating(10, 3, 1),
                new WindowSpec.Session(3))) {
            for (List<Integer> partition : List.of(List.<Integer>of(), List.of(1), List.of(1, 2))) {
                verify("rows in " + window + " by " + partition, window(window, partition));
            }
        }
    }

    @Test
    void sessionAggregates() {
        for (long gap : new long[] {1, 3, 20}) {
            WindowSpec window = new WindowSpec.Session(gap);
            for (List<Integer> keys : List.of(List.<Integer>of(), List.of(1), List.of(2), List.of(1, 2))) {
                PlanNode.WindowAggregate sessions = windows(flagged(), window, keys, calls());
                verify("sessions " + window + " by " + keys, sessions);
                verify("early sessions " + window + " by " + keys, early(sessions, 0));
                verify("early sessions with lateness " + window + " by " + keys, early(sessions, 5));
            }
        }
    }

    @Test
    void groupsOfSessions() {
        PlanNode.Window sessions = window(new WindowSpec.Session(4), List.of(1));
        List<Integer> keys = List.of(2, 5);
        List<AggregateCall> calls = List.of(count());
        verify(
                "groups of sessions",
                new PlanNode.Aggregate(
                        "groups",
                        sessions,
                        Scenario.outputs(sessions.rowType(), keys, false, calls),
                        keys,
                        calls,
                        new PlanNode.Closing(1, new Column(0, DataType.TIMESTAMP, false), Emission.ON_CLOSE)));
    }

    private static PlanNode.Window window(WindowSpec window, List<Integer> partition) {
        List<Field> fields = new ArrayList<>(Scenario.TICKS.fields());
        for (String name : List.of("window_start", "window_end", "window_time")) {
            fields.add(Field.required(name, DataType.TIMESTAMP));
        }
        return new PlanNode.Window("rows", scan("ticks", ARRIVAL), new RowType(fields), 0, window, partition);
    }

    @Test
    void groupsByKeysOfEveryShape() {
        for (List<Integer> keys : List.of(List.<Integer>of(), List.of(1), List.of(2), List.of(3), List.of(1, 2))) {
            verify("groups by " + keys, aggregate("groups", flagged(), keys, calls()));
        }
    }

    @Test
    void groupsOfGroupsWhoseRowsComeAndGo() {
        PlanNode.Aggregate inner =
                aggregate("inner", flagged(), List.of(1, 4), count(), call(AggregateFunction.SUM, 2, DataType.BIGINT));
        verify(
                "groups of groups",
                aggregate(
                        "outer",
                        inner,
                        List.of(1),
                        count(),
                        call(AggregateFunction.MIN, 3, DataType.BIGINT),
                        call(AggregateFunction.MAX, 0, DataType.VARCHAR),
                        call(AggregateFunction.SUM, 3, DataType.BIGINT),
                        call(AggregateFunction.AVG, 3, DataType.BIGINT),
                        call(AggregateFunction.EVERY, 1, DataType.BOOLEAN),
                        distinct(AggregateFunction.COUNT, 3),
                        distinct(AggregateFunction.SUM, 2),
                        filtered(count(), 1),
                        UserTotal.call(0, 3, false, AggregateCall.NO_FILTER),
                        UserTotal.call(0, 3, true, 1)));
    }

    @Test
    void groupsThatClose() {
        Expression tens = new Call(
                ScalarFunction.STEP,
                List.of(
                        new Column(0, DataType.TIMESTAMP, false),
                        new Literal(java.time.Duration.ofNanos(10_000), new DataType.IntervalType(false))),
                DataType.TIMESTAMP,
                false);
        PlanNode.Project steps = new PlanNode.Project(
                "steps",
                scan("ticks", ARRIVAL),
                RowType.of(Field.required("step", DataType.TIMESTAMP), Scenario.TICKS.field(1)),
                List.of(tens, new Column(1, DataType.VARCHAR, true)));
        List<Integer> keys = List.of(1, 0);
        for (Emission emission : List.of(Emission.ON_CLOSE, new Emission(true, 0), new Emission(true, 12))) {
            verify("closing " + emission, closing(steps, keys, tens, emission));
        }
    }

    private static PlanNode closing(PlanNode steps, List<Integer> keys, Expression tens, Emission emission) {
        return new PlanNode.Aggregate(
                "closing",
                steps,
                Scenario.outputs(steps.rowType(), keys, false, List.of(count())),
                keys,
                List.of(count()),
                new PlanNode.Closing(1, tens, emission));
    }

    @Test
    void changesAddedUp() {
        PlanNode.Aggregate groups =
                aggregate("groups", flagged(), List.of(1), count(), call(AggregateFunction.SUM, 2, DataType.BIGINT));
        PlanNode.Project some = new PlanNode.Project(
                "some",
                groups,
                RowType.of(groups.rowType().field(1), groups.rowType().field(2)),
                List.of(new Column(1, DataType.BIGINT, false), new Column(2, DataType.BIGINT, true)));
        verify("changes of groups", new PlanNode.Consolidate("changes", some, 0));
        verify("changes of rows", new PlanNode.Consolidate("changes", flagged(), 0));
    }

    @Test
    void windowsOfWindows() {
        PlanNode.WindowAggregate inner =
                windows(scan("ticks", ARRIVAL), new WindowSpec.Hopping(5, 5, 0), List.of(1), count());
        List<AggregateCall> calls = List.of(call(AggregateFunction.MAX, 3, DataType.BIGINT));
        for (int time : List.of(1, 2)) {
            verify(
                    "windows of windows by column " + time,
                    new PlanNode.WindowAggregate(
                            "outer",
                            inner,
                            Scenario.outputs(inner.rowType(), List.of(), true, calls),
                            time,
                            new WindowSpec.Hopping(20, 10, 0),
                            List.of(),
                            calls,
                            Emission.ON_CLOSE));
        }
    }

    @Test
    void firstRowsOnly() {
        verify("limit", new PlanNode.Sort("limit", scan("ticks", ARRIVAL), List.of(), 3, 11));
    }

    @Test
    void unionOfAStreamWithItsOwnPart() {
        PlanNode.Scan twice = new PlanNode.Scan("again", "ticks", Scenario.TICKS, 0, ARRIVAL);
        PlanNode.Filter part = new PlanNode.Filter("filter", twice, large());
        PlanNode.UnionAll union = new PlanNode.UnionAll("union", List.of(scan("ticks", ARRIVAL), part));
        verify("union", windows(union, new WindowSpec.Hopping(10, 5, 0), List.of(1), count()));
    }

    @Test
    void joinsOfAStreamWithItself() {
        for (JoinType type : JoinType.values()) {
            for (boolean tested : new boolean[] {false, true}) {
                verify("join " + type + (tested ? " with a condition" : ""), join(type, tested));
            }
        }
    }

    @Test
    void firstPlaces() {
        for (OverCall.Ranking ranking :
                List.of(OverCall.Ranking.ROW_NUMBER, OverCall.Ranking.RANK, OverCall.Ranking.DENSE_RANK)) {
            verify("places by " + ranking, places(ranking, List.of(new SortKey(2, false, false)), -1));
        }
        verify("first rows", places(OverCall.Ranking.ROW_NUMBER, List.of(new SortKey(0, false, false)), 0));
    }

    private static PlanNode places(OverCall.Ranking ranking, List<SortKey> order, int timeColumn) {
        PlanNode ticks = scan("ticks", ARRIVAL);
        return new PlanNode.TopN("places", ticks, ticks.rowType(), List.of(1), order, ranking, 1, 2, timeColumn);
    }

    private static PlanNode join(JoinType type, boolean tested) {
        PlanNode.Scan others = new PlanNode.Scan("others", "ticks", Scenario.TICKS, 0, ARRIVAL);
        List<Field> fields = new ArrayList<>(Scenario.TICKS.fields());
        if (!type.leftOnly()) {
            fields.addAll(Scenario.TICKS.fields());
        }
        Expression smaller = new Call(
                ScalarFunction.LESS,
                List.of(
                        new Column(2, DataType.BIGINT, true),
                        new Column(Scenario.TICKS.size() + 2, DataType.BIGINT, true)),
                DataType.BOOLEAN,
                true);
        return new PlanNode.Join(
                "join",
                scan("ticks", ARRIVAL),
                others,
                new RowType(fields),
                type,
                List.of(new JoinKey(1, 1, false)),
                tested ? smaller : null,
                List.of());
    }

    private static Expression large() {
        return new Call(
                ScalarFunction.GREATER,
                List.of(new Column(2, DataType.BIGINT, true), new Literal(0L, DataType.BIGINT)),
                DataType.BOOLEAN,
                true);
    }

    /** The ticks with a column 4 that says whether the amount is large, and a column 5 of wide decimals. */
    private static PlanNode flagged() {
        List<Field> fields = new ArrayList<>(Scenario.TICKS.fields());
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            expressions.add(new Column(i, fields.get(i).type(), fields.get(i).nullable()));
        }
        fields.add(Field.nullable("large", DataType.BOOLEAN));
        expressions.add(large());
        fields.add(Field.nullable("wide", DECIMAL));
        expressions.add(new Expression.Cast(expressions.get(2), DECIMAL, true, false));
        return new PlanNode.Project("flagged", scan("ticks", ARRIVAL), new RowType(fields), expressions);
    }

    private static AggregateCall[] calls() {
        return new AggregateCall[] {
            count(),
            call(AggregateFunction.COUNT, 2, DataType.BIGINT),
            call(AggregateFunction.SUM, 2, DataType.BIGINT),
            call(AggregateFunction.SUM0, 2, DataType.BIGINT),
            call(AggregateFunction.AVG, 2, DataType.BIGINT),
            call(AggregateFunction.MIN, 2, DataType.BIGINT),
            call(AggregateFunction.MAX, 1, DataType.VARCHAR),
            call(AggregateFunction.SUM, 3, DataType.DOUBLE),
            call(AggregateFunction.AVG, 3, DataType.DOUBLE),
            call(AggregateFunction.MIN, 3, DataType.DOUBLE),
            call(AggregateFunction.FIRST_VALUE, 2, DataType.BIGINT),
            call(AggregateFunction.LAST_VALUE, 1, DataType.VARCHAR),
            call(AggregateFunction.EVERY, 4, DataType.BOOLEAN),
            call(AggregateFunction.SOME, 4, DataType.BOOLEAN),
            call(AggregateFunction.SUM, 5, new DataType.DecimalType(38, 2)),
            call(AggregateFunction.MAX, 5, DECIMAL),
            distinct(AggregateFunction.COUNT, 2),
            distinct(AggregateFunction.SUM, 2),
            filtered(count(), 4),
            filtered(call(AggregateFunction.SUM, 2, DataType.BIGINT), 4),
            UserTotal.call(1, 2, false, AggregateCall.NO_FILTER),
            UserTotal.call(1, 2, true, 4),
        };
    }

    private static AggregateCall distinct(AggregateFunction function, int column) {
        return new AggregateCall(function, List.of(column), true, AggregateCall.NO_FILTER, DataType.BIGINT, true);
    }

    private static AggregateCall filtered(AggregateCall call, int filter) {
        return new AggregateCall(
                call.function(), call.arguments(), call.distinct(), filter, call.type(), call.nullable());
    }

    private static void verify(String name, PlanNode root) {
        for (long seed = 1; seed <= 6; seed++) {
            Random random = new Random(seed);
            new OperatorContract(name + ", seed " + seed, endless(root), randomRows(random)).verify(random);
        }
    }

    private static List<List<@Nullable Object>> randomRows(Random random) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        long time = random.nextInt(50) - 25;
        for (int i = random.nextInt(60); i >= 0; i--) {
            time += random.nextInt(random.nextInt(20) == 0 ? 40 : 4);
            rows.add(Arrays.asList(
                    at(time),
                    random.nextInt(8) == 0 ? null : "T" + random.nextInt(4),
                    random.nextInt(8) == 0 ? null : (Long) (long) (random.nextInt(9) - 4),
                    random.nextInt(8) == 0 ? null : (Double) (random.nextInt(16) / 4.0)));
        }
        return rows;
    }
}
