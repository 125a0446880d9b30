package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of Delta Lake in queries that end, and in those that go on with what is added. */
class DeltaQueriesTest {

    @TempDir
    Path directory;

    private EngineFixture engine;
    private String table;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        table = "delta:" + directory.resolve("lake/trades").toUri();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void trades() {
        engine.run(
                "CREATE STREAM trades (id BIGINT, ticker VARCHAR, price DECIMAL(10, 2), day DATE)",
                "CREATE DELIVERY d FROM trades TO '" + table + "' WITH (partition_by = 'day', roll_interval = '20 ms')",
                "INSERT INTO trades VALUES (1, 'ACME', 10.50, DATE '2026-01-31'), (2, 'INIT', 77.10, DATE"
                        + " '2026-02-01'), (3, NULL, NULL, DATE '2026-02-02')");
        engine.awaitDelivered(3);
    }

    @Test
    void itIsATableLikeOthers() {
        trades();
        assertThat(engine.rows("SELECT * FROM '" + table + "' ORDER BY id"))
                .containsExactly("1|ACME|10.50|2026-01-31", "2|INIT|77.10|2026-02-01", "3|null|null|2026-02-02");
        engine.run("CREATE EXTERNAL TABLE t FROM '" + table + "'");
        engine.restart();
        assertThat(engine.rows("SELECT COUNT(*), SUM(price) FROM t WHERE ticker IS NOT NULL"))
                .containsExactly("2|87.60");
        assertThat(engine.rows("SELECT COUNT(*) FROM t")).containsExactly("3");
        assertThat(engine.rows("SELECT a.id FROM t AS a JOIN trades AS b ON a.id = b.id + 1 ORDER BY a.id"))
                .containsExactly("2", "3");
    }

    @Test
    void filesAreLeftOutByTheirPartitionsAndBounds() {
        trades();
        String byDay = "SELECT id FROM '" + table + "' WHERE day >= DATE '2026-02-01'";
        assertThat(engine.rows(byDay + " ORDER BY id")).containsExactly("2", "3");
        assertThat(engine.rows("EXPLAIN " + byDay))
                .anySatisfy(line -> assertThat(line).contains("files 2 of 3"));
        String byPrice = "SELECT id FROM '" + table + "' WHERE price > 50";
        assertThat(engine.rows(byPrice)).containsExactly("2");
        assertThat(engine.rows("EXPLAIN " + byPrice))
                .anySatisfy(line -> assertThat(line).contains("files 1 of 3"));
    }

    @Test
    void whatIsAddedComesOnce() {
        trades();
        engine.run(
                "CREATE EXTERNAL TABLE t FROM '" + table + "' WITH (watch_interval = '20 ms')",
                "CREATE STREAM out (id BIGINT)",
                "CREATE PUMP p STARTED AS INSERT INTO out SELECT STREAM id FROM t WHERE id <> 2");
        engine.await("SELECT id FROM out ORDER BY id", List.of("1", "3")::equals);
        engine.run("INSERT INTO trades VALUES (4, 'ACME', 1.00, DATE '2026-02-02')");
        engine.await("SELECT id FROM out ORDER BY id", List.of("1", "3", "4")::equals);
        engine.restart();
        engine.run("INSERT INTO trades VALUES (5, 'ACME', 1.00, DATE '2026-02-03')");
        engine.await("SELECT id FROM out ORDER BY id", List.of("1", "3", "4", "5")::equals);
        assertThat(engine.rows("SELECT message FROM error_stream")).isEmpty();
    }
}
