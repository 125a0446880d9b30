package io.millrace.runtime.pump;

import io.millrace.runtime.Environment;
import io.millrace.runtime.checkpoint.CheckpointSize;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.ScanOperator;
import io.millrace.spi.connector.Sink;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Takes the checkpoints of a pump, one at a time, and says when the next is due. While one is written the pump goes on.
 *
 * <p>For the thread that runs the pump; {@link #safePositions} may be called from any.
 */
final class PumpCheckpoints {

    /** Between two checkpoints the pump runs so many times as long as the last one held it up. */
    private static final long PAUSE = 20;

    /** And so many times as long as the last one took until it was durable. */
    private static final long PAUSE_BESIDE = 4;

    /** One that took no longer than this may come as often as it is asked for. */
    private static final long LONG_NANOS = 100_000_000;

    private final StepStore store;
    private final OperatorTree tree;
    private final Sink sink;
    private final PumpSettings settings;
    private final Environment environment;
    private CompletableFuture<?> writing = CompletableFuture.completedFuture(null);
    private long step;
    private long clockMicros;
    private long heldUntilNanos = System.nanoTime();
    private volatile CheckpointReport report = CheckpointReport.NONE;
    private volatile Map<String, Map<String, Long>> safePositions = Map.of();

    PumpCheckpoints(StepStore store, OperatorTree tree, Sink sink, PumpSettings settings, Environment environment) {
        this.store = store;
        this.tree = tree;
        this.sink = sink;
        this.settings = settings;
        this.environment = environment;
    }

    /** Says that the operators have the state of the newest checkpoint, as it was loaded. */
    void loaded(PumpStatus status) {
        begun(status);
        safePositions = needed();
    }

    private void begun(PumpStatus status) {
        step = status.step();
        clockMicros = environment.nowMicros();
    }

    /** However much there is to store, no more than a share of the time goes into that. */
    boolean due(PumpStatus status) {
        long steps = status.step() - step;
        return steps > 0
                && idle()
                && rested()
                && (steps >= settings.checkpointSteps()
                        || store.journalBytes() >= settings.journalBytesMax()
                        || environment.nowMicros() - clockMicros >= settings.checkpointMicros());
    }

    private boolean rested() {
        long pause = Math.max(PAUSE * report.heldNanos(), PAUSE_BESIDE * report.nanos());
        return pause < PAUSE * LONG_NANOS || System.nanoTime() - heldUntilNanos >= pause;
    }

    /** Returns whether there were steps since the last checkpoint was begun. */
    boolean behind(PumpStatus status) {
        return status.step() > step;
    }

    /** Returns whether none is being written. */
    boolean idle() {
        return writing.isDone();
    }

    /** Begins a checkpoint, while {@link #idle}; what the last step put out is safe with the sink. */
    void begin(PumpStatus status) {
        long started = System.nanoTime();
        Map<String, Map<String, Long>> needed = needed();
        CompletableFuture<CheckpointSize> durable =
                store.checkpoint(status.step(), CheckpointCodec.sections(status, tree, sink));
        heldUntilNanos = System.nanoTime();
        long held = heldUntilNanos - started;
        writing = durable.thenAccept(size -> {
            report = new CheckpointReport(size.length(), size.written(), held, System.nanoTime() - started);
            safePositions = needed;
        });
        begun(status);
    }

    /** Takes a checkpoint and waits until it is durable. */
    void take(PumpStatus status) {
        finish();
        begin(status);
        finish();
    }

    /**
     * Says whether the last checkpoint could be written, where that is known.
     *
     * @throws RuntimeException why it could not
     */
    void check() {
        if (writing.isDone()) {
            finish();
        }
    }

    /** Waits until the last checkpoint is durable, and fails where it could not be written. */
    void finish() {
        try {
            writing.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw e;
        }
    }

    /** Waits until nothing is written any more, whether that failed or not. */
    void quiet() {
        writing.exceptionally(failure -> null).join();
    }

    CheckpointReport report() {
        return report;
    }

    /** Returns from where on entries are needed once this state is durable: from nowhere at the query's end. */
    private Map<String, Map<String, Long>> needed() {
        Map<String, Map<String, Long>> needed = positions();
        if (tree.root().complete()) {
            needed.values().forEach(ofStream -> ofStream.replaceAll((split, position) -> Long.MAX_VALUE));
        }
        return needed;
    }

    /** Returns up to where each split has been read, by stream. */
    Map<String, Map<String, Long>> positions() {
        Map<String, Map<String, Long>> positions = new HashMap<>();
        for (ScanOperator scan : tree.scans()) {
            Map<String, Long> ofStream = positions.computeIfAbsent(scan.stream(), s -> new HashMap<>());
            scan.positions().forEach((split, position) -> ofStream.merge(split, position, Math::min));
        }
        return positions;
    }

    /** Returns from which position on entries must be kept. Moves on when a checkpoint is durable. From any thread. */
    Map<String, Map<String, Long>> safePositions() {
        return safePositions;
    }
}
