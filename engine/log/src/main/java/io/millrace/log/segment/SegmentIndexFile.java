package io.millrace.log.segment;

import io.millrace.log.disk.Disk;
import io.millrace.log.disk.ReadableFile;
import io.millrace.log.disk.WritableFile;
import io.millrace.log.frame.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file beside a sealed segment: its end and its sparse index, little-endian.
 *
 * <pre>
 *   │ magic MRI1 │ checksum │ end index (long) │ last arrival (long) │ bytes │ entries │
 *   │ first index (long) │ arrival (long) │ byte position │ 0 │      once per entry
 * </pre>
 *
 * The checksum covers all that follows it. The file is not forced: one that is missing, torn or does not
 * fit its segment is made again from the segment.
 */
final class SegmentIndexFile {

    private static final int MAGIC = 0x3149524d;
    private static final int HEAD_BYTES = 32;
    private static final int ENTRY_BYTES = 24;

    /** What the file says. */
    record Content(SegmentEnd end, SparseIndex index) {}

    private SegmentIndexFile() {}

    static void write(Disk disk, Path file, SegmentEnd end, SparseIndex index) throws IOException {
        ByteBuffer bytes = encode(end, index);
        try (WritableFile out = disk.openToWrite(file)) {
            out.truncate(0);
            out.writeFully(bytes, 0);
        }
    }

    static ByteBuffer encode(SegmentEnd end, SparseIndex index) {
        int entries = index.size();
        ByteBuffer bytes =
                ByteBuffer.allocate(HEAD_BYTES + ENTRY_BYTES * entries).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(MAGIC).putInt(0).putLong(end.endIndex()).putLong(end.lastArrivalMicros());
        bytes.putInt(end.bytes()).putInt(entries);
        for (int i = 0; i < entries; i++) {
            bytes.putLong(index.index(i)).putLong(index.arrival(i));
            bytes.putInt(index.position(i)).putInt(0);
        }
        bytes.putInt(4, Checksum.of(bytes, 8, bytes.capacity() - 8));
        return bytes.flip();
    }

    /** Returns what the file says, or null where there is none that can be believed. */
    static @Nullable Content read(Disk disk, Path file, int intervalBytes) throws IOException {
        if (!disk.exists(file)) {
            return null;
        }
        ByteBuffer bytes;
        try (ReadableFile in = disk.openToRead(file)) {
            bytes = ByteBuffer.wrap(in.readAll()).order(ByteOrder.LITTLE_ENDIAN);
        }
        return isWhole(bytes) ? decode(bytes, intervalBytes) : null;
    }

    private static boolean isWhole(ByteBuffer bytes) {
        return bytes.capacity() >= HEAD_BYTES
                && bytes.getInt(0) == MAGIC
                && bytes.getInt(4) == Checksum.of(bytes, 8, bytes.capacity() - 8)
                && bytes.capacity() == HEAD_BYTES + (long) ENTRY_BYTES * bytes.getInt(28);
    }

    private static Content decode(ByteBuffer bytes, int intervalBytes) {
        SegmentEnd end = new SegmentEnd(bytes.getLong(8), bytes.getInt(24), bytes.getLong(16));
        SparseIndex index = new SparseIndex(intervalBytes);
        for (int at = HEAD_BYTES; at < bytes.capacity(); at += ENTRY_BYTES) {
            index.add(bytes.getLong(at), bytes.getLong(at + 8), bytes.getInt(at + 16));
        }
        return new Content(end, index);
    }
}
