package io.millrace.runtime.query;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.ScanOperator;
import io.millrace.runtime.operator.Step;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.operator.StepPlanner;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
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
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<RejectedEntry> rejected = new ArrayList<>();
    private @Nullable StepPlan firstStep;
    private @Nullable Step step;
    private long steps;
    private long reports;
    private boolean finished;
    private volatile boolean cancelled;

    private RunningQuery(Plan plan, Environment environment, StartPosition from) {
        this.environment = environment;
        this.tree = OperatorTree.create(plan, environment);
        this.planner = new StepPlanner(tree, environment, ENTRIES_MAX, -1, 0);
        this.endless = plan.endless();
        long now = environment.nowMicros();
        if (endless) {
            tree.scans().forEach(scan -> scan.start(from, now));
        } else {
            firstStep = new StepPlan(
                    1, now, tree.scans().stream().map(ScanOperator::readAll).toList());
        }
    }

    /**
     * Opens a query. What a bounded one reads is settled with this call.
     *
     * @param from where an endless query starts to read; a bounded one reads all there is
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME}, {@code UNSUPPORTED} and whatever the
     *     sources throw
     */
    public static RunningQuery open(Plan plan, Environment environment, StartPosition from) {
        return new RunningQuery(plan, environment, from);
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
            if (rows != null) {
                return rows;
            }
            step = null;
            finished = !endless || tree.root().complete();
        }
        return null;
    }

    private boolean beginStep() {
        StepPlan plan = firstStep;
        firstStep = null;
        if (plan == null) {
            plan = planner.plan(steps + 1, Operator.NO_BOUND);
        }
        if (plan == null) {
            return false;
        }
        steps = plan.number();
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
            environment.rejected().write(++reports, List.copyOf(rejected));
            rejected.clear();
        }
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
        reportRejected();
        subscriptions.forEach(Subscription::close);
        tree.close();
    }
}
