package io.millrace.runtime.operator;

import io.millrace.plan.Plan;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySink.WeightedRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a plan's operators step by step, as a test says: what is put in between two steps is read by the next. */
final class StepDriver {

    private final Plan plan;
    private final Scenario scenario;
    private final List<WeightedRow> all = new ArrayList<>();
    private final List<StepPlan> plans = new ArrayList<>();
    private final List<RejectedEntry> rejected = new ArrayList<>();
    private OperatorTree tree;
    private StepPlanner planner;
    private long number;
    private long late;

    StepDriver(Plan plan, Scenario scenario) {
        this.plan = plan;
        this.scenario = scenario;
        this.tree = OperatorTree.create(plan, scenario.environment());
        this.planner = planner();
        tree.scans()
                .forEach(scan -> scan.start(
                        StartPosition.EARLIEST, scenario.environment().nowMicros()));
    }

    private StepPlanner planner() {
        return new StepPlanner(tree, scenario.environment(), 1000, plan.rowtimeColumn(), 0);
    }

    /** Takes one step and returns its rows, or none where there is nothing to do. */
    List<String> step() {
        StepPlan next = planner.plan(number + 1, Operator.NO_BOUND);
        if (next == null) {
            return List.of();
        }
        number++;
        return take(next);
    }

    /** Takes a step as it is planned, as one is that is taken again. */
    List<String> take(StepPlan plan) {
        List<WeightedRow> rows = new ArrayList<>();
        plans.add(plan);
        Step step =
                new Step(plan, scenario.environment().contextAt(plan.clockMicros()), rejected::add, () -> false, false);
        tree.root().begin(step);
        for (RowBatch batch = tree.root().next();
                batch != null;
                batch = tree.root().next()) {
            rows.addAll(MemorySink.rowsOf(batch));
        }
        late += step.lateRows();
        all.addAll(rows);
        return Scenario.texts(rows);
    }

    /** Returns a step that reads all there is, in as many batches as it comes in. */
    StepPlan whole() {
        List<StepPlan.ScanPlan> scans =
                tree.scans().stream().map(ScanOperator::readAll).toList();
        return new StepPlan(++number, scenario.environment().nowMicros(), scans, false);
    }

    /** Returns the steps that were taken. */
    List<StepPlan> plans() {
        return List.copyOf(plans);
    }

    /** Returns whether nothing can come any more. */
    boolean complete() {
        return tree.root().complete();
    }

    /** Stores all state, and goes on with new operators that have nothing but that. */
    void restart() {
        Map<String, byte[]> states = new LinkedHashMap<>();
        for (Operator operator : tree.operators()) {
            StateWriter out = new StateWriter();
            operator.save(out);
            states.put(operator.id(), out.toByteArray());
        }
        tree = OperatorTree.create(plan, scenario.environment());
        for (Operator operator : tree.operators()) {
            StateReader in = new StateReader(states.get(operator.id()));
            operator.load(in);
            if (!in.atEnd()) {
                throw new AssertionError(operator.id() + " has stored more than it reads");
            }
        }
        planner = planner();
    }

    /** Returns how much the operators would store now. */
    int stateBytes() {
        int bytes = 0;
        for (Operator operator : tree.operators()) {
            StateWriter out = new StateWriter();
            operator.save(out);
            bytes += out.size();
        }
        return bytes;
    }

    /** Returns what all steps have given, in that order. */
    List<String> rows() {
        return Scenario.texts(all);
    }

    Map<String, Integer> integrated() {
        return Scenario.integrate(all);
    }

    long late() {
        return late;
    }

    List<String> rejected() {
        return rejected.stream().map(RejectedEntry::reason).toList();
    }

    long bound(int column) {
        return tree.root().bound(column);
    }
}
