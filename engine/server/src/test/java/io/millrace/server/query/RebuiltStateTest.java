package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Plan;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.pump.Pump;
import io.millrace.runtime.pump.PumpSettings;
import io.millrace.runtime.pump.Replacement;
import io.millrace.runtime.pump.StoredPump;
import io.millrace.spi.row.JavaValues;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySink.WeightedRow;
import io.millrace.testing.connector.MemorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State of a replaced pump that is rebuilt is no larger than it was, and has forgotten what time has it forget. */
class RebuiltStateTest {

    private static final long BEGIN_MICROS = 1_700_000_000_000_000L;
    private static final long MINUTE_MICROS = 60_000_000;

    /** So many that state is looked through for what is to be forgotten shortly before the last comes. */
    private static final int KEYS = 1_505;

    /** What a step takes of a split while state is rebuilt: some hours of rows. */
    private static final int ENTRIES_MAX = 64;

    private static final String COUNTS = "SELECT /*+ STATE_TTL('1 h') */ STREAM a, COUNT(*) AS n FROM t1 GROUP BY a";
    private static final String SUMS = "SELECT /*+ STATE_TTL('1 h') */ STREAM a, SUM(b) AS n FROM t1 GROUP BY a";

    @TempDir
    Path directory;

    private final List<MemorySource> open = new ArrayList<>();
    private final List<Integer> keys = new ArrayList<>();
    private long clockMicros = BEGIN_MICROS;

    private Environment environment() {
        return new Environment(
                new InterpretedExpressions(),
                scan -> {
                    MemorySource source = new MemorySource(scan.rowType(), "0", "1");
                    for (int row = 0; row < keys.size(); row++) {
                        put(source, row);
                    }
                    open.add(source);
                    return source;
                },
                () -> JavaValues.instant(clockMicros),
                (step, entries) -> CompletableFuture.completedFuture(null),
                List.of(),
                ZoneOffset.UTC);
    }

    /** One of the splits gets rows far more often than the other. */
    private void put(MemorySource source, int row) {
        List<Object> values = Arrays.asList(keys.get(row), 10L, "s", null);
        source.addAt(
                row % 50 == 0 ? "1" : "0",
                BEGIN_MICROS + row * MINUTE_MICROS,
                Tables.projected(values, source.columns()));
    }

    private void arrive(int key) {
        clockMicros = BEGIN_MICROS + keys.size() * MINUTE_MICROS;
        keys.add(key);
        open.forEach(source -> put(source, keys.size() - 1));
    }

    private Pump open(Plan plan, MemorySink sink, String name) {
        PumpSettings settings =
                new PumpSettings(StartPosition.EARLIEST, ENTRIES_MAX, 10_000, 10_000_000, 1 << 20, 250_000);
        return Pump.open("p", plan, environment(), sink, directory.resolve(name), settings);
    }

    private static void run(Pump pump) {
        while (pump.step()) {
            // Until all has been read.
        }
    }

    @Test
    void forgetsWhatWouldHaveBeenForgotten() throws Exception {
        QueryRuns runs = new QueryRuns(Tables.random(new Random(1), 1));
        Plan sums = runs.plan(SUMS);
        MemorySink sink = new MemorySink(true);
        MemorySink fresh = new MemorySink(true);
        Pump pump = open(runs.plan(COUNTS), sink, "replaced");
        Pump reference = open(sums, fresh, "reference");
        for (int key = 0; key < KEYS; key++) {
            arrive(key);
            run(pump);
            run(reference);
        }
        pump.close();
        int before = sink.rows().size();
        int freshBefore = fresh.rows().size();
        Replacement replacement = StoredPump.replacement("p", sums, environment(), directory.resolve("replaced"));
        assertThat(replacement.rebuilt()).hasSize(1);
        pump = open(sums, sink, "replaced");
        assertThat(sink.rows()).hasSize(before);
        // The number of places that groups have ever had at once is stored with them.
        assertThat(checkpointBytes()).isLessThan(KEYS * Long.BYTES);
        for (int key : new int[] {5, KEYS - 30, KEYS - 1, KEYS}) {
            arrive(key);
            run(pump);
            run(reference);
        }
        assertThat(since(sink, before)).hasSize(6).containsExactlyInAnyOrderElementsOf(since(fresh, freshBefore));
        pump.close();
        reference.close();
    }

    /** The rows but those of keys that are due to be forgotten: when within an eighth of the time that is, is left open. */
    private static List<WeightedRow> since(MemorySink sink, int rows) {
        return sink.rows().subList(rows, sink.rows().size()).stream()
                .filter(row -> !(row.values().getFirst() instanceof Integer key && key > KEYS - 72 && key < KEYS - 58))
                .toList();
    }

    private long checkpointBytes() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("replaced"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
