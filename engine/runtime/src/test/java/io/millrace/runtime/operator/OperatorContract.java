package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Plan;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.query.RunningQuery;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySink.WeightedRow;
import io.millrace.testing.connector.MemorySource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What every operator must do: give the same answer, once all weights are added up, however its input is cut into
 * steps, whatever is known of time in between, and whether or not it is stored and read back after each step; and the
 * same as the bounded query. And the very same rows in the same order, however many threads share the work, restarted
 * or not, and wherever a step's rows are cut into batches.
 */
final class OperatorContract {

    /** Rows of the stream {@code ticks}, split 0, by ascending time. */
    private final List<List<@Nullable Object>> rows;

    private final Plan plan;
    private final String name;

    OperatorContract(String name, Plan plan, List<List<@Nullable Object>> rows) {
        this.name = name;
        this.plan = plan;
        this.rows = rows;
    }

    void verify(Random random) {
        Map<String, Integer> bounded = bounded();
        assertThat(streamed(rows.size(), false, false))
                .as("%s, all at once", name)
                .isEqualTo(bounded);
        assertThat(streamed(1, false, false)).as("%s, row by row", name).isEqualTo(bounded);
        assertThat(streamed(1, true, false))
                .as("%s, row by row with bounds", name)
                .isEqualTo(bounded);
        assertThat(streamed(1, true, true))
                .as("%s, restarted after each step", name)
                .isEqualTo(bounded);
        int some = 1 + random.nextInt(10);
        StepDriver alone = stepped(new Scenario(), some, true, true);
        assertThat(alone.integrated()).as("%s, %s rows a step", name, some).isEqualTo(bounded);
        assertThat(stepped(new Scenario(), some, true, false).rows())
                .as("%s, %s rows a step, never restarted", name, some)
                .isEqualTo(alone.rows());
        Scenario shared = new Scenario();
        shared.shareWork();
        assertThat(stepped(shared, some, true, true).rows())
                .as("%s, %s rows a step, shared", name, some)
                .isEqualTo(alone.rows());
        assertThat(takenAgain(alone.plans(), random))
                .as("%s, %s rows a step, which come in other batches", name, some)
                .isEqualTo(alone.rows());
    }

    /** Returns what the same steps give where each reads its rows in batches that are cut anywhere. */
    private List<String> takenAgain(List<StepPlan> plans, Random random) {
        Scenario scenario = new Scenario();
        MemorySource source = scenario.source("ticks", "0");
        rows.forEach(row -> source.add("0", row.toArray()));
        source.batchRows(() -> 1 + random.nextInt(4));
        StepDriver driver = new StepDriver(plan, scenario);
        plans.stream().takeWhile(next -> !driver.complete()).forEach(driver::take);
        return driver.rows();
    }

    private Map<String, Integer> bounded() {
        Scenario scenario = new Scenario();
        MemorySource source = scenario.source("ticks", "0");
        rows.forEach(row -> source.add("0", row.toArray()));
        List<WeightedRow> answer = new ArrayList<>();
        Plan once = new Plan(plan.root(), false, -1);
        try (RunningQuery query = RunningQuery.open(once, scenario.environment(), StartPosition.EARLIEST)) {
            for (RowBatch batch = query.next(); batch != null; batch = query.next()) {
                answer.addAll(MemorySink.rowsOf(batch));
            }
            assertThat(query.finished()).isTrue();
        }
        return Scenario.integrate(answer);
    }

    private Map<String, Integer> streamed(int rowsPerStep, boolean bounds, boolean restarts) {
        return stepped(new Scenario(), rowsPerStep, bounds, restarts).integrated();
    }

    private StepDriver stepped(Scenario scenario, int rowsPerStep, boolean bounds, boolean restarts) {
        MemorySource source = scenario.source("ticks", "0");
        StepDriver driver = new StepDriver(plan, scenario);
        for (int i = 0; i < rows.size(); i++) {
            source.add("0", rows.get(i).toArray());
            if (bounds) {
                source.promise("0", micros(rows.get(i)));
            }
            if ((i + 1) % rowsPerStep == 0) {
                driver.step();
                if (restarts) {
                    driver.restart();
                }
            }
        }
        source.promise("0", Long.MAX_VALUE);
        driver.step();
        assertThat(driver.step()).as("nothing more").isEmpty();
        assertThat(driver.late()).as("late rows of %s", name).isZero();
        return driver;
    }

    private static long micros(List<@Nullable Object> row) {
        return io.millrace.spi.row.JavaValues.micros(
                ((LocalDateTime) row.getFirst()).toInstant(java.time.ZoneOffset.UTC));
    }
}
