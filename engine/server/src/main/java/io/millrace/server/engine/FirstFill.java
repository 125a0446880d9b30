package io.millrace.server.engine;

import io.millrace.runtime.pump.Pump;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.log.StreamLog;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A pump that tells once when it has read what its streams held when it was opened. What they take in meanwhile is not
 * waited for, so that it comes to that while others write.
 */
final class FirstFill implements TaskThread.Task {

    /** A pump that finds nothing to do so often in a row waits for no sink: what it has not read is not there any more. */
    private static final int IDLE_STEPS = 3;

    private final TaskThread.Task task;
    private final Pump pump;
    private final Runnable filled;
    private final Map<String, Map<String, Long>> ends = new HashMap<>();
    private int idleSteps;
    private boolean told;

    /**
     * Takes over the task of a pump.
     *
     * @param read the streams it reads
     * @param filled told once, from the task's thread
     */
    FirstFill(TaskThread.Task task, Pump pump, Set<String> read, ReadLogs logs, Runnable filled) {
        this.task = task;
        this.pump = pump;
        this.filled = filled;
        for (String stream : read) {
            StreamLog log = logs.ifReadable(stream);
            if (log != null) {
                Map<String, Long> ofStream = new HashMap<>();
                for (ShardLog shard : log.shards()) {
                    ofStream.put(shard.description().id(), shard.endIndex());
                }
                ends.put(stream, ofStream);
            }
        }
    }

    @Override
    public boolean step() {
        boolean worked = task.step();
        idleSteps = worked ? 0 : idleSteps + 1;
        if (!told && (pump.finished() || idleSteps >= IDLE_STEPS || reached(worked))) {
            told = true;
            filled.run();
        }
        return worked;
    }

    /** A shard without a position is one that was closed and is done with, or one that comes behind it. */
    private boolean reached(boolean worked) {
        Map<String, Map<String, Long>> positions = pump.positions();
        for (Map.Entry<String, Map<String, Long>> stream : ends.entrySet()) {
            Map<String, Long> ofStream = positions.getOrDefault(stream.getKey(), Map.of());
            for (Map.Entry<String, Long> end : stream.getValue().entrySet()) {
                Long position = ofStream.get(end.getKey());
                if (position == null ? worked : position < end.getValue()) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return task.onAvailable(listener);
    }

    @Override
    public OptionalLong wakeMicros() {
        return task.wakeMicros();
    }

    @Override
    public void cancel() {
        task.cancel();
    }

    @Override
    public void close() {
        task.close();
    }
}
