package io.millrace.format.arrow;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Arrays;

/** Bytes of a vector under construction, in an array that grows and is used again. */
final class OutputBuffer {

    private static final long LENGTH_MAX = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[256];
    private int length;

    /** Returns the array whose first {@link #length()} bytes count. Another one after it has grown. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** Makes room for so many bytes at the end, counts them as used and returns where they start. */
    int reserve(long count) {
        int at = length;
        long needed = at + count;
        if (needed > bytes.length) {
            grow(needed);
        }
        length = (int) needed;
        return at;
    }

    private void grow(long needed) {
        if (needed > LENGTH_MAX) {
            throw new MillraceException(
                    ErrorCode.OUT_OF_MEMORY,
                    "a column of an Arrow record batch would have more than 2 GiB",
                    "give a smaller batch_rows");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(LENGTH_MAX, Math.max(needed, 2L * bytes.length)));
    }
}
