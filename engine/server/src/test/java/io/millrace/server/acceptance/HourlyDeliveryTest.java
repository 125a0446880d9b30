package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.crash.DeltaTables;
import io.millrace.server.crash.IcebergTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries whose files are ended when a slice of time is over. */
class HourlyDeliveryTest {

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-31T09:10:00Z"));
    private EngineFixture engine;
    private String lake;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"), now::get);
        lake = directory.resolve("lake").toUri() + "/";
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void deliver(String from) {
        engine.run(
                "CREATE DELIVERY d " + from + " TO '" + lake + "' WITH (format = 'json', roll_watermark = '1 hour')");
    }

    /** Returns how many files and rows are visible, once there are so many rows. */
    private List<String> awaitRows(int rows) {
        return engine.await(
                "SHOW DELIVERIES", all -> all.getFirst().matches(".*\\|exactly-once\\|\\d+\\|" + rows + "\\|.*"));
    }

    private void trades(String time) {
        engine.run("CREATE STREAM trades (id INTEGER, at TIMESTAMP" + time + ") WITH (shards = 1)");
    }

    private void insert(String... times) {
        for (String time : times) {
            insertTogether(time);
        }
    }

    /** Inserts rows by one statement, which are read together. */
    private void insertTogether(String... times) {
        engine.run("INSERT INTO trades VALUES "
                + Stream.of(times)
                        .map(time -> "(" + time.replaceFirst("^(\\d+):(\\d+)$", "$1$2") + ", TIMESTAMP '2026-01-31 "
                                + time + ":00')")
                        .collect(Collectors.joining(", ")));
    }

    private List<String> delivered() {
        return engine.rows("SELECT id FROM '" + lake + "*.json' ORDER BY id");
    }

    @Test
    void anHourIsThereWhenItsWatermarkHasGoneBy() {
        trades(", WATERMARK FOR at AS at - INTERVAL '5' MINUTE");
        deliver("FROM trades");
        insert("09:10", "10:02", "09:59");
        insert("10:04");
        // A delivery says nothing of itself before its first step.
        engine.await("SHOW DELIVERIES", all -> all.getFirst().contains("|running|exactly-once|0|0|"));
        insert("10:06");
        awaitRows(4);
        assertThat(delivered()).containsExactly("910", "959", "1002", "1004");
        engine.restart();
        assertThat(delivered()).hasSize(4);
        insert("11:10");
        awaitRows(5);
        assertThat(delivered()).containsExactly("910", "959", "1002", "1004", "1006");
    }

    @Test
    void hoursThatAreReadTogetherAreFilesOfTheirOwn() throws IOException {
        trades(", WATERMARK FOR at AS at - INTERVAL '5' MINUTE");
        insertTogether("09:10", "09:20", "10:20", "10:30", "11:40", "12:50");
        deliver("FROM trades");
        awaitRows(5);
        assertThat(rowsOfFiles()).containsExactly(2, 2, 1);
    }

    @Test
    void aLateRowAmongThemEndsNoCutting() throws IOException {
        trades(", WATERMARK FOR at AS at - INTERVAL '5' MINUTE");
        insertTogether("09:10", "10:06", "09:20", "10:10", "10:50", "11:06", "11:20", "12:10", "13:10", "13:20");
        deliver("FROM trades");
        awaitRows(8);
        // The late row is in the first or the second, as its batch has it.
        assertThat(rowsOfFiles()).endsWith(2, 1);
    }

    /** Returns how many rows each visible file has, in the order of their names, which is that of the rows. */
    private List<Integer> rowsOfFiles() throws IOException {
        List<Integer> rows = new ArrayList<>();
        for (Path file : TestFiles.files(directory.resolve("lake"))) {
            if (!file.toString().contains("/.staged/")) {
                rows.add(Files.readAllLines(file).size());
            }
        }
        return rows;
    }

    @Test
    void aQueryThatLeavesRowsOutHandsTheirTimeOn() {
        trades(", WATERMARK FOR at AS at - INTERVAL '5' MINUTE");
        deliver("AS SELECT STREAM ROWTIME, id FROM trades WHERE id < 1000");
        insert("09:10", "09:50", "10:30");
        awaitRows(2);
    }

    @Test
    void aQueryHandsItsTimeOn() {
        trades(", WATERMARK FOR at AS at - INTERVAL '5' MINUTE");
        deliver("AS SELECT STREAM ROWTIME, id FROM trades WHERE id <> 911");
        insert("09:10", "09:11", "09:50", "10:04");
        insert("10:30");
        awaitRows(3);
        assertThat(delivered()).contains("910", "950");
    }

    @Test
    void arrivalsGoByTheClock() {
        trades("");
        deliver("FROM trades");
        insert("01:00", "02:00");
        now.set(Instant.parse("2026-01-31T10:00:00Z"));
        insert("03:00");
        awaitRows(2);
        assertThat(delivered()).containsExactly("100", "200");
    }

    @Test
    void aTableOfIcebergGetsAnHourByOneCommit() throws Exception {
        IcebergTables tables = new IcebergTables(directory.resolve("lake"));
        hoursInATable(
                "iceberg:market.trades",
                ", warehouse = '" + lake + "'",
                () -> tables.rows("market.trades", "id", "id"));
    }

    @Test
    void aTableOfDeltaGetsAnHourByOneCommit() throws Exception {
        DeltaTables table = new DeltaTables(directory.resolve("lake"));
        hoursInATable("delta:" + lake, "", () -> table.rows("id", "id"));
    }

    private void hoursInATable(String url, String options, Callable<List<String>> rows) throws Exception {
        trades(", WATERMARK FOR at AS at - INTERVAL '5' MINUTE");
        engine.run("CREATE DELIVERY d FROM trades TO '" + url + "' WITH (roll_watermark = '1 hour'" + options + ")");
        insert("09:10", "09:50", "10:04");
        engine.await("SHOW DELIVERIES", all -> all.getFirst().contains("|exactly-once|0|0|"));
        engine.restart();
        insert("10:06");
        awaitRows(3);
        assertThat(rows.call()).containsExactly("910", "950", "1004");
        engine.restart();
        insert("09:30", "11:02");
        assertThat(rows.call()).containsExactly("910", "950", "1004");
        insert("11:10");
        // The late row has ended no file of its own.
        assertThat(awaitRows(6)).singleElement().asString().contains("|exactly-once|2|6|");
        assertThat(rows.call()).containsExactly("910", "930", "950", "1004", "1006", "1102");
    }

    @Test
    void whatHasNoWatermarkIsRefused() {
        engine.run("CREATE STREAM sales (item VARCHAR, n INTEGER)");
        engine.run("CREATE MATERIALIZED VIEW totals AS SELECT item, SUM(n) AS n FROM sales GROUP BY item");
        String options = " TO '" + lake + "' WITH (format = 'json', roll_watermark = '1 hour'";
        assertThat(engine.failure("CREATE DELIVERY d AS SELECT STREAM * FROM totals EMIT CHANGES" + options + ")"))
                .hasMessageContaining("option 'roll_watermark' is '1 hour'");
        assertThat(engine.failure("CREATE DELIVERY d FROM sales" + options + ", append_text = 'x')"))
                .hasMessageContaining("option 'roll_watermark' is '1 hour'");
    }
}
