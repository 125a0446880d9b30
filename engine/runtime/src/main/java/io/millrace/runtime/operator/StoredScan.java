package io.millrace.runtime.operator;

import io.millrace.runtime.state.StateReader;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a scan had read and knew of the time when it stored its state, read without its source.
 *
 * @param stream the name of what it read
 * @param bound up to when all its rows had come
 */
public record StoredScan(String stream, long bound, Map<String, Split> splits) {

    /** One split: up to where it was read, and what was known of its time there. */
    record Split(long position, long promised, long newestMicros, long lastRowsMicros) {

        static Split read(StateReader in) {
            return new Split(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        }
    }

    /**
     * Reads the state of a scan.
     *
     * @param layout of which {@link ScanOperator#isLayout} holds
     */
    public static StoredScan read(String layout, StateReader in) {
        long bound = in.readLong();
        int count = in.readCount(1);
        Map<String, Split> splits = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            splits.put(in.readText(), Split.read(in));
        }
        return new StoredScan(ScanOperator.streamOf(layout), bound, splits);
    }

    /** Returns up to where each split had been read. */
    public Map<String, Long> positions() {
        Map<String, Long> positions = new LinkedHashMap<>();
        splits.forEach((name, split) -> positions.put(name, split.position()));
        return positions;
    }

    /** Tells a reader of a split what was known of its time, if it has come to where this one was. */
    void tell(ScanSplit reader) {
        Split split = splits.get(reader.name());
        if (split != null && reader.position() >= split.position()) {
            reader.learn(split);
        }
    }
}
