package io.millrace.runtime.pump;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.checkpoint.StoredSection;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.ScanOperator;
import io.millrace.runtime.operator.SplitTime;
import io.millrace.runtime.operator.StateInMemory;
import io.millrace.runtime.operator.Step;
import io.millrace.runtime.operator.StepAnswers;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.operator.StepPlanCodec;
import io.millrace.runtime.operator.StepPlanner;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A running {@code INSERT INTO … SELECT STREAM}: takes steps, and survives a crash at any moment with nothing lost and
 * nothing doubled.
 *
 * <p>For one thread at a time; {@link #status}, {@link #safePositions} and {@link #onAvailable} may be called from any
 * thread. Whatever a step throws ends the pump: close it and open it again, and it goes on where it was.
 */
public final class Pump implements AutoCloseable {

    private final String name;
    private final Plan plan;
    private final Environment environment;
    private final PumpSettings settings;
    private final BooleanSupplier stopping;
    private final int boundColumn;
    private final OperatorTree tree;
    private final Sink sink;
    private final StepStore store;
    private final StepPlanner planner;
    private final StateInMemory held;
    private final StepRows output;
    private final PumpWriting writing;
    private final boolean inParts;
    private final PumpCheckpoints checkpoints;
    private final PumpQuestions questions = new PumpQuestions();
    private @Nullable RuntimeException failure;
    private boolean closed;
    private volatile PumpStatus status = PumpStatus.NEW;
    private volatile List<SplitTime> splitTimes = List.of();

    private Pump(
            String name,
            Plan plan,
            Environment environment,
            Sink sink,
            StepStore store,
            PumpSettings settings,
            BooleanSupplier stopping) {
        this.name = name;
        this.plan = plan;
        this.environment = environment;
        this.settings = settings;
        this.stopping = stopping;
        this.boundColumn = plan.rowtimeColumn();
        this.sink = sink;
        this.store = store;
        this.tree = OperatorTree.create(plan, environment);
        this.checkpoints = new PumpCheckpoints(store, tree, sink, settings, environment);
        this.planner =
                new StepPlanner(tree, environment, settings.entriesMax(), boundColumn, settings.boundIntervalMicros());
        this.held = new StateInMemory(tree, sink instanceof StatefulSink ? sink : null, name, environment);
        this.output = new StepRows(tree.root());
        this.writing = new PumpWriting(name, environment, sink, store);
        // What other systems answer is noted when the step is done, before anything goes out that hangs on it.
        this.inParts = sink.takesParts() && tree.operators().stream().allMatch(operator -> operator.asked() == null);
    }

    /**
     * Opens a pump, and runs again what it had begun when it last ended.
     *
     * @param name what errors call it
     * @param sink takes its rows; belongs to the pump from now on, and is closed with it
     * @param directory holds its state; no other process may use it
     * @throws MillraceException {@code UNSUPPORTED} where the plan updates rows and the sink cannot; {@code
     *     DATA_CORRUPTED} where the state is damaged; {@code WRONG_STATE} where it is of another query
     */
    public static Pump open(
            String name, Plan plan, Environment environment, Sink sink, Path directory, PumpSettings settings) {
        return open(name, plan, environment, sink, directory, settings, () -> false);
    }

    /**
     * Opens a pump, unless it is told to stop while it makes the state of a changed query from what streams retain.
     *
     * @param stopping asked between steps, from the thread that opens it
     * @throws MillraceException as {@link #open(String, Plan, Environment, Sink, Path, PumpSettings)}, and {@code
     *     CANCELLED} where it was stopped; nothing has changed then
     */
    public static Pump open(
            String name,
            Plan plan,
            Environment environment,
            Sink sink,
            Path directory,
            PumpSettings settings,
            BooleanSupplier stopping) {
        return open(
                name,
                plan,
                environment,
                sink,
                new DirectoryStepStore(directory, environment.beside()),
                settings,
                stopping);
    }

    static Pump open(
            String name,
            Plan plan,
            Environment environment,
            Sink sink,
            StepStore store,
            PumpSettings settings,
            BooleanSupplier stopping) {
        if (!plan.endless()) {
            throw new MillraceException(
                    ErrorCode.INVALID_STATEMENT, "the query of " + name + " ends", "write SELECT STREAM");
        }
        if (Plan.updating(plan.root()) && !sink.acceptsUpdates()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the query of " + name + " changes rows it has put out, and its target only takes new ones",
                    "group by a window or by a step of ROWTIME, or create a materialized view");
        }
        Pump pump = new Pump(name, plan, environment, sink, store, settings, stopping);
        try {
            pump.recover();
        } catch (RuntimeException | Error e) {
            pump.checkpoints.quiet();
            pump.held.close();
            pump.tree.close();
            store.close();
            throw e;
        }
        return pump;
    }

    private void recover() {
        StepStore.Recovered recovered = store.recover();
        if (recovered.checkpoint() == null) {
            long now = environment.nowMicros();
            tree.scans().forEach(scan -> scan.start(settings.start(), now));
            checkpoints.take(status);
        } else {
            boolean outdated = restore(CheckpointCodec.read(recovered.checkpoint()), recovered.journal());
            runAgain(recovered.journal());
            if (outdated) {
                storeAsNext();
            }
            planner.lastClockMicros(status.clockMicros());
        }
        long sunk = sink.lastStep().orElse(0);
        if (sunk > status.step()) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the target of " + name + " has step " + sunk + ", but the pump's own state ends with step "
                            + status.step(),
                    "drop and create " + name);
        }
    }

    /**
     * Takes its state back; where the query is another one, what is new of it is made from what streams retain.
     *
     * @return whether what is stored says less than is known now
     */
    private boolean restore(StoredState stored, List<byte[]> journal) {
        Replacement replacement = Replacement.of(tree, stored);
        status = stored.status();
        StoredSection content = stored.sections().get(CheckpointCodec.SINK);
        boolean contentKept =
                !(sink instanceof StatefulSink stateful) || (content != null && stateful.reads(content.layout()));
        if (replacement.nothingNew() && contentKept) {
            CheckpointCodec.load(stored.sections(), tree, sink);
            checkpoints.loaded(status);
            return sink instanceof StatefulSink stateful
                    && (tellReplaced(stateful)
                            || (content != null && !content.layout().equals(stateful.stateLayout())));
        }
        if (!journal.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "the state of " + name + " is of another query, which has " + journal.size()
                            + " steps that are not in its checkpoint",
                    "drop and create " + name);
        }
        if (sink instanceof StatefulSink stateful) {
            replaceContent(stateful, content, stored);
            return false;
        }
        replacement.check(name, tree, stored);
        Map<String, StoredSection> sections =
                new HashMap<>(Refill.run(plan, environment, stored, settings.entriesMax(), stopping, rows -> {}));
        replacement.kept().forEach(id -> sections.put(id, stored.section(id)));
        tree.scans().stream()
                .filter(ScanOperator::givesChanges)
                .forEach(scan -> sections.put(scan.id(), stored.section(scan.id())));
        CheckpointCodec.load(sections, tree, sink);
        checkpoints.take(status);
        return false;
    }

    /**
     * Makes the content of a changed query from what streams retain and views hold. It is stored before anybody is told, so
     * that after a crash the same is told.
     */
    private void replaceContent(StatefulSink target, @Nullable StoredSection before, StoredState stored) {
        Map<String, StoredSection> sections =
                Refill.run(plan, environment, stored, settings.entriesMax(), stopping, target::refill);
        CheckpointCodec.load(sections, tree, sink);
        long last = target.replace(
                status.step() + 1,
                before == null ? null : before.layout(),
                before == null ? null : before.content().get());
        status = status.anew(last);
        checkpoints.take(status);
        if (tellReplaced(target)) {
            storeAsNext();
        }
    }

    /** Returns whether there was anything to tell. */
    private boolean tellReplaced(StatefulSink target) {
        boolean told = false;
        CompletableFuture<Void> part = target.tellReplaced();
        while (part != null) {
            told = true;
            writing.await(part, status.step());
            part = target.tellReplaced();
        }
        return told;
    }

    /** Stores what is known now; an earlier checkpoint is never written over. */
    private void storeAsNext() {
        status = status.next();
        checkpoints.take(status);
    }

    /** Takes steps again with what other systems answered then. Where a crash came before that was noted, they are asked. */
    private void runAgain(List<byte[]> journal) {
        for (int i = 0; i < journal.size(); i++) {
            StepPlan plan = StepPlanCodec.decode(journal.get(i));
            boolean answered = i + 1 < journal.size() && StepAnswers.isRecord(journal.get(i + 1));
            runAgain(plan, answered ? StepAnswers.again(journal.get(++i)) : StepAnswers.unfinished(stopping));
        }
    }

    private void runAgain(StepPlan plan, StepAnswers answers) {
        if (plan.number() != status.step() + 1) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the journal of " + name + " has step " + plan.number() + " after step " + status.step());
        }
        run(plan, answers);
        writing.await(status.step());
    }

    /**
     * Takes a step, unless there is nothing to do or the sink is still busy with the one before.
     *
     * @return whether a step was taken; if so there may be more to do at once
     * @throws MillraceException where reading, writing or a row's aggregate failed for good
     */
    public boolean step() {
        questions.answer(status, checkpoints, tree);
        if (failure != null) {
            throw failure;
        }
        if (closed || !writing.done()) {
            return false;
        }
        try {
            writing.await(status.step());
            checkpoints.check();
            if (checkpoints.due(status)) {
                checkpoints.begin(status);
            }
            return takeStep();
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        } catch (Error e) {
            // As of memory: what the operators hold is half of a step, and must not become a checkpoint.
            failure = writing.failed(e, status.step());
            throw e;
        }
    }

    /**
     * Asks for what each operator has done and holds. The thread that runs the pump answers before its next step, or
     * with {@code WRONG_STATE} where the pump is closed before. From any thread.
     */
    public CompletableFuture<PumpReport> report() {
        CompletableFuture<PumpReport> question = questions.ask();
        writing.wake();
        return question;
    }

    private boolean takeStep() {
        if (tree.root().complete()) {
            // The last one: from then on nothing needs to be kept for it.
            if (checkpoints.behind(status) && checkpoints.idle()) {
                checkpoints.begin(status);
            }
            return false;
        }
        held.check(status.rowsIn() + status.rowsOut());
        StepPlan next = planner.plan(status.step() + 1, status.rowtimeBound());
        if (next == null) {
            return false;
        }
        StepPlan plan = inParts ? next.inParts(settings.partSize()) : next;
        store.append(plan.number(), StepPlanCodec.encode(plan));
        run(plan, StepAnswers.noted(stopping));
        return true;
    }

    private void run(StepPlan plan, StepAnswers answers) {
        writing.begin();
        Step step =
                new Step(plan, environment.contextAt(plan.clockMicros()), writing::reject, () -> false, false, answers);
        tree.root().begin(step);
        RowBatch rows = output.gather(plan, (part, some) -> writing.writePart(plan.number(), part, some));
        byte[] answered = answers.record();
        if (answered != null) {
            // Before anything goes out that hangs on it; forced with the step itself.
            store.append(plan.number(), answered);
        }
        long bound = boundColumn < 0 ? Operator.NO_BOUND : tree.root().bound(boundColumn);
        boolean tells = rows.selectedCount() > 0 || bound > status.rowtimeBound();
        status = new PumpStatus(
                plan.number(),
                status.rowsIn() + step.rowsIn(),
                status.rowsOut() + output.rowsBefore() + rows.selectedCount(),
                status.lateRows() + step.lateRows(),
                status.rejectedRows() + step.rejectedRows(),
                Math.max(bound, status.rowtimeBound()),
                plan.clockMicros());
        splitTimes = tree.scans().stream()
                .flatMap(scan -> scan.splitTimes().stream())
                .toList();
        writing.write(status, tells, rows);
    }

    /** Returns up to where each split has been read, by stream. */
    public Map<String, Map<String, Long>> positions() {
        return checkpoints.positions();
    }

    /**
     * Returns, by stream and split, from which position on entries must be kept, so that the pump can run again what
     * it has not yet stored for good: from none, {@link Long#MAX_VALUE}, where it is at its end. Moves on with
     * checkpoints. From any thread.
     */
    public Map<String, Map<String, Long>> safePositions() {
        return checkpoints.safePositions();
    }

    /** Returns how far the pump has come. From any thread. */
    public PumpStatus status() {
        return status;
    }

    /** Returns what the pump's scans know of the time of what they read, after the last step. From any thread. */
    public List<SplitTime> splitTimes() {
        return splitTimes;
    }

    /** Returns whether no further step will do anything, since a limit is reached. */
    public boolean finished() {
        return tree.root().complete();
    }

    /**
     * Has a listener called when {@link #step} may have something to do, from a thread that must not be held up.
     * Look once after registering.
     */
    public Subscription onAvailable(Runnable listener) {
        writing.addListener(listener);
        List<Subscription> subscriptions = new ArrayList<>();
        for (ScanOperator scan : tree.scans()) {
            subscriptions.add(scan.source().onAvailable(listener));
        }
        return () -> {
            writing.removeListener(listener);
            subscriptions.forEach(Subscription::close);
        };
    }

    /** Returns when to call {@link #step} though nothing may have come, microseconds since 1970; empty for never. */
    public OptionalLong wakeMicros() {
        return planner.wakeMicros();
    }

    /**
     * Has a step fail at once that waits for another system's answer: for whoever has {@code stopping} say so. From any
     * thread.
     */
    public void cancel() {
        tree.operators().forEach(Operator::cancel);
    }

    /** Ends the pump, with a last checkpoint where nothing has failed. The next {@link #open} goes on from there. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            // Without the last step's rows safe there is no checkpoint; the step is run again when the pump is next
            // opened.
            if (failure == null && writing.doneInTime()) {
                if (checkpoints.behind(status)) {
                    checkpoints.take(status);
                }
                checkpoints.finish();
            }
        } finally {
            checkpoints.quiet();
            questions.refuse(name);
            held.close();
            tree.close();
            sink.close();
            store.close();
        }
    }
}
