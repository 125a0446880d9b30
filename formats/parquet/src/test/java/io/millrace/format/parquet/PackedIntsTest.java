package io.millrace.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedIntsTest {

    private static final int GROUPS = 3;

    /** Each width is read from each number on to the last, which ends with the array. */
    @ParameterizedTest
    @ValueSource(ints = {8 * GROUPS, 7, 5, 3, 1})
    void packedNumbersAreReadToTheEndOfTheirPage(int piece) {
        Random random = new Random(11);
        for (int width = 1; width <= 32; width++) {
            int[] numbers = new int[8 * GROUPS];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = random.nextInt() & (int) ((1L << width) - 1);
            }
            byte[] page = packed(numbers, width);
            for (int first = 0; first <= numbers.length; first++) {
                assertThat(read(page, width, first, piece, numbers.length))
                        .as("width %d, from %d on", width, first)
                        .isEqualTo(numbers);
            }
        }
    }

    /** Reads some numbers at once, and those behind them in pieces. */
    private static int[] read(byte[] page, int width, int first, int piece, int count) {
        PackedInts packed = new PackedInts(page, 0, page.length, width);
        int[] found = new int[count];
        Arrays.fill(found, -7);
        packed.read(found, 0, first);
        for (int at = first; at < count; at += piece) {
            packed.read(found, at, Math.min(piece, count - at));
        }
        return found;
    }

    private static byte[] packed(int[] numbers, int width) {
        byte[] page = new byte[1 + GROUPS * width];
        page[0] = GROUPS << 1 | 1;
        for (int i = 0; i < numbers.length * width; i++) {
            int bit = numbers[i / width] >>> (i % width) & 1;
            page[1 + i / 8] |= (byte) (bit << (i % 8));
        }
        return page;
    }
}
