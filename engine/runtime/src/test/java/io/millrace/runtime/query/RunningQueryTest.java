package io.millrace.runtime.query;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.bounded;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.eventTime;
import static io.millrace.runtime.Scenario.scan;
import static io.millrace.runtime.Scenario.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SortKey;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunningQueryTest {

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0", "1");

    private void tick(String split, long time, String ticker, long amount) {
        ticks.add(split, at(time), ticker, amount, 1.0);
    }

    private RunningQuery open(Plan plan, StartPosition from) {
        return RunningQuery.open(plan, scenario.environment(), from);
    }

    private static List<String> now(RunningQuery query) {
        List<String> rows = new ArrayList<>();
        for (RowBatch batch = query.next(); batch != null; batch = query.next()) {
            rows.addAll(Scenario.texts(MemorySink.rowsOf(batch)));
        }
        return rows;
    }

    @Test
    void boundedQueryEndsWithWhatWasThereWhenItWasOpened() {
        tick("0", 1, "A", 1);
        tick("1", 2, "B", 2);
        RunningQuery query = open(bounded(scan("ticks", ARRIVAL)), StartPosition.LATEST);
        tick("0", 3, "C", 3);
        assertThat(query.finished()).isFalse();
        assertThat(now(query)).containsExactly("+1 1 A 1 1.0", "+1 2 B 2 1.0");
        assertThat(query.finished()).isTrue();
        query.close();
    }

    @Test
    void boundedQueryGivesRowsBeforeItHasReadAll() {
        for (int i = 0; i < 40_000; i++) {
            tick("0", i, "A", i);
        }
        try (RunningQuery query = open(bounded(scan("ticks", ARRIVAL)), StartPosition.EARLIEST)) {
            RowBatch first = query.next();
            assertThat(first).isNotNull();
            int given = first.selectedCount();
            assertThat(given).isLessThan(40_000);
            assertThat(now(query).size()).isEqualTo(40_000 - given);
        }
    }

    @Test
    void boundedQueryKnowsNoLateRows() {
        tick("0", 50, "A", 1);
        tick("0", 1, "A", 2);
        PlanNode root = windows(scan("ticks", eventTime(0, 0)), new WindowSpec.Hopping(10, 10, 0), List.of(), count());
        try (RunningQuery query = open(bounded(root), StartPosition.EARLIEST)) {
            assertThat(now(query)).containsExactly("+1 0 10 1", "+1 50 60 1");
        }
        assertThat(scenario.rejected()).isEmpty();
    }

    @Test
    void boundedAggregateHasNoOldRows() {
        tick("0", 1, "A", 1);
        tick("0", 2, "A", 2);
        PlanNode inner = Scenario.aggregate("inner", scan("ticks", ARRIVAL), List.of(1), count());
        PlanNode outer = Scenario.aggregate("outer", inner, List.of(), call(AggregateFunction.MAX, 1, DataType.BIGINT));
        try (RunningQuery query = open(bounded(outer), StartPosition.EARLIEST)) {
            assertThat(now(query)).containsExactly("+1 2");
        }
        PlanNode none = Scenario.aggregate(
                "none",
                new PlanNode.Filter("no", scan("ticks", ARRIVAL), new Literal(false, DataType.BOOLEAN)),
                List.of(),
                count());
        try (RunningQuery query = open(bounded(none), StartPosition.EARLIEST)) {
            assertThat(now(query)).containsExactly("+1 0");
        }
    }

    @Test
    void endlessQueryGoesOnWithWhatComes() {
        tick("0", 1, "A", 1);
        RunningQuery fromNow = open(endless(scan("ticks", ARRIVAL)), StartPosition.LATEST);
        RunningQuery fromStart = open(endless(scan("ticks", ARRIVAL)), StartPosition.EARLIEST);
        assertThat(now(fromNow)).isEmpty();
        assertThat(now(fromStart)).containsExactly("+1 1 A 1 1.0");
        AtomicInteger woken = new AtomicInteger();
        fromNow.onAvailable(woken::incrementAndGet);
        tick("1", 2, "B", 2);
        assertThat(woken).hasValue(1);
        assertThat(now(fromNow)).containsExactly("+1 2 B 2 1.0");
        assertThat(now(fromStart)).containsExactly("+1 2 B 2 1.0");
        assertThat(fromNow.finished()).isFalse();
        fromNow.close();
        tick("1", 3, "B", 2);
        assertThat(woken).hasValue(1);
        fromStart.close();
    }

    @Test
    void limitEndsAnEndlessQuery() {
        PlanNode limit = new PlanNode.Sort("limit", scan("ticks", ARRIVAL), List.of(), 1, 2);
        try (RunningQuery query = open(endless(limit), StartPosition.EARLIEST)) {
            tick("0", 1, "A", 1);
            tick("0", 2, "A", 2);
            assertThat(now(query)).containsExactly("+1 2 A 2 1.0");
            assertThat(query.finished()).isFalse();
            tick("0", 3, "A", 3);
            tick("0", 4, "A", 4);
            assertThat(now(query)).containsExactly("+1 3 A 3 1.0");
            assertThat(query.finished()).isTrue();
        }
    }

    @Test
    void sortsByAllKeysAndKeepsTheOrderOfEqualRows() {
        Random random = new Random(7);
        List<int[]> expected = new ArrayList<>();
        for (int i = 0; i < 9000; i++) {
            int amount = random.nextInt(50);
            tick("0", i, "T", amount);
            expected.add(new int[] {amount, i});
        }
        expected.sort((a, b) -> Integer.compare(b[0], a[0]));
        List<String> texts = expected.subList(10, 5010).stream()
                .map(e -> "+1 " + e[1] + " T " + e[0] + " 1.0")
                .toList();
        List<SortKey> keys = List.of(new SortKey(1, false, false), new SortKey(2, true, true));
        PlanNode sort = new PlanNode.Sort("sort", scan("ticks", ARRIVAL), keys, 10, 5000);
        try (RunningQuery query = open(bounded(sort), StartPosition.EARLIEST)) {
            assertThat(now(query)).isEqualTo(texts);
        }
    }

    @Test
    void firstRowsOfManyAreFoundWithoutKeepingAll() {
        for (int i = 0; i < 70_000; i++) {
            tick("0", i, "T", (i * 7919L) % 70_000);
        }
        PlanNode sort = new PlanNode.Sort("sort", scan("ticks", ARRIVAL), List.of(new SortKey(2, false, false)), 1, 2);
        try (RunningQuery query = open(bounded(sort), StartPosition.EARLIEST)) {
            assertThat(now(query)).extracting(row -> row.split(" ")[3]).containsExactly("1", "2");
        }
    }

    @Test
    void nullsSortWhereTheKeySays() {
        tick("0", 1, "A", 1);
        ticks.add("0", at(2), null, 1L, 1.0);
        tick("0", 3, "B", 1);
        for (boolean first : List.of(true, false)) {
            PlanNode sort =
                    new PlanNode.Sort("sort", scan("ticks", ARRIVAL), List.of(new SortKey(1, true, first)), 0, -1);
            try (RunningQuery query = open(bounded(sort), StartPosition.EARLIEST)) {
                assertThat(now(query))
                        .extracting(row -> row.split(" ")[2])
                        .containsExactly(first ? new String[] {"null", "B", "A"} : new String[] {"B", "A", "null"});
            }
        }
    }

    @Test
    void constantRowsNeedNoStream() {
        RowType type = RowType.of(Field.required("n", DataType.BIGINT), Field.nullable("t", DataType.VARCHAR));
        List<List<Expression>> rows = List.of(
                List.of(new Literal(1L, DataType.BIGINT), new Literal("one", DataType.VARCHAR)),
                List.of(new Literal(2L, DataType.BIGINT), new Literal(null, DataType.VARCHAR)));
        for (boolean endless : List.of(true, false)) {
            Plan plan = new Plan(new PlanNode.Values("values", type, rows), endless, -1);
            try (RunningQuery query = open(plan, StartPosition.EARLIEST)) {
                assertThat(now(query)).containsExactly("+1 1 one", "+1 2 null");
                assertThat(query.finished()).isTrue();
            }
        }
    }

    @Test
    void cancelledQueryFailsWhereItReads() {
        tick("0", 1, "A", 1);
        try (RunningQuery query = open(bounded(scan("ticks", ARRIVAL)), StartPosition.EARLIEST)) {
            query.cancel();
            assertThatThrownBy(query::next)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        }
    }

    @Test
    void rowThatCannotBeComputedEndsABoundedQueryAndIsLeftOutOfAnEndlessOne() {
        tick("0", 1, "A", 4);
        tick("0", 2, "A", 0);
        PlanNode inverse = new PlanNode.Project(
                "inverse",
                scan("ticks", ARRIVAL),
                RowType.of(Field.nullable("inverse", DataType.BIGINT)),
                List.of(new Expression.Call(
                        ScalarFunction.DIVIDE,
                        List.of(new Literal(100L, DataType.BIGINT), new Expression.Column(2, DataType.BIGINT, true)),
                        DataType.BIGINT,
                        true)));
        try (RunningQuery query = open(bounded(inverse), StartPosition.EARLIEST)) {
            assertThatThrownBy(query::next)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO));
        }
        assertThat(scenario.rejected()).isEmpty();
        try (RunningQuery query = open(endless(inverse), StartPosition.EARLIEST)) {
            assertThat(now(query)).containsExactly("+1 25");
        }
        assertThat(scenario.rejected()).hasSize(1);
    }

    @Test
    void malformedEntriesAreReported() {
        ticks.addMalformed("0", "no JSON");
        tick("0", 1, "A", 1);
        try (RunningQuery query = open(bounded(scan("ticks", ARRIVAL)), StartPosition.EARLIEST)) {
            assertThat(now(query)).hasSize(1);
        }
        assertThat(scenario.rejected()).containsExactly("no JSON no JSON");
    }

    @Test
    void windowsOfAnEndlessQueryCloseByTheClock() {
        PlanNode root = windows(scan("ticks", ARRIVAL), new WindowSpec.Hopping(10, 10, 0), List.of(), count());
        try (RunningQuery query = open(endless(root), StartPosition.EARLIEST)) {
            assertThat(query.wakeMicros()).isEmpty();
            tick("0", 1, "A", 1);
            assertThat(now(query)).isEmpty();
            assertThat(query.wakeMicros()).isPresent();
            ticks.promise("0", 10);
            ticks.promise("1", 10);
            assertThat(now(query)).containsExactly("+1 0 10 1");
            assertThat(query.wakeMicros()).isEmpty();
        }
    }
}
