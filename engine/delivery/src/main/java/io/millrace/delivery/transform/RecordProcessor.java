package io.millrace.delivery.transform;

/** One step of a transformation that needs nobody else. For one thread at a time. */
interface RecordProcessor {

    /** Puts a record's successors into {@code out}, none where it is dropped, or the record as failed. */
    void process(DeliveryRecord record, ProcessedRecords out);
}
