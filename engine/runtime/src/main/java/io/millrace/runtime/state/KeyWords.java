package io.millrace.runtime.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes of keys as numbers. The hash of a key, its length and three words of it tell short keys apart without a
 * look at their bytes:
 *
 * <pre>
 *   first    bytes 0 to 7, zeros where the key is shorter
 *   middle   bytes 8 to 15 of keys of more than 16, else 0
 *   last     the last 8 bytes of keys of more than 8, else 0
 *   mark     the hash, and below it the length
 * </pre>
 *
 * <p>Keys of up to {@link #WHOLE} bytes are the same where all four are.
 */
final class KeyWords {

    /** Words of a key. */
    static final int WORDS = 4;

    static final int FIRST = 0;
    static final int MIDDLE = 1;
    static final int LAST = 2;
    static final int MARK = 3;

    /** Keys of up to so many bytes are all in their words. */
    static final int WHOLE = 24;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FACTOR = 0x9E3779B97F4A7C15L;
    private static final long OTHER_FACTOR = 0xC2B2AE3D27D4EB4FL;

    private KeyWords() {}

    /** Writes the words of a key to four places of an array. */
    static void write(byte[] source, int start, int end, long[] words, int at) {
        int length = end - start;
        long first;
        long middle = 0;
        long last = 0;
        long hash;
        if (length <= 8) {
            first = head(source, start, length);
            hash = first * FACTOR;
        } else {
            first = (long) LONG.get(source, start);
            last = (long) LONG.get(source, end - 8);
            hash = (first * FACTOR) ^ Long.rotateLeft(last * OTHER_FACTOR, 31);
            if (length > 16) {
                middle = (long) LONG.get(source, start + 8);
                hash = inner(source, start + 8, end - 8, hash);
            }
        }
        hash = (hash ^ length) * FACTOR;
        hash ^= hash >>> 32;
        words[at + FIRST] = first;
        words[at + MIDDLE] = middle;
        words[at + LAST] = last;
        words[at + MARK] = ((hash * FACTOR) & 0xFFFFFFFF00000000L) | length;
    }

    /** Returns the hash that a mark holds. */
    static int hash(long mark) {
        return (int) (mark >>> 32);
    }

    /** Returns the length that a mark holds. */
    static int length(long mark) {
        return (int) mark;
    }

    private static long inner(byte[] source, int start, int end, long before) {
        long hash = before;
        for (int at = start; at < end; at += 8) {
            // The last of these words may reach into the eight bytes behind, which are there.
            hash = (hash ^ (long) LONG.get(source, at)) * FACTOR;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static long head(byte[] source, int start, int length) {
        if (start + 8 <= source.length) {
            // For no bytes the shift is by 64, which Java takes as none: the mask is made in two steps.
            return (long) LONG.get(source, start) & ((1L << (4 * length) << (4 * length)) - 1);
        }
        long head = 0;
        for (int i = 0; i < length; i++) {
            head |= (source[start + i] & 0xFFL) << (8 * i);
        }
        return head;
    }
}
