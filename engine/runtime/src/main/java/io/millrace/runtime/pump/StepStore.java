package io.millrace.runtime.pump;

import io.millrace.runtime.checkpoint.CheckpointSection;
import io.millrace.runtime.checkpoint.CheckpointSize;
import io.millrace.runtime.checkpoint.StoredCheckpoint;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where a pump keeps its journal and its checkpoint. For one thread at a time. */
interface StepStore extends AutoCloseable {

    /** Returns what is there, once, before anything else. A journal record that was not written whole is cut. */
    Recovered recover();

    /** Adds a record to the journal. It may be lost in a crash until {@link #force}. */
    void append(long step, byte[] record);

    /** Makes all records durable. */
    void force();

    /** Returns how many bytes the journal holds of steps since the last checkpoint was begun. */
    long journalBytes();

    /**
     * Replaces the checkpoint as a whole, and cuts the journal, which belongs to the steps up to it, when that has been
     * done. Until then what was there before holds, with the records of later steps as well. Not before the checkpoint
     * before is done.
     *
     * @param sections are asked for their contents before this returns
     * @return done when the checkpoint is durable
     */
    CompletableFuture<CheckpointSize> checkpoint(long step, List<CheckpointSection> sections);

    @Override
    void close();

    /**
     * What a pump left behind.
     *
     * @param checkpoint the newest checkpoint, null where there is none yet
     * @param journal the records of later steps, in order
     */
    record Recovered(@Nullable StoredCheckpoint checkpoint, List<byte[]> journal) {}
}
