package io.millrace.log.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.disk.WatchedReads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentViewTest {

    private static final int LENGTH = 12 << 20;

    @TempDir
    Path directory;

    private final byte[] content = new byte[LENGTH];
    private Segment segment;
    private SegmentView view;
    private int maps;

    @BeforeEach
    void write() throws IOException {
        new Random(5).nextBytes(content);
        Path file = directory.resolve(Segment.file(directory, 0, 0));
        Files.write(file, content);
        segment = new Segment(
                WatchedReads.of(call -> maps += call.equals("map") ? 1 : 0), file, 0, new SparseIndex(1 << 16));
        view = new SegmentView(segment);
    }

    private void assertThere(int from, int start, int end) {
        byte[] found = new byte[end - start];
        view.bytes().get(from + start, found);
        assertThat(Arrays.equals(found, 0, found.length, content, position + start, position + end))
                .as("bytes %s to %s from %s on", start, end, position)
                .isTrue();
    }

    private int position;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void partsAreThereWhateverWasThereBefore(boolean sealed) throws IOException {
        if (sealed) {
            segment.seal(new SegmentEnd(0, LENGTH, 0));
        }
        Random random = new Random(6);
        for (int i = 0; i < 3_000; i++) {
            int longest = 1 << random.nextInt(6, i % 100 == 0 ? 25 : 18);
            position = i % 3 == 0 ? random.nextInt(LENGTH - 8) : position;
            int length = Math.min(LENGTH - position, 1 + random.nextInt(longest));
            if (random.nextBoolean()) {
                int from = view.require(position, length, LENGTH);
                assertThere(from, 0, length);
            } else {
                inParts(random, length);
            }
        }
        view.close();
    }

    /** A head, and some of what follows; as a frame has the same sections whenever it is read, a position is not used twice. */
    private void inParts(Random random, int length) throws IOException {
        Ranges ranges = new Ranges();
        int[] bounds = random.ints(6, 1, length + 1).sorted().toArray();
        ranges.add(0, bounds[0]);
        ranges.add(bounds[1], bounds[2]);
        ranges.add(bounds[3], bounds[4]);
        int from = view.require(position, length, LENGTH, ranges);
        assertThere(from, 0, bounds[0]);
        assertThere(from, bounds[1], bounds[2]);
        assertThere(from, bounds[3], bounds[4]);
        int head = view.require(position, bounds[0], LENGTH);
        assertThere(head, 0, bounds[0]);
        position = random.nextInt(LENGTH - 8);
    }

    @Test
    void onlyWhatIsReadableIsRead() throws IOException {
        int from = view.require(100, 8, 150);
        position = 100;
        assertThere(from, 0, 50);
        assertThat(view.bytes().limit() - from).isEqualTo(50);
    }

    @Test
    void aSegmentThatGrowsIsNotMapped() throws IOException {
        int length = 9 << 20;
        for (int end = length; end <= LENGTH; end += 1 << 19) {
            position = end - length;
            assertThere(view.require(position, length, end), 0, length);
        }
        assertThat(maps).isZero();
        segment.seal(new SegmentEnd(0, LENGTH, 0));
        position = 7;
        assertThere(view.require(position, length, LENGTH), 0, length);
        assertThat(maps).isOne();
    }
}
