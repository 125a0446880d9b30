package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes by time over a view whose rows stay is what it is over the view's query. */
class TimedViewsTest {

    private static final LocalDateTime BEGIN = LocalDateTime.parse("2026-01-01T10:00:00");
    private static final String LAST = "TIMESTAMP '2026-01-01 10:30:00'";

    /** What a query can be made of, {@code %s} stands for; the columns are k, t and n. */
    private static final Map<String, String> USES = new LinkedHashMap<>();

    static {
        USES.put(
                "tumble",
                "SELECT STREAM a AS k, window_end AS t, COUNT(*) AS n FROM TABLE(TUMBLE((SELECT * FROM %s),"
                        + " DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY a, window_start, window_end");
        USES.put(
                "tumbled_on_close",
                "SELECT STREAM a AS k, window_start AS t, SUM(b) AS n FROM TABLE(TUMBLE((SELECT * FROM %s),"
                        + " DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY a, window_start, window_end EMIT ON WINDOW"
                        + " CLOSE");
        USES.put(
                "session",
                "SELECT STREAM a AS k, SESSION_END(ts, INTERVAL '3' SECOND) AS t, COUNT(*) AS n FROM %s x GROUP BY a,"
                        + " SESSION(ts, INTERVAL '3' SECOND)");
        USES.put(
                "over_rows",
                "SELECT STREAM a AS k, ts AS t, COUNT(*) OVER (PARTITION BY a ORDER BY ts ROWS BETWEEN 2 PRECEDING AND"
                        + " CURRENT ROW) AS n FROM %s x");
        USES.put(
                "matched",
                "SELECT STREAM a AS k, t, n FROM %s MATCH_RECOGNIZE (PARTITION BY a ORDER BY ts MEASURES LAST(ts) AS t,"
                        + " COUNT(*) AS n PATTERN (x y+) DEFINE y AS b >= PREV(b))");
        USES.put(
                "joined",
                "SELECT STREAM l.a AS k, l.ts AS t, r.b AS n FROM %s l LEFT JOIN u r ON l.a = r.a AND r.ts BETWEEN"
                        + " l.ts - INTERVAL '2' SECOND AND l.ts + INTERVAL '1' SECOND");
        USES.put(
                "nearest",
                "SELECT STREAM l.a AS k, l.ts AS t, r.b AS n FROM u l LEFT ASOF JOIN %s r MATCH_CONDITION l.ts >= r.ts"
                        + " ON l.a = r.a");
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a, b, ts FROM s WHERE b <> 1",
                "SELECT a, COUNT(*) AS b, window_end AS ts FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '2'"
                        + " SECOND)) GROUP BY a, window_start, window_end",
                "SELECT l.a, l.b, l.ts FROM s l JOIN u r ON l.a = r.a AND r.ts BETWEEN l.ts - INTERVAL '1' SECOND AND"
                        + " l.ts",
                "SELECT a, b, ts FROM s UNION ALL SELECT a, b + 1, ts FROM u",
                "SELECT a, b, ts FROM s QUALIFY ROW_NUMBER() OVER (PARTITION BY a, b ORDER BY ts) <= 2",
                "SELECT a, b, ts FROM filtered"
            })
    void isWhatItIsOverTheQuery(String query) {
        Random random = new Random(query.hashCode());
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run(
                    "CREATE STREAM s (a INTEGER, b BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '3' SECOND)",
                    "CREATE STREAM u (a INTEGER, b BIGINT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '3' SECOND)",
                    "CREATE MATERIALIZED VIEW filtered AS SELECT a, b, ts FROM s WHERE b < 4");
            insert(engine, random, 0);
            engine.run("CREATE MATERIALIZED VIEW v AS " + query);
            USES.forEach((name, use) -> {
                engine.run("CREATE STREAM " + name + " (k INTEGER, t TIMESTAMP, n BIGINT)");
                engine.run("CREATE PUMP p_" + name + " AS INSERT INTO " + name + " " + use.replace("%s", "v"));
            });
            for (int i = 1; i < 8; i++) {
                insert(engine, random, i);
            }
            engine.restart();
            for (int i = 8; i < 12; i++) {
                insert(engine, random, i);
            }
            for (int hour = 11; hour < 13; hour++) {
                for (int a = 0; a < 3; a++) {
                    String row = "(" + a + ", -1, TIMESTAMP '2026-01-01 " + hour + ":00:0" + a + "')";
                    engine.run("INSERT INTO s VALUES " + row, "INSERT INTO u VALUES " + row);
                }
            }
            int filled = 0;
            for (Map.Entry<String, String> use : USES.entrySet()) {
                String direct = use.getValue()
                        .replace("STREAM ", "")
                        .replace(" EMIT ON WINDOW CLOSE", "")
                        .replace("%s", "(" + query + ")");
                String among = " WHERE t < " + LAST + " ORDER BY k, t, n";
                List<String> expected = engine.rows("SELECT k, t, n FROM (" + direct + ") d" + among);
                try {
                    engine.await("SELECT k, t, n FROM " + use.getKey() + among, expected::equals);
                } catch (AssertionError e) {
                    throw new AssertionError(use.getKey() + " should be " + expected, e);
                }
                filled += expected.isEmpty() ? 0 : 1;
            }
            assertThat(filled).isGreaterThan(USES.size() - 2);
            assertThat(engine.rows("SELECT COUNT(*) FROM error_stream")).containsExactly("0");
        }
    }

    /** Rows of some seconds, at most three seconds out of order, each at a time of its own. */
    private static void insert(EngineFixture engine, Random random, int part) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            LocalDateTime at = BEGIN.plus(Duration.ofMillis(3_000L * part + 180L * i + random.nextInt(160)))
                    .minus(Duration.ofMillis(random.nextInt(4) * 900));
            rows.add("(" + random.nextInt(3) + ", " + random.nextInt(6) + ", TIMESTAMP '"
                    + at.toString().replace('T', ' ') + "')");
        }
        engine.run(
                "INSERT INTO s VALUES " + String.join(", ", rows.subList(0, 8)),
                "INSERT INTO u VALUES " + String.join(", ", rows.subList(8, 16)));
    }

    /** A reader that begins when all has come learns how far the view is in time. */
    @Test
    void aLaterReaderKnowsHowFarTheViewHasCome() {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run(
                    "CREATE STREAM s (a INTEGER, ts TIMESTAMP, WATERMARK FOR ts AS ts)",
                    "CREATE MATERIALIZED VIEW v AS SELECT ts, a FROM s",
                    "INSERT INTO s VALUES (1, TIMESTAMP '2026-01-01 10:00:01'), (2, TIMESTAMP '2026-01-01 10:00:09')");
            engine.awaitRows("SELECT * FROM v", 2);
            engine.restart();
            assertThat(engine.rows("SELECT STREAM window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE v, DESCRIPTOR(ts),"
                            + " INTERVAL '5' SECOND)) GROUP BY window_start, window_end LIMIT 1"))
                    .containsExactly("2026-01-01T10:00|1");
        }
    }

    /** Time that goes on without rows of the view's goes on for those who follow it. */
    @Test
    void timeGoesOnWithoutRows() {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run(
                    "CREATE STREAM s (a INTEGER, ts TIMESTAMP, WATERMARK FOR ts AS ts)",
                    "CREATE MATERIALIZED VIEW v AS SELECT ts, a FROM s WHERE a < 10",
                    "CREATE STREAM out (t TIMESTAMP, n BIGINT)",
                    "CREATE PUMP p AS INSERT INTO out SELECT STREAM window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE v,"
                            + " DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY window_start, window_end",
                    "INSERT INTO s VALUES (1, TIMESTAMP '2026-01-01 10:00:01')");
            engine.awaitRows("SELECT * FROM v", 1);
            engine.run("INSERT INTO s VALUES (10, TIMESTAMP '2026-01-01 10:00:09')");
            assertThat(engine.awaitRows("SELECT * FROM out", 1)).containsExactly("2026-01-01T10:00|1");
        }
    }

    /** A view that has just told how far it is in time tells what comes after that too, though no more rows come. */
    @Test
    void timeGoesOnThroughViewsOverViews() {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run(
                    "CREATE STREAM s (a INTEGER, ts TIMESTAMP, WATERMARK FOR ts AS ts)",
                    "CREATE MATERIALIZED VIEW v AS SELECT ts, a FROM s WHERE a < 10",
                    "CREATE MATERIALIZED VIEW w AS SELECT ts, a FROM v",
                    "CREATE MATERIALIZED VIEW x AS SELECT a, ts FROM w",
                    "CREATE STREAM out (t TIMESTAMP, n BIGINT)",
                    "CREATE PUMP p AS INSERT INTO out SELECT STREAM window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE x,"
                            + " DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY window_start, window_end",
                    "INSERT INTO s VALUES (1, TIMESTAMP '2026-01-01 10:00:01')");
            engine.awaitRows("SELECT * FROM x", 1);
            engine.run("INSERT INTO s VALUES (10, TIMESTAMP '2026-01-01 10:00:09')");
            assertThat(engine.awaitRows("SELECT * FROM out", 1)).containsExactly("2026-01-01T10:00|1");
        }
    }

    /** A view may call any column ROWTIME: what it promises is of the column that is its time. */
    @Test
    void aColumnCalledRowtimeHasNoTimeOfAnother() {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run(
                    "CREATE STREAM s (a INTEGER, ts TIMESTAMP, due TIMESTAMP, WATERMARK FOR ts AS ts)",
                    "CREATE MATERIALIZED VIEW v AS SELECT ts, due AS ROWTIME, a FROM s",
                    "CREATE MATERIALIZED VIEW w AS SELECT window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE v,"
                            + " DESCRIPTOR(ROWTIME), INTERVAL '5' SECOND)) GROUP BY window_start, window_end",
                    "INSERT INTO s VALUES (1, TIMESTAMP '2026-01-01 10:00:31', TIMESTAMP '2026-01-01 10:00:21')");
            engine.awaitRows("SELECT * FROM v", 1);
            engine.run("INSERT INTO s VALUES (2, TIMESTAMP '2026-01-01 10:00:41', TIMESTAMP '2026-01-01 10:00:01')");
            assertThat(engine.await("SELECT * FROM w ORDER BY window_start", rows -> rows.size() > 1))
                    .containsExactly("2026-01-01T10:00|1", "2026-01-01T10:00:20|1");
        }
    }
}
