package io.millrace.delivery.transform;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Something outside that transforms records, several calls at the same time. Safe for use by several threads. */
interface RecordFunction extends AutoCloseable {

    /** Where there is none: records stay as they are. */
    RecordFunction NONE = records -> {
        ProcessedRecords same = new ProcessedRecords();
        records.forEach(same::add);
        return CompletableFuture.completedFuture(same);
    };

    /**
     * Begins to transform records and does not wait. The answer ends, with a {@link FunctionFailedException} at the latest
     * when a call has taken too long.
     */
    CompletableFuture<ProcessedRecords> call(List<DeliveryRecord> records);

    /** Breaks off the calls that are under way. */
    @Override
    default void close() {}
}
