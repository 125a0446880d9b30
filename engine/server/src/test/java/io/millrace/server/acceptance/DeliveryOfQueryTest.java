package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CREATE DELIVERY … AS SELECT STREAM …}: a query's rows in files, with nothing between that a user sees. */
class DeliveryOfQueryTest {

    private static final Predicate<List<String>> RUNNING =
            rows -> rows.size() == 1 && rows.getFirst().contains("|running|");

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run(
                "CREATE STREAM trades (ticker VARCHAR, price DOUBLE, at TIMESTAMP, WATERMARK FOR at AS at)"
                        + " WITH (shards = '2')",
                "INSERT INTO trades VALUES ('A', 1, TIMESTAMP '2026-01-01 00:00:01'),"
                        + " ('B', 2, TIMESTAMP '2026-01-01 00:00:02'), ('A', 30, TIMESTAMP '2026-01-01 00:00:03')");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void deliver(String query) {
        engine.run("CREATE DELIVERY d AS " + query + " TO '"
                + directory.resolve("lake").toUri() + "' WITH (format = 'json', roll_interval = '20 ms')");
    }

    /** Gives the delivery another query; the URL of a directory that is there has a slash more. */
    private List<String> replace(String query) {
        String lake = directory.resolve("lake").toUri().toString().replaceAll("/$", "");
        return engine.notices("CREATE OR REPLACE DELIVERY d AS " + query + " TO '" + lake
                + "' WITH (format = 'json', roll_interval = '20 ms')");
    }

    @Test
    void aReplacedOneGoesOnWithWhatItHasCounted() {
        String total = "SELECT STREAM ticker, at, SUM(price) OVER (PARTITION BY ticker ORDER BY at) * %s AS total"
                + " FROM trades WHERE price > 0";
        deliver(total.formatted("1"));
        engine.run("INSERT INTO trades VALUES ('A', 2, TIMESTAMP '2026-01-01 00:00:05')");
        awaitDelivered(3);
        replace(total.formatted("10"));
        engine.run("INSERT INTO trades VALUES ('A', 3, TIMESTAMP '2026-01-01 00:00:06')");
        awaitDelivered(4);
        engine.restart();
        engine.run("INSERT INTO trades VALUES ('A', 4, TIMESTAMP '2026-01-01 00:00:07')");
        awaitDelivered(5);
        assertThat(files().stream().map(line -> line.replaceAll(".*\"total\": ?([0-9.]+).*", "$1")))
                .containsExactlyInAnyOrder("1.0", "31.0", "2.0", "330.0", "360.0");
        assertThat(engine.rows("SHOW CREATE DELIVERY d").getFirst()).contains("* 10 AS total");
    }

    @Test
    void anotherQueryIsGivenByAlter() {
        deliver("SELECT STREAM ticker, price FROM trades WHERE price < 10");
        awaitDelivered(2);
        engine.run("ALTER DELIVERY d AS SELECT STREAM ticker, price FROM trades WHERE price > 10");
        engine.run("INSERT INTO trades VALUES ('A', 3, TIMESTAMP '2026-01-01 00:00:05'), ('C', 40, TIMESTAMP"
                + " '2026-01-01 00:00:06')");
        assertThat(awaitDelivered(3))
                .containsExactly(
                        "{\"ticker\":\"A\",\"price\":1.0}",
                        "{\"ticker\":\"B\",\"price\":2.0}",
                        "{\"ticker\":\"C\",\"price\":40.0}");
        engine.restart();
        engine.run("INSERT INTO trades VALUES ('D', 50, TIMESTAMP '2026-01-01 00:00:07')");
        awaitDelivered(4);
        assertThat(engine.rows("SHOW CREATE DELIVERY d").getFirst()).contains("price > 10", "roll_interval");
    }

    @Test
    void whatBecomesOfItsStateIsSaid() {
        String total = "SELECT STREAM ticker, at, %s OVER (PARTITION BY ticker ORDER BY at) * %s AS total FROM trades";
        deliver(total.formatted("SUM(price)", "1"));
        awaitDelivered(2);
        assertThat(engine.notices("ALTER DELIVERY d AS " + total.formatted("SUM(price)", "10")))
                .singleElement()
                .asString()
                .startsWith("state is kept: ");
        assertThat(replace(total.formatted("MAX(price)", "10")))
                .extracting(line -> line.replaceAll(": .*", ""))
                .containsExactly("state is rebuilt from what the streams retain", "state is dropped");
    }

    @Test
    void alterSaysWhyItCannotGoOn() {
        engine.run("CREATE STREAM others (ticker VARCHAR, price DOUBLE)");
        deliver("SELECT STREAM ticker, price FROM trades WHERE price < 10");
        assertThat(engine.failure("ALTER DELIVERY d AS SELECT STREAM ticker FROM trades"))
                .hasMessageContaining("delivers ROW")
                .hasMessageContaining("the new query has ROW");
        assertThat(engine.failure("ALTER DELIVERY d AS SELECT STREAM ticker, price FROM others"))
                .hasMessageContaining("reads nothing of what it has read: trades");
        assertThat(engine.failure("ALTER DELIVERY nobody AS SELECT STREAM ticker, price FROM others"))
                .hasMessageContaining("there is no delivery 'nobody'");
        engine.run("CREATE DELIVERY whole FROM trades TO '"
                + directory.resolve("whole").toUri() + "' WITH (format = 'json')");
        assertThat(engine.failure("ALTER DELIVERY whole AS SELECT STREAM ticker FROM trades"))
                .hasMessageContaining("takes its stream as it is");
        engine.run("DROP DELIVERY whole");
        awaitDelivered(2);
    }

    private List<String> files() {
        Path lake = directory.resolve("lake");
        if (!Files.isDirectory(lake)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(lake)) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(DeliveryOfQueryTest::lines)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> awaitDelivered(int rows) {
        String done = ".*\\|exactly-once\\|\\d+\\|" + rows + "\\|0\\|.*";
        engine.await(
                "SHOW DELIVERIES",
                shown -> shown.size() == 1 && shown.getFirst().matches(done));
        return files();
    }

    @Test
    void deliversTheRowsOfTheQueryAndNoOthers() {
        deliver("SELECT STREAM ticker, price * 2 AS twice FROM trades WHERE price < 10");
        assertThat(awaitDelivered(2))
                .containsExactly("{\"ticker\":\"A\",\"twice\":2.0}", "{\"ticker\":\"B\",\"twice\":4.0}");
    }

    @Test
    void deliversAggregatesOfWindows() {
        deliver("SELECT STREAM window_start AS w, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(at),"
                + " INTERVAL '2' SECOND)) GROUP BY window_start, window_end");
        for (int i = 0; i < 2; i++) {
            engine.run("INSERT INTO trades VALUES ('Z', 0, TIMESTAMP '2026-01-02 00:00:00')");
        }
        assertThat(awaitDelivered(2))
                .containsExactly("{\"w\":\"2026-01-01 00:00:00\",\"n\":1}", "{\"w\":\"2026-01-01 00:00:02\",\"n\":2}");
    }

    @Test
    void deliversRowtimeWhereTheQueryNamesIt() {
        deliver("SELECT STREAM ticker, ROWTIME, price FROM trades WHERE ticker = 'B'");
        assertThat(awaitDelivered(1))
                .containsExactly("{\"ticker\":\"B\",\"ROWTIME\":\"2026-01-01 00:00:02\",\"price\":2.0}");
    }

    @Test
    void showsNothingThatIsItsOwn() {
        deliver("SELECT STREAM ticker FROM trades");
        awaitDelivered(3);
        assertThat(engine.rows("SHOW PUMPS")).isEmpty();
        assertThat(engine.rows("SHOW STREAMS"))
                .extracting(row -> row.substring(0, row.indexOf('|')))
                .containsExactly("error_stream", "trades");
        assertThat(engine.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
                        + " ORDER BY 1"))
                .containsExactly("trades");
        assertThat(engine.engine().streams().names()).containsExactly("error_stream", "trades");
        assertThat(engine.rows("SHOW DELIVERIES").getFirst()).startsWith("d|trades|file:");
    }

    @Test
    void goesOnAfterARestart() {
        deliver("SELECT STREAM ticker, price FROM trades");
        awaitDelivered(3);
        engine.restart();
        assertThat(engine.await("SHOW DELIVERIES", RUNNING)).hasSize(1);
        engine.run("INSERT INTO trades VALUES ('C', 4, TIMESTAMP '2026-01-01 00:00:04')");
        assertThat(awaitDelivered(4)).hasSize(4).contains("{\"ticker\":\"C\",\"price\":4.0}");
        assertThat(engine.rows("SHOW STREAMS")).hasSize(2);
    }

    @Test
    void showCreateMakesItAgain() {
        deliver("SELECT STREAM ticker, price /* in dollars */ FROM trades WHERE ticker <> 'it''s'");
        awaitDelivered(3);
        String statement = engine.rows("SHOW CREATE DELIVERY d").getFirst();
        engine.run("DROP DELIVERY d", statement);
        assertThat(engine.rows("SHOW CREATE DELIVERY d")).containsExactly(statement);
        // A delivery that is made anew delivers anew, into files of its own.
        awaitDelivered(3);
        assertThat(files()).hasSize(6);
    }

    @Test
    void leavesNothingBehindWhereItIsDropped() throws IOException {
        deliver("SELECT STREAM ticker FROM trades");
        awaitDelivered(3);
        assertThat(logs()).hasSize(3);
        engine.run("DROP DELIVERY d");
        assertThat(engine.rows("SHOW DELIVERIES")).isEmpty();
        assertThat(logs()).hasSize(2);
        engine.run("DROP STREAM trades");
        engine.restart();
        assertThat(engine.rows("SHOW STREAMS")).hasSize(1);
    }

    @Test
    void logOfADeliveryThatIsGoneIsDeletedAtTheStart() throws IOException {
        deliver("SELECT STREAM ticker FROM trades");
        awaitDelivered(3);
        engine.close();
        // As if the process had died between the catalog's change and the log's.
        Path catalog = directory.resolve("data/catalog.json");
        String entries = Files.readString(catalog);
        int second = entries.indexOf("{", entries.indexOf("\"STREAM\""));
        Files.writeString(catalog, entries.substring(0, entries.lastIndexOf(',', second)) + "]}");
        engine = EngineFixture.open(directory.resolve("data"));
        assertThat(engine.rows("SHOW DELIVERIES")).isEmpty();
        assertThat(engine.rows("SHOW STREAMS")).hasSize(2);
        assertThat(logs()).hasSize(2);
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> streams = Files.list(directory.resolve("data/log/streams"))) {
            return streams.toList();
        }
    }

    @Test
    void keepsTheStreamsItReads() {
        deliver("SELECT STREAM ticker FROM trades");
        assertThat(engine.failure("DROP STREAM trades").getMessage()).contains("used by delivery d");
        assertThat(engine.failure("CREATE STREAM \"delivery:x\" (a INTEGER)").code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
    }

    @Test
    void countsAndReportsRowsThatFail() {
        deliver("SELECT STREAM ticker, 10 / CAST(price - 2 AS INTEGER) AS q FROM trades");
        awaitDelivered(2);
        assertThat(engine.rows("SELECT ERROR_NAME, PUMP_NAME, SOURCE FROM error_stream"))
                .containsExactly("DIVISION_BY_ZERO|d|trades");
        assertThat(engine.rows("SHOW DELIVERIES").getFirst()).contains("|2|0|1|");
    }

    @Test
    void explainsTheQuery() {
        assertThat(engine.rows("EXPLAIN CREATE DELIVERY d AS SELECT STREAM ticker FROM trades TO 'file:///x'"))
                .isNotEmpty();
        assertThat(engine.failure("CREATE DELIVERY d AS SELECT STREAM ticker, COUNT(*) FROM trades GROUP BY ticker"
                                + " TO 'file:///x'")
                        .getMessage())
                .contains("an aggregate without a window");
    }
}
