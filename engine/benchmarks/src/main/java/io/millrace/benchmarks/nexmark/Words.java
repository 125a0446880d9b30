package io.millrace.benchmarks.nexmark;

import io.millrace.spi.row.BytesColumn;
import java.nio.charset.StandardCharsets;

/** Text of an event, put together in one place and copied into its cell. For one thread. */
final class Words {

    /** Letters come from one number while it has enough of them: 26 to the power of 12 is below 2 to that of 57. */
    private static final int LETTERS_PER_NUMBER = 12;

    private static final long NUMBERS = 95_428_956_661_682_176L;

    private final EventRandom random;
    private byte[] bytes = new byte[1024];
    private int length;

    Words(EventRandom random) {
        this.random = random;
    }

    Words add(String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    Words add(byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /** Adds so many random small letters. */
    Words letters(int count) {
        if (length + count > bytes.length) {
            bytes = java.util.Arrays.copyOf(bytes, 2 * (length + count));
        }
        for (int left = count; left > 0; left -= LETTERS_PER_NUMBER) {
            long number = random.below(NUMBERS);
            for (int i = Math.min(left, LETTERS_PER_NUMBER); i > 0; i--) {
                bytes[length++] = (byte) ('a' + number % 26);
                number /= 26;
            }
        }
        return this;
    }

    /** Adds letters that fill up a row to about its size, a fifth more or less. */
    Words filling(int size, int used) {
        int missing = size - used;
        return missing <= 0 ? this : letters(random.between(missing - missing / 5, missing + missing / 5));
    }

    Words digits(int count) {
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) random.between('0', '9');
        }
        return this;
    }

    Words oneOf(String[] texts) {
        return add(texts[random.between(0, texts.length - 1)]);
    }

    /** Puts the text into a cell, begins anew, and returns how long it was. */
    int into(io.millrace.spi.row.Column column, int row) {
        ((BytesColumn) column).append(row, bytes, 0, length);
        int written = length;
        length = 0;
        return written;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
