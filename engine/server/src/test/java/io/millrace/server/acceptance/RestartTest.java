package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is stopped and started again is the same: what there is, what it says of itself, and what it does. */
class RestartTest {

    private static final List<String> STREAMS =
            List.of("typed", "js", "csv", "txt", "raw", "\"Quoted Name\"", "sums", "copies", "error_stream");

    @TempDir
    Path directory;

    @Test
    void keepsEverythingAndGoesOn() throws Exception {
        Path lake = directory.resolve("lake");
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"))) {
            define(engine, lake);
            feed(engine, 0);
            await(engine, 1);
            List<String> before = told(engine);
            engine.restart();
            assertThat(told(engine)).containsExactlyElementsOf(before);
            await(engine, 1);
            feed(engine, 1);
            await(engine, 2);
            before = told(engine);
            engine.restart();
            assertThat(told(engine)).containsExactlyElementsOf(before);
            engine.run("ALTER PUMP waits START");
            engine.await("SELECT COUNT(*) FROM copies", rows -> rows.equals(List.of("4")));
            engine.restart();
            assertThat(engine.rows("SELECT COUNT(*) FROM copies")).containsExactly("4");
            assertThat(engine.rows("SHOW PUMPS")).allMatch(row -> row.contains("|running|"));
        }
        assertThat(TestFiles.lines(lake.resolve("js"))).hasSize(4).doesNotHaveDuplicates();
        assertThat(TestFiles.lines(lake.resolve("query"))).hasSize(2);
    }

    private static void define(EngineFixture engine, Path lake) {
        engine.run(
                "CREATE STREAM typed (k VARCHAR(8) NOT NULL, n DECIMAL(12, 3), at TIMESTAMP(3) NOT NULL,"
                        + " WATERMARK FOR at AS at - INTERVAL '1' SECOND)"
                        + " WITH (shards = 3, partition_key = 'k', retention = '48 h')",
                "CREATE STREAM js (id INTEGER, place ROW(lat DOUBLE, lon DOUBLE), tags VARCHAR ARRAY) WITH (format ="
                        + " 'json')",
                "CREATE STREAM csv (id INTEGER, name VARCHAR) WITH (format = 'csv', delimiter = ';', header = 'false')",
                "CREATE STREAM txt (line VARCHAR) WITH (format = 'lines')",
                "CREATE STREAM \"Quoted Name\" (\"A b\" INTEGER, \"select\" BOOLEAN)",
                "CREATE STREAM sums (k VARCHAR, w TIMESTAMP, n DECIMAL(12, 3))",
                "CREATE STREAM copies (id INTEGER)");
        engine.engine().streams().create("raw", 2, true);
        engine.run(
                "CREATE PUMP adds AS INSERT INTO sums (k, w, n) SELECT STREAM k, window_start, SUM(n)"
                        + " FROM TABLE(TUMBLE(TABLE typed, DESCRIPTOR(at), INTERVAL '5' SECOND))"
                        + " GROUP BY k, window_start, window_end",
                "CREATE PUMP waits STOPPED AS INSERT INTO copies SELECT STREAM id FROM js",
                "CREATE MATERIALIZED VIEW latest AS SELECT k, COUNT(*) AS n, MAX(n) AS top FROM typed GROUP BY k",
                "CREATE DELIVERY js_lake FROM js TO '" + lake.resolve("js").toUri()
                        + "' WITH (format = 'json', roll_interval = '50 ms')",
                "CREATE DELIVERY query_lake AS SELECT STREAM id FROM csv WHERE id > 10 TO '"
                        + lake.resolve("query").toUri() + "' WITH (format = 'csv', roll_interval = '50 ms')");
    }

    /** Brings to each stream the rows of a round. */
    private static void feed(EngineFixture engine, int round) {
        int minute = 10 * round;
        engine.run(
                "INSERT INTO typed VALUES ('a', 1.5, TIMESTAMP '2026-01-01 00:%02d:00'), ('b', 2, TIMESTAMP '2026-01-01 00:%02d:01')"
                        .formatted(minute, minute),
                "INSERT INTO typed VALUES ('end', 0, TIMESTAMP '2026-01-01 00:%02d:00')".formatted(minute + 5),
                "INSERT INTO \"Quoted Name\" VALUES (%d, TRUE)".formatted(round));
        engine.put(
                "js",
                "{\"id\": %d, \"place\": {\"lat\": 1.5, \"lon\": 2}, \"tags\": [\"x\"]}".formatted(2 * round),
                "{\"id\": %d, \"tags\": []}".formatted(2 * round + 1),
                "no json %d".formatted(round));
        engine.put("csv", "%d;ann".formatted(round), "%d;bob".formatted(20 + round));
        engine.put("txt", "a line " + round);
        engine.put("raw", "raw " + round);
    }

    /** Waits until all that runs has done what the rounds so far bring. */
    private static void await(EngineFixture engine, int rounds) {
        engine.await(
                "SELECT COUNT(*) FROM sums WHERE k <> 'end'", rows -> rows.equals(List.of(String.valueOf(2 * rounds))));
        engine.await("SELECT n FROM latest WHERE k = 'end'", rows -> rows.equals(List.of(String.valueOf(rounds))));
        engine.await(
                "SHOW DELIVERIES",
                rows -> rows.stream().allMatch(row -> row.contains("|running|"))
                        && rows.get(0).contains("|" + 2 * rounds + "|0|")
                        && rows.get(1).contains("|" + rounds + "|0|"));
        engine.await("SHOW VIEWS", rows -> rows.getFirst().contains("|running|"));
    }

    /** Returns what there is and what it holds; but for what runs on: how many steps and attempts it took. */
    private static List<String> told(EngineFixture engine) {
        List<String> told = new ArrayList<>();
        // Queries and deliveries tell of the same bad record once in each life of the server.
        engine.rows("SHOW STREAMS").stream()
                .filter(row -> !row.startsWith("error_stream|"))
                .forEach(told::add);
        for (String stream : STREAMS) {
            told.addAll(engine.rows("SHOW CREATE STREAM " + stream));
            told.addAll(engine.rows("DESCRIBE " + stream));
            if (!stream.equals("error_stream")) {
                told.addAll(
                        engine.rows("SELECT * FROM " + stream).stream().sorted().toList());
            }
        }
        told.add(engine.engine().streams().describe("raw").toString());
        engine.rows("SHOW PUMPS")
                .forEach(row ->
                        told.add(String.join("|", List.of(row.split("\\|")).subList(0, 3))));
        told.addAll(engine.rows("SHOW CREATE PUMP adds"));
        told.addAll(engine.rows("SHOW CREATE PUMP waits"));
        engine.rows("SHOW VIEWS")
                .forEach(row ->
                        told.add(String.join("|", List.of(row.split("\\|")).subList(0, 3))));
        told.addAll(engine.rows("SHOW CREATE MATERIALIZED VIEW latest"));
        told.addAll(engine.rows("DESCRIBE latest"));
        told.addAll(engine.rows("SELECT * FROM latest").stream().sorted().toList());
        engine.rows("SHOW DELIVERIES")
                .forEach(row ->
                        told.add(String.join("|", List.of(row.split("\\|")).subList(0, 8))));
        told.addAll(engine.rows("SHOW CREATE DELIVERY js_lake"));
        told.addAll(engine.rows("SHOW CREATE DELIVERY query_lake"));
        return told;
    }
}
