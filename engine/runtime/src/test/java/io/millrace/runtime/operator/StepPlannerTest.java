package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.scan;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Plan;
import io.millrace.plan.Rowtime;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.testing.connector.MemorySource;
import org.junit.jupiter.api.Test;

class StepPlannerTest {

    private static final long INTERVAL = 250_000;

    private final Scenario scenario = new Scenario();
    private final MemorySource view = scenario.source("view", "0");

    /** Who keeps the rows says once that time went on: nothing else may come that has the planner asked again. */
    @Test
    void aBoundThatCameSoonAfterAStepIsToldLater() {
        Plan plan = new Plan(scan("view", new Rowtime.Changing(false, "ROWTIME")), true, 0);
        try (OperatorTree tree = OperatorTree.create(plan, scenario.environment())) {
            StepPlanner planner = new StepPlanner(tree, scenario.environment(), 1000, plan.rowtimeColumn(), INTERVAL);
            tree.scans().getFirst().start(StartPosition.EARLIEST, 0);
            view.add("0", at(1), "A", 1L, 1.0).promise("0", 1);
            StepPlan first = planner.plan(1, Operator.NO_BOUND);
            assertThat(first).isNotNull();
            run(tree, first);
            assertThat(planner.plan(2, 1)).isNull();
            assertThat(planner.wakeMicros()).isEmpty();

            scenario.clock().advance(INTERVAL / 2);
            view.promise("0", 9);
            assertThat(planner.plan(2, 1)).isNull();
            assertThat(planner.wakeMicros()).hasValue(INTERVAL);

            scenario.clock().advance(INTERVAL / 2);
            StepPlan second = planner.plan(2, 1);
            assertThat(second).isNotNull();
            run(tree, second);
            assertThat(tree.root().bound(0)).isEqualTo(9);
            assertThat(planner.plan(3, 9)).isNull();
            assertThat(planner.wakeMicros()).isEmpty();
        }
    }

    private void run(OperatorTree tree, StepPlan plan) {
        tree.root()
                .begin(new Step(
                        plan, scenario.environment().contextAt(plan.clockMicros()), entry -> {}, () -> false, false));
        while (tree.root().next() != null) {
            // Until all has been read.
        }
    }
}
