package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CREATE OR REPLACE PUMP goes on where the pump was. */
class ReplacePumpTest {

    private static final String ALL = "SELECT n FROM numbers";
    private static final String WINDOWS = " FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(at), INTERVAL '10' SECOND))"
            + " GROUP BY window_start, window_end";

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run(
                "CREATE STREAM orders (id INTEGER, at TIMESTAMP, WATERMARK FOR at AS at)",
                "CREATE STREAM numbers (n BIGINT)",
                "CREATE STREAM others (n BIGINT)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void put(int from, int to) {
        String[] records = new String[to - from];
        for (int id = from; id < to; id++) {
            records[id - from] = "{\"id\": " + id + ", \"at\": \"2026-01-31 09:00:" + (10 + id) + "\"}";
        }
        engine.put("orders", records);
    }

    @Test
    void noRowComesTwiceAndNoneIsLost() {
        engine.run("CREATE PUMP p AS INSERT INTO numbers SELECT STREAM id FROM orders");
        put(0, 10);
        engine.awaitRows(ALL, 10);
        engine.run("CREATE OR REPLACE PUMP p AS INSERT INTO numbers SELECT STREAM id + 1000 FROM orders");
        put(10, 12);
        assertThat(engine.awaitRows(ALL, 12))
                .containsExactlyInAnyOrder("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "1010", "1011");
        engine.restart();
        put(12, 13);
        assertThat(engine.awaitRows(ALL, 13)).hasSize(13).contains("1012");
        assertThat(engine.rows("SHOW CREATE PUMP p").getFirst()).contains("1000");
    }

    @Test
    void whatIsTheSameKeepsItsStateAndTheStatementSaysSo() {
        engine.run("CREATE PUMP p AS INSERT INTO numbers SELECT STREAM COUNT(*)" + WINDOWS);
        put(0, 5);
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|5|"));
        List<String> same = engine.notices(
                "CREATE OR REPLACE PUMP P AS INSERT INTO numbers SELECT STREAM COUNT(*) * 100" + WINDOWS);
        assertThat(same).hasSize(1).first().asString().startsWith("state is kept: window_aggregate-");
        List<String> other =
                engine.notices("CREATE OR REPLACE PUMP p AS INSERT INTO numbers SELECT STREAM SUM(id) + 100" + WINDOWS);
        assertThat(other).hasSize(2);
        assertThat(other.getFirst()).startsWith("state is rebuilt from what the streams retain: window_aggregate-");
        assertThat(other.getLast()).startsWith("state is dropped: window_aggregate-");
        put(11, 12);
        assertThat(engine.awaitRows(ALL, 1)).containsExactly("110");
    }

    @Test
    void whatIsPutIntoAStreamThatIsReadFromNowOnIsSeen() {
        engine.run("CREATE STREAM prices (id INTEGER, price BIGINT, at TIMESTAMP, WATERMARK FOR at AS at)");
        String joined = "INSERT INTO numbers SELECT STREAM p.price FROM orders AS o JOIN prices AS p ON o.id = p.id"
                + " AND p.at BETWEEN o.at - INTERVAL '1' HOUR AND o.at + INTERVAL '1' HOUR";
        for (int round = 0; round < 8; round++) {
            engine.run("CREATE PUMP p AS INSERT INTO numbers SELECT STREAM id FROM orders");
            put(round, round + 1);
            engine.awaitRows("SELECT n FROM numbers WHERE n = " + round, 1);
            engine.run("ALTER PUMP p AS " + joined);
            engine.run("INSERT INTO prices VALUES (" + round + ", " + (100 + round)
                    + ", TIMESTAMP '2026-01-31 09:00:30')");
            engine.awaitRows("SELECT n FROM numbers WHERE n = " + (100 + round), 1);
            engine.run("DROP PUMP p");
        }
    }

    @Test
    void aStoppedPumpIsReplacedAndStartedAtOnce() {
        engine.run(
                "CREATE PUMP p AS INSERT INTO numbers SELECT STREAM id FROM orders WHERE id < 100",
                "ALTER PUMP p STOP");
        put(0, 2);
        engine.run("CREATE OR REPLACE PUMP p STOPPED AS INSERT INTO numbers SELECT STREAM id + 7 FROM orders");
        assertThat(engine.rows("SHOW PUMPS").getFirst()).contains("stopped");
        engine.run("CREATE OR REPLACE PUMP p AS INSERT INTO numbers SELECT STREAM id + 8 FROM orders");
        assertThat(engine.awaitRows(ALL, 2)).containsExactlyInAnyOrder("8", "9");
    }

    @Test
    void aPumpIntoAnotherStreamStartsAnew() {
        engine.run("CREATE PUMP p AS INSERT INTO numbers SELECT STREAM id FROM orders");
        put(0, 2);
        engine.awaitRows(ALL, 2);
        engine.run("CREATE OR REPLACE PUMP p AS INSERT INTO others SELECT STREAM id FROM orders");
        assertThat(engine.awaitRows("SELECT n FROM others", 2)).hasSize(2);
    }

    @Test
    void whatAViewHeldEarlierCannotBeMadeAgainSoThePumpGoesOnAsItWas() {
        engine.run(
                "CREATE MATERIALIZED VIEW v AS SELECT id, COUNT(*) AS n FROM orders GROUP BY id",
                "CREATE PUMP p AS INSERT INTO numbers SELECT STREAM id FROM orders");
        put(0, 1);
        engine.awaitRows(ALL, 1);
        MillraceException refused = engine.failure("CREATE OR REPLACE PUMP p AS INSERT INTO numbers SELECT STREAM o.id"
                + " FROM orders AS o JOIN v FOR SYSTEM_TIME AS OF o.ROWTIME ON v.id = o.id");
        assertThat(refused.code()).as(refused.getMessage()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(refused.getMessage()).contains("pump 'p' cannot go on with this query: 'v' was not read before");
        put(1, 2);
        assertThat(engine.awaitRows(ALL, 2)).hasSize(2);
    }
}
