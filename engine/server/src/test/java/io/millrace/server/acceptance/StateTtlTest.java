package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hint STATE_TTL: what has had no rows for long is forgotten. */
class StateTtlTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"), now::get);
        engine.run("CREATE STREAM s (k VARCHAR, n INTEGER)", "CREATE STREAM other (k VARCHAR, m INTEGER)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void later(long minutes) {
        now.updateAndGet(before -> before.plus(Duration.ofMinutes(minutes)));
    }

    private void put(String stream, String column, String key, int value) {
        engine.put(stream, "{\"k\": \"" + key + "\", \"" + column + "\": " + value + "}");
    }

    private void await(String sql, String... rows) {
        engine.await(sql, now -> now.stream().sorted().toList().equals(List.of(rows)));
    }

    @Test
    void groupsOfAViewGoWithTheirRowsAndComeAnew() {
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT /*+ STATE_TTL('1 h') */ k, COUNT(*) AS n FROM s GROUP BY k");
        put("s", "n", "a", 1);
        await("SELECT * FROM v", "a|1");
        later(50);
        put("s", "n", "b", 1);
        await("SELECT * FROM v", "a|1", "b|1");
        engine.restart();
        later(50);
        put("s", "n", "b", 1);
        await("SELECT * FROM v", "b|2");
        put("s", "n", "a", 1);
        await("SELECT * FROM v", "a|1", "b|2");
        assertThat(engine.rows("SHOW CREATE MATERIALIZED VIEW v").getFirst()).contains("/*+ STATE_TTL('1 h') */");
        assertThat(engine.rows("EXPLAIN SELECT /*+ STATE_TTL('1 h') */ STREAM DISTINCT k FROM s")
                        .getFirst())
                .isEqualTo("endless, state without rows for PT1H is forgotten");
    }

    @Test
    void whatIsAboveAGroupFollowsIt() {
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT /*+ STATE_TTL('1 h') */ n, COUNT(*) AS keys FROM"
                + " (SELECT k, COUNT(*) AS n FROM s GROUP BY k) GROUP BY n");
        put("s", "n", "a", 1);
        put("s", "n", "b", 1);
        await("SELECT * FROM v", "1|2");
        later(70);
        put("s", "n", "c", 1);
        await("SELECT * FROM v", "1|1");
    }

    @Test
    void aValueThatWasForgottenIsNewAgain() {
        engine.run(
                "CREATE STREAM seen (k VARCHAR)",
                "CREATE PUMP p AS INSERT INTO seen SELECT /*+ STATE_TTL('1 h') */ STREAM DISTINCT k FROM s");
        put("s", "n", "a", 1);
        await("SELECT k FROM seen", "a");
        later(59);
        put("s", "n", "a", 1);
        put("s", "n", "b", 1);
        await("SELECT k FROM seen", "a", "b");
        engine.restart();
        later(59);
        put("s", "n", "a", 1);
        put("s", "n", "c", 1);
        await("SELECT k FROM seen", "a", "b", "c");
        later(75);
        put("s", "n", "d", 1);
        await("SELECT k FROM seen", "a", "b", "c", "d");
        put("s", "n", "a", 1);
        await("SELECT k FROM seen", "a", "a", "b", "c", "d");
    }

    @Test
    void rowsOfAJoinFindNoPartnersLater() {
        engine.run(
                "CREATE STREAM pairs (k VARCHAR, n INTEGER, m INTEGER)",
                "CREATE PUMP p AS INSERT INTO pairs SELECT /*+ STATE_TTL('1 h') */ STREAM s.k, s.n, o.m FROM s"
                        + " JOIN other o ON s.k = o.k");
        put("s", "n", "a", 1);
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|1|0|"));
        later(30);
        put("s", "n", "a", 2);
        put("other", "m", "a", 10);
        await("SELECT * FROM pairs", "a|1|10", "a|2|10");
        engine.restart();
        later(40);
        put("s", "n", "z", 0);
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|4|2|"));
        put("other", "m", "a", 11);
        await("SELECT * FROM pairs", "a|1|10", "a|2|10", "a|2|11");
        later(120);
        put("s", "n", "z", 0);
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|6|3|"));
        put("s", "n", "a", 3);
        put("other", "m", "a", 12);
        await("SELECT * FROM pairs", "a|1|10", "a|2|10", "a|2|11", "a|3|12");
    }

    @Test
    void theFirstRowOfAForgottenPartitionIsFirstAgain() {
        engine.run(
                "CREATE STREAM firsts (k VARCHAR, n INTEGER)",
                "CREATE PUMP p AS INSERT INTO firsts SELECT /*+ STATE_TTL('1 h') */ STREAM k, n FROM (SELECT k, n,"
                        + " ROWTIME, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ROWTIME) AS place FROM s)"
                        + " WHERE place = 1");
        put("s", "n", "a", 1);
        later(1);
        put("s", "n", "a", 2);
        put("s", "n", "b", 3);
        later(1);
        await("SELECT k, n FROM firsts", "a|1", "b|3");
        later(80);
        put("s", "n", "c", 4);
        later(1);
        await("SELECT k, n FROM firsts", "a|1", "b|3", "c|4");
        put("s", "n", "a", 5);
        later(1);
        await("SELECT k, n FROM firsts", "a|1", "a|5", "b|3", "c|4");
    }

    @Test
    void eachSideOfAJoinForgetsByItself() {
        String query = "SELECT /*+ STATE_TTL('l' = '1 h') */ STREAM l.k, l.n, r.m FROM (SELECT k, n FROM s) l"
                + " JOIN other r ON l.k = r.k";
        engine.run(
                "CREATE STREAM pairs (k VARCHAR, n INTEGER, m INTEGER)", "CREATE PUMP p AS INSERT INTO pairs " + query);
        put("s", "n", "a", 1);
        put("other", "m", "b", 10);
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|2|0|"));
        later(70);
        put("s", "n", "z", 0);
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|3|0|"));
        put("other", "m", "a", 11);
        put("s", "n", "b", 2);
        await("SELECT * FROM pairs", "b|2|10");
        assertThat(engine.rows("EXPLAIN " + query))
                .anyMatch(line -> line.equals("endless, that of s after PT1H"))
                .anyMatch(line -> line.contains("state of the left: rows are kept while rows come within PT1H"))
                .anyMatch(line -> line.contains("state of the right: rows are kept for ever"));
    }

    @Test
    void aRunningSumBeginsAnewInAForgottenPartition() {
        engine.run(
                "CREATE STREAM sums (k VARCHAR, total BIGINT)",
                "CREATE PUMP p AS INSERT INTO sums SELECT /*+ STATE_TTL('1 h') */ STREAM k,"
                        + " SUM(n) OVER (PARTITION BY k ORDER BY ROWTIME) FROM s");
        put("s", "n", "a", 1);
        later(1);
        put("s", "n", "a", 2);
        later(1);
        await("SELECT k, total FROM sums", "a|1", "a|3");
        engine.restart();
        later(80);
        put("s", "n", "b", 4);
        later(1);
        await("SELECT k, total FROM sums", "a|1", "a|3", "b|4");
        put("s", "n", "a", 5);
        later(1);
        await("SELECT k, total FROM sums", "a|1", "a|3", "a|5", "b|4");
    }

    @Test
    void aMatchThatIsOpenForTooLongEnds() {
        engine.run(
                "CREATE STREAM rises (k VARCHAR, total BIGINT)",
                "CREATE PUMP p AS INSERT INTO rises SELECT /*+ STATE_TTL('1 h') */ STREAM k, total FROM s"
                        + " MATCH_RECOGNIZE (PARTITION BY k ORDER BY ROWTIME MEASURES SUM(n) AS total"
                        + " PATTERN (a up+) DEFINE up AS n > PREV(n))");
        put("s", "n", "a", 1);
        later(1);
        put("s", "n", "a", 2);
        later(1);
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|2|0|"));
        engine.restart();
        later(80);
        put("s", "n", "b", 4);
        later(1);
        await("SELECT k, total FROM rises", "a|3");
        put("s", "n", "a", 3);
        later(1);
        put("s", "n", "a", 1);
        later(1);
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|5|1|"));
    }

    @Test
    void theHintIsUnderstoodWhereItStands() {
        assertFails("SELECT /*+ STATE_TTL('1 h') */ k FROM s", "STATE_TTL is for queries that go on");
        assertFails("SELECT /*+ STATE_TTL('soon') */ STREAM k FROM s", "STATE_TTL is 'soon'");
        assertFails("SELECT /*+ STATE_TTL('0 s') */ STREAM k FROM s", "STATE_TTL is 0");
        assertFails("SELECT /*+ STATE_TTL('s' = '1 h') */ k FROM s", "STATE_TTL is for queries that go on");
        assertFails(
                "SELECT /*+ STATE_TTL('z' = '1 h') */ STREAM k FROM s",
                "STATE_TTL names 'z', which the query does not read");
        assertFails(
                "SELECT /*+ STATE_TTL('a' = '1 h', 'b' = '2 h') */ STREAM a.k FROM s a JOIN s b ON a.k = b.k",
                "STATE_TTL names 's' with two times");
        assertThat(engine.rows("EXPLAIN SELECT STREAM /*+ STATE_TTL('s' = '1d') */ DISTINCT k FROM s")
                        .getFirst())
                .isEqualTo("endless, that of s after PT24H");
        assertThat(engine.rows(
                        "EXPLAIN SELECT STREAM x.k FROM s JOIN (SELECT /*+ STATE_TTL('o' = '2h') */ k, COUNT(*) AS n"
                                + " FROM other o GROUP BY k) x ON s.k = x.k"))
                .contains("endless, that of other after PT2H");
        assertThat(engine.rows(
                        "EXPLAIN SELECT /*+ STATE_TTL('1 h'), STATE_TTL('o' = '0s') */ STREAM s.k FROM s JOIN other o"
                                + " ON s.k = o.k"))
                .anyMatch(line -> line.contains("state of the left: rows are kept while rows come within PT1H"))
                .contains("endless, state without rows for PT1H is forgotten, that of other never")
                .anyMatch(line -> line.contains("state of the right: rows are kept for ever"));
        assertFails(
                "SELECT STREAM k FROM (SELECT /*+ STATE_TTL('z' = '1 h') */ DISTINCT k FROM s)",
                "STATE_TTL names 'z', which the query does not read");
        assertFails(
                "SELECT STREAM k FROM (SELECT /*+ STATE_TTL('1 h') */ DISTINCT k FROM s)",
                "STATE_TTL is not understood here");
        assertThat(engine.rows("SELECT /*+ BROADCAST(s) */ k FROM s")).isEmpty();
    }

    private void assertFails(String sql, String message) {
        MillraceException failure = engine.failure(sql);
        assertThat(failure).as(sql).isNotNull().hasMessageContaining(message);
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_STATEMENT);
    }
}
