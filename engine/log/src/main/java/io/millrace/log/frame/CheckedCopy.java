package io.millrace.log.frame;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Copies a frame out of its segment and checks its sections on the way.
 *
 * <p>A frame may be larger than the processor's caches. Each piece's checksum is taken while the copy of it still lies
 * in them, so the file's bytes come from memory once.
 */
public final class CheckedCopy {

    private static final int PIECE_BYTES = 1 << 16;

    private CheckedCopy() {}

    /**
     * Copies the frame that starts at a place, all of which is there, and whose head has been checked.
     *
     * @param to a buffer over an array, with room for the frame
     * @param head is put on the copy
     * @return what is wrong with a section, or null
     */
    public static @Nullable String frame(ByteBuffer from, int fromStart, ByteBuffer to, int toStart, FrameHead head) {
        to.put(toStart, from, fromStart, FrameHead.FIXED_BYTES);
        head.wrap(to, toStart);
        to.put(toStart, from, fromStart, head.headBytes());
        String problem = null;
        int copied = head.headBytes();
        for (int i = 0; i < head.sectionCount(); i++) {
            int start = head.sectionStart(i);
            int length = head.sectionLength(i);
            to.put(toStart + copied, from, fromStart + copied, Math.max(0, start - copied));
            int sum = piecewise(from, fromStart + start, to, toStart + start, length);
            if (problem == null) {
                problem = head.problemWith(i, sum);
            }
            copied = start + length;
        }
        to.put(toStart + copied, from, fromStart + copied, head.frameBytes() - copied);
        return problem;
    }

    private static int piecewise(ByteBuffer from, int fromStart, ByteBuffer to, int toStart, int length) {
        CRC32C sum = new CRC32C();
        for (int at = 0; at < length; at += PIECE_BYTES) {
            int piece = Math.min(PIECE_BYTES, length - at);
            to.put(toStart + at, from, fromStart + at, piece);
            sum.update(to.array(), to.arrayOffset() + toStart + at, piece);
        }
        return (int) sum.getValue();
    }
}
