package io.millrace.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChunkCutterTest {

    private static List<Integer> lengths(byte[] bytes) {
        List<Integer> lengths = new ArrayList<>();
        for (int start = 0; start < bytes.length; ) {
            int end = ChunkCutter.end(bytes, start, bytes.length);
            lengths.add(end - start);
            start = end;
        }
        return lengths;
    }

    @Test
    void chunksAreNeitherShortNorLongAndNoneIsLost() {
        byte[] bytes = new byte[16 << 20];
        new Random(1).nextBytes(bytes);
        List<Integer> lengths = lengths(bytes);
        assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isEqualTo(bytes.length);
        assertThat(lengths.subList(0, lengths.size() - 1))
                .allSatisfy(length -> assertThat(length).isBetween(ChunkCutter.LEAST, ChunkCutter.MOST));
        assertThat(bytes.length / lengths.size()).isBetween(40 << 10, 120 << 10);
    }

    @Test
    void bytesThatAreAllTheSameAreCutAtTheLongest() {
        assertThat(lengths(new byte[(2 * ChunkCutter.MOST) + 5]))
                .containsExactly(ChunkCutter.MOST, ChunkCutter.MOST, 5);
    }
}
