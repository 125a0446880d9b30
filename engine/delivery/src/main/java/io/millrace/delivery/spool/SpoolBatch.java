package io.millrace.delivery.spool;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows or records that are sent together. */
sealed interface SpoolBatch permits SpooledRecords, SpooledRows {

    int count();

    /** Returns why the destination will never be able to take it, or null where it may. */
    @Nullable
    String excess();

    /** Sends it; see {@link io.millrace.spi.connector.Receiver}. */
    List<Refusal> send(BatchName name) throws IOException;

    /** Returns a record, or a row as one. */
    byte[] data(int record);

    /** Returns where a record came from; empty where that is not known. */
    String origin(int record);

    /** Returns what Data Firehose's error objects say of a record that is their destination's own. */
    Map<String, Object> errorMembers(BatchName name, int record);

    /** Returns the ROWTIME of a record. */
    long rowtimeMicros(int record);
}
