package io.millrace.runtime.pump;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static io.millrace.runtime.Scenario.scan;
import static io.millrace.runtime.Scenario.windows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.plan.Plan;
import io.millrace.plan.WindowSpec;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.spi.connector.Sink;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PumpTest {

    @TempDir
    private Path directory;

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0");
    private final MemorySink sink = new MemorySink(false);
    private final Plan passThrough = new Plan(scan("ticks", ARRIVAL), true, 0);

    private Pump open(Plan plan, Sink target, PumpSettings settings) {
        return Pump.open("p", plan, scenario.environment(), target, directory, settings);
    }

    private void tick(long time) {
        ticks.add("0", at(time), "A", 1L, 1.0);
    }

    private static void run(Pump pump) {
        while (pump.step()) {}
    }

    @Test
    void goesOnWhereItWasClosed() {
        tick(1);
        try (Pump pump = open(passThrough, sink, PumpSettings.DEFAULT)) {
            run(pump);
        }
        tick(2);
        try (Pump pump = open(passThrough, sink, PumpSettings.DEFAULT)) {
            run(pump);
            assertThat(pump.status().rowsIn()).isEqualTo(2);
            assertThat(pump.status().rowsOut()).isEqualTo(2);
        }
        assertThat(Scenario.texts(sink.rows())).containsExactly("+1 1 A 1 1.0", "+1 2 A 1 1.0");
        assertThat(sink.repeats()).isZero();
    }

    @Test
    void goesOnWhereItWasKilled() {
        tick(1);
        Pump killed = open(passThrough, sink, PumpSettings.DEFAULT);
        run(killed);
        tick(2);
        run(killed);
        tick(3);
        Pump again = open(passThrough, sink, PumpSettings.DEFAULT);
        assertThat(sink.repeats()).isEqualTo(2);
        run(again);
        again.close();
        assertThat(sink.rows()).hasSize(3);
    }

    @Test
    void readsFromNowOnWhereItIsToldSoAndRemembersThatAcrossACrash() {
        tick(1);
        open(passThrough, sink, PumpSettings.DEFAULT.startingAt(StartPosition.LATEST));
        tick(2);
        try (Pump pump = open(passThrough, sink, PumpSettings.DEFAULT.startingAt(StartPosition.LATEST))) {
            run(pump);
        }
        assertThat(Scenario.texts(sink.rows())).containsExactly("+1 2 A 1 1.0");
    }

    @Test
    void keepsTheSourceFromTheCheckpointOn() {
        PumpSettings settings = new PumpSettings(StartPosition.EARLIEST, 1, 2, Long.MAX_VALUE, 1 << 20, 0);
        try (Pump pump = open(passThrough, sink, settings)) {
            tick(1);
            tick(2);
            tick(3);
            assertThat(pump.step()).isTrue();
            assertThat(pump.safePositions()).isEqualTo(Map.of("ticks", Map.of("0", 0L)));
            assertThat(pump.step()).isTrue();
            assertThat(pump.step()).isTrue();
            assertThat(pump.safePositions()).isEqualTo(Map.of("ticks", Map.of("0", 2L)));
            assertThat(pump.positions()).isEqualTo(Map.of("ticks", Map.of("0", 3L)));
        }
    }

    @Test
    void tellsTheSinkTheBoundOfItsRowtime() {
        PumpSettings often = new PumpSettings(StartPosition.EARLIEST, 100, 100, Long.MAX_VALUE, 1 << 20, 10);
        try (Pump pump = open(passThrough, sink, often)) {
            tick(5);
            ticks.promise("0", 4);
            run(pump);
            assertThat(sink.steps().get(1L).rowtimeBound()).isEqualTo(4);
            ticks.promise("0", 9);
            run(pump);
            assertThat(sink.steps()).hasSize(1);
            scenario.clock().advance(10);
            run(pump);
            assertThat(sink.steps().get(2L).rowtimeBound()).isEqualTo(9);
            assertThat(sink.steps().get(2L).rows()).isEmpty();
            scenario.clock().advance(10);
            assertThat(pump.step()).isFalse();
        }
    }

    @Test
    void waitsForABusySinkAndIsWoken() {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        try (Pump pump = open(passThrough, new SlowSink(writes), PumpSettings.DEFAULT)) {
            AtomicInteger woken = new AtomicInteger();
            pump.onAvailable(woken::incrementAndGet);
            tick(1);
            assertThat(pump.step()).isTrue();
            tick(2);
            assertThat(pump.step()).isFalse();
            assertThat(writes).hasSize(1);
            woken.set(0);
            writes.getFirst().complete(null);
            assertThat(woken).hasValue(1);
            assertThat(pump.step()).isTrue();
            writes.get(1).complete(null);
        }
    }

    @Test
    void refusedStepEndsThePumpAndIsWrittenWhenItIsOpenedAgain() {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        Pump pump = open(passThrough, new SlowSink(writes), PumpSettings.DEFAULT);
        tick(1);
        pump.step();
        writes.getFirst().completeExceptionally(new MillraceException(ErrorCode.DISK_FULL, "no room"));
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(pump::step)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
        }
        pump.close();
        try (Pump again = open(passThrough, sink, PumpSettings.DEFAULT)) {
            run(again);
        }
        assertThat(sink.rows()).hasSize(1);
    }

    @Test
    void stepThatMemoryDidNotSufficeForIsTakenAgain() {
        Sink exhausted = new Sink() {
            @Override
            public boolean acceptsUpdates() {
                return false;
            }

            @Override
            public CompletableFuture<Void> write(long step, RowBatch rows, long rowtimeBound) {
                throw new OutOfMemoryError("none left");
            }

            @Override
            public void close() {}
        };
        Pump pump = open(passThrough, exhausted, PumpSettings.DEFAULT);
        tick(1);
        assertThatThrownBy(pump::step).isInstanceOf(OutOfMemoryError.class);
        pump.close();
        try (Pump again = open(passThrough, sink, PumpSettings.DEFAULT)) {
            run(again);
        }
        assertThat(sink.rows()).hasSize(1);
    }

    @Test
    void targetThatKnowsMoreThanThePumpIsNotWritten() {
        sink.write(7, RowBatch.create(Scenario.TICKS, 0), 0);
        assertThatThrownBy(() -> open(passThrough, sink, PumpSettings.DEFAULT))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    }

    @Test
    void changingRowsNeedATargetThatTakesThem() {
        Plan plan = endless(Scenario.aggregate("groups", scan("ticks", ARRIVAL), List.of(1), count()));
        assertThatThrownBy(() -> open(plan, sink, PumpSettings.DEFAULT))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }

    @Test
    void anotherQueryGoesOnWithoutPuttingOutTheRowsOfThePast() {
        Plan ten = endless(windows(scan("ticks", ARRIVAL), new WindowSpec.Hopping(10, 10, 0), List.of(1), count()));
        Plan five = endless(windows(scan("ticks", ARRIVAL), new WindowSpec.Hopping(5, 5, 0), List.of(1), count()));
        tick(1);
        tick(7);
        ticks.promise("0", 6);
        try (Pump pump = open(ten, sink, PumpSettings.DEFAULT)) {
            run(pump);
        }
        Replacement replacement = StoredPump.replacement("p", five, scenario.environment(), directory);
        assertThat(replacement.rebuilt()).hasSize(1);
        try (Pump pump = open(five, sink, PumpSettings.DEFAULT)) {
            run(pump);
            assertThat(sink.rows()).isEmpty();
            ticks.promise("0", 10);
            run(pump);
        }
        assertThat(Scenario.texts(sink.rows())).hasSize(1);
    }

    @Test
    void anotherQueryWaitsForTheStepsThatTheOldOneCouldNotFinish() {
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        Pump pump = open(passThrough, new SlowSink(writes), PumpSettings.DEFAULT);
        tick(1);
        pump.step();
        writes.getFirst().completeExceptionally(new MillraceException(ErrorCode.DISK_FULL, "no room"));
        pump.close();
        Plan windows = endless(windows(scan("ticks", ARRIVAL), new WindowSpec.Hopping(5, 5, 0), List.of(1), count()));
        assertThat(StoredPump.unfinished(directory)).isTrue();
        assertThatThrownBy(() -> StoredPump.replacement("p", windows, scenario.environment(), directory))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_STATE));
        assertThatThrownBy(() -> open(windows, sink, PumpSettings.DEFAULT))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.WRONG_STATE));
    }

    @Test
    void endedSourceIsReadNoFurtherThanItsRows() {
        tick(1);
        ticks.promise("0", Long.MAX_VALUE);
        try (Pump pump = open(passThrough, sink, PumpSettings.DEFAULT)) {
            run(pump);
            assertThat(sink.rows()).hasSize(1);
        }
    }

    private record SlowSink(List<CompletableFuture<Void>> writes) implements Sink {

        @Override
        public boolean acceptsUpdates() {
            return false;
        }

        @Override
        public CompletableFuture<Void> write(long step, RowBatch rows, long rowtimeBound) {
            writes.add(new CompletableFuture<>());
            return writes.getLast();
        }

        @Override
        public void close() {}
    }
}
