package io.millrace.delivery.spool;

import io.millrace.spi.error.ErrorCode;
import java.util.Map;

/**
 * A record that its destination does not have and will not get.
 *
 * @param place where it was: in its stream, or its file, and its number in there
 * @param attempts how often it was sent
 * @param code what kind of failure it is
 * @param name what Data Firehose calls the failure, empty where it has no such destination
 * @param reason what the destination said
 * @param data the record
 * @param rowtimeMicros its ROWTIME, microseconds since 1970, or {@link io.millrace.spi.row.RowOrigins#NO_ROWTIME}
 * @param members what Data Firehose's error objects say beside
 */
record Undelivered(
        String place,
        int attempts,
        ErrorCode code,
        String name,
        String reason,
        byte[] data,
        long rowtimeMicros,
        Map<String, Object> members) {}
