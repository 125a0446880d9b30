package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows a view gets what it holds and each change after that, once. */
final class ViewChangesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory);
        engine.run(
                "CREATE STREAM sales (item VARCHAR, n INTEGER)",
                "CREATE MATERIALIZED VIEW totals AS SELECT item, SUM(n) AS n FROM sales GROUP BY item");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void sell(String item, int n) {
        engine.run("INSERT INTO sales VALUES ('" + item + "', " + n + ")");
    }

    private List<String> awaitTotals(String... rows) {
        return engine.await("SELECT * FROM totals ORDER BY 1", rowsNow -> rowsNow.equals(List.of(rows)));
    }

    private static List<String> take(ResultCursor cursor, int count) {
        List<String> rows = new ArrayList<>();
        while (rows.size() < count) {
            RowBatch batch = cursor.poll(PATIENCE);
            if (batch == null) {
                throw new AssertionError("only " + rows);
            }
            for (int i = 0; i < batch.selectedCount(); i++) {
                rows.add(JavaValues.row(batch, batch.selectedRow(i)).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining("|")));
            }
        }
        return rows;
    }

    @Test
    void changesComeAfterWhatIsThere() {
        sell("a", 1);
        sell("b", 2);
        awaitTotals("a|1", "b|2");
        try (SqlSession session = engine.engine().open("millrace", "reader");
                ResultCursor cursor = session.execute(
                        session.prepare("SELECT STREAM item, n FROM totals EMIT CHANGES", List.of()), List.of())) {
            assertThat(take(cursor, 2)).containsExactlyInAnyOrder("insert|a|1", "insert|b|2");
            sell("a", 10);
            assertThat(take(cursor, 2)).containsExactly("delete|a|1", "insert|a|11");
            sell("c", 3);
            assertThat(take(cursor, 1)).containsExactly("insert|c|3");
        }
    }

    @Test
    void aReaderIsToldThatTheViewIsGone() {
        try (SqlSession session = engine.engine().open("millrace", "reader");
                ResultCursor cursor = session.execute(
                        session.prepare("SELECT STREAM * FROM totals EMIT CHANGES", List.of()), List.of())) {
            engine.run("DROP MATERIALIZED VIEW totals");
            assertThat(Assertions.catchThrowableOfType(MillraceException.class, () -> take(cursor, 1)))
                    .hasMessage("view 'totals' was dropped while the query read it");
        }
    }

    @Test
    void aStreamRefusesRowsThatGo() {
        engine.run("CREATE STREAM copy (item VARCHAR, n BIGINT)");
        MillraceException failure =
                engine.failure("CREATE PUMP p AS INSERT INTO copy SELECT STREAM item, n FROM totals");
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_STATEMENT);
        assertThat(failure).hasMessage("rows of 'totals' change, and stream 'copy' only takes what stays");
        assertThat(failure.hint()).contains("write EMIT CHANGES");
    }

    @Test
    void aStreamTakesTheRowsOfAViewFromWhichNothingGoes() {
        engine.run(
                "CREATE MATERIALIZED VIEW big AS SELECT item, n FROM sales WHERE n > 10",
                "CREATE STREAM copy (item VARCHAR, n BIGINT)");
        sell("a", 11);
        sell("a", 11);
        sell("b", 1);
        engine.awaitRows("SELECT * FROM big", 2);
        engine.run("CREATE PUMP p AS INSERT INTO copy SELECT STREAM item, n FROM big");
        sell("c", 12);
        assertThat(engine.awaitRows("SELECT * FROM copy", 3)).containsExactly("a|11", "a|11", "c|12");
    }

    @Test
    void aViewThatSomethingFollowsIsNotDropped() {
        engine.run("CREATE MATERIALIZED VIEW few AS SELECT item FROM totals WHERE n < 3");
        assertThat(engine.failure("DROP MATERIALIZED VIEW totals"))
                .hasMessageContaining("cannot be dropped while it is used by view few");
    }

    @Test
    void aStoppedPumpMissesNothing() {
        engine.run(
                "CREATE STREAM history (op VARCHAR, item VARCHAR, n BIGINT)",
                "CREATE PUMP p AS INSERT INTO history SELECT STREAM item, n FROM totals EMIT CHANGES");
        sell("a", 1);
        engine.awaitRows("SELECT * FROM history", 1);
        engine.run("ALTER PUMP p STOP");
        sell("a", 1);
        awaitTotals("a|2");
        engine.restart();
        sell("a", 1);
        awaitTotals("a|3");
        engine.run("ALTER PUMP p START");
        List<String> rows =
                engine.await("SELECT * FROM history", now -> now.getLast().equals("insert|a|3"));
        assertThat(rows.getFirst()).isEqualTo("insert|a|1");
        assertThat(rows.get(1)).isEqualTo("delete|a|1");
        assertThat(integrated(rows)).isEqualTo(Map.of("a|3", 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatFollowsAViewAgreesWithItWhenAllIsRead(long seed) {
        Random random = new Random(seed);
        engine.run("CREATE STREAM history (op VARCHAR, item VARCHAR, n BIGINT)");
        for (int round = 0; round < 6; round++) {
            for (int i = random.nextInt(5); i >= 0; i--) {
                sell(String.valueOf((char) ('a' + random.nextInt(3))), random.nextInt(4) - 1);
            }
            if (round == 1) {
                engine.run(
                        "CREATE PUMP p AS INSERT INTO history SELECT STREAM item, n FROM totals EMIT CHANGES",
                        "CREATE MATERIALIZED VIEW sizes AS SELECT n, COUNT(*) AS items FROM totals GROUP BY n");
            }
            if (random.nextInt(3) == 0) {
                engine.restart();
            }
        }
        List<String> wanted = engine.rows("SELECT item, SUM(n) FROM sales GROUP BY item ORDER BY 1");
        assertThat(wanted).isNotEmpty();
        awaitTotals(wanted.toArray(String[]::new));
        engine.await(
                "SELECT op, item, n FROM history",
                rows -> integrated(rows).equals(wanted.stream().collect(Collectors.toMap(row -> row, row -> 1))));
        List<String> sizes = engine.rows(
                "SELECT n, COUNT(*) FROM (SELECT item, SUM(n) AS n FROM sales GROUP BY item) GROUP BY n ORDER BY 1");
        engine.await("SELECT * FROM sizes ORDER BY 1", rows -> rows.equals(sizes));
    }

    /** Returns what changes add up to; fails where something goes that is not there. */
    private static Map<String, Integer> integrated(List<String> changes) {
        Map<String, Integer> sum = new TreeMap<>();
        for (String change : changes) {
            String row = change.substring(change.indexOf('|') + 1);
            int count = sum.merge(row, change.startsWith("insert") ? 1 : -1, Integer::sum);
            if (count < 0) {
                throw new AssertionError("goes and is not there: " + row + " in " + changes);
            }
        }
        sum.values().removeIf(count -> count == 0);
        return sum;
    }
}
