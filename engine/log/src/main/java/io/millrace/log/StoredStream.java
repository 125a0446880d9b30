package io.millrace.log;

import io.millrace.log.disk.Disk;
import io.millrace.log.segment.Damage;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.HashKey;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stream on disk: its shards, and settings that may change. Safe for use by several threads. */
public final class StoredStream implements StreamLog {

    private final Disk disk;
    private final Path directory;
    private final List<StoredShard> shards;
    private volatile StreamState state;

    StoredStream(Disk disk, Path directory, StreamState state, List<StoredShard> shards) {
        this.disk = disk;
        this.directory = directory;
        this.state = state;
        this.shards = List.copyOf(shards);
    }

    @Override
    public String name() {
        return state.name();
    }

    public Instant created() {
        return state.created();
    }

    /** Returns how long entries are kept at least. */
    public Duration retention() {
        return state.retention();
    }

    public boolean onDemand() {
        return state.onDemand();
    }

    /** Returns the error that readers and writers of a damaged shard meet, or null where no shard is. */
    public @Nullable MillraceException damage() {
        for (StoredShard shard : shards) {
            Damage damage = shard.damage();
            if (damage != null) {
                return damage.error();
            }
        }
        return null;
    }

    /** Changes how long entries are kept, durably. What is older goes with the next trim. */
    public synchronized void changeRetention(Duration retention) {
        StreamSettings.checkRetention(retention);
        change(state.withRetention(retention));
    }

    /** Changes whether the stream is declared to scale by itself, durably. */
    public synchronized void changeOnDemand(boolean onDemand) {
        change(state.withOnDemand(onDemand));
    }

    private void change(StreamState changed) {
        shards.get(0).checkOpen();
        try {
            StreamFile.write(disk, directory, changed);
        } catch (IOException e) {
            throw DiskErrors.of(e, "write", directory);
        }
        state = changed;
    }

    @Override
    public List<? extends ShardLog> shards() {
        return shards;
    }

    @Override
    public ShardLog shard(int number) {
        for (StoredShard shard : shards) {
            if (shard.description().number() == number) {
                return shard;
            }
        }
        throw new MillraceException(ErrorCode.UNDEFINED_NAME, "stream " + name() + " has no shard " + number);
    }

    @Override
    public ShardLog route(HashKey key) {
        int low = 0;
        int high = shards.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (shards.get(middle).description().range().first().compareTo(key) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return shards.get(low);
    }

    Path directory() {
        return directory;
    }

    /** Deletes what is older than the retention; returns when done. */
    void trim() {
        shards.forEach(shard -> shard.trim(state.retention()));
    }

    /** Ends all use of the stream; what waits is still written. */
    synchronized void close(MillraceException reason) {
        shards.forEach(shard -> shard.close(reason));
    }
}
