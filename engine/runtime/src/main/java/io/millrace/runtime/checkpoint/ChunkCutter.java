package io.millrace.runtime.checkpoint;

import java.util.SplittableRandom;

/**
 * Says where a sequence of bytes is cut into chunks: behind bytes that have a rare property, so equal stretches of two
 * sequences are cut alike wherever they lie in them.
 *
 * <p>The property is one of the last 64 bytes, by a hash that takes a shift and an addition a byte (a "gear" hash). The
 * first bytes of a chunk are not looked at, since chunks have a least length.
 */
final class ChunkCutter {

    static final int LEAST = 16 << 10;
    static final int MOST = 256 << 10;

    /** One place in 65,536 is a boundary; the upper bits are those that all of the last bytes have a part in. */
    private static final long MASK = 0xFFFFL << 48;

    private static final int WINDOW = 64;
    private static final long[] GEAR =
            new SplittableRandom(0x6D696C6C72616365L).longs(256).toArray();

    private ChunkCutter() {}

    /**
     * Returns the end of the chunk that begins at {@code start}: behind the first boundary, at the longest length, or where
     * the bytes end.
     */
    static int end(byte[] data, int start, int end) {
        int most = Math.min(end, start + MOST);
        long hash = 0;
        for (int i = start + LEAST - WINDOW; i < most; i++) {
            hash = (hash << 1) + GEAR[data[i] & 0xFF];
            if ((hash & MASK) == 0 && i >= start + LEAST) {
                return i + 1;
            }
        }
        return most;
    }
}
