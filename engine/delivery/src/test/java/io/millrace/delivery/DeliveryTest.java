package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryTest {

    @TempDir
    private Path directory;

    private Harness harness;

    @BeforeEach
    void create() {
        harness = new Harness(directory, 1, "a", "b");
    }

    @Test
    void aFileIsEndedWhenItHasItsRows() throws IOException {
        harness.open().append("a", 25);
        harness.settle();

        assertThat(harness.store.list("")).hasSize(2);
        assertThat(harness.lines("a")).hasSize(20);
        assertThat(harness.delivery.status().openFiles()).isEqualTo(1);
        assertThat(harness.delivery.status().lag()).isEqualTo(5);
    }

    @Test
    void aFileIsEndedWhenItIsLong() throws IOException {
        harness.options = new DeliveryOptions(1, Long.MAX_VALUE, Duration.ofDays(1));
        harness.open().append("a", 25);
        harness.settle();

        assertThat(harness.store.list("")).hasSize(1);
        assertThat(harness.lines("a")).hasSize(25);
    }

    @Test
    void filesOfLongRowsAreHardlyLongerThanTheyShouldBe() throws IOException {
        int each = 1000;
        int wanted = 400_000;
        harness.options = new DeliveryOptions(wanted, Long.MAX_VALUE, Duration.ofDays(1));
        harness.open();
        for (int i = 0; i < 10_000; i++) {
            harness.append("a", "x".repeat(each));
        }
        harness.settle();

        List<Integer> lengths = harness.store.visible().values().stream()
                .map(file -> file.length)
                .toList();
        assertThat(lengths)
                .hasSizeBetween(22, 25)
                .allSatisfy(length -> assertThat(length).isBetween(wanted, wanted * 18 / 16));
    }

    @Test
    void aFileIsEndedWhenItIsOld() throws IOException {
        harness.open().append("a", 3);
        harness.settle();
        assertThat(harness.delivery.nextDeadline()).isEqualTo(harness.now.plusSeconds(5));
        harness.advance(Duration.ofMillis(4999));
        harness.append("a", 1);
        harness.settle();
        assertThat(harness.store.list("")).isEmpty();

        harness.advance(Duration.ofMillis(1));
        harness.settle();

        assertThat(harness.lines("a")).hasSize(4);
        assertThat(harness.delivery.nextDeadline()).isNull();
    }

    @Test
    void whereRowsKeepComingFilesAreEndedAnIntervalApart() throws IOException {
        harness.options = new DeliveryOptions(1 << 20, Long.MAX_VALUE, Duration.ofSeconds(5));
        harness.open();
        assertThat(gapsBetweenFiles("a", 700)).hasSize(19).allMatch(gap -> gap == 5000);
        harness.delivery.flush();
        harness.settle();
        harness.assertAllDelivered();
    }

    @Test
    void splitsThatAreEndedTogetherHaveOneCadence() throws IOException {
        harness.options = new DeliveryOptions(1 << 20, Long.MAX_VALUE, Duration.ofSeconds(5));
        harness.store.together(true);
        harness.open();
        harness.append("b", 1);
        harness.settle();
        harness.advance(Duration.ofMillis(1700));
        assertThat(gapsBetweenFiles("a", 900)).hasSize(26).allMatch(gap -> gap == 5000);
        harness.delivery.flush();
        harness.settle();
        harness.assertAllDelivered();
    }

    /** Appends 150 rows, one each so many milliseconds, and returns how many of them lay between two files. */
    private List<Long> gapsBetweenFiles(String split, int everyMillis) {
        List<Long> gaps = new ArrayList<>();
        Instant last = null;
        Instant start = harness.now;
        for (int row = 1; row <= 150; row++) {
            Instant next = start.plusMillis((long) row * everyMillis);
            for (Instant due = harness.delivery.nextDeadline();
                    due != null && !due.isAfter(next);
                    due = harness.delivery.nextDeadline()) {
                harness.now = due;
                harness.settle();
                if (last != null) {
                    gaps.add(Duration.between(last, due).toMillis());
                }
                last = due;
            }
            harness.now = next;
            harness.append(split, 1);
            harness.settle();
        }
        return gaps;
    }

    @Test
    void flushEndsWhatIsOpen() throws IOException {
        harness.open().append("a", 3);
        harness.append("b", 2);
        harness.settle();
        harness.delivery.flush();
        harness.settle();

        harness.assertAllDelivered();
    }

    @Test
    void closeEndsWhatIsOpen() throws IOException {
        harness.open().append("a", 3);
        harness.settle();
        harness.delivery.close();

        assertThat(harness.lines("a")).hasSize(3);
        assertThat(harness.delivery.status().state()).isEqualTo(DeliveryStatus.State.CLOSED);
        assertThat(harness.delivery.step()).isFalse();
    }

    @Test
    void fileThatMemoryDidNotSufficeForIsNotEnded() throws IOException {
        harness.open().append("a", 3);
        harness.settle();
        harness.append("a", TextFiles.TOO_MUCH);
        assertThatThrownBy(harness::settle).isInstanceOf(OutOfMemoryError.class);
        harness.delivery.close();

        assertThat(harness.store.list("")).isEmpty();
        harness.open();
        assertThat(harness.delivery.safePosition("a")).isZero();
    }

    @Test
    void namesTellWhereTheRowsComeFrom() throws IOException {
        harness.open().append("a", 20);
        harness.settle();

        assertThat(harness.store.list(""))
                .satisfiesExactly(
                        name -> assertThat(name).matches("trades-[0-9a-f]{8}-a-0000000000000000000\\.txt"),
                        name -> assertThat(name).matches("trades-[0-9a-f]{8}-a-0000000000000000010\\.txt"));
    }

    @Test
    void oddNamesAreEscaped() {
        assertThat(new FileNames("my trades/ü", "0123abcd").of("dt=1/a", 7))
                .isEqualTo("my%20trades%2F%C3%BC-0123abcd-dt=1%2Fa-0000000000000000007");
    }

    @Test
    void theNextLifeGoesOnWhereTheLastEnded() throws IOException {
        harness.open().append("a", 13);
        harness.settle();
        harness.delivery.close();
        harness.append("a", 4);
        harness.open().settle();
        harness.delivery.close();

        harness.assertAllDelivered();
        assertThat(harness.delivery.status().files()).isEqualTo(3);
    }

    @Test
    void aDeliveryMadeAgainLeavesItsPredecessorsFilesAlone() throws IOException {
        harness.open().append("a", 10);
        harness.settle();
        harness.delivery.close();
        java.nio.file.Files.delete(harness.journal);
        Map<String, byte[]> before = Map.copyOf(harness.store.visible());
        harness.open().append("a", 10);
        harness.settle();

        assertThat(harness.store.visible()).containsAllEntriesOf(before).hasSizeGreaterThan(before.size());
    }

    @Test
    void whatTheSourceMustKeepIsWhatIsNotCommitted() throws IOException {
        harness.open().append("a", 13);
        assertThat(harness.delivery.safePosition("a")).isZero();
        harness.settle();
        assertThat(harness.delivery.safePosition("a")).isEqualTo(10);
        harness.delivery.flush();
        harness.settle();
        assertThat(harness.delivery.safePosition("a")).isEqualTo(13);
    }

    @Test
    void rowsThatTheFormatRefusesAreHandedOut() throws IOException {
        harness.append("a", "one");
        harness.append("a", TextFiles.REFUSED);
        harness.append("a", "three");
        harness.open().settle();
        harness.delivery.flush();
        harness.settle();

        assertThat(harness.lines("a")).containsExactly("one", "three");
        assertThat(harness.rejected).singleElement().satisfies(entry -> {
            assertThat(entry.source()).isEqualTo("stream");
            assertThat(entry.code()).isEqualTo(ErrorCode.INVALID_VALUE);
            assertThat(entry.reason()).isEqualTo("a text is 'refused'");
            assertThat(new String(entry.data(), StandardCharsets.UTF_8)).isEqualTo("[1, refused]");
        });
        assertThat(harness.delivery.status().rejected()).isEqualTo(1);
        harness.delivery.close();
        harness.open().settle();
        assertThat(harness.delivery.status().rejected()).isEqualTo(1);
    }

    @Test
    void rowsThatAreReadAgainAreCountedOnce() throws IOException {
        harness.open().append("a", TextFiles.REFUSED);
        harness.settle();
        assertThat(harness.delivery.status().rejected()).isEqualTo(1);
        harness.append("a", TextFiles.TOO_MUCH);
        assertThatThrownBy(harness::settle).isInstanceOf(OutOfMemoryError.class);
        harness.delivery.close();

        harness.open();
        assertThatThrownBy(harness::settle).isInstanceOf(OutOfMemoryError.class);
        harness.delivery.close();
        assertThat(harness.rejected).as("told each time").hasSizeGreaterThan(1);
        assertThat(harness.delivery.status().rejected()).isLessThanOrEqualTo(1);
    }

    @Test
    void aRangeWithoutRowsHasNoFile() throws IOException {
        harness.source.addMalformed("a", "unreadable");
        harness.append("b", TextFiles.REFUSED);
        harness.open().settle();
        harness.advance(Duration.ofSeconds(5));
        harness.settle();

        assertThat(harness.store.list("")).isEmpty();
        assertThat(harness.store.staged("")).isEmpty();
        assertThat(harness.rejected).hasSize(2);
        assertThat(harness.delivery.safePosition("a")).isEqualTo(1);
        assertThat(harness.delivery.safePosition("b")).isEqualTo(1);
    }

    @Test
    void aSplitThatComesLaterIsDeliveredToo() throws IOException {
        harness.open().append("a", 10);
        harness.settle();
        harness.source.addSplit("c");
        harness.append("c", 10);
        harness.settle();

        assertThat(harness.lines("c")).hasSize(10);
    }

    @Test
    void whatTheSourceLostIsTold() throws IOException {
        harness.open().append("a", 10);
        harness.settle();
        harness.delivery.close();
        harness.append("a", 10);
        harness.source.trim("a", 15);
        harness.open().settle();
        harness.delivery.flush();
        harness.settle();

        assertThat(harness.lines("a")).hasSize(15).endsWith("a-15", "a-16", "a-17", "a-18", "a-19");
        assertThat(harness.rejected)
                .singleElement()
                .extracting(RejectedEntry::code, RejectedEntry::reason)
                .containsExactly(ErrorCode.POSITION_OUT_OF_RANGE, "5 entries were trimmed before they were delivered");
    }

    @Test
    void failuresOfTheStoreAreSeenAndTriedAgain() throws IOException {
        harness.open().append("a", 10);
        harness.store.gate(new MemoryStore.Gate() {
            @Override
            public void before(String call) throws IOException {
                throw new IOException("the store is away");
            }
        });
        Duration longest = Duration.ZERO;
        for (int attempt = 1; attempt <= 15; attempt++) {
            harness.settle();
            DeliveryStatus status = harness.delivery.status();
            assertThat(status.state()).isEqualTo(DeliveryStatus.State.RETRYING);
            assertThat(status.lastError()).contains("the store is away");
            assertThat(status.failures()).isEqualTo(attempt);
            assertThat(harness.delivery.nextDeadline()).isEqualTo(status.nextAttemptAt());
            longest = Duration.between(harness.now, status.nextAttemptAt());
            assertThat(longest.toMillis()).isBetween(50L, 60_000L);
            harness.now = status.nextAttemptAt();
        }
        assertThat(longest).isGreaterThanOrEqualTo(Duration.ofSeconds(30));

        harness.store.gate(MemoryStore.Gate.OPEN);
        harness.settle();

        assertThat(harness.lines("a")).hasSize(10);
        assertThat(harness.delivery.status().state()).isEqualTo(DeliveryStatus.State.RUNNING);
        assertThat(harness.delivery.nextDeadline()).isNull();
    }

    @Test
    void aFailureToPublishLeavesOpenFilesAlone() throws IOException {
        harness.open().append("b", 3);
        harness.settle();
        List<String> calls = new java.util.ArrayList<>();
        harness.store.gate(new MemoryStore.Gate() {
            @Override
            public void before(String call) throws IOException {
                calls.add(call);
                if (call.equals("publish")) {
                    throw new IOException("the store is away");
                }
            }
        });
        harness.append("a", 10);
        harness.settle();

        assertThat(calls).containsExactly("stage", "write", "write", "seal", "publish");
        assertThat(harness.delivery.status().openFiles()).isEqualTo(1);
        assertThat(harness.delivery.status().unpublishedFiles()).isEqualTo(1);
    }

    @Test
    void everyRowIsDeliveredOnceThroughAStoreThatOftenFails() throws IOException {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            harness = new Harness(directory.resolve("seed" + seed), seed, "a", "b", "c");
            harness.store.gate(new MemoryStore.Gate() {
                @Override
                public void before(String call) throws IOException {
                    maybeFail(call);
                }

                @Override
                public void after(String call) throws IOException {
                    maybeFail(call);
                }

                private void maybeFail(String call) throws IOException {
                    if (random.nextInt(6) == 0) {
                        throw new IOException(call + " failed");
                    }
                }
            });
            harness.open();
            for (int round = 0; round < 40; round++) {
                harness.source.splits().forEach(split -> harness.append(split, random.nextInt(12)));
                harness.settle();
                harness.assertNothingTwice();
                harness.advance(Duration.ofSeconds(60));
            }
            harness.store.gate(MemoryStore.Gate.OPEN);
            harness.settle();
            harness.delivery.flush();
            harness.settle();
            harness.assertAllDelivered();
        }
    }

    @Test
    void anUnknownOptionIsRefusedBeforeTheFirstRow() {
        assertThatThrownBy(() -> DeliveryFormat.named("parquet", new Options(Map.of("nonsense", "1")))
                        .writer(Harness.TYPE, java.io.OutputStream.nullOutputStream()))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("nonsense");
        assertThatThrownBy(() -> DeliveryFormat.named("papyrus", Options.NONE))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.hint()).contains("parquet"));
    }

    @Test
    void optionsHaveTheirDefaultsAndUnits() {
        assertThat(DeliveryOptions.from(Options.NONE))
                .isEqualTo(new DeliveryOptions(64 << 20, Long.MAX_VALUE, Duration.ofMinutes(5)));
        Options given = new Options(Map.of(
                "roll_bytes",
                "1 MB",
                "roll_rows",
                "100",
                "roll_interval",
                "5 s",
                "format",
                "json",
                "compression",
                "gzip"));
        assertThat(DeliveryOptions.from(given)).isEqualTo(new DeliveryOptions(1 << 20, 100, Duration.ofSeconds(5)));
        assertThat(DeliveryOptions.formatName(given, "parquet")).isEqualTo("json");
        assertThat(DeliveryOptions.formatOptions(given).asMap()).isEqualTo(Map.of("compression", "gzip"));
        for (String option : List.of("roll_bytes", "roll_rows", "roll_interval")) {
            assertThatThrownBy(() -> DeliveryOptions.from(new Options(Map.of(option, "0"))))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining(option);
        }
    }
}
