package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.BytesColumn;
import java.io.IOException;
import java.util.List;

/**
 * A destination that takes records over a protocol and keeps no files of ours: an HTTP endpoint, a search index, a
 * table. For one thread at a time.
 */
public interface Receiver extends AutoCloseable {

    /** Returns the most records that a batch may have. */
    int recordsMax();

    /** Returns the most bytes that the records of a batch may have together. */
    long bytesMax();

    /**
     * Hands a batch over. Where this fails nobody knows whether it was taken, and the same records are given again
     * under the same id.
     *
     * @param id what the batch is called for ever, a UUID in its text form
     * @param records rows 0 to {@code count}
     * @return the records that it will never take; the others it has when this returns
     * @throws IOException where it did not take the batch, or did not say so, and may another time
     */
    List<Refusal> receive(String id, BytesColumn records, int count) throws IOException;

    @Override
    void close();

    /**
     * A record that a destination will not take however often it is given.
     *
     * @param record its place in the batch
     * @param code what kind of failure it is
     * @param reason what the destination says
     */
    record Refusal(int record, ErrorCode code, String reason) {}
}
