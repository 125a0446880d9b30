package io.millrace.runtime.pump;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.ScanOperator;
import io.millrace.runtime.operator.Step;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.operator.StepPlan.ScanPlan;
import io.millrace.runtime.operator.StepPlan.SplitRange;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the state of a query from what its streams retain, up to where another query had read them, without putting
 * anything out: what a query had put out that had run instead counts as put out.
 *
 * <p>The rows are read in steps as a pump reads them that catches up. The last step reads nothing and knows what the
 * other query knew of the time, so that windows which it had closed are closed.
 */
final class Refill implements AutoCloseable {

    private final OperatorTree tree;
    private final Environment environment;
    private final StoredState stored;
    private final int entriesMax;
    private final Map<String, Map<String, Long>> until = new HashMap<>();
    private final long clockMicros;

    private Refill(Plan plan, Environment environment, StoredState stored, int entriesMax) {
        this.environment = environment;
        this.stored = stored;
        this.entriesMax = entriesMax;
        this.clockMicros = Math.max(environment.nowMicros(), stored.status().clockMicros());
        this.tree = OperatorTree.create(plan, environment);
        stored.sections()
                .values()
                .forEach(section ->
                        ScanOperator.storedPositions(section.layout(), new StateReader(section.bytes()), until));
    }

    /** Returns the state of the plan's operators, as checkpoints have it. */
    static Map<String, StoredState.Section> run(
            Plan plan, Environment environment, StoredState stored, int entriesMax) {
        try (Refill refill = new Refill(plan, environment, stored, entriesMax)) {
            refill.run();
            return refill.sections();
        }
    }

    private void run() {
        List<Map<String, Long>> ends = new ArrayList<>();
        for (ScanOperator scan : tree.scans()) {
            scan.start(StartPosition.EARLIEST, clockMicros);
            ends.add(end(scan));
        }
        long number = 0;
        List<ScanPlan> scans = ranges(ends, entriesMax);
        while (new StepPlan(0, clockMicros, scans).reads()) {
            step(new StepPlan(++number, clockMicros, scans));
            scans = ranges(ends, entriesMax);
        }
        for (ScanOperator scan : tree.scans()) {
            stored.sections()
                    .values()
                    .forEach(section -> scan.learn(section.layout(), new StateReader(section.bytes())));
        }
        step(new StepPlan(++number, clockMicros, scans));
    }

    /** A stream that was not read is read up to its end, and a split that came since not at all. */
    private Map<String, Long> end(ScanOperator scan) {
        Map<String, Long> known = until.get(scan.stream());
        Map<String, Long> ends = new LinkedHashMap<>();
        scan.positions().forEach((split, first) -> {
            long end = known == null ? scan.source().endPosition(split) : known.getOrDefault(split, first);
            ends.put(split, scan.givesChanges() ? first : Math.max(first, end));
        });
        return ends;
    }

    private List<ScanPlan> ranges(List<Map<String, Long>> ends, int most) {
        List<ScanPlan> scans = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            Map<String, Long> positions = tree.scans().get(i).positions();
            List<SplitRange> ranges = new ArrayList<>();
            ends.get(i).forEach((split, end) -> {
                long from = positions.getOrDefault(split, end);
                ranges.add(new SplitRange(split, from, Math.min(end, from + most), Operator.NO_BOUND, false));
            });
            scans.add(new ScanPlan(ranges));
        }
        return scans;
    }

    /** What cannot be computed was reported when it was first read. */
    private void step(StepPlan plan) {
        Step step = new Step(plan, environment.contextAt(clockMicros), entry -> {}, () -> false, false);
        tree.root().begin(step);
        while (tree.root().next() != null) {
            // Nothing is put out.
        }
    }

    private Map<String, StoredState.Section> sections() {
        Map<String, StoredState.Section> sections = new HashMap<>();
        for (Operator operator : tree.operators()) {
            StateWriter out = new StateWriter();
            operator.save(out);
            sections.put(operator.id(), new StoredState.Section(operator.stateLayout(), out.toByteArray()));
        }
        return sections;
    }

    @Override
    public void close() {
        tree.close();
    }
}
