package io.millrace.delivery.spool;

import io.millrace.spi.error.ErrorCode;

/**
 * A record that its destination does not have and will not get.
 *
 * @param place where it was: its file, and its number in there
 * @param attempts how often it was sent
 * @param code what kind of failure it is
 * @param reason what the destination said
 * @param data the record
 * @param rowtimeMicros its ROWTIME, microseconds since 1970, or {@link io.millrace.spi.row.RowOrigins#NO_ROWTIME}
 */
record Undelivered(String place, int attempts, ErrorCode code, String reason, byte[] data, long rowtimeMicros) {}
