package io.millrace.log.frame;

import java.nio.ByteBuffer;

/** Unpacks bits, the lowest of a byte first, into an array. */
final class Bitmap {

    private Bitmap() {}

    /**
     * Sets {@code values[i]} to the bit {@code from + i}, or to its opposite.
     *
     * @return whether any value became true
     */
    static boolean read(ByteBuffer bytes, int at, int from, int count, boolean[] values, boolean inverted) {
        long any = 0;
        int i = 0;
        while (i < count) {
            int bit = from + i;
            long word = bytes.getLong(at + ((bit >>> 6) << 3));
            word = (inverted ? ~word : word) >>> (bit & 63);
            int run = Math.min(count - i, 64 - (bit & 63));
            long wanted = run == 64 ? word : word & ((1L << run) - 1);
            any |= wanted;
            for (int end = i + run; i < end; i++) {
                values[i] = (wanted & 1) != 0;
                wanted >>>= 1;
            }
        }
        return any != 0;
    }
}
