package io.millrace.runtime.pump;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.checkpoint.StoredSection;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.ScanOperator;
import io.millrace.runtime.operator.Step;
import io.millrace.runtime.operator.StepLength;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.operator.StepPlan.ScanPlan;
import io.millrace.runtime.operator.StoredScan;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Makes the state of a query from what its streams retain, up to where another query had read them. Of a pump nothing is put
 * out: what a query had put out that had run instead counts as put out. Of a view the rows are what it holds.
 *
 * <p>The rows are read in steps as a pump reads them that catches up, but in the order in which they arrived, and time
 * goes on with them: the clock of a step is when the last of its rows arrived, so that state which is forgotten after a
 * while is forgotten here as well. Where a split has been read to its end, what the other query knew of its time there is
 * known. The last step reads nothing and knows all that the other query knew, so that windows which it had closed are
 * closed; it is taken now.
 */
final class Refill implements AutoCloseable {

    private final OperatorTree tree;
    private final Environment environment;
    private final StoredState stored;
    private final StepLength length;
    private final int entriesMax;
    private final boolean mayBeLong;
    private final BooleanSupplier stopping;
    private final Consumer<RowBatch> out;
    private final long nowMicros;
    private final List<Map<String, Long>> ends = new ArrayList<>();
    private long clockMicros;
    private long steps;

    private Refill(
            Plan plan,
            Environment environment,
            StoredState stored,
            int entriesMax,
            BooleanSupplier stopping,
            Consumer<RowBatch> out) {
        this.out = out;
        this.environment = environment;
        this.stored = stored;
        this.stopping = stopping;
        this.nowMicros = Math.max(environment.nowMicros(), stored.status().clockMicros());
        this.tree = OperatorTree.create(plan, environment);
        this.length = new StepLength(tree, environment, entriesMax);
        this.entriesMax = entriesMax;
        // All rows of a step count as come at once, and what is forgotten hangs on when they came.
        this.mayBeLong = plan.ttl().none();
    }

    /**
     * Returns the state of the plan's operators, as checkpoints have it.
     *
     * @param stopping whether to give up, asked between steps
     * @param out takes the rows of the past
     * @throws MillraceException {@code CANCELLED} where it gave up
     */
    static Map<String, StoredSection> run(
            Plan plan,
            Environment environment,
            StoredState stored,
            int entriesMax,
            BooleanSupplier stopping,
            Consumer<RowBatch> out) {
        try (Refill refill = new Refill(plan, environment, stored, entriesMax, stopping, out)) {
            refill.run();
            return refill.sections();
        }
    }

    private void run() {
        for (ScanOperator scan : tree.scans()) {
            scan.start(StartPosition.EARLIEST, nowMicros);
            ends.add(end(scan));
        }
        forEachStored(ScanOperator::learn);
        List<ScanPlan> scans = readAhead();
        while (new StepPlan(0, nowMicros, scans).reads()) {
            step(scans);
            forEachStored(ScanOperator::learn);
            scans = readAhead();
        }
        forEachStored(ScanOperator::learnBound);
        clockMicros = nowMicros;
        step(scans);
    }

    /** A stream that was not read is read up to its end, and a split that came since not at all. */
    private Map<String, Long> end(ScanOperator scan) {
        StoredScan known = stored.scan(scan);
        Map<String, Long> ends = new LinkedHashMap<>();
        scan.positions().forEach((split, first) -> {
            long end = known == null
                    ? scan.source().endPosition(split)
                    : known.positions().getOrDefault(split, first);
            ends.put(split, scan.givesChanges() ? first : Math.max(first, end));
        });
        return ends;
    }

    private void forEachStored(BiConsumer<ScanOperator, StoredScan> then) {
        for (ScanOperator scan : tree.scans()) {
            StoredScan known = stored.scan(scan);
            if (known != null) {
                then.accept(scan, known);
            }
        }
    }

    private List<ScanPlan> readAhead() {
        List<ScanPlan> scans = new ArrayList<>();
        int entries = mayBeLong ? length.entries() : entriesMax;
        for (int i = 0; i < ends.size(); i++) {
            scans.add(tree.scans().get(i).readAheadUntil(ends.get(i), entries));
        }
        return inOrderOfArrival(scans);
    }

    /** Leaves what arrived later for later steps, and sets the clock on to when the rest was there. */
    private List<ScanPlan> inOrderOfArrival(List<ScanPlan> proposed) {
        long arrived = tree.scans().stream()
                .mapToLong(scan -> scan.aheadArrivedMicros(nowMicros))
                .min()
                .orElse(Operator.CLOSED);
        clockMicros = Math.max(clockMicros, Math.min(nowMicros, arrived));
        List<ScanPlan> scans = new ArrayList<>();
        for (int i = 0; i < proposed.size(); i++) {
            scans.add(tree.scans().get(i).arrivedUntil(proposed.get(i), arrived, nowMicros));
        }
        return scans;
    }

    /** What cannot be computed was reported when it was first read. */
    private void step(List<ScanPlan> scans) {
        if (stopping.getAsBoolean()) {
            throw new MillraceException(ErrorCode.CANCELLED, "stopped while state was rebuilt");
        }
        StepPlan plan = new StepPlan(++steps, clockMicros, scans, tree.root().needsDisk());
        tree.root().begin(new Step(plan, environment.contextAt(clockMicros), entry -> {}, stopping, false));
        for (RowBatch rows = tree.root().next();
                rows != null;
                rows = tree.root().next()) {
            out.accept(rows);
        }
    }

    private Map<String, StoredSection> sections() {
        Map<String, StoredSection> sections = new HashMap<>();
        for (Operator operator : tree.operators()) {
            sections.put(operator.id(), StoredSection.held(operator.stateLayout(), operator::save));
        }
        return sections;
    }

    @Override
    public void close() {
        tree.close();
    }
}
