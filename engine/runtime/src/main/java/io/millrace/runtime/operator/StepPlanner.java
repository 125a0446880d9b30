package io.millrace.runtime.operator;

import io.millrace.runtime.Environment;
import io.millrace.runtime.operator.StepPlan.ScanPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the next step of an endless query reads: whatever has come. Where nothing has come, a step is taken only
 * if time alone makes something happen. For one thread at a time.
 */
public final class StepPlanner {

    /** How long time may have passed a window's end before the window is put out without new rows. */
    public static final long CLOCK_CHECK_MICROS = 20_000;

    /** A new bound is told after this part of the time for which no rows have come. */
    private static final long QUIET_SHARE = 32;

    private final OperatorTree tree;
    private final Environment environment;
    private final StepLength length;
    private final int boundColumn;
    private final long boundIntervalMicros;
    private long lastClockMicros = Long.MIN_VALUE;
    private long lastReadMicros;
    private boolean boundUntold;

    /**
     * @param entriesMax most entries that a step takes of one split, while all state is in memory
     * @param boundColumn column of the answer whose bound somebody waits for, or −1
     * @param boundIntervalMicros how often a step is taken just to tell a new bound
     */
    public StepPlanner(
            OperatorTree tree, Environment environment, int entriesMax, int boundColumn, long boundIntervalMicros) {
        this.tree = tree;
        this.environment = environment;
        this.length = new StepLength(tree, environment, entriesMax);
        this.boundColumn = boundColumn;
        this.boundIntervalMicros = boundIntervalMicros;
    }

    /** Returns the time of the last step planned or taken. */
    public long lastClockMicros() {
        return lastClockMicros;
    }

    /** Tells of a step taken that was planned before, in another life. */
    public void lastClockMicros(long micros) {
        lastClockMicros = micros;
        lastReadMicros = Math.max(0, micros);
    }

    /**
     * Returns the next step, or null where there is nothing to do.
     *
     * @param boundTold bound of {@code boundColumn} that was told last
     */
    public @Nullable StepPlan plan(long number, long boundTold) {
        long clock = Math.max(environment.nowMicros(), lastClockMicros);
        List<ScanPlan> scans = new ArrayList<>();
        boolean onDisk = tree.root().needsDisk();
        int entries = length.entries();
        for (ScanOperator scan : tree.scans()) {
            scans.add(scan.readAhead(entries));
        }
        StepPlan plan = new StepPlan(number, clock, scans, onDisk);
        boundUntold = false;
        if (plan.reads() || tree.scans().stream().anyMatch(ScanOperator::holdsContent)) {
            lastReadMicros = clock;
        } else if (!timeMatters(plan, boundTold)) {
            return null;
        }
        lastClockMicros = clock;
        return plan;
    }

    private boolean timeMatters(StepPlan plan, long boundTold) {
        for (int i = 0; i < plan.scans().size(); i++) {
            tree.scans().get(i).preview(plan.scans().get(i), plan.clockMicros());
        }
        boundUntold = boundColumn >= 0 && tree.root().bound(boundColumn) > boundTold;
        return tree.root().due()
                || tree.root().nextClockMicros() <= plan.clockMicros()
                || (boundUntold && boundDue(plan.clockMicros()));
    }

    private boolean boundDue(long clock) {
        return lastClockMicros == Long.MIN_VALUE || clock - lastClockMicros >= boundInterval(clock);
    }

    /** The longer nothing has come, the less often it is worth a step to say so. */
    private long boundInterval(long clock) {
        return Math.max(boundIntervalMicros, (clock - lastReadMicros) / QUIET_SHARE);
    }

    /**
     * Returns when to look again though nothing may have come, microseconds since 1970; empty where only new entries
     * matter.
     */
    public OptionalLong wakeMicros() {
        long next = tree.root().nextClockMicros();
        OptionalLong wake = wakeForBounds();
        return next == Operator.CLOSED
                ? wake
                : OptionalLong.of(wake.isPresent() ? Math.min(next, wake.getAsLong()) : next);
    }

    private OptionalLong wakeForBounds() {
        long now = environment.nowMicros();
        if (boundUntold) {
            // It came too early to be told, and nothing else may come that would have it told.
            return OptionalLong.of(lastClockMicros + boundInterval(now));
        }
        if (tree.scans().stream().noneMatch(ScanOperator::movesWithTime)) {
            return OptionalLong.empty();
        }
        if (tree.root().holding()) {
            return OptionalLong.of(now + CLOCK_CHECK_MICROS);
        }
        return boundColumn >= 0 ? OptionalLong.of(now + boundInterval(now)) : OptionalLong.empty();
    }
}
