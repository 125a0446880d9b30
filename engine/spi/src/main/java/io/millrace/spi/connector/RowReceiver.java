package io.millrace.spi.connector;

import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A destination that takes rows with their types. For one thread at a time. */
public non-sealed interface RowReceiver extends Receiver {

    /**
     * Hands a batch over. Where this fails nobody knows whether it was taken, and the same rows are given again under
     * the same name.
     *
     * @param name what the batch is called for ever
     * @param rows all of them count; they know their origins, and are the caller's again when this returns
     * @return the rows that it will never take; the others it has when this returns
     * @throws IOException where it did not take the batch, or did not say so, and may another time
     */
    List<Refusal> receive(BatchName name, RowBatch rows) throws IOException;

    /** Returns what Data Firehose's error objects say of a row beside what they say for all destinations, text or numbers. */
    default Map<String, Object> errorMembers(BatchName name, RowBatch rows, int row) {
        return Map.of();
    }
}
