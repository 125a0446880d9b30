package io.millrace.delivery.spool;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.Receiver.Refusal;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.row.BytesColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records that are sent together, and their ROWTIMEs. */
final class SpooledRecords implements SpoolBatch {

    private final RecordReceiver receiver;
    private final BytesColumn records = new BytesColumn(16);
    private final List<String> origins = new ArrayList<>();
    private long[] rowtimes = new long[16];
    private int count;
    private long bytes;

    SpooledRecords(RecordReceiver receiver) {
        this.receiver = receiver;
    }

    /** @param origin where it came from, empty where that is not known */
    void add(byte[] record, String origin, long rowtimeMicros) {
        origins.add(origin);
        records.ensureCapacity(count + 1);
        records.append(count, record);
        if (count == rowtimes.length) {
            rowtimes = Arrays.copyOf(rowtimes, 2 * count);
        }
        rowtimes[count++] = rowtimeMicros;
        bytes += record.length;
    }

    /** Returns whether a record of so many bytes goes with the others. One beyond the limit is a batch of its own. */
    boolean hasRoomFor(int length) {
        return count == 0 || bytes + length <= receiver.bytesMax();
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public @Nullable String excess() {
        return bytes <= receiver.bytesMax()
                ? null
                : "a record of " + bytes + " bytes, where the destination takes " + receiver.bytesMax();
    }

    @Override
    public List<Refusal> send(BatchName name) throws IOException {
        return receiver.receive(name, records, count);
    }

    @Override
    public byte[] data(int record) {
        return records.get(record);
    }

    @Override
    public String origin(int record) {
        return origins.get(record);
    }

    @Override
    public Map<String, Object> errorMembers(BatchName name, int record) {
        return receiver.errorMembers(origins.get(record));
    }

    @Override
    public long rowtimeMicros(int record) {
        return rowtimes[record];
    }
}
