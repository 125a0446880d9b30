package io.millrace.spi.log;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a shard apart from its entries.
 *
 * @param number number in its stream, from 0; never given twice
 * @param range the hash keys that belong to it
 * @param created when it was created
 * @param parents numbers of the shards it was split or merged from: none, one or two
 * @param closed whether it takes no more entries
 */
public record ShardDescription(int number, HashRange range, Instant created, List<Integer> parents, boolean closed) {

    /** Returns the id as the Kinesis API writes it, {@code shardId-000000000007}. */
    public String id() {
        return String.format(Locale.ROOT, "shardId-%012d", number);
    }

    /** Returns the name of this shard's entry of that index and arrival time. */
    public SequenceNumber sequenceNumber(long index, long arrivalMicros) {
        return new SequenceNumber(created.getEpochSecond(), number, index, arrivalMicros / 1_000_000);
    }
}
