package io.millrace.log;

import io.millrace.log.disk.Disk;
import io.millrace.log.segment.ActiveSegment;
import io.millrace.log.segment.Segment;
import io.millrace.log.segment.SegmentEnd;
import io.millrace.log.segment.ShardRecovery.Recovered;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The writing side of a shard. All methods belong to the thread of its {@link LogWriter}, but for the
 * snapshot and the steps, which any thread may read.
 *
 * <p>A group of appends is staged, flushed and forced, and then shown; or it is cut off again, and the cut
 * is forced, before anybody hears that it failed. After a force that failed nobody knows what of the pages
 * it meant reached the disk, so the segment ends at its last durable frame and the next one is started.
 */
final class ShardWriter implements ShardTail {

    private static final System.Logger LOG = System.getLogger(ShardWriter.class.getName());

    private static final long NOTHING_ARRIVES = Long.MAX_VALUE;

    private final Disk disk;
    private final Path directory;
    private final LogSettings settings;
    private final InstantSource clock;
    private final ByteBuffer buffer;
    private final Runnable onReadable;

    private final List<Segment> sealed;
    private final Deque<Segment> trimmed = new ArrayDeque<>();
    private final Map<String, Long> steps = new ConcurrentHashMap<>();
    private final Map<String, Long> stagedSteps = new HashMap<>();
    private ActiveSegment active;
    private long nextIndex;
    private long lastArrival;
    private @Nullable MillraceException closed;
    private boolean cutIsDue;
    private boolean rollIsDue;
    private volatile ShardSnapshot snapshot;
    private volatile long arrivingSince = NOTHING_ARRIVES;

    ShardWriter(
            Disk disk,
            Path directory,
            LogSettings settings,
            InstantSource clock,
            ByteBuffer buffer,
            Recovered recovered,
            ActiveSegment active,
            Runnable onReadable) {
        this.disk = disk;
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.buffer = buffer;
        this.onReadable = onReadable;
        this.sealed = new ArrayList<>(recovered.sealed());
        this.active = active;
        this.nextIndex = recovered.end().endIndex();
        this.lastArrival = recovered.end().lastArrivalMicros();
        this.steps.putAll(recovered.last().steps());
        this.snapshot = snapshotNow();
    }

    @Override
    public ShardSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public long arrivingSinceMicros() {
        return arrivingSince;
    }

    @Override
    public Map<String, Long> steps() {
        return steps;
    }

    @Override
    public void commit(List<PendingAppend> group) {
        if (closed != null) {
            fail(group, closed);
            return;
        }
        int done = 0;
        while (done < group.size()) {
            try {
                prepare(group.get(done));
            } catch (IOException | RuntimeException e) {
                fail(group.subList(done, group.size()), error(e));
                return;
            }
            done = commitFrom(group, done);
        }
    }

    private int commitFrom(List<PendingAppend> group, int from) {
        // Said before the clock is read, so that nobody who has read it later takes it for a bound of these.
        arrivingSince = lastArrival;
        long arrival = Math.max(lastArrival, JavaValues.micros(clock.instant()));
        arrivingSince = arrival;
        try {
            return commitFrom(group, from, arrival);
        } finally {
            arrivingSince = NOTHING_ARRIVES;
        }
    }

    private int commitFrom(List<PendingAppend> group, int from, long arrival) {
        int to = from;
        boolean forcing = false;
        try {
            long index = nextIndex;
            while (to < group.size() && (to == from || fits(group.get(to)))) {
                index = stage(group.get(to++), index, arrival);
            }
            active.flush();
            forcing = true;
            active.force();
            publish(group.subList(from, to), index, arrival);
        } catch (IOException | RuntimeException e) {
            cut(forcing);
            MillraceException error = error(e);
            fail(group.subList(from, to), cutIsDue ? uncertain(error) : error);
        }
        return to;
    }

    private boolean fits(PendingAppend append) {
        return (long) active.stagedEnd() + append.frame().length() <= settings.segmentBytesMax();
    }

    // Makes the active segment one that this append may go to.
    private void prepare(PendingAppend next) throws IOException {
        if (cutIsDue) {
            active.cut();
            cutIsDue = false;
        }
        if (rollIsDue || (!fits(next) && !active.isEmpty())) {
            roll();
        }
        stagedSteps.clear();
    }

    private long stage(PendingAppend append, long index, long arrival) throws IOException {
        ProducerStep step = append.step();
        if (step != null && isRepeated(step)) {
            append.staged(-1, new Appended(index, 0, arrival, true));
            return index;
        }
        RowType type = append.type();
        int schema = type == null ? 0 : active.schema(type, index, arrival);
        append.frame().place(index, arrival, schema, active.bytes());
        int position = active.stage(append.frame());
        if (step != null) {
            stagedSteps.put(step.producer(), step.step());
        }
        append.staged(position, new Appended(index, append.frame().count(), arrival, false));
        return index + append.frame().count();
    }

    private boolean isRepeated(ProducerStep step) {
        Long last = stagedSteps.get(step.producer());
        if (last == null) {
            last = steps.get(step.producer());
        }
        return last != null && step.step() <= last;
    }

    private void publish(List<PendingAppend> group, long index, long arrival) {
        boolean news = nextIndex != index || active.bytes() != snapshot.lastBytes();
        nextIndex = index;
        lastArrival = news ? arrival : lastArrival;
        steps.putAll(stagedSteps);
        for (PendingAppend append : group) {
            if (append.result().count() > 0) {
                active.segment().index().offer(append.result().firstIndex(), arrival, append.bytePosition());
            }
        }
        snapshot = snapshotNow();
        for (PendingAppend append : group) {
            append.future().complete(append.result());
        }
        if (news) {
            onReadable.run();
        }
    }

    private void cut(boolean forceFailed) {
        rollIsDue |= forceFailed;
        try {
            active.cut();
        } catch (IOException e) {
            cutIsDue = true;
            rollIsDue = true;
            LOG.log(
                    Level.ERROR,
                    "cannot take back what was written to " + active.segment().file() + ": " + e);
        }
    }

    private static void fail(List<PendingAppend> group, MillraceException error) {
        for (PendingAppend append : group) {
            append.fail(error);
        }
    }

    private MillraceException error(Exception failure) {
        Path file = active.segment().file();
        return switch (failure) {
            case IOException e -> DiskErrors.of(e, "write", file);
            case MillraceException e -> e;
            default ->
                new MillraceException(ErrorCode.INTERNAL, "writing to " + file + " failed: " + failure, null, failure);
        };
    }

    // Neither writing nor taking back has worked: the one case where a failed append may show up later.
    private static MillraceException uncertain(MillraceException error) {
        return new MillraceException(
                error.code(),
                error.getMessage() + "; taking back what was written failed too, it may appear after a restart",
                error.hint(),
                error);
    }

    @Override
    public void rollNow() {
        try {
            roll();
        } catch (IOException e) {
            throw DiskErrors.of(e, "start a segment in", directory);
        }
    }

    private void roll() throws IOException {
        // Until the next segment is there the active one must stay as it is, since the next may be already.
        rollIsDue = true;
        ActiveSegment next = ActiveSegment.create(
                disk,
                directory,
                nextIndex,
                active.turnBefore(nextIndex),
                lastArrival,
                steps,
                buffer,
                settings.indexIntervalBytes());
        try {
            disk.forceDirectory(directory);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        rollIsDue = false;
        seal(active);
        active = next;
        snapshot = snapshotNow();
    }

    private void seal(ActiveSegment segment) {
        sealed.add(segment.segment());
        try {
            segment.seal(disk, new SegmentEnd(nextIndex, segment.bytes(), lastArrival));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "no index beside " + segment.segment().file() + ", the next start makes it: " + e);
        }
    }

    @Override
    public void trim(Duration retention, long hold) {
        if (closed != null) {
            return;
        }
        try {
            long expired = JavaValues.micros(clock.instant().minus(retention));
            boolean allExpired = nextIndex > snapshot.firstIndex() && lastArrival < expired && nextIndex <= hold;
            if (allExpired && !cutIsDue && nextIndex > active.segment().baseIndex()) {
                roll();
            }
            while (!sealed.isEmpty() && isExpired(sealed.get(0), expired, hold)) {
                trimmed.add(sealed.remove(0));
            }
            snapshot = snapshotNow();
            deleteTrimmed();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot trim " + directory + ", will try again: " + e);
        }
    }

    private static boolean isExpired(Segment segment, long expired, long hold) {
        SegmentEnd end = segment.end();
        return end != null && end.lastArrivalMicros() < expired && end.endIndex() <= hold;
    }

    // One by one and oldest first, so that a crash leaves no gap in the middle.
    private void deleteTrimmed() throws IOException {
        while (!trimmed.isEmpty()) {
            trimmed.getFirst().delete();
            trimmed.removeFirst();
            disk.forceDirectory(directory);
        }
    }

    @Override
    public void close(MillraceException reason) {
        closed = reason;
        try {
            active.close(disk);
        } catch (IOException e) {
            // Nothing is lost: the next start only knows less of what to expect.
            LOG.log(Level.WARNING, "cannot note how far " + active.segment().file() + " is durable: " + e);
        }
    }

    private ShardSnapshot snapshotNow() {
        Segment[] segments = sealed.toArray(new Segment[sealed.size() + 1]);
        segments[sealed.size()] = active.segment();
        return new ShardSnapshot(segments, nextIndex, active.bytes(), lastArrival);
    }
}
