package io.millrace.runtime.pump;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a pump keeps its journal and its checkpoint. For one thread at a time. */
interface StepStore extends AutoCloseable {

    /** Returns what is there, once, before anything else. A journal record that was not written whole is cut. */
    Recovered recover();

    /** Adds a record to the journal. It may be lost in a crash until {@link #force}. */
    void append(long step, byte[] record);

    /** Makes all records durable. */
    void force();

    /** Returns how many bytes the journal holds. */
    long journalBytes();

    /** Replaces the checkpoint, as a whole and durably, and cuts the journal, which belongs to the steps up to it. */
    void checkpoint(long step, byte[] data, int size);

    @Override
    void close();

    /**
     * What a pump left behind.
     *
     * @param checkpoint the newest checkpoint, null where there is none yet
     * @param journal the records of later steps, in order
     */
    record Recovered(byte @Nullable [] checkpoint, List<byte[]> journal) {}
}
