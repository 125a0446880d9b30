package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.RejectedEntry.Processing;
import io.millrace.spi.error.ErrorCode;

/**
 * A record that could not be transformed.
 *
 * @param record the record as it came to the step that failed
 * @param processing what the step says
 * @param reason what is wrong
 */
record FailedRecord(DeliveryRecord record, Processing processing, String reason) {

    RejectedEntry entry(String stream) {
        return new RejectedEntry(
                stream,
                record.position(),
                processing.function().isEmpty() ? ErrorCode.INVALID_VALUE : ErrorCode.FUNCTION_FAILED,
                reason,
                record.data(),
                record.arrivalMicros(),
                processing);
    }
}
