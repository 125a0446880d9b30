package io.millrace.delivery.spool;

import io.millrace.spi.connector.RecordReceiver;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Cuts a file of records into batches that a receiver takes. The same limits give the same batches. */
final class RecordBatches implements SpoolBatches {

    private final RecordReceiver receiver;
    private final PushbackInputStream bytes;
    private final DataInputStream in;
    private byte @Nullable [] held;
    private String heldOrigin = "";
    private long heldRowtime;

    RecordBatches(RecordReceiver receiver, InputStream file) {
        this.receiver = receiver;
        this.bytes = new PushbackInputStream(new BufferedInputStream(file, 1 << 16));
        this.in = new DataInputStream(bytes);
    }

    @Override
    public @Nullable SpoolBatch next() throws IOException {
        SpooledRecords batch = new SpooledRecords(receiver);
        while (batch.count() < receiver.recordsMax() && hold()) {
            byte[] record = Objects.requireNonNull(held);
            if (!batch.hasRoomFor(record.length)) {
                break;
            }
            batch.add(record, heldOrigin, heldRowtime);
            held = null;
        }
        return batch.count() == 0 ? null : batch;
    }

    /** Reads a record ahead, if none is held; tells whether there is one. */
    private boolean hold() throws IOException {
        if (held != null) {
            return true;
        }
        int first = bytes.read();
        if (first < 0) {
            return false;
        }
        bytes.unread(first);
        heldRowtime = in.readLong();
        int length = in.readInt();
        heldOrigin = SpoolFormat.hasOrigin(length) ? in.readUTF() : "";
        byte[] record = new byte[SpoolFormat.recordLength(length)];
        in.readFully(record);
        held = record;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
