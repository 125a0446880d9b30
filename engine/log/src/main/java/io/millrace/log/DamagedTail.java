package io.millrace.log;

import io.millrace.log.segment.Damage;
import io.millrace.log.segment.Segment;
import io.millrace.log.segment.ShardRecovery.Recovered;
import io.millrace.spi.error.MillraceException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The end of a shard whose end is not as it was written. What lies before the damage is readable, and then there is
 * an error; nothing is written behind it and nothing deleted, so that a copy of the file can be put in its place.
 *
 * @param damage what was found
 * @param endIndex the index after the last entry found behind the damage, one after the damage at least
 */
record DamagedTail(ShardSnapshot snapshot, Map<String, Long> steps, Damage damage, long endIndex) implements ShardTail {

    static DamagedTail of(Recovered recovered, Damage damage) {
        ShardSnapshot snapshot = new ShardSnapshot(
                recovered.sealed().toArray(Segment[]::new),
                recovered.end().endIndex(),
                recovered.end().bytes(),
                recovered.end().lastArrivalMicros());
        long end = Math.max(recovered.end().endIndex() + 1, recovered.lostEndIndex());
        return new DamagedTail(snapshot, Map.copyOf(recovered.last().steps()), damage, end);
    }

    @Override
    public void checkEnd() {
        throw damage.error();
    }

    @Override
    public void commit(List<PendingAppend> group) {
        group.forEach(append -> append.fail(damage.error()));
    }

    @Override
    public void rollNow() {
        throw damage.error();
    }

    @Override
    public void trim(Duration retention, long hold) {
        // Whoever mends the shard decides what goes.
    }

    @Override
    public void close(MillraceException reason) {
        // No file is open.
    }
}
