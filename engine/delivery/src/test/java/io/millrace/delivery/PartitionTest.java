package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries into partitions; {@code kind} is the square of the row's number, modulo 5. */
class PartitionTest {

    @TempDir
    private Path directory;

    private Harness harness;

    @BeforeEach
    void create() {
        harness = Harness.parted(directory, 1, "a", "b");
    }

    private void options(long rollRows, Map<String, String> layout) {
        harness.options = new DeliveryOptions(
                1 << 20,
                rollRows,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                false,
                null,
                LayoutOptions.from(new Options(layout)));
    }

    private void deliver() throws IOException {
        harness.settle();
        harness.delivery.flush();
        harness.settle();
    }

    @Test
    void eachPartitionHasItsFile() throws IOException {
        options(100, Map.of("partition_by", "kind"));
        harness.open().append("a", 10);
        deliver();

        Map<String, List<String>> files = new TreeMap<>();
        harness.store.list("").forEach(name -> files.put(name.substring(0, name.indexOf('/')), harness.file(name)));
        assertThat(files)
                .containsEntry("kind=0", List.of("a-0", "a-5", "end"))
                .containsEntry("kind=1", List.of("a-1", "a-4", "a-6", "a-9", "end"))
                .containsEntry("kind=4", List.of("a-2", "a-3", "a-7", "a-8", "end"))
                .hasSize(3);
        assertThat(harness.delivery.status().rows()).isEqualTo(10);
    }

    @Test
    void moreThanTheMostOpenFilesEndsTheRange() throws IOException {
        options(100, Map.of("partition_by", "kind", "partitions_max", "2"));
        harness.open().append("a", 40);
        harness.settle();
        assertThat(harness.delivery.status().openFiles()).isLessThanOrEqualTo(2);
        deliver();

        assertThat(harness.lines("a")).containsExactlyInAnyOrderElementsOf(harness.deliverable("a"));
        assertThat(harness.store.list("").size()).isGreaterThan(3);
    }

    @Test
    void splitsWithMorePartitionsThanFilesMayBeOpenWaitForOneAnother() throws IOException {
        int splits = 16;
        int partitions = 20;
        int rows = 600;
        String[] names =
                IntStream.range(0, splits).mapToObj(i -> "s" + (10 + i)).toArray(String[]::new);
        harness = Harness.parted(directory, 1, names);
        options(100_000, Map.of("partition_by", "text", "write_partition_columns", "true"));
        harness.open();
        for (String split : names) {
            for (int i = 0; i < rows; i++) {
                harness.append(split, "p" + i % partitions);
            }
        }
        harness.settle();
        assertThat(harness.delivery.status().openFiles())
                .isBetween(Delivery.OPEN_FILES_MAX / 2, Delivery.OPEN_FILES_MAX);
        deliver();

        for (String split : names) {
            assertThat(harness.lines(split)).hasSize(rows);
        }
        assertThat(harness.store.list("")).hasSize(splits * partitions);
    }

    @Test
    void aSplitThatWaitsForRoomDoesNotWaitForEver() throws IOException {
        int splits = 9;
        int partitions = 30;
        int rows = 12_000;
        String[] names =
                IntStream.range(0, splits).mapToObj(i -> "s" + (10 + i)).toArray(String[]::new);
        harness = Harness.parted(directory, 1, names);
        options(100_000, Map.of("partition_by", "text", "write_partition_columns", "true"));
        harness.open();
        for (int second = 0; second < 4; second++) {
            // More than the steps read, so that no split is idle, and none is due.
            for (String split : names) {
                for (int i = 0; i < rows; i++) {
                    harness.append(split, "p" + i % partitions);
                }
            }
            for (int i = 0; i < 50; i++) {
                harness.delivery.step();
            }
            harness.advance(Duration.ofSeconds(1));
        }
        List<String> files = new ArrayList<>(harness.store.staged());
        files.addAll(harness.store.list(""));
        assertThat(names).allSatisfy(split -> assertThat(files).anyMatch(file -> file.contains("-" + split + "-")));
        deliver();
        deliver();
        for (String split : names) {
            assertThat(harness.lines(split)).hasSize(4 * rows);
        }
    }

    @Test
    void oneOpenFileIsEnough() throws IOException {
        options(100, Map.of("partition_by", "text", "partitions_max", "1", "write_partition_columns", "true"));
        harness.open().append("a", 20);
        deliver();

        assertThat(harness.store.list("")).hasSize(20);
        assertThat(harness.lines("a")).containsExactlyInAnyOrderElementsOf(harness.deliverable("a"));
    }

    @Test
    void anIdleRangeIsEnded() throws IOException {
        options(100, Map.of("partition_by", "kind"));
        harness.open().append("a", 3);
        harness.settle();
        harness.advance(Duration.ofMillis(1900));
        harness.append("a", 1);
        harness.settle();
        assertThat(harness.delivery.nextDeadline()).isEqualTo(harness.now.plusSeconds(2));
        harness.advance(Duration.ofMillis(1999));
        harness.settle();
        assertThat(harness.store.list("")).isEmpty();

        harness.advance(Duration.ofMillis(1));
        harness.settle();

        assertThat(harness.lines("a")).hasSize(4);
    }

    @Test
    void namesThatRunTogetherStayApart() throws IOException {
        options(100, Map.of("partition_by", "kind", "prefix", "x/!{partitionKeyFromQuery:kind}!{timestamp:''}"));
        harness.open().append("a", 10);
        deliver();

        assertThat(harness.lines("a")).containsExactlyInAnyOrderElementsOf(harness.deliverable("a"));
    }

    @Test
    void whatCannotBeDeliveredHasAFileOfItsOwn() throws IOException {
        options(100, Map.of("error_output_prefix", "bad/!{firehose:error-output-type}/!{timestamp:yyyy}/"));
        harness.open().append("a", 1);
        harness.append("a", TextFiles.REFUSED);
        harness.source.addMalformed("a", "no \"JSON\"");
        deliver();

        List<String> errors = harness.store.list("bad/format-conversion-failed/");
        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst()).endsWith("-a-0000000000000000000.json");
        assertThat(harness.file(errors.getFirst()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "\"attemptsMade\":1",
                                "\"rawData\":\"",
                                "\"subSequenceNumber\":null",
                                "\"sequenceNumber\":\""));
        assertThat(harness.file(errors.getFirst()))
                .anySatisfy(line -> assertThat(line).contains(ErrorCode.INVALID_VALUE.name()))
                .anySatisfy(line -> assertThat(line).contains("no \\\"JSON\\\""));
        assertThat(harness.delivery.status().rows()).isEqualTo(1);
        assertThat(harness.delivery.status().rejected()).isEqualTo(2);
    }

    @Test
    void aRangeOfErrorsAloneIsCommitted() throws IOException {
        options(100, Map.of("error_output_prefix", "bad/"));
        harness.open().append("a", TextFiles.REFUSED);
        deliver();

        assertThat(harness.store.list("")).hasSize(1);
        assertThat(harness.delivery.status().lag()).isZero();
    }
}
