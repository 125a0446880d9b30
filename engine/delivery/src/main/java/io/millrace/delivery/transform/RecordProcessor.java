package io.millrace.delivery.transform;

import java.io.IOException;
import java.util.List;

/** One step of a transformation. For one thread at a time. */
interface RecordProcessor extends AutoCloseable {

    /**
     * Puts each record's successors into {@code out}, none where it is dropped, or the record as failed.
     *
     * @throws IOException where all of this is to be tried again later
     */
    void process(List<DeliveryRecord> records, ProcessedRecords out) throws IOException;

    @Override
    default void close() {}
}
