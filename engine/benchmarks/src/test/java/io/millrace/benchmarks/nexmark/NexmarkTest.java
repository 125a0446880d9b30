package io.millrace.benchmarks.nexmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.millrace.benchmarks.peer.DuckDbPeer;
import io.millrace.runtime.pump.StoredPump;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Millrace answers Nexmark's questions as DuckDB does, once and for all and as it goes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NexmarkTest {

    /** Bids have times of their own at this rate, so that the last one is one. */
    private static final EventBatches BATCHES = new EventBatches(new Events(1000), 30_000);

    /** Each of these tables gets a last row an hour later, which closes all windows but its own. */
    private static final List<String> LAST_ROWS = List.of(
            "INSERT INTO person VALUES (-1, 'n', 'e', 'c', 'c', 's', TIMESTAMP '2026-01-01 02:00:00', 'x')",
            "INSERT INTO auction VALUES (-1, 'i', 'd', 1, 2, TIMESTAMP '2026-01-01 02:00:00',"
                    + " TIMESTAMP '2026-01-01 02:00:01', -2, 11, 'x')",
            "INSERT INTO bid VALUES (-3, -4, 5, 'c', 'u', TIMESTAMP '2026-01-01 02:00:00', 'x')");

    /** Answers by window, in which the last rows are not: theirs is never closed. */
    private static final Set<String> WINDOWED = Set.of("q5", "q7", "q8", "q11", "q12");

    @TempDir
    private static Path directory;

    private final Map<String, Map<String, Integer>> expectedOf = new HashMap<>();
    private final Map<String, Map<String, Integer>> expectedLater = new HashMap<>();
    private NexmarkEngine ending;
    private NexmarkEngine goingOn;

    @BeforeAll
    void load() throws Exception {
        NexmarkFiles.parquet(directory.resolve("parquet"), BATCHES);
        ending = NexmarkEngine.load(directory.resolve("json"), BATCHES, true);
        goingOn = NexmarkEngine.load(directory.resolve("typed"), BATCHES, false);
        try (DuckDbPeer duck = DuckDbPeer.open()) {
            DuckDbTables.ofParquet(duck, directory.resolve("parquet"), true);
            ask(duck, expectedOf);
            for (String row : LAST_ROWS) {
                goingOn.run(row);
                duck.run(row);
            }
            ask(duck, expectedLater);
        }
    }

    private static void ask(DuckDbPeer duck, Map<String, Map<String, Integer>> answers) throws Exception {
        for (NexmarkQuery query : NexmarkQuery.all()) {
            if (!query.refusals().containsKey(NexmarkQuery.Way.DUCKDB)) {
                Map<String, Integer> rows = new HashMap<>();
                duck.rows(query.sqlOf(NexmarkQuery.Way.DUCKDB)).forEach(row -> rows.merge(text(row), 1, Integer::sum));
                answers.put(query.name(), rows);
            }
        }
    }

    @AfterAll
    void close() {
        ending.close();
        goingOn.close();
    }

    static Stream<NexmarkQuery> comparable() {
        return NexmarkQuery.all().stream().filter(query -> !query.refusals().containsKey(NexmarkQuery.Way.DUCKDB));
    }

    @ParameterizedTest
    @MethodSource("comparable")
    void anAnswerThatEndsIsDuckDbs(NexmarkQuery query) {
        Map<String, Integer> expected = expectedOf.get(query.name());
        assertThat(expected).as("rows to compare").isNotEmpty();
        same(query, answer(ending, query.sql()), expected);
    }

    @ParameterizedTest
    @MethodSource("comparable")
    void anAnswerThatGoesOnComesToDuckDbs(NexmarkQuery query) {
        Map<String, Integer> answer;
        try {
            answer = answer(goingOn, query.streaming());
        } catch (MillraceException e) {
            if (!query.refusals().containsKey(NexmarkQuery.Way.STREAM)) {
                fail(query.name() + " is refused, and its file does not say so", e);
            }
            assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.UNSUPPORTED);
            return;
        }
        same(query, answer, (WINDOWED.contains(query.name()) ? expectedOf : expectedLater).get(query.name()));
    }

    @Test
    void aQueryThatGoesOnIsRunAsAPumpThatStoresItsState() {
        Path state = directory.resolve("state");
        NexmarkQuery counting = NexmarkQuery.all().get(4);
        try (NexmarkPump pump = goingOn.pump(counting.streaming(), state, Duration.ofMillis(1))) {
            pump.readAll();
            long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
            while (pump.checkpoints() == 0 && System.nanoTime() < deadline) {
                pump.step();
            }
            assertThat(pump.checkpoints()).as("before it is closed").isPositive();
        }
        assertThat(StoredPump.positions(state))
                .containsOnlyKeys("auction", "bid")
                .allSatisfy((stream, read) -> assertThat(read.values()).allMatch(position -> position > 0));
    }

    private static void same(NexmarkQuery query, Map<String, Integer> answer, Map<String, Integer> expected) {
        Map<String, Integer> missing = new HashMap<>(expected);
        Map<String, Integer> excess = new HashMap<>(answer);
        answer.forEach((row, count) -> missing.merge(row, -count, NexmarkTest::sum));
        expected.forEach((row, count) -> excess.merge(row, -count, NexmarkTest::sum));
        assertThat(missing.keySet().stream().sorted().limit(3))
                .as(
                        "%s: rows of DuckDB's %s that %s others lack, while they have %s",
                        query.name(),
                        expected.size(),
                        answer.size(),
                        excess.keySet().stream().sorted().limit(3).toList())
                .isEmpty();
        assertThat(excess).as(query.name()).isEmpty();
    }

    private static @Nullable Integer sum(Integer a, Integer b) {
        return a + b == 0 ? null : a + b;
    }

    private static Map<String, Integer> answer(NexmarkEngine engine, String sql) {
        Map<String, Integer> rows = new HashMap<>();
        engine.query(sql, (RowBatch batch) -> {
            for (int i = 0; i < batch.selectedCount(); i++) {
                int row = batch.selectedRow(i);
                rows.merge(text(JavaValues.row(batch, row)), batch.weight(row), NexmarkTest::sum);
            }
        });
        return rows;
    }

    private static String text(List<?> row) {
        StringBuilder text = new StringBuilder();
        for (Object value : row) {
            text.append(
                            switch (value) {
                                case null -> "NULL";
                                case Timestamp time -> time.toLocalDateTime().toString();
                                case BigDecimal number ->
                                    number.stripTrailingZeros().toPlainString();
                                default -> value.toString();
                            })
                    .append('|');
        }
        return text.toString();
    }
}
