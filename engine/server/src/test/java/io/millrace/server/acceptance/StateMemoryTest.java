package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.engine.EngineSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that goes on and whose state takes ten times the memory it may goes on. */
class StateMemoryTest {

    private static final long STATE_MEMORY = 3 << 20;
    private static final String JOINED = "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id) FROM joined WHERE x = 'left "
            + "row' || CAST(id AS VARCHAR) AND y = 'row of the right ' || CAST(id AS VARCHAR)";

    @TempDir
    Path directory;

    @Test
    void aJoinThatKeepsMoreThanItMayHoldJoinsAll() {
        try (EngineFixture engine =
                EngineFixture.open(directory, EngineSettings.DEFAULT.withStateMemory(STATE_MEMORY))) {
            engine.run(
                    "CREATE STREAM l (id INTEGER, x VARCHAR)",
                    "CREATE STREAM r (id INTEGER, y VARCHAR)",
                    "CREATE STREAM joined (id INTEGER, x VARCHAR, y VARCHAR)",
                    "CREATE PUMP p AS INSERT INTO joined SELECT STREAM l.id, l.x, r.y FROM l JOIN r ON l.id = r.id");
            numbers(engine);
            fill(engine, 0, 150);
            engine.await(JOINED, rows -> rows.contains("150000|150000|11249925000"));
            assertThat(String.join("\n", engine.rows("EXPLAIN ANALYZE PUMP p")))
                    .containsPattern("put [0-9.]+ MB aside on disk")
                    .containsPattern("[0-9]+ of 16 lanes are on disk, with [0-9.]+ MB of its state")
                    .contains(
                            "16 lanes by id of the left and id of the right, put aside on disk where memory is short");
            engine.restart();
            fill(engine, 150, 160);
            engine.await(JOINED, rows -> rows.contains("160000|160000|12799920000"));
            engine.run("DROP PUMP p");
            assertThat(directory.resolve("spill")).isEmptyDirectory();
        }
    }

    @Test
    void aWindowWithMoreKeysThanItMayHoldCountsAll() {
        try (EngineFixture engine =
                EngineFixture.open(directory, EngineSettings.DEFAULT.withStateMemory(STATE_MEMORY))) {
            engine.run(
                    "CREATE STREAM visits (at TIMESTAMP, id INTEGER, page VARCHAR,"
                            + " WATERMARK FOR at AS at - INTERVAL '1' SECOND)",
                    "CREATE STREAM counted (day DATE, id INTEGER, page VARCHAR, visits BIGINT)",
                    "CREATE PUMP p AS INSERT INTO counted SELECT STREAM CAST(window_start AS DATE), id, page, COUNT(*)"
                            + " FROM TABLE(TUMBLE(TABLE visits, DESCRIPTOR(at), INTERVAL '1' DAY))"
                            + " GROUP BY window_start, window_end, id, page");
            numbers(engine);
            visit(engine, "2024-02-01 07:00:00", 0, 100);
            visit(engine, "2024-02-01 08:00:00", 0, 100);
            engine.restart();
            visit(engine, "2024-02-01 09:00:00", 90, 150);
            engine.run("INSERT INTO visits VALUES (TIMESTAMP '2024-02-02 00:00:02', -1, 'none')");
            engine.await(
                    "SELECT COUNT(*), COUNT(DISTINCT id), SUM(visits), SUM(id), MIN(day), MAX(day) FROM counted"
                            + " WHERE page = 'page of visitor ' || CAST(id AS VARCHAR)",
                    rows -> rows.contains("150000|150000|260000|11249925000|2024-02-01|2024-02-01"));
            assertThat(String.join("\n", engine.rows("EXPLAIN ANALYZE PUMP p")))
                    .containsPattern("put [0-9.]+ MB aside on disk");
        }
    }

    @Test
    void whatComesInTheOrderOfTimeComesOfMoreKeysThanItMayHold() {
        try (EngineFixture engine =
                EngineFixture.open(directory, EngineSettings.DEFAULT.withStateMemory(STATE_MEMORY))) {
            engine.run(
                    "CREATE STREAM visits (at TIMESTAMP, id INTEGER, page VARCHAR,"
                            + " WATERMARK FOR at AS at - INTERVAL '1' SECOND)",
                    "CREATE STREAM firsts (at TIMESTAMP, id INTEGER, page VARCHAR)",
                    "CREATE STREAM sessions (ended TIMESTAMP, id INTEGER, page VARCHAR, visits BIGINT)",
                    "CREATE STREAM numbered (at TIMESTAMP, id INTEGER, page VARCHAR, number BIGINT)",
                    "CREATE PUMP first_rows AS INSERT INTO firsts SELECT STREAM at, id, page FROM (SELECT *,"
                        + " ROW_NUMBER() OVER (PARTITION BY id, page ORDER BY at) AS place FROM visits) WHERE place ="
                        + " 1",
                    "CREATE PUMP in_sessions AS INSERT INTO sessions SELECT STREAM window_end, id, page, COUNT(*) FROM"
                        + " TABLE(SESSION(TABLE visits PARTITION BY (id, page), DESCRIPTOR(at), INTERVAL '10' MINUTE))"
                        + " GROUP BY window_start, window_end, id, page",
                    "CREATE PUMP over_rows AS INSERT INTO numbered SELECT STREAM at, id, page, COUNT(*) OVER"
                            + " (PARTITION BY id, page ORDER BY at) FROM visits WHERE id < 60000");
            numbers(engine);
            visit(engine, "2024-02-01 07:00:00", 0, 60);
            visit(engine, "2024-02-01 07:05:00", 0, 60);
            engine.restart();
            visit(engine, "2024-02-01 08:00:00", 30, 90);
            engine.run("INSERT INTO visits VALUES (TIMESTAMP '2024-02-01 09:00:00', -1, 'none'),"
                    + " (TIMESTAMP '2024-02-01 10:00:00', -1, 'none')");
            engine.await(
                    "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id) FROM firsts WHERE id >= 0",
                    rows -> rows.contains("90000|90000|4049955000"));
            engine.await(
                    "SELECT ended, COUNT(*), COUNT(DISTINCT id), SUM(visits) FROM sessions WHERE id >= 0 GROUP BY"
                            + " ended",
                    rows -> rows.size() == 2
                            && rows.contains("2024-02-01T07:15|60000|60000|120000")
                            && rows.contains("2024-02-01T08:10|60000|60000|60000"));
            engine.await(
                    "SELECT number, COUNT(*) FROM numbered WHERE id >= 0 GROUP BY number",
                    rows -> rows.size() == 3
                            && rows.contains("1|60000")
                            && rows.contains("2|60000")
                            && rows.contains("3|30000"));
            for (String pump : List.of("first_rows", "in_sessions", "over_rows")) {
                assertThat(String.join("\n", engine.rows("EXPLAIN ANALYZE PUMP " + pump)))
                        .containsPattern("put [0-9.]+ MB aside on disk");
            }
        }
    }

    @Test
    void whatWaitsForMoreComesOfMoreKeysThanItMayHold() {
        try (EngineFixture engine =
                EngineFixture.open(directory, EngineSettings.DEFAULT.withStateMemory(STATE_MEMORY))) {
            engine.run(
                    "CREATE STREAM visits (at TIMESTAMP, id INTEGER, page VARCHAR,"
                            + " WATERMARK FOR at AS at - INTERVAL '1' SECOND)",
                    "CREATE STREAM prices (at TIMESTAMP, id INTEGER, price VARCHAR,"
                            + " WATERMARK FOR at AS at - INTERVAL '1' SECOND)",
                    "CREATE STREAM pairs (id INTEGER, page VARCHAR, began TIMESTAMP, visits BIGINT)",
                    "CREATE STREAM priced (id INTEGER, page VARCHAR, price VARCHAR)",
                    "CREATE STREAM changed (op VARCHAR, id INTEGER, page VARCHAR, n BIGINT)",
                    "CREATE PUMP matched AS INSERT INTO pairs SELECT STREAM id, page, began, n FROM visits"
                            + " MATCH_RECOGNIZE (PARTITION BY id, page ORDER BY at MEASURES FIRST(v.at) AS began,"
                            + " COUNT(*) AS n PATTERN (v w) WITHIN INTERVAL '20' MINUTE DEFINE w AS w.at > v.at)"
                            + " WHERE id < 30000",
                    "CREATE PUMP nearest AS INSERT INTO priced SELECT STREAM v.id, v.page, p.price FROM visits v"
                            + " ASOF JOIN prices p MATCH_CONDITION v.at >= p.at ON v.id = p.id",
                    "CREATE PUMP early AS INSERT INTO changed SELECT STREAM id, page, COUNT(*) AS n FROM"
                            + " TABLE(TUMBLE(TABLE visits, DESCRIPTOR(at), INTERVAL '1' DAY))"
                            + " GROUP BY window_start, window_end, id, page EMIT CHANGES ON UPDATE");
            numbers(engine);
            engine.run("INSERT INTO prices SELECT TIMESTAMP '2024-02-01 06:00:00', id, 'price of ' || CAST(id AS"
                    + " VARCHAR)" + ids(0, 90));
            visit(engine, "2024-02-01 07:00:00", 0, 60);
            visit(engine, "2024-02-01 07:05:00", 0, 60);
            engine.restart();
            visit(engine, "2024-02-01 08:00:00", 30, 90);
            engine.run(
                    "INSERT INTO visits VALUES (TIMESTAMP '2024-02-01 09:00:00', -1, 'none'),"
                            + " (TIMESTAMP '2024-02-01 10:00:00', -1, 'none')",
                    "INSERT INTO prices VALUES (TIMESTAMP '2024-02-01 10:00:00', -1, 'none')");
            engine.await(
                    "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id), SUM(visits) FROM pairs WHERE id >= 0",
                    rows -> rows.contains("30000|30000|449985000|60000"));
            engine.await(
                    "SELECT COUNT(*), COUNT(DISTINCT id), SUM(id) FROM priced WHERE id >= 0"
                            + " AND price = 'price of ' || CAST(id AS VARCHAR)",
                    rows -> rows.contains("180000|90000|7199910000"));
            engine.await(
                    "SELECT SUM(CASE WHEN op = 'insert' THEN n ELSE -n END), COUNT(DISTINCT id) FROM changed WHERE id"
                            + " >= 0",
                    rows -> rows.contains("180000|90000"));
            for (String pump : List.of("matched", "nearest", "early")) {
                assertThat(String.join("\n", engine.rows("EXPLAIN ANALYZE PUMP " + pump)))
                        .as(pump)
                        .contains("16 lanes by ")
                        .containsPattern("holds [0-9.]+ [kM]B, put [0-9.]+ MB aside on disk");
            }
        }
    }

    @Test
    void whatHasNoKeyAndWhatViewsHoldFailsInWordsWhereItIsMore() {
        try (EngineFixture engine =
                EngineFixture.open(directory, EngineSettings.DEFAULT.withStateMemory(STATE_MEMORY))) {
            engine.run(
                    "CREATE STREAM visits (at TIMESTAMP, id INTEGER, page VARCHAR,"
                            + " WATERMARK FOR at AS at - INTERVAL '1' SECOND)",
                    "CREATE STREAM counted (day DATE, pages BIGINT)",
                    "CREATE PUMP unkeyed AS INSERT INTO counted SELECT STREAM CAST(window_start AS DATE),"
                            + " COUNT(DISTINCT page) FROM TABLE(TUMBLE(TABLE visits, DESCRIPTOR(at), INTERVAL '1' DAY))"
                            + " GROUP BY window_start, window_end",
                    "CREATE MATERIALIZED VIEW held AS SELECT id, page FROM visits");
            numbers(engine);
            visit(engine, "2024-02-01 07:00:00", 0, 100);
            visit(engine, "2024-02-01 08:00:00", 100, 200);
            engine.await(
                    "SHOW PUMPS",
                    rows -> String.join("\n", rows)
                            .matches("(?s).*of unkeyed, which has no key to be put aside on disk by, needs more"
                                    + " than [0-9]+ bytes of memory, and queries may use 3145728 together.*"));
            engine.await(
                    "SHOW VIEWS",
                    rows -> String.join("\n", rows)
                            .matches("(?s).*the content of held needs more than [0-9]+ bytes of memory.*"));
            assertThat(engine.failure("SELECT STREAM window_start, COUNT(DISTINCT page) FROM TABLE(TUMBLE(TABLE"
                            + " visits, DESCRIPTOR(at), INTERVAL '1' DAY)) GROUP BY window_start, window_end"))
                    .hasMessageMatching("window_aggregate-[0-9a-f]+ of the query, which has no key to be put aside on"
                            + " disk by, needs more than [0-9]+ bytes of memory, and queries may use 3145728 together");
        }
    }

    @Test
    void theAnswerOfAViewThatIsFailingSaysSo() {
        try (EngineFixture engine =
                EngineFixture.open(directory, EngineSettings.DEFAULT.withStateMemory(STATE_MEMORY))) {
            engine.run(
                    "CREATE STREAM visits (at TIMESTAMP, id INTEGER, page VARCHAR)",
                    "CREATE MATERIALIZED VIEW held AS SELECT id, page FROM visits",
                    "CREATE MATERIALIZED VIEW pages AS SELECT COUNT(page) AS n FROM held",
                    "CREATE VIEW few AS SELECT n FROM pages");
            assertThat(engine.notices("SELECT COUNT(*) FROM held")).isEmpty();
            numbers(engine);
            visit(engine, "2024-02-01 07:00:00", 0, 100);
            engine.await("SHOW VIEWS", rows -> String.join("\n", rows).contains("held|failing: "));
            String failing = "view 'held' is failing, and has its rows of step [0-9]+: the content of held needs more"
                    + " than [0-9]+ bytes of memory, and queries may use 3145728 together.*";
            for (String query :
                    List.of("SELECT COUNT(*) FROM held", "SELECT n FROM pages", "SELECT n FROM few WHERE n > 0")) {
                assertThat(engine.notices(query))
                        .as(query)
                        .singleElement()
                        .asString()
                        .matches(failing);
            }
            assertThat(engine.notices("SELECT COUNT(*) FROM visits")).isEmpty();
            assertThat(engine.notices("CREATE MATERIALIZED VIEW more AS SELECT id, page FROM visits"))
                    .singleElement()
                    .asString()
                    .startsWith("view 'more' is failing: the content of more needs more than");
            engine.run("DROP VIEW few", "DROP MATERIALIZED VIEW pages");
            engine.run("CREATE OR REPLACE MATERIALIZED VIEW held AS SELECT COUNT(page) AS n FROM visits");
            engine.await("SELECT n FROM held", rows -> rows.equals(List.of("100000")));
            assertThat(engine.notices("SELECT n FROM held")).isEmpty();
        }
    }

    private static void visit(EngineFixture engine, String at, int from, int to) {
        engine.run("INSERT INTO visits SELECT TIMESTAMP '" + at + "', id, 'page of visitor ' || CAST(id AS VARCHAR)"
                + ids(from, to));
    }

    private static void numbers(EngineFixture engine) {
        engine.run("CREATE STREAM thousand (i INTEGER)");
        String[] records = new String[1000];
        for (int i = 0; i < records.length; i++) {
            records[i] = "{\"i\": " + i + "}";
        }
        engine.put("thousand", records);
    }

    /** Puts rows of the numbers from so many thousands to so many into both streams. */
    private static void fill(EngineFixture engine, int from, int to) {
        String ids = ids(from, to);
        engine.run(
                "INSERT INTO l SELECT id, 'left row' || CAST(id AS VARCHAR)" + ids,
                "INSERT INTO r SELECT id, 'row of the right ' || CAST(id AS VARCHAR)" + ids);
    }

    private static String ids(int from, int to) {
        return " FROM (SELECT n.i * 1000 + m.i AS id FROM thousand n, thousand m WHERE n.i >= " + from + " AND n.i < "
                + to + ")";
    }
}
