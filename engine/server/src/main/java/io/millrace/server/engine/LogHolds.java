package io.millrace.server.engine;

import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds the retention of the logs that one reader is not done with. For one thread at a time. */
final class LogHolds {

    private final String holder;
    private final Function<String, @Nullable StreamLog> logs;
    private final Map<String, Map<String, Long>> held = new HashMap<>();

    /**
     * Creates the holds of a reader.
     *
     * @param logs finds a stream's log by its name; null for what is no stream
     */
    LogHolds(String holder, Function<String, @Nullable StreamLog> logs) {
        this.holder = holder;
        this.logs = logs;
    }

    /** Holds, by stream and shard id, what lies at these positions and behind. */
    void hold(Map<String, Map<String, Long>> positions) {
        positions.forEach((stream, ofShard) -> {
            if (!ofShard.equals(held.put(stream, Map.copyOf(ofShard)))) {
                holdStream(stream, ofShard);
            }
        });
    }

    private void holdStream(String stream, Map<String, Long> ofShard) {
        StreamLog log = logs.apply(stream);
        if (log == null) {
            return;
        }
        for (ShardLog shard : log.shards()) {
            Long position = ofShard.get(shard.description().id());
            if (position != null) {
                shard.hold(holder, position);
            }
        }
    }

    /** Lets go of everything, for good. */
    void release() {
        for (String stream : held.keySet()) {
            StreamLog log = logs.apply(stream);
            if (log != null) {
                log.shards().forEach(shard -> shard.hold(holder, Long.MAX_VALUE));
            }
        }
        held.clear();
    }
}
