package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are ended by the time of their rows. */
class RollWatermarkTest {

    private static final Instant NINE = Instant.parse("2026-01-01T09:00:00Z");

    @TempDir
    Path directory;

    private Harness harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness("a");
    }

    private Harness harness(String... splits) throws Exception {
        Harness made = new Harness(directory, 1, splits);
        made.options = hourly();
        return made.open();
    }

    private static DeliveryOptions hourly() {
        return new DeliveryOptions(
                1 << 20,
                Long.MAX_VALUE,
                Duration.ofDays(7),
                Duration.ofDays(7),
                false,
                Duration.ofHours(1),
                LayoutOptions.DEFAULT);
    }

    private static long at(int minute) {
        return NINE.plus(Duration.ofMinutes(minute)).toEpochMilli() * 1000;
    }

    /** Adds rows that are called after their minute behind nine. */
    private void add(String split, int... minutes) {
        for (int minute : minutes) {
            harness.source.addAt(split, at(minute), (long) minute, split + minute);
        }
    }

    /** Returns the visible files in the order of their names, each as the texts of its rows. */
    private List<List<String>> files() throws Exception {
        harness.settle();
        assertThat(harness.delivery.status().lastError()).isNull();
        return visible();
    }

    private List<List<String>> visible() {
        return harness.store.list("").stream()
                .map(harness::file)
                .map(lines -> lines.subList(0, lines.size() - 1))
                .toList();
    }

    @Test
    void aFileIsEndedWhenNoRowOfItsHourFollows() throws Exception {
        add("a", 1, 20, 59);
        harness.source.addBound("a", at(59));
        assertThat(files()).isEmpty();
        add("a", 60, 70);
        harness.source.addBound("a", at(60));
        assertThat(files()).containsExactly(List.of("a1", "a20", "a59"));
        harness.source.addBound("a", at(120));
        assertThat(files()).containsExactly(List.of("a1", "a20", "a59"), List.of("a60", "a70"));
    }

    @Test
    void manyHoursThatAreReadAtOnceAreFilesOfTheirOwn() throws Exception {
        add("a", 1, 2, 3, 61, 62, 121, 181, 182, 183, 184);
        harness.source.addBound("a", at(184));
        assertThat(files()).containsExactly(List.of("a1", "a2", "a3"), List.of("a61", "a62"), List.of("a121"));
        harness.source.promise("a", at(240));
        assertThat(files()).hasSize(4);
    }

    @Test
    void rowsOutOfOrderAreWaitedFor() throws Exception {
        add("a", 50, 61, 58);
        harness.source.addBound("a", at(55));
        add("a", 59, 65);
        assertThat(files()).isEmpty();
        harness.source.addBound("a", at(60));
        // What came for the next hour before this one was over is in its file.
        assertThat(files()).containsExactly(List.of("a50", "a61", "a58", "a59", "a65"));
    }

    @Test
    void aLateRowGoesWithTheHourThatIsOpen() throws Exception {
        harness.source.addBound("a", at(90));
        add("a", 5);
        harness.settle();
        add("a", 95);
        assertThat(files()).isEmpty();
        harness.source.addBound("a", at(120));
        assertThat(files()).containsExactly(List.of("a5", "a95"));
    }

    @Test
    void theShardThatIsBehindHoldsTheOthersBack() throws Exception {
        harness = harness("a", "b");
        add("a", 1, 30);
        harness.source.addBound("a", at(130));
        add("b", 2);
        harness.source.addBound("b", at(40));
        assertThat(files()).isEmpty();
        harness.source.promise("b", at(61));
        assertThat(files()).containsExactlyInAnyOrder(List.of("a1", "a30"), List.of("b2"));
    }

    @Test
    void aPromiseThatGrowsWithTheClockIsHeardWithoutRows() throws Exception {
        harness.now = NINE;
        add("a", 1);
        harness.settle();
        assertThat(harness.delivery.nextDeadline()).isEqualTo(NINE.plus(Duration.ofHours(1)));
        harness.now = NINE.plus(Duration.ofHours(1));
        harness.source.promise("a", at(60));
        assertThat(files()).containsExactly(List.of("a1"));
    }

    @Test
    void behindACrashTheHoursAreTheSame() throws Exception {
        add("a", 1, 2, 61, 62);
        harness.source.addBound("a", at(62));
        assertThat(files()).containsExactly(List.of("a1", "a2"));
        // Nobody has closed it: what was read of the second hour is read again.
        harness.open();
        harness.settle();
        add("a", 63);
        harness.source.addBound("a", at(120));
        assertThat(files()).containsExactly(List.of("a1", "a2"), List.of("a61", "a62", "a63"));
    }

    @Test
    void aRowIsLateInTheNextLifeThatWouldHaveBeenInThisOne() throws Exception {
        harness = harness("a", "b");
        add("a", 1, 61);
        harness.source.promise("a", at(61));
        harness.source.promise("b", at(75));
        assertThat(files()).containsExactly(List.of("a1", "a61"));
        // The source promises nothing before all that it has is read.
        add("a", 3);
        harness.open();
        assertThat(files()).containsExactly(List.of("a1", "a61"));
        add("a", 62);
        harness.source.promise("a", at(120));
        harness.source.promise("b", at(120));
        assertThat(files()).containsExactly(List.of("a1", "a61"), List.of("a3", "a62"));
    }

    @Test
    void rowsThatAreReadAgainAreNotLateForWhatWasPromisedBehindThem() throws Exception {
        add("a", 1, 2);
        harness.settle();
        // The file of the first hour cannot be made whole, when all that follows is known.
        harness.store.gate(new FailAt("seal"));
        harness.source.addBound("a", at(60));
        harness.settle();
        assertThat(harness.delivery.status().failures()).isPositive();
        harness.store.gate(new CrashAt(Integer.MAX_VALUE));
        harness.advance(Duration.ofMinutes(2));
        harness.settle();
        assertThat(visible()).containsExactly(List.of("a1", "a2"));
    }

    /** Fails each call of a name. */
    private record FailAt(String failing) implements MemoryStore.Gate {

        @Override
        public void before(String name) throws IOException {
            if (name.equals(failing)) {
                throw new IOException("no " + name);
            }
        }
    }

    /** Several hours, of which rows come a little out of order, with promises on the way. */
    private void hours() {
        for (int minute = 0; minute < 300; minute += 7) {
            add("a", minute, minute % 3 == 0 ? minute + 9 : minute + 1);
            if (minute % 4 == 0) {
                harness.source.addBound("a", at(minute));
            }
        }
        harness.source.addBound("a", at(360));
    }

    @Test
    void aCrashAtAnyCallOfTheStoreLeavesTheSameFiles() throws Exception {
        hours();
        List<List<String>> whole = files();
        assertThat(whole).hasSizeGreaterThan(4);
        int crashes = 0;
        for (int call = 0; call < 60; call++) {
            harness = new Harness(Files.createDirectory(directory.resolve("crash" + call)), 1, "a");
            harness.options = hourly();
            hours();
            crashes += crashedAt(call) ? 1 : 0;
            harness.store.gate(new CrashAt(Integer.MAX_VALUE));
            harness.open();
            assertThat(files()).as("crash at call " + call).isEqualTo(whole);
            harness.assertNothingTwice();
        }
        assertThat(crashes).isGreaterThan(8);
    }

    private boolean crashedAt(int call) throws Exception {
        harness.store.gate(new CrashAt(call));
        try {
            harness.open();
            harness.settle();
            return false;
        } catch (MemoryStore.Crash e) {
            return true;
        }
    }

    /** Crashes before one call; every second time what it does has happened. */
    private static final class CrashAt implements MemoryStore.Gate {

        private final int call;
        private int calls;

        CrashAt(int call) {
            this.call = call;
        }

        @Override
        public void before(String name) {
            if (calls++ == call && call % 2 == 0) {
                throw new MemoryStore.Crash("before " + name);
            }
        }

        @Override
        public void after(String name) {
            if (calls == call + 1 && call % 2 == 1) {
                throw new MemoryStore.Crash("after " + name);
            }
        }
    }

    @Test
    void anHourThatIsNotOverStaysClosedWithTheDelivery() throws Exception {
        add("a", 1, 61);
        harness.source.addBound("a", at(61));
        assertThat(files()).containsExactly(List.of("a1"));
        harness.delivery.close();
        harness.open();
        assertThat(files()).containsExactly(List.of("a1"));
        harness.source.promise("a", at(120));
        assertThat(files()).containsExactly(List.of("a1"), List.of("a61"));
    }

    @Test
    void theLengthOfTheSlicesIsAnOption() {
        assertThat(DeliveryOptions.from(new Options(Map.of("roll_watermark", "1 hour"))))
                .isEqualTo(new DeliveryOptions(
                        64 << 20,
                        Long.MAX_VALUE,
                        Duration.ofDays(7),
                        Duration.ofDays(7),
                        false,
                        Duration.ofHours(1),
                        LayoutOptions.DEFAULT));
        assertThat(DeliveryOptions.from(new Options(Map.of("roll_watermark", "1 h", "roll_interval", "5 s")))
                        .rollInterval())
                .isEqualTo(Duration.ofSeconds(5));
        assertThatThrownBy(() -> DeliveryOptions.from(new Options(Map.of("roll_watermark", "8 days"))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("option 'roll_watermark' is '8 days'");
    }
}
