package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.delivery.spool.BackupNames;
import io.millrace.delivery.spool.SpoolFormat;
import io.millrace.delivery.spool.SpoolSettings;
import io.millrace.delivery.spool.SpoolStore;
import io.millrace.format.json.JsonFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.BytesColumn;
import io.millrace.testing.connector.MemorySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A destination that is gone, slow or ill for an hour of a clock that is moved. The source forgets what it may at once:
 * whatever is delivered afterwards was kept for it.
 */
class OutageTest {

    private static final String[] SPLITS = {"a", "b"};
    private static final Pattern TEXT = Pattern.compile("\"text\":\"([ab])-(\\d+)\"");

    @TempDir
    private Path directory;

    private final MemorySource source = new MemorySource(Harness.TYPE, SPLITS);
    private final MemoryStore spool = new MemoryStore();
    private final MemoryStore backup = new MemoryStore();
    private final Destination destination = new Destination();
    private final List<RejectedEntry> rejected = new ArrayList<>();
    private Random random = new Random(1);
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Delivery delivery;

    /** Rows that come each second into each split. */
    private int rate;

    /** Takes batches of at most seven records, remembers them by their names, and fails as it is told. */
    private final class Destination implements RecordReceiver {

        private final Map<String, List<String>> taken = new LinkedHashMap<>();
        private boolean gone;
        private boolean ill;
        private Duration takes = Duration.ZERO;
        private int attempts;

        @Override
        public int recordsMax() {
            return 7;
        }

        @Override
        public long bytesMax() {
            return 10_000;
        }

        @Override
        public List<Refusal> receive(BatchName name, BytesColumn records, int count) throws IOException {
            attempts++;
            now = now.plus(takes);
            arrive(rate * takes.toSeconds());
            if (gone) {
                throw new IOException("nobody is there");
            }
            List<String> batch = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                batch.add(records.text(i));
            }
            switch (ill ? random.nextInt(5) : 0) {
                case 1 -> throw new IOException("answered 500");
                case 2 -> throw new IllegalStateException("garbage, which its client did not expect");
                case 3 -> {
                    taken.put(name.id(), batch);
                    throw new IOException("the answer was lost");
                }
                case 4 -> {
                    // As 413 is: never taken.
                    return Stream.iterate(0, i -> i + 1)
                            .limit(taken.containsKey(name.id()) ? 0 : count)
                            .map(i -> new Refusal(i, ErrorCode.LIMIT_EXCEEDED, "too large"))
                            .toList();
                }
                default -> taken.put(name.id(), batch);
            }
            return List.of();
        }

        @Override
        public void close() {}
    }

    private SpoolStore sending(@Nullable Duration retryMax) {
        return new SpoolStore(
                spool,
                destination,
                new SpoolSettings(
                        "stream",
                        retryMax == null ? null : backup,
                        BackupNames.from(Options.NONE, "failed", Harness.TYPE),
                        false,
                        true,
                        retryMax,
                        rejected::add,
                        () -> now));
    }

    private void open(ObjectStore store, DeliveryFormat format) throws IOException {
        delivery = Delivery.open(new DeliverySetup(
                "trades",
                "stream",
                source,
                Harness.TYPE,
                format,
                store,
                directory.resolve("journal"),
                new DeliveryOptions(1 << 20, 50, Duration.ofSeconds(5)),
                () -> now,
                random,
                rejected::add));
    }

    private void openSending(@Nullable Duration retryMax) throws IOException {
        open(sending(retryMax), new SpoolFormat(new JsonFormat(), Options.NONE));
    }

    /** Lets time pass while rows come, so many a second into each split, and whatever is due is done. */
    private void pass(Duration time, int rowsPerSecond) {
        rate = rowsPerSecond;
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            arrive(rate);
            workUntil(end);
            now = now.plusSeconds(1);
        }
    }

    private void arrive(long rows) {
        for (String split : SPLITS) {
            for (long i = 0; i < rows; i++) {
                long id = source.endPosition(split);
                source.add(split, id, split + "-" + id);
            }
        }
    }

    private void workUntil(Instant end) {
        while (now.isBefore(end) && delivery.step()) {
            for (String split : SPLITS) {
                source.trim(split, Math.max(source.firstPosition(split), delivery.safePosition(split)));
            }
            assertThat(delivery.status().openFiles()).isLessThanOrEqualTo(2);
            assertThat(delivery.status().unpublishedFiles()).isLessThanOrEqualTo(2);
        }
    }

    private long rowsThatCame() {
        return source.endPosition("a") + source.endPosition("b");
    }

    /** Returns the numbers of a split's rows in some records, in their order. */
    private static List<Long> numbers(String split, Stream<String> records) {
        List<Long> numbers = new ArrayList<>();
        records.forEach(record -> {
            Matcher text = TEXT.matcher(record);
            while (text.find()) {
                if (text.group(1).equals(split)) {
                    numbers.add(Long.valueOf(text.group(2)));
                }
            }
        });
        return numbers;
    }

    private List<Long> all(String split) {
        return Stream.iterate(0L, i -> i + 1).limit(source.endPosition(split)).toList();
    }

    private Stream<String> taken() {
        return destination.taken.values().stream().flatMap(List::stream);
    }

    private Stream<String> rejectedRecords() {
        return rejected.stream().map(entry -> new String(entry.data(), StandardCharsets.UTF_8));
    }

    private void assertRecovered() {
        assertThat(delivery.status().state()).isEqualTo(DeliveryStatus.State.RUNNING);
        assertThat(delivery.status().lag()).isZero();
        assertThat(delivery.status().failures()).isZero();
        assertThat(spool.staged()).isEmpty();
    }

    private void assertEachTakenOnceAndInOrder() {
        for (String split : SPLITS) {
            assertThat(numbers(split, taken())).isEqualTo(all(split));
        }
    }

    @Test
    void anHourWithoutItCostsNoMemoryAndNoRow() throws IOException {
        openSending(null);
        pass(Duration.ofMinutes(1), 3);
        destination.gone = true;
        destination.attempts = 0;
        pass(Duration.ofMinutes(1), 3);
        long bytes = spool.bytes();
        pass(Duration.ofMinutes(59), 3);

        assertThat(spool.bytes()).as("the spool does not grow").isEqualTo(bytes);
        assertThat(destination.attempts).as("attempts, a minute apart at most").isBetween(60, 140);
        DeliveryStatus status = delivery.status();
        assertThat(status.state()).isEqualTo(DeliveryStatus.State.RETRYING);
        assertThat(status.lastError()).isEqualTo("nobody is there");
        assertThat(status.lag()).isEqualTo(rowsThatCame() - status.rows()).isGreaterThan(3 * 2 * 3590);
        assertThat(source.endPosition("a") - source.firstPosition("a"))
                .as("what is not in the spool is kept in the source")
                .isGreaterThan(3 * 3590);

        destination.gone = false;
        pass(Backoff.LONGEST.plusSeconds(6), 3);
        pass(Duration.ofSeconds(6), 0);
        assertRecovered();
        assertEachTakenOnceAndInOrder();
        assertThat(rejected).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anHourWithoutItAndWithRestartsCostsNoRow(long seed) throws IOException {
        random = new Random(seed);
        openSending(null);
        for (int part = 0; part < 12; part++) {
            destination.gone = part < 9;
            pass(Duration.ofSeconds(random.nextInt(1, 400)), random.nextInt(5));
            if (random.nextBoolean()) {
                delivery.close();
                openSending(null);
            }
        }
        pass(Duration.ofMinutes(2), 0);
        assertRecovered();
        assertEachTakenOnceAndInOrder();
    }

    @Test
    void withABackupThatIsGoneTooWhatIsNotTakenIsKeptUntilItIsBack() throws IOException {
        openSending(Duration.ofMinutes(5));
        pass(Duration.ofMinutes(1), 1);
        destination.gone = true;
        backup.gate(new MemoryStore.Gate() {
            @Override
            public void before(String call) throws IOException {
                throw new IOException("no bucket");
            }
        });
        pass(Duration.ofMinutes(20), 1);
        assertThat(delivery.status().lastError()).isEqualTo("no bucket");
        assertThat(rejected).as("nothing is given up without a place for it").isEmpty();
        backup.gate(MemoryStore.Gate.OPEN);
        pass(Duration.ofMinutes(40), 1);
        assertThat(rejected).isNotEmpty();
        destination.gone = false;
        pass(Duration.ofMinutes(2), 0);

        assertRecovered();
        for (String split : SPLITS) {
            List<Long> somewhere = numbers(split, Stream.concat(taken(), rejectedRecords()));
            assertThat(somewhere).containsExactlyInAnyOrderElementsOf(all(split));
        }
        Stream<String> lines =
                backup.list("").stream().map(name -> new String(backup.visible().get(name), StandardCharsets.UTF_8));
        assertThat(lines.flatMap(String::lines).count()).isEqualTo(rejected.size());
        assertThat(delivery.status().rejected()).isEqualTo(rejected.size());
    }

    @Test
    void oneThatIsSlowFallsBehindAndCatchesUp() throws IOException {
        openSending(null);
        // Seven rows in ten seconds, where sixty come.
        destination.takes = Duration.ofSeconds(10);
        long most = 0;
        for (int minute = 0; minute < 60; minute++) {
            pass(Duration.ofMinutes(1), 3);
            most = Math.max(most, spool.bytes());
        }
        assertThat(delivery.status().lag()).isGreaterThan(100);
        assertThat(most).as("bytes of two files of 50 rows in each split").isLessThan(2 * 2 * 50 * 60);
        destination.takes = Duration.ofMillis(1);
        pass(Duration.ofMinutes(1), 0);
        assertRecovered();
        assertEachTakenOnceAndInOrder();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneThatAnswersAllWrongGetsEachRowOrRefusesIt(long seed) throws IOException {
        random = new Random(seed);
        openSending(null);
        destination.ill = true;
        pass(Duration.ofMinutes(60), 1);
        destination.ill = false;
        pass(Duration.ofMinutes(2), 0);
        assertRecovered();
        for (String split : SPLITS) {
            List<Long> somewhere = numbers(split, Stream.concat(taken(), rejectedRecords()));
            assertThat(somewhere).as("seed %s", seed).containsExactlyInAnyOrderElementsOf(all(split));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anHourWithoutAPlaceForFilesCostsNoRow(boolean together) throws IOException {
        spool.together(together);
        open(spool, new TextFiles());
        pass(Duration.ofMinutes(1), 2);
        spool.gate(new MemoryStore.Gate() {
            @Override
            public void before(String call) throws IOException {
                throw new IOException("no bucket");
            }
        });
        pass(Duration.ofMinutes(1), 2);
        long bytes = spool.bytes();
        pass(Duration.ofMinutes(59), 2);
        assertThat(spool.bytes()).isEqualTo(bytes);
        assertThat(delivery.status().lag())
                .isEqualTo(rowsThatCame() - delivery.status().rows());
        spool.gate(MemoryStore.Gate.OPEN);
        pass(Backoff.LONGEST.plusSeconds(6), 2);
        pass(Duration.ofSeconds(6), 0);
        assertRecovered();
        for (String split : SPLITS) {
            List<String> texts = new ArrayList<>();
            for (String name : spool.list("trades-")) {
                if (name.contains("-" + split + "-")) {
                    String text = new String(spool.visible().get(name), StandardCharsets.UTF_8);
                    text.lines().filter(line -> !line.equals("end")).forEach(texts::add);
                }
            }
            assertThat(texts)
                    .isEqualTo(all(split).stream().map(id -> split + "-" + id).toList());
        }
    }
}
