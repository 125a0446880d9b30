package io.millrace.spi.connector;

import io.millrace.spi.row.BytesColumn;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A destination that takes records: bytes that a format has made of rows. For one thread at a time. */
public non-sealed interface RecordReceiver extends Receiver {

    /** Returns the most records that a batch may have. */
    int recordsMax();

    /** Returns the most bytes that the records of a batch may have together. */
    long bytesMax();

    /**
     * Hands a batch over. Where this fails nobody knows whether it was taken, and the same records are given again
     * under the same name.
     *
     * @param name what the batch is called for ever
     * @param records rows 0 to {@code count}
     * @return the records that it will never take; the others it has when this returns
     * @throws IOException where it did not take the batch, or did not say so, and may another time
     */
    List<Refusal> receive(BatchName name, BytesColumn records, int count) throws IOException;

    /**
     * Returns what Data Firehose's error objects say of a record beside what they say for all destinations, text or numbers.
     *
     * @param position where the record came from, empty where nothing is known
     */
    default Map<String, Object> errorMembers(String position) {
        return Map.of();
    }
}
