package io.millrace.log;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;

/**
 * How a stream is made.
 *
 * @param shards how many shards it starts with; they divide all hash keys evenly
 * @param retention how long entries are kept at least
 * @param onDemand whether the stream was declared to scale by itself
 */
public record StreamSettings(int shards, Duration retention, boolean onDemand) {

    public static final Duration RETENTION_DEFAULT = Duration.ofHours(24);
    public static final int SHARDS_MAX = 100_000;

    public StreamSettings {
        if (shards < 1 || shards > SHARDS_MAX) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a stream cannot have " + shards + " shards",
                    "give 1 to " + SHARDS_MAX);
        }
        checkRetention(retention);
    }

    /** Returns settings of a stream with so many shards that keeps its entries for a day. */
    public static StreamSettings ofShards(int shards) {
        return new StreamSettings(shards, RETENTION_DEFAULT, false);
    }

    static void checkRetention(Duration retention) {
        if (retention.isNegative() || retention.isZero() || retention.toDays() > 365_000) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "a retention of " + retention + " is not possible",
                    "give more than nothing and at most 1000 years");
        }
    }
}
