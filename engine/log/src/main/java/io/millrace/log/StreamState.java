package io.millrace.log;

import io.millrace.spi.log.ShardDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is stored of a stream apart from its entries.
 *
 * @param shards all its shards, ascending by number
 */
record StreamState(String name, Instant created, Duration retention, boolean onDemand, List<ShardDescription> shards) {

    StreamState {
        shards = List.copyOf(shards);
    }

    StreamState withRetention(Duration changed) {
        return new StreamState(name, created, changed, onDemand, shards);
    }

    StreamState withOnDemand(boolean changed) {
        return new StreamState(name, created, retention, changed, shards);
    }
}
