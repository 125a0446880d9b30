package io.millrace.log;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.LocalDisk;
import io.millrace.log.segment.ActiveSegment;
import io.millrace.log.segment.Damage;
import io.millrace.log.segment.ShardRecovery;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.HashRange;
import io.millrace.spi.log.ShardDescription;
import io.millrace.spi.row.JavaValues;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A data directory and its streams. One process at a time has it open. Safe for use by several threads.
 *
 * <pre>
 *   DIR/lock                                      held while the store is open
 *   DIR/streams/orders_eu/stream                  what the stream is, see {@link StreamFile}
 *   DIR/streams/orders_eu/shard-000000000000/     its segments, see {@link io.millrace.log.segment}
 *   DIR/aside/                                    streams half made or half deleted; emptied at start
 * </pre>
 *
 * A stream is made aside and moved to its place, and moved aside before it is deleted, so it is there or
 * it is not, whenever the process dies.
 */
public final class LogStore implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(LogStore.class.getName());

    private final Path directory;
    private final LogSettings settings;
    private final InstantSource clock;
    private final Disk disk;
    private final Closeable lock;
    private final LogWriter[] writers;
    private final Map<String, StoredStream> streams = new ConcurrentSkipListMap<>();
    private final Map<Path, MillraceException> unreadable = new ConcurrentHashMap<>();
    private final List<Damage> cuts = new ArrayList<>();
    private int nextWriter;
    private int nextAside;
    private @Nullable TrimTimer timer;
    private boolean closed;

    private LogStore(Path directory, LogSettings settings, InstantSource clock, Disk disk, Closeable lock) {
        this.directory = directory;
        this.settings = settings;
        this.clock = clock;
        this.disk = disk;
        this.lock = lock;
        this.writers = new LogWriter[settings.writerThreads()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new LogWriter(settings.queuedBytesMax());
        }
    }

    /**
     * Opens a data directory, made where it is missing, and recovers its streams.
     *
     * @param clock tells arrival times, and what is older than its retention
     * <p>A file that is not as it was written keeps the directory from nothing: its stream can be read up to there,
     * which {@link StoredStream#damage()} tells, or is refused by {@link #stream}.
     *
     * @throws MillraceException {@code IN_USE} where another process has it open
     */
    public static LogStore open(Path directory, LogSettings settings, InstantSource clock) {
        return open(directory, settings, clock, new LocalDisk());
    }

    /** Opens a data directory as above, on a given disk. */
    public static LogStore open(Path directory, LogSettings settings, InstantSource clock, Disk disk) {
        ThreadFactory threads =
                Thread.ofPlatform().name("millrace-log-", 0).daemon(true).factory();
        return open(directory, settings, clock, disk, threads);
    }

    /** Opens a data directory as above, on a given disk and with given threads. */
    public static LogStore open(
            Path directory, LogSettings settings, InstantSource clock, Disk disk, ThreadFactory threads) {
        LogStore store = openStepwise(directory, settings, clock, disk);
        for (LogWriter writer : store.writers) {
            writer.start(threads);
        }
        store.timer = TrimTimer.start(threads, settings.trimInterval(), store::trim);
        return store;
    }

    /** Opens a data directory without threads: {@link #work} does what they would. */
    static LogStore openStepwise(Path directory, LogSettings settings, InstantSource clock, Disk disk) {
        Closeable lock = null;
        try {
            disk.createDirectories(directory);
            lock = disk.lock(directory.resolve("lock"));
            LogStore store = new LogStore(directory, settings, clock, disk, lock);
            store.recover();
            return store;
        } catch (IOException e) {
            release(lock);
            throw DiskErrors.of(e, "open", directory);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static void release(@Nullable Closeable lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot give back the lock of a data directory", e);
        }
    }

    private void recover() throws IOException {
        disk.createDirectories(streamsDirectory());
        disk.createDirectories(asideDirectory());
        disk.forceDirectory(directory);
        for (Path leftover : disk.list(asideDirectory())) {
            deleteTree(leftover);
        }
        disk.forceDirectory(streamsDirectory());
        for (Path path : disk.list(streamsDirectory())) {
            disk.forceDirectory(path);
            if (StreamFile.existsIn(disk, path)) {
                recover(path);
            }
        }
    }

    /** A stream of which nothing can be read is told of when it is asked for; the others have nothing to do with it. */
    private void recover(Path path) throws IOException {
        try {
            StoredStream stream = openStream(path, StreamFile.read(disk, path));
            streams.put(stream.name(), stream);
        } catch (MillraceException e) {
            if (e.code() != ErrorCode.DATA_CORRUPTED) {
                throw e;
            }
            report("a stream cannot be opened", e);
            unreadable.put(path, e);
        }
    }

    /** Returns all names, ascending. */
    public List<String> names() {
        return List.copyOf(streams.keySet());
    }

    /** Returns whether there is a stream of exactly this name, readable or not. */
    public boolean has(String name) {
        return streams.containsKey(name) || unreadable.containsKey(path(name));
    }

    /**
     * Returns the stream of exactly this name.
     *
     * @throws MillraceException {@code UNDEFINED_NAME}; {@code DATA_CORRUPTED} where nothing of it can be read
     */
    public StoredStream stream(String name) {
        StoredStream stream = streams.get(name);
        if (stream == null) {
            refuseUnreadable(name);
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "stream " + name + " does not exist");
        }
        return stream;
    }

    private void refuseUnreadable(String name) {
        MillraceException damage = unreadable.get(path(name));
        if (damage != null) {
            throw new MillraceException(damage.code(), damage.describe(), damage.hint(), damage);
        }
    }

    private Path path(String name) {
        return streamsDirectory().resolve(StreamName.toDirectory(name));
    }

    /**
     * Creates a stream, durably.
     *
     * @throws MillraceException {@code DUPLICATE_NAME}; {@code INVALID_ARGUMENT} for a name that is empty
     *     or too long
     */
    public synchronized StoredStream create(String name, StreamSettings stream) {
        checkOpen();
        if (streams.containsKey(name)) {
            throw new MillraceException(ErrorCode.DUPLICATE_NAME, "stream " + name + " exists already");
        }
        refuseUnreadable(name);
        Path path = path(name);
        try {
            StreamState state = newState(name, stream);
            make(path, state);
            StoredStream created = openStream(path, state);
            streams.put(name, created);
            return created;
        } catch (IOException e) {
            throw DiskErrors.of(e, "create stream " + name + " in", path);
        }
    }

    private StreamState newState(String name, StreamSettings stream) {
        Instant now = clock.instant();
        List<ShardDescription> shards = new ArrayList<>();
        for (HashRange range : HashRange.divide(stream.shards())) {
            shards.add(new ShardDescription(shards.size(), range, now, List.of(), false));
        }
        return new StreamState(name, now, stream.retention(), stream.onDemand(), shards);
    }

    private void make(Path path, StreamState state) throws IOException {
        Path aside = nextAside();
        try {
            disk.createDirectories(aside);
            StreamFile.write(disk, aside, state);
            for (ShardDescription shard : state.shards()) {
                makeShard(shardDirectory(aside, shard), shard);
            }
            disk.forceDirectory(aside);
            disk.move(aside, path);
        } catch (IOException e) {
            deleteAside(aside);
            throw e;
        }
        disk.forceDirectory(streamsDirectory());
    }

    private void makeShard(Path path, ShardDescription shard) throws IOException {
        disk.createDirectories(path);
        long arrival = JavaValues.micros(shard.created());
        ActiveSegment.start(disk, path, arrival);
        disk.forceDirectory(path);
    }

    private StoredStream openStream(Path path, StreamState state) throws IOException {
        List<StoredShard> shards = new ArrayList<>();
        for (ShardDescription shard : state.shards()) {
            shards.add(openShard(shardDirectory(path, shard), state.name(), shard));
        }
        return new StoredStream(disk, path, state, shards);
    }

    private StoredShard openShard(Path path, String streamName, ShardDescription description) throws IOException {
        LogWriter writer = writers[nextWriter++ % writers.length];
        ShardRecovery recovery = new ShardRecovery(disk, path, writer.buffer(), settings.indexIntervalBytes());
        ShardRecovery.Recovered recovered = recovery.run();
        recovery.damages().forEach(damage -> report("stream " + streamName + " can be read in part", damage.error()));
        if (recovered.damage() != null) {
            report(
                    "stream " + streamName + " can be read in part and not be written",
                    recovered.damage().error());
        }
        Damage cut = recovered.cut();
        if (cut != null) {
            cuts.add(cut);
            LOG.log(Level.WARNING, "cut a torn tail off " + cut.file() + " at byte " + cut.bytePosition());
        }
        AppendListeners listeners = new AppendListeners();
        Damage damage = recovered.damage();
        ActiveSegment active = recovered.active();
        ShardTail tail = damage != null || active == null
                ? DamagedTail.of(recovered, Objects.requireNonNull(damage))
                : new ShardWriter(disk, path, settings, clock, writer.buffer(), recovered, active, listeners::call);
        return new StoredShard(streamName, description, settings, writer, tail, listeners);
    }

    private void report(String what, MillraceException damage) {
        LOG.log(Level.ERROR, what + ": " + damage.describe() + "; " + damage.hint());
    }

    /**
     * Deletes a stream and all it holds, durably. What uses it still fails with {@code WRONG_STATE}.
     *
     * @throws MillraceException {@code UNDEFINED_NAME}
     */
    public synchronized void delete(String name) {
        checkOpen();
        Path path = path(name);
        if (!unreadable.containsKey(path)) {
            stream(name).close(new MillraceException(ErrorCode.WRONG_STATE, "stream " + name + " is deleted"));
        }
        Path aside = nextAside();
        try {
            disk.move(path, aside);
            disk.forceDirectory(streamsDirectory());
            streams.remove(name);
            unreadable.remove(path);
            deleteAside(aside);
        } catch (IOException e) {
            throw DiskErrors.of(e, "delete stream " + name + " in", path);
        }
    }

    /** Deletes, in all streams, what is older than its retention and held by nobody. Also runs by itself. */
    public void trim() {
        List<StoredStream> all;
        synchronized (this) {
            all = closed ? List.of() : List.copyOf(streams.values());
        }
        all.forEach(StoredStream::trim);
    }

    /** Returns what was cut off torn tails when the store was opened: nothing that was ever acknowledged. */
    public synchronized List<Damage> cuts() {
        return List.copyOf(cuts);
    }

    /** Does what waits for a writer; returns whether anything did. For stores without threads. */
    boolean work() {
        boolean worked = false;
        for (LogWriter writer : writers) {
            worked |= writer.work();
        }
        return worked;
    }

    /** Writes what waits, ends the threads and gives the directory back. Readers and appends fail from now on. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (timer != null) {
            timer.stop();
        }
        MillraceException reason = new MillraceException(ErrorCode.SHUTTING_DOWN, "the log is closed");
        streams.values().forEach(stream -> stream.close(reason));
        for (LogWriter writer : writers) {
            writer.stop();
        }
        release(lock);
    }

    private void checkOpen() {
        if (closed) {
            throw new MillraceException(ErrorCode.SHUTTING_DOWN, "the log is closed");
        }
    }

    private Path streamsDirectory() {
        return directory.resolve("streams");
    }

    private Path asideDirectory() {
        return directory.resolve("aside");
    }

    private Path nextAside() {
        return asideDirectory().resolve(Integer.toString(nextAside++));
    }

    private static Path shardDirectory(Path stream, ShardDescription shard) {
        return stream.resolve(shard.id().replace("shardId", "shard"));
    }

    private void deleteAside(Path aside) {
        try {
            if (disk.exists(aside)) {
                deleteTree(aside);
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot delete " + aside + ", the next start does", e);
        }
    }

    private void deleteTree(Path path) throws IOException {
        if (disk.isDirectory(path)) {
            for (Path inside : disk.list(path)) {
                deleteTree(inside);
            }
        }
        disk.delete(path);
    }
}
