package io.millrace.runtime.query;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorReport;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.ScanOperator;
import io.millrace.runtime.operator.StateInMemory;
import io.millrace.runtime.operator.Step;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.operator.StepPlanner;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A SELECT while it runs.
 *
 * <p>A bounded query answers from what is retained when it is opened, and fails where a row of its answer cannot be
 * computed: an answer that ends is whole. An endless one goes on with what comes, without such rows. Rows
 * are computed when they are asked for and nowhere kept, but for what sorting and aggregating need; so a slow reader
 * slows its query. For one thread at a time, but for {@link #cancel}.
 */
public final class RunningQuery implements AutoCloseable {

    private static final int ENTRIES_MAX = 16_384;
    private static final int REJECTED_MAX = 256;

    private final Environment environment;
    private final OperatorTree tree;
    private final StepPlanner planner;
    private final boolean endless;
    private final @Nullable StateInMemory held;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<RejectedEntry> rejected = new ArrayList<>();
    private @Nullable StepPlan firstStep;
    private StepPlan lastStep;
    /** Rows of the first step that were given in another life. */
    private long seen;

    private @Nullable Step step;
    private long steps;
    private long rowsSoFar;
    private long reports;
    private boolean finished;
    private volatile boolean cancelled;

    private RunningQuery(Plan plan, Environment environment) {
        this.environment = environment;
        this.tree = OperatorTree.create(plan, environment);
        this.planner = new StepPlanner(tree, environment, ENTRIES_MAX, -1, 0);
        this.endless = plan.endless();
        this.held = endless ? new StateInMemory(tree, null, "the query", environment) : null;
        this.lastStep = new StepPlan(0, environment.nowMicros(), List.of());
    }

    private void start(StartPosition from) {
        long now = lastStep.clockMicros();
        if (endless) {
            tree.scans().forEach(scan -> scan.start(from, now));
            lastStep = new StepPlan(
                    0, now, tree.scans().stream().map(ScanOperator::readNothing).toList());
        } else {
            firstStep = new StepPlan(
                    1, now, tree.scans().stream().map(ScanOperator::readAll).toList());
        }
    }

    private void start(ResumePoint point) {
        StepPlan step = point.step();
        for (int i = 0; i < tree.scans().size(); i++) {
            tree.scans().get(i).checkReadable(step.scans().get(i));
        }
        firstStep = step;
        lastStep = step;
        seen = point.rows();
        planner.lastClockMicros(step.clockMicros());
    }

    /**
     * Opens a query. What a bounded one reads is settled with this call.
     *
     * @param from where an endless query starts to read; a bounded one reads all there is
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME}, {@code UNSUPPORTED} and whatever the
     *     sources throw
     */
    public static RunningQuery open(Plan plan, Environment environment, StartPosition from) {
        RunningQuery query = new RunningQuery(plan, environment);
        try {
            query.start(from);
        } catch (RuntimeException e) {
            query.close();
            throw e;
        }
        return query;
    }

    /**
     * Goes on with an endless query of which rows were given in another life: takes the step they came of again, as it
     * was, gives what is left of it, and goes on.
     *
     * @param point made of {@link #lastStep} of a query of the same plan over the same streams
     * @throws io.millrace.spi.error.MillraceException {@code UNSUPPORTED} where the plan keeps something from step to
     *     step; {@code POSITION_OUT_OF_RANGE} where what the step read is no longer kept
     */
    public static RunningQuery resume(Plan plan, Environment environment, ResumePoint point) {
        Stateless.check(plan);
        RunningQuery query = new RunningQuery(plan, environment);
        try {
            query.start(point);
        } catch (RuntimeException e) {
            query.close();
            throw e;
        }
        return query;
    }

    /**
     * Returns the step that the rows given last came of, or that all rows before it were given: with it the answer can
     * be gone on with. Another one whenever a step begins.
     */
    public StepPlan lastStep() {
        return lastStep;
    }

    public RowType rowType() {
        return tree.root().rowType();
    }

    /**
     * Returns the next rows, or null where there are none now. The batch is valid until the next call. Where the
     * batch has weights, −1 says that a row given before is no longer part of the answer.
     *
     * @throws io.millrace.spi.error.MillraceException where the query failed; {@code CANCELLED} after {@link #cancel}
     */
    public @Nullable RowBatch next() {
        while (!finished) {
            if (step == null && !beginStep()) {
                return null;
            }
            RowBatch rows = tree.root().next();
            // Before the rows, so that whom a rejected row makes fail has not used the others yet.
            reportRejected();
            rowsSoFar += rows == null ? 0 : rows.selectedCount();
            RowBatch unseen = rows == null ? null : unseen(rows);
            if (unseen != null) {
                return unseen;
            }
            if (rows != null) {
                continue;
            }
            checkSeen();
            endStep();
            finished = !endless || tree.root().complete();
        }
        return null;
    }

    /** Leaves out rows that were given in another life; returns null where those are all. */
    private @Nullable RowBatch unseen(RowBatch rows) {
        if (seen == 0) {
            return rows;
        }
        int skipped = (int) Math.min(seen, rows.selectedCount());
        seen -= skipped;
        int left = rows.selectedCount() - skipped;
        if (left == 0) {
            return null;
        }
        Column[] columns = new Column[rows.columnCount()];
        Arrays.setAll(columns, rows::column);
        int[] selection = new int[left];
        Arrays.setAll(selection, i -> rows.selectedRow(skipped + i));
        RowBatch rest = new RowBatch(rows.type(), columns);
        rest.size(rows.size());
        rest.select(selection, left);
        return rest;
    }

    private void checkSeen() {
        if (seen > 0) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "the answer cannot be gone on with: what was read for it gives " + seen + " rows fewer than before",
                    "start the query anew");
        }
    }

    private void endStep() {
        Step taken = step;
        if (taken != null) {
            rowsSoFar += taken.rowsIn();
        }
        step = null;
    }

    private boolean beginStep() {
        if (held != null) {
            held.check(rowsSoFar);
        }
        StepPlan plan = firstStep;
        firstStep = null;
        if (plan == null) {
            plan = planner.plan(steps + 1, Operator.NO_BOUND);
        }
        if (plan == null) {
            return false;
        }
        steps = plan.number();
        lastStep = plan;
        step = new Step(plan, environment.contextAt(plan.clockMicros()), this::reject, () -> cancelled, !endless);
        tree.root().begin(step);
        return true;
    }

    private void reject(RejectedEntry entry) {
        rejected.add(entry);
        if (rejected.size() >= REJECTED_MAX) {
            reportRejected();
        }
    }

    /** A SELECT does not wait for its reports. It fails where they are not taken, but not where they are not kept. */
    @SuppressWarnings("FutureReturnValueIgnored")
    private void reportRejected() {
        if (!rejected.isEmpty()) {
            List<RejectedEntry> told = List.copyOf(rejected);
            // Who fails on them is told once, and not again by close.
            rejected.clear();
            environment.rejected().write(++reports, told);
        }
    }

    /** Returns what each operator has done so far and holds, inputs first. */
    public List<OperatorReport> report() {
        return tree.report();
    }

    /** Returns whether no more rows come: the answer of a bounded query is at its end, or a limit is reached. */
    public boolean finished() {
        return finished;
    }

    /**
     * Has a listener called when {@link #next} may have rows, from a thread that must not be held up. Look once after
     * registering. Closing the result, or the query, ends it.
     */
    public Subscription onAvailable(Runnable listener) {
        List<Subscription> mine = new ArrayList<>();
        for (ScanOperator scan : tree.scans()) {
            mine.add(scan.source().onAvailable(listener));
        }
        subscriptions.addAll(mine);
        return () -> mine.forEach(Subscription::close);
    }

    /** Returns when time alone may give rows, microseconds since 1970; empty where only new entries do. */
    public OptionalLong wakeMicros() {
        return endless && !finished ? planner.wakeMicros() : OptionalLong.empty();
    }

    /** Makes a running or the next {@link #next} fail with {@code CANCELLED} once it reads on. From any thread. */
    public void cancel() {
        cancelled = true;
    }

    @Override
    public void close() {
        finished = true;
        try {
            reportRejected();
        } finally {
            subscriptions.forEach(Subscription::close);
            if (held != null) {
                held.close();
            }
            tree.close();
        }
    }
}
