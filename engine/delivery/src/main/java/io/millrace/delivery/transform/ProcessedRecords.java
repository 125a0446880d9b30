package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry.Processing;
import java.util.ArrayList;
import java.util.List;

/** What a step made of records: what goes on, and what failed. */
final class ProcessedRecords {

    private final List<DeliveryRecord> records = new ArrayList<>();
    private final List<FailedRecord> failed = new ArrayList<>();

    void add(DeliveryRecord record) {
        records.add(record);
    }

    /** Notes a failure of a step that is built in. */
    void fail(DeliveryRecord record, String errorCode, String reason) {
        fail(record, new Processing(errorCode, 1, ""), reason);
    }

    void fail(DeliveryRecord record, Processing processing, String reason) {
        failed.add(new FailedRecord(record, processing, reason));
    }

    void fail(FailedRecord record) {
        failed.add(record);
    }

    void addAll(ProcessedRecords others) {
        records.addAll(others.records);
        failed.addAll(others.failed);
    }

    List<DeliveryRecord> records() {
        return records;
    }

    List<FailedRecord> failed() {
        return failed;
    }
}
