package io.millrace.spi.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Checks and measures of UTF-8, eight bytes at a time where they are ASCII. */
public final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** Returns where the first malformed sequence starts, or {@code end} if there is none. */
    public static int malformedAt(byte[] text, int start, int end) {
        int at = start;
        while (at < end) {
            while (at + 8 <= end && ((long) LONGS.get(text, at) & HIGH_BITS) == 0) {
                at += 8;
            }
            if (at < end) {
                int length = text[at] >= 0 ? 1 : sequenceLength(text, at, end);
                if (length == 0) {
                    return at;
                }
                at += length;
            }
        }
        return end;
    }

    /**
     * Returns the length of the sequence of two to four bytes at {@code at}, or 0 if it is malformed:
     * truncated, overlong, a surrogate or beyond U+10FFFF.
     */
    public static int sequenceLength(byte[] text, int at, int end) {
        int lead = text[at] & 0xFF;
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + length > end) {
            return 0;
        }
        int codePoint = lead & (0x7F >> length);
        for (int i = 1; i < length; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return 0;
            }
            codePoint = codePoint << 6 | (text[at + i] & 0x3F);
        }
        boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        boolean overlong = codePoint < (length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80);
        return surrogate || overlong || codePoint > 0x10FFFF ? 0 : length;
    }

    /** Returns how many code points valid UTF-8 holds. */
    public static int codePoints(byte[] text, int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            count += (text[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
