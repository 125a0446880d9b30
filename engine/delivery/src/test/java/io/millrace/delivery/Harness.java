package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.spi.Options;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/** A delivery from memory to memory, with a clock that stands still until it is moved. */
final class Harness {

    static final RowType TYPE =
            RowType.of(Field.required("id", DataType.BIGINT), Field.required("text", DataType.VARCHAR));

    /** Rows in five partitions, and what cannot be delivered in files of its own. */
    static final RowType PARTED_TYPE = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.required("text", DataType.VARCHAR),
            Field.required("kind", DataType.INTEGER));

    static final DeliveryOptions PARTED = new DeliveryOptions(
            1 << 20,
            10,
            Duration.ofSeconds(5),
            Duration.ofDays(1),
            false,
            null,
            LayoutOptions.from(new Options(Map.of(
                    "prefix", "!{timestamp:yyyy}/kind=!{partitionKeyFromQuery:kind}/",
                    "partition_by", "kind",
                    "error_output_prefix", "errors/",
                    "partitions_max", "3"))));

    final MemorySource source;
    private final RowType type;
    final MemoryStore store = new MemoryStore();
    final Path journal;
    final List<RejectedEntry> rejected = new ArrayList<>();
    private final Random random;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    DeliveryOptions options = new DeliveryOptions(1 << 20, 10, Duration.ofSeconds(5));
    Delivery delivery;
    /** Called when the source has forgotten something, which cannot be undone. */
    Runnable forgotten = () -> {};

    Harness(Path directory, long seed, String... splits) {
        this(TYPE, directory, seed, splits);
    }

    /** Makes a delivery into partitions. */
    static Harness parted(Path directory, long seed, String... splits) {
        Harness harness = new Harness(PARTED_TYPE, directory, seed, splits);
        harness.options = PARTED;
        return harness;
    }

    private Harness(RowType type, Path directory, long seed, String... splits) {
        this.type = type;
        this.journal = directory.resolve("trades.journal");
        this.source = new MemorySource(type, splits);
        this.random = new Random(seed);
    }

    /** Starts a delivery, in place of one that is closed or crashed. */
    Harness open() throws IOException {
        delivery = Delivery.open(new DeliverySetup(
                "trades",
                "stream",
                source,
                type,
                new TextFiles(),
                store,
                journal,
                options,
                () -> now,
                random,
                rejected::add));
        return this;
    }

    /** Puts in so many texts that are all different. */
    void append(String split, int count) {
        for (int i = 0; i < count; i++) {
            append(split, split + "-" + source.endPosition(split));
        }
    }

    void append(String split, String text) {
        long id = source.endPosition(split);
        if (type == TYPE) {
            source.add(split, id, text);
        } else {
            source.add(split, id, text, (int) (id * id % 5));
        }
    }

    /** Steps until nothing is left to do now, letting the source forget what it may. */
    void settle() {
        while (delivery.step()) {
            forget();
        }
    }

    void forget() {
        for (String split : source.splits()) {
            source.trim(split, Math.max(source.firstPosition(split), delivery.safePosition(split)));
        }
        forgotten.run();
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /** Returns all visible lines of a split, files in the order of their names. */
    List<String> lines(String split) {
        List<String> lines = new ArrayList<>();
        for (String name : store.list("")) {
            if (name.contains("-" + split + "-") && !name.startsWith("errors/")) {
                List<String> file = file(name);
                assertThat(file.getLast()).as("end of %s", name).isEqualTo("end");
                lines.addAll(file.subList(0, file.size() - 1));
            }
        }
        return lines;
    }

    List<String> file(String name) {
        return List.of(new String(store.visible().get(name), StandardCharsets.UTF_8).split("\n"));
    }

    /** Returns what a split's visible files must hold in the end. */
    List<String> deliverable(String split) {
        return source.rows(split, 0, source.endPosition(split)).stream()
                .map(row -> (String) row.get(1))
                .filter(text -> !TextFiles.REFUSED.equals(text))
                .toList();
    }

    /** Returns how many records of errors are visible. */
    long visibleErrors() {
        return store.list("errors/format-conversion-failed/").stream()
                .mapToLong(name -> file(name).size())
                .sum();
    }

    void assertNothingTwice() {
        for (String split : source.splits()) {
            List<String> lines = lines(split);
            assertThat(new TreeSet<>(lines).size()).as("%s", lines).isEqualTo(lines.size());
        }
    }

    void assertAllDelivered() throws IOException {
        for (String split : source.splits()) {
            if (type == TYPE) {
                assertThat(lines(split)).containsExactlyElementsOf(deliverable(split));
            } else {
                assertThat(lines(split)).containsExactlyInAnyOrderElementsOf(deliverable(split));
            }
        }
        assertThat(store.staged("")).isEmpty();
        assertThat(delivery.status().lag()).isZero();
        assertThat(delivery.status().rows())
                .isEqualTo(source.splits().stream()
                        .mapToLong(split -> deliverable(split).size())
                        .sum());
    }
}
