package io.millrace.delivery.spool;

import io.millrace.spi.row.BytesColumn;
import java.util.Arrays;

/** Records that are sent together, and their ROWTIMEs. */
final class SpoolBatch {

    private final BytesColumn records;
    private long[] rowtimes = new long[16];
    private int count;
    private long bytes;

    SpoolBatch(BytesColumn records) {
        this.records = records;
    }

    void add(byte[] record, long rowtimeMicros) {
        records.ensureCapacity(count + 1);
        records.append(count, record);
        if (count == rowtimes.length) {
            rowtimes = Arrays.copyOf(rowtimes, 2 * count);
        }
        rowtimes[count++] = rowtimeMicros;
        bytes += record.length;
    }

    BytesColumn records() {
        return records;
    }

    int count() {
        return count;
    }

    long bytes() {
        return bytes;
    }

    long rowtimeMicros(int record) {
        return rowtimes[record];
    }
}
