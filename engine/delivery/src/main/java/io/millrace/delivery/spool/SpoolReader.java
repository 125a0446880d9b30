package io.millrace.delivery.spool;

import io.millrace.spi.row.BytesColumn;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import org.jspecify.annotations.Nullable;

/** Cuts a spool file into batches that a receiver takes. The same limits give the same batches. */
final class SpoolReader implements AutoCloseable {

    private final PushbackInputStream bytes;
    private final DataInputStream in;
    private final int recordsMax;
    private final long bytesMax;
    private byte @Nullable [] held;
    private long heldRowtime;

    SpoolReader(InputStream file, int recordsMax, long bytesMax) {
        this.bytes = new PushbackInputStream(new BufferedInputStream(file, 1 << 16));
        this.in = new DataInputStream(bytes);
        this.recordsMax = recordsMax;
        this.bytesMax = bytesMax;
    }

    /** Returns the next batch, or null behind the last. A record beyond the limit of bytes is a batch of its own. */
    @Nullable
    SpoolBatch next() throws IOException {
        SpoolBatch batch = new SpoolBatch(new BytesColumn(16));
        while (batch.count() < recordsMax && hold()) {
            byte[] record = java.util.Objects.requireNonNull(held);
            if (batch.count() > 0 && batch.bytes() + record.length > bytesMax) {
                break;
            }
            batch.add(record, heldRowtime);
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
        byte[] record = new byte[in.readInt()];
        in.readFully(record);
        held = record;
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
