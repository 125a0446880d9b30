package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of streams beside those of a table of PostgreSQL, as they come. */
class DatabaseLookupsTest {

    private static final String ENRICH = "CREATE PUMP p AS INSERT INTO named SELECT STREAM c.n, u.name FROM clicks AS c"
            + " LEFT JOIN users FOR SYSTEM_TIME AS OF c.ROWTIME AS u ON c.user_id = u.id";

    private static PostgresServer server;

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        server.connect().close();
        server.execute(
                "DROP SCHEMA IF EXISTS shop CASCADE",
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.users (id int PRIMARY KEY, name text, g uuid, mail text UNIQUE)",
                "INSERT INTO shop.users SELECT i, 'user ' || i, md5(i::text)::uuid, 'u' || i || '@x' FROM"
                        + " generate_series(1, 2000) i");
        engine = EngineFixture.open(directory);
        engine.run(
                "CREATE STREAM clicks (n INTEGER, user_id BIGINT, key VARCHAR)",
                "CREATE STREAM named (n INTEGER, name VARCHAR)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void create(String options) {
        engine.run(
                "CREATE EXTERNAL TABLE users FROM '" + server.url() + "' WITH (table = 'shop.users'" + options + ")");
    }

    private void click(int from, int to) {
        engine.run("INSERT INTO clicks SELECT n, n, 'u' || n || '@x' FROM (VALUES "
                + String.join(
                        ", ",
                        java.util.stream.IntStream.rangeClosed(from, to)
                                .mapToObj(n -> "(" + n + ")")
                                .toList())
                + ") AS t (n)");
    }

    @Test
    void manyKeysOfAStepAreAskedForTogether() throws Exception {
        create(", lookup_cache_rows = 100");
        engine.run(ENRICH);
        click(1, 1500);
        click(1900, 2100);
        List<String> rows = engine.awaitRows("SELECT n, name FROM named ORDER BY n", 1701);
        assertThat(rows).hasSize(1701);
        assertThat(rows.get(1499)).isEqualTo("1500|user 1500");
        assertThat(rows.get(1500)).isEqualTo("1900|user 1900");
        assertThat(rows.getLast()).isEqualTo("2100|null");
        // Statements have a power of two of keys, so there are few of them.
        assertThat(server.rows("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%IN ($1%' AND state = 'idle'"))
                .containsExactly("1");
    }

    @Test
    void textAndUuidsAreKeysToo() {
        create("");
        engine.run(
                "CREATE PUMP p AS INSERT INTO named SELECT STREAM c.n, u.name FROM clicks AS c JOIN users AS u"
                        + " ON c.key = u.mail",
                "CREATE STREAM ids (n INTEGER, id VARCHAR)",
                "CREATE PUMP q AS INSERT INTO named SELECT STREAM i.n, u.name FROM ids AS i JOIN users AS u ON i.id ="
                        + " u.g",
                "INSERT INTO ids VALUES (100, 'c81e728d-9d4c-2f63-6f06-7f89cc14862c'), (101, 'none'),"
                        + " (102, 'C81E728D-9D4C-2F63-6F06-7F89CC14862C')");
        click(7, 9);
        assertThat(engine.awaitRows("SELECT n, name FROM named ORDER BY n", 4))
                .containsExactly("7|user 7", "8|user 8", "9|user 9", "100|user 2");
    }

    @Test
    void aDatabaseThatIsAwayIsWaitedForAndNothingIsLost() throws Exception {
        create("");
        engine.run(ENRICH);
        click(1, 3);
        engine.awaitRows("SELECT n FROM named", 3);
        server.kill();
        click(4, 6);
        server.restart();
        server.connect().close();
        assertThat(engine.awaitRows("SELECT n, name FROM named ORDER BY n", 6).getLast())
                .isEqualTo("6|user 6");
        engine.restart();
        click(7, 7);
        assertThat(engine.awaitRows("SELECT n, name FROM named ORDER BY n", 7)).hasSize(7);
    }

    @Test
    void aPumpStopsThoughTheDatabaseDoesNotAnswer() throws Exception {
        create("");
        engine.run(ENRICH);
        server.kill();
        click(1, 1);
        engine.run("DROP PUMP p");
        server.restart();
        server.connect().close();
        assertThat(engine.rows("SELECT COUNT(*) FROM named")).containsExactly("0");
    }

    @Test
    @Timeout(120)
    void aPumpStopsThoughItsQuestionWaitsForALock() throws Exception {
        create(", timeout = '10 min'");
        engine.run(ENRICH);
        try (Connection locking = server.connect();
                Statement statement = locking.createStatement()) {
            locking.setAutoCommit(false);
            statement.execute("LOCK TABLE shop.users IN ACCESS EXCLUSIVE MODE");
            click(1, 1);
            while (server.rows("SELECT 1 FROM pg_locks WHERE NOT granted").isEmpty()) {
                LockSupport.parkNanos(10_000_000);
            }
            engine.run("DROP PUMP p");
        }
        assertThat(engine.rows("SELECT COUNT(*) FROM named")).containsExactly("0");
    }

    @Test
    void aColumnThatIsComparedInAnotherWayIsNoKey() throws Exception {
        server.execute("CREATE TABLE shop.codes (code jsonb, name text)");
        engine.run("CREATE EXTERNAL TABLE codes FROM '" + server.url() + "' WITH (table = 'shop.codes')");
        engine.run("CREATE PUMP p AS INSERT INTO named SELECT STREAM c.n, u.name FROM clicks AS c JOIN codes AS u"
                + " ON c.key = u.code");
        click(1, 1);
        assertThat(engine.await("SHOW PUMPS", rows -> rows.toString().contains("cannot be asked by")))
                .hasSize(1);
    }
}
