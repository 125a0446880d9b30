package io.millrace.delivery.transform;

import java.time.Duration;

/**
 * When there is enough to transform together.
 *
 * @param bytes about how many bytes of records go together
 * @param records most records that go together
 * @param waitMax how long records wait for others
 */
record GatheringLimits(long bytes, int records, Duration waitMax) {

    /** Where there is nothing to wait for, and no entry need be cut. */
    static final GatheringLimits NONE = new GatheringLimits(Long.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);
}
