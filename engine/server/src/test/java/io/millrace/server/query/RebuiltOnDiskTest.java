package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.Workers;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.spill.Workspace;
import io.millrace.spi.row.JavaValues;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySink.WeightedRow;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State of a replaced pump that is rebuilt on disk, in long steps, is what it is in memory. */
class RebuiltOnDiskTest {

    private static final long BEGIN_MICROS = 1_700_000_000_000_000L;
    private static final int ROWS = 120_000;
    private static final int KEYS = 6_000;
    private static final int ENTRIES_MAX = 4_096;
    private static final long LITTLE_BYTES = 300_000;

    private static final String COUNTS = "SELECT STREAM a, COUNT(*) AS n FROM t1 GROUP BY a";
    private static final String LASTS = "SELECT STREAM a, LAST_VALUE(b) AS n FROM t1 GROUP BY a";

    @TempDir
    Path directory;

    private final List<MemorySource> open = new ArrayList<>();
    private int rows;

    private Environment environment(Workspace stateSpace) {
        return new Environment(
                new InterpretedExpressions(),
                scan -> {
                    MemorySource source = new MemorySource(scan.rowType(), "0", "1");
                    for (int row = 0; row < rows; row++) {
                        put(source, row);
                    }
                    open.add(source);
                    return source;
                },
                () -> JavaValues.instant(BEGIN_MICROS + rows),
                (step, entries) -> CompletableFuture.completedFuture(null),
                List.of(),
                ZoneOffset.UTC,
                Workspace.unlimited(),
                null,
                stateSpace,
                Workers.alone());
    }

    /** A key's rows come by both splits in turn, so the last hangs on when they arrived. */
    private static void put(MemorySource source, int row) {
        List<Object> values = Arrays.asList(row % KEYS, (long) row, "s", null);
        source.addAt(row / 1000 % 3 == 0 ? "1" : "0", BEGIN_MICROS + row, Tables.projected(values, source.columns()));
    }

    private void arrive(int count) {
        for (int i = 0; i < count; i++) {
            open.forEach(source -> put(source, rows));
            rows++;
        }
    }

    @Test
    void holdsWhatItHoldsInMemory() {
        Rebuilt inMemory = rebuilt("memory", Workspace.unlimited());
        Workspace little = new Workspace(LITTLE_BYTES, 1, directory, 1L << 30, "state-memory");
        Rebuilt onDisk = rebuilt("disk", little);
        assertThat(little.spilledBytes()).isPositive();
        assertThat(onDisk.changes()).hasSizeGreaterThan(KEYS).containsExactlyInAnyOrderElementsOf(inMemory.changes());
        assertThat(onDisk.steps()).isLessThan(inMemory.steps() / 2);
    }

    /**
     * A pump that was rebuilt.
     *
     * @param changes what it put out for the rows that came then
     * @param steps how often it was asked, while it was rebuilt, whether to stop
     */
    private record Rebuilt(List<WeightedRow> changes, int steps) {}

    private Rebuilt rebuilt(String name, Workspace stateSpace) {
        rows = 0;
        open.clear();
        QueryRuns runs = new QueryRuns(Tables.random(new Random(1), 1));
        Plan counts = runs.plan(COUNTS);
        MemorySink sink = new MemorySink(true);
        PumpSettings settings =
                new PumpSettings(StartPosition.EARLIEST, ENTRIES_MAX, 10_000, 10_000_000, 1 << 20, 250_000);
        Path state = directory.resolve(name);
        try (Pump pump = Pump.open("p", counts, environment(Workspace.unlimited()), sink, state, settings)) {
            arrive(ROWS);
            run(pump);
        }
        int before = sink.rows().size();
        int[] asked = new int[1];
        open.clear();
        try (Pump pump = Pump.open("p", runs.plan(LASTS), environment(stateSpace), sink, state, settings, () -> {
            asked[0]++;
            return false;
        })) {
            int steps = asked[0];
            arrive(KEYS);
            run(pump);
            return new Rebuilt(sink.rows().subList(before, sink.rows().size()), steps);
        }
    }

    private static void run(Pump pump) {
        while (pump.step()) {
            // Until all has been read.
        }
    }
}
