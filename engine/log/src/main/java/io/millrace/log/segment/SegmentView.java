package io.millrace.log.segment;

import io.millrace.log.disk.ReadableFile;
import io.millrace.spi.error.DiskErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The part of a segment that one reader has before it: mapped where much is to be read, copied where a
 * reader follows close behind the writer. For one thread at a time.
 *
 * <pre>
 *   segment  │ frame │ frame │ frame │ frame │
 *                    ▲ origin: byte 0 of {@code bytes()}
 * </pre>
 */
public final class SegmentView implements Closeable {

    /**
     * A mapping lives until the collector finds it, and one of a file that grows is soon too short. So the
     * end of such a file is copied, piece by piece.
     */
    private static final int MAPPED_BYTES_MIN = 16 << 20;

    private static final int COPIED_BYTES_MAX = 1 << 20;

    private final Segment segment;
    private final ByteBuffer none = ByteBuffer.allocate(0);
    private ByteBuffer bytes = none;
    private ByteBuffer copied = none;
    private int origin;
    private @Nullable ReadableFile file;

    public SegmentView(Segment segment) {
        this.segment = segment;
    }

    public Segment segment() {
        return segment;
    }

    /**
     * Makes a part of the segment accessible and returns where in {@link #bytes()} it starts. What an
     * earlier call made accessible may no longer be.
     *
     * @param bytePosition where in the segment the part starts
     * @param length its length
     * @param end how far the segment is readable
     */
    public int require(int bytePosition, int length, int end) throws IOException {
        if (bytePosition < origin || bytePosition + length > origin + bytes.limit()) {
            load(bytePosition, length, end);
        }
        return bytePosition - origin;
    }

    public ByteBuffer bytes() {
        return bytes;
    }

    private void load(int bytePosition, int length, int end) throws IOException {
        if (segment.end() != null || end - bytePosition > MAPPED_BYTES_MIN) {
            bytes = segment.map(end);
            origin = 0;
            return;
        }
        if (file == null) {
            file = segment.open();
        }
        int wanted = Math.max(length, Math.min(COPIED_BYTES_MAX, end - bytePosition));
        if (copied.capacity() < wanted) {
            copied = ByteBuffer.allocate(Math.max(wanted, 1 << 16)).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes = none;
        file.readFully(copied.clear().limit(wanted), bytePosition);
        bytes = copied.flip();
        origin = bytePosition;
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw DiskErrors.of(e, "close", segment.file());
            }
            file = null;
        }
    }
}
