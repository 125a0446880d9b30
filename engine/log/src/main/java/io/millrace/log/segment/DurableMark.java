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
 * How far the active segment was durable when its writer last closed it, in a file of the shard's
 * directory, little-endian:
 *
 * <pre>
 *   │ magic MRD1 │ checksum of the rest │ base index (long) │ turn │ bytes │
 * </pre>
 *
 * Frames say of those before them that they were durable; of the last group nobody else does. What is
 * missing below the mark is damage, never a torn tail. A segment only grows, so an old mark stays true; one
 * that is missing or torn, or is of another segment, says nothing.
 *
 * @param baseIndex names the segment, together with the turn
 * @param bytes so much of it was durable
 */
record DurableMark(long baseIndex, int turn, int bytes) {

    private static final int MAGIC = 0x3144524d;
    private static final int LENGTH = 24;
    private static final String FILE_NAME = "durable";

    static void write(Disk disk, Path segment, int bytes) throws IOException {
        ByteBuffer content = new DurableMark(Segment.baseIndex(segment), Segment.turn(segment), bytes).encode();
        try (WritableFile out = disk.openToWrite(segment.resolveSibling(FILE_NAME))) {
            out.writeFully(content, 0);
            out.force();
        }
    }

    ByteBuffer encode() {
        ByteBuffer content = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        content.putInt(MAGIC).putInt(0).putLong(baseIndex).putInt(turn).putInt(bytes);
        content.putInt(4, Checksum.of(content, 8, LENGTH - 8));
        return content.flip();
    }

    /** Returns how much of a segment is known to have been durable. */
    static int of(Disk disk, Path segment) throws IOException {
        DurableMark mark = read(disk, segment.resolveSibling(FILE_NAME));
        return mark != null && mark.baseIndex() == Segment.baseIndex(segment) && mark.turn() == Segment.turn(segment)
                ? mark.bytes()
                : 0;
    }

    private static @Nullable DurableMark read(Disk disk, Path file) throws IOException {
        if (!disk.exists(file)) {
            return null;
        }
        ByteBuffer content;
        try (ReadableFile in = disk.openToRead(file)) {
            content = ByteBuffer.wrap(in.readAll()).order(ByteOrder.LITTLE_ENDIAN);
        }
        boolean isWhole = content.capacity() == LENGTH
                && content.getInt(0) == MAGIC
                && content.getInt(4) == Checksum.of(content, 8, LENGTH - 8);
        return isWhole ? new DurableMark(content.getLong(8), content.getInt(16), content.getInt(20)) : null;
    }
}
