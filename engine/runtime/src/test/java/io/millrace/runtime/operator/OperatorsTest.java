package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.TICKS;
import static io.millrace.runtime.Scenario.aggregate;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.call;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Emission;
import io.millrace.plan.PlanNode;
import io.millrace.plan.SortKey;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Scenario;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySource;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorsTest {

    private static final Column TIME = new Column(0, DataType.TIMESTAMP, false);
    private static final Column TICKER = new Column(1, DataType.VARCHAR, true);
    private static final Column AMOUNT = new Column(2, DataType.BIGINT, true);
    private static final long SECOND = 1_000_000;

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0");

    private void tick(long time, String ticker, Long amount) {
        ticks.add("0", at(time), ticker, amount, 1.0);
    }

    private static Expression literal(long value) {
        return new Literal(value, DataType.BIGINT);
    }

    private static Expression floorToSecond(Expression time) {
        return new Call(
                ScalarFunction.FLOOR,
                List.of(time, new Literal("SECOND", DataType.VARCHAR)),
                DataType.TIMESTAMP,
                false);
    }

    private static PlanNode.Project project(PlanNode input, Field field, Expression expression, Expression... more) {
        List<Expression> all = new java.util.ArrayList<>(List.of(expression));
        all.addAll(List.of(more));
        Field[] fields = new Field[all.size()];
        fields[0] = field;
        for (int i = 1; i < fields.length; i++) {
            fields[i] = Field.nullable("c" + i, all.get(i).type());
        }
        return new PlanNode.Project("project", input, RowType.of(fields), all);
    }

    @Test
    void rowsThatFailAreRejectedAndTheOthersGoOn() {
        PlanNode.Project inverse = project(
                scan("ticks", ARRIVAL),
                Field.nullable("inverse", DataType.BIGINT),
                new Call(ScalarFunction.DIVIDE, List.of(literal(100), AMOUNT), DataType.BIGINT, true));
        StepDriver driver = new StepDriver(endless(inverse), scenario);
        tick(1, "A", 5L);
        tick(2, "A", 0L);
        tick(3, "A", 10L);
        assertThat(driver.step()).containsExactly("+1 20", "+1 10");
        assertThat(driver.rejected()).hasSize(1);
    }

    @Test
    void filterBelowAProjectionIsDoneWithIt() {
        PlanNode.Filter large = new PlanNode.Filter(
                "filter",
                scan("ticks", ARRIVAL),
                new Call(ScalarFunction.GREATER, List.of(AMOUNT, literal(5)), DataType.BOOLEAN, true));
        PlanNode.Project names = project(large, Field.nullable("t", DataType.VARCHAR), TICKER);
        StepDriver driver = new StepDriver(endless(names), scenario);
        tick(1, "A", 5L);
        tick(1, "B", 6L);
        tick(1, "C", null);
        assertThat(driver.step()).containsExactly("+1 B");
    }

    @Test
    void groupIsPutOutOnceItsKeyOfTimeIsPassed() {
        PlanNode.Project seconds = project(
                scan("ticks", ARRIVAL), Field.required("second", DataType.TIMESTAMP), floorToSecond(TIME), TICKER);
        PlanNode.Closing closing =
                new PlanNode.Closing(0, floorToSecond(new Column(0, DataType.TIMESTAMP, false)), Emission.ON_CLOSE);
        List<Integer> keys = List.of(0, 1);
        PlanNode.Aggregate counts = new PlanNode.Aggregate(
                "closing",
                seconds,
                Scenario.outputs(seconds.rowType(), keys, false, List.of(count())),
                keys,
                List.of(count()),
                closing);
        StepDriver driver = new StepDriver(endless(counts), scenario);
        tick(1, "A", 1L);
        tick(SECOND - 1, "A", 1L);
        tick(SECOND, "B", 1L);
        assertThat(driver.step()).isEmpty();
        ticks.promise("0", SECOND - 1);
        assertThat(driver.step()).isEmpty();
        ticks.promise("0", SECOND + 5);
        assertThat(driver.step()).containsExactly("+1 0 A 2");
        assertThat(driver.bound(0)).isEqualTo(SECOND);
        driver.restart();
        ticks.promise("0", 2 * SECOND);
        assertThat(driver.step()).containsExactly("+1 1000000 B 1");
        tick(SECOND, "C", 1L);
        assertThat(driver.step()).isEmpty();
        assertThat(driver.late()).isEqualTo(1);
    }

    @Test
    void changedGroupsComeOncePerStepAsOldAndNew() {
        PlanNode.Aggregate sums = aggregate(
                "sums", scan("ticks", ARRIVAL), List.of(1), count(), call(AggregateFunction.SUM, 2, DataType.BIGINT));
        StepDriver driver = new StepDriver(endless(sums), scenario);
        tick(1, "A", 5L);
        tick(2, "A", 6L);
        tick(3, "B", null);
        assertThat(driver.step()).containsExactlyInAnyOrder("+1 A 2 11", "+1 B 1 null");
        tick(4, "A", -11L);
        driver.restart();
        assertThat(driver.step()).containsExactly("-1 A 2 11", "+1 A 3 0");
    }

    @Test
    void groupThatDoesNotChangeIsNotPutOutAgain() {
        PlanNode.Aggregate most =
                aggregate("most", scan("ticks", ARRIVAL), List.of(1), call(AggregateFunction.MAX, 2, DataType.BIGINT));
        StepDriver driver = new StepDriver(endless(most), scenario);
        tick(1, "A", 5L);
        assertThat(driver.step()).containsExactly("+1 A 5");
        tick(2, "A", 4L);
        assertThat(driver.step()).isEmpty();
    }

    @Test
    void aggregateWithoutKeysHasARowOverNoRows() {
        StepDriver driver =
                new StepDriver(endless(aggregate("all", scan("ticks", ARRIVAL), List.of(), count())), scenario);
        assertThat(driver.step()).containsExactly("+1 0");
        assertThat(driver.step()).isEmpty();
        tick(1, "A", 5L);
        assertThat(driver.step()).containsExactly("-1 0", "+1 1");
    }

    @Test
    void maximumFallsBackWhenTheGreatestRowGoes() {
        PlanNode.Aggregate inner = aggregate(
                "inner", scan("ticks", ARRIVAL), List.of(1), call(AggregateFunction.LAST_VALUE, 2, DataType.BIGINT));
        PlanNode.Aggregate outer = aggregate(
                "outer",
                inner,
                List.of(),
                call(AggregateFunction.MAX, 1, DataType.BIGINT),
                call(AggregateFunction.MIN, 1, DataType.BIGINT));
        StepDriver driver = new StepDriver(endless(outer), scenario);
        tick(1, "A", 9L);
        tick(2, "B", 5L);
        assertThat(driver.step()).containsExactly("+1 9 5");
        tick(3, "A", 1L);
        driver.restart();
        assertThat(driver.step()).containsExactly("-1 9 5", "+1 5 1");
    }

    @Test
    void groupWhoseRowsAllGoGoesToo() {
        PlanNode.Aggregate inner = aggregate("inner", scan("ticks", ARRIVAL), List.of(1), count());
        PlanNode.Aggregate outer = aggregate("outer", inner, List.of(1), count());
        StepDriver driver = new StepDriver(endless(outer), scenario);
        tick(1, "A", 9L);
        assertThat(driver.step()).containsExactly("+1 1 1");
        tick(1, "A", 9L);
        assertThat(driver.step()).containsExactlyInAnyOrder("-1 1 1", "+1 2 1");
        tick(1, "B", 9L);
        assertThat(driver.step()).containsExactly("+1 1 1");
        assertThat(driver.integrated()).containsOnlyKeys("1 1", "2 1");
    }

    @Test
    void eachRowComesOncePerWindow() {
        RowType type = RowType.of(
                TICKS.field(0),
                TICKS.field(1),
                TICKS.field(2),
                TICKS.field(3),
                Field.required("window_start", DataType.TIMESTAMP),
                Field.required("window_end", DataType.TIMESTAMP),
                Field.required("window_time", DataType.TIMESTAMP));
        PlanNode.Window hopping = new PlanNode.Window(
                "window", scan("ticks", ARRIVAL), type, 0, new WindowSpec.Hopping(10, 5, 0), List.of());
        StepDriver driver = new StepDriver(endless(hopping), scenario);
        tick(7, "A", 1L);
        assertThat(driver.step()).containsExactly("+1 7 A 1 1.0 0 10 9", "+1 7 A 1 1.0 5 15 14");
        PlanNode.Window tumbling = new PlanNode.Window(
                "window", scan("ticks", ARRIVAL), type, 0, new WindowSpec.Hopping(10, 10, 0), List.of());
        assertThat(new StepDriver(endless(tumbling), scenario).step()).containsExactly("+1 7 A 1 1.0 0 10 9");
    }

    @Test
    void unionWaitsForTheSlowerInput() {
        MemorySource more = scenario.source("more", "0");
        PlanNode.UnionAll union =
                new PlanNode.UnionAll("union", List.of(scan("ticks", ARRIVAL), scan("more", ARRIVAL)));
        StepDriver driver = new StepDriver(
                endless(Scenario.windows(union, new WindowSpec.Hopping(10, 10, 0), List.of(), count())), scenario);
        tick(1, "A", 1L);
        more.add("0", at(2), "B", 1L, 1.0);
        ticks.promise("0", 100);
        assertThat(driver.step()).isEmpty();
        more.promise("0", 10);
        assertThat(driver.step()).containsExactly("+1 0 10 2");
    }

    @Test
    void windowsGoByATimeThatAProjectionPutsBack() {
        Expression hourLater = new Call(
                ScalarFunction.PLUS,
                List.of(TIME, new Literal(java.time.Duration.ofNanos(100_000), new DataType.IntervalType(false))),
                DataType.TIMESTAMP,
                false);
        PlanNode.Project shifted =
                project(scan("ticks", ARRIVAL), Field.required("later", DataType.TIMESTAMP), hourLater, TICKER);
        StepDriver driver = new StepDriver(
                endless(Scenario.windows(shifted, new WindowSpec.Hopping(10, 10, 0), List.of(), count())), scenario);
        tick(1, "A", 1L);
        ticks.promise("0", 9);
        assertThat(driver.step()).isEmpty();
        tick(9, "A", 1L);
        ticks.promise("0", 10);
        assertThat(driver.step()).containsExactly("+1 100 110 2");
        assertThat(driver.late()).isZero();
    }

    @Test
    void endlessQueryCannotBeSorted() {
        PlanNode.Sort sort =
                new PlanNode.Sort("sort", scan("ticks", ARRIVAL), List.of(new SortKey(0, false, false)), 0, -1);
        assertThatThrownBy(() -> new StepDriver(endless(sort), scenario))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("sorted");
    }

    @Test
    void sumThatDoesNotFitIsRejectedAndComesBackWhenItFits() {
        PlanNode.Aggregate sums =
                aggregate("sums", scan("ticks", ARRIVAL), List.of(1), call(AggregateFunction.SUM, 2, DataType.BIGINT));
        StepDriver driver = new StepDriver(endless(sums), scenario);
        tick(1, "A", Long.MAX_VALUE);
        assertThat(driver.step()).containsExactly("+1 A 9223372036854775807");
        tick(2, "A", 1L);
        assertThat(driver.step()).containsExactly("-1 A 9223372036854775807");
        assertThat(driver.rejected()).hasSize(1);
        driver.restart();
        tick(3, "A", -1L);
        assertThat(driver.step()).containsExactly("+1 A 9223372036854775807");
    }
}
