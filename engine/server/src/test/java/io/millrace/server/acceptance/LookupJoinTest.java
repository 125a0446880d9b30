package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream beside what a view holds when its rows come. */
final class LookupJoinTest {

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory);
        engine.run(
                "CREATE STREAM prices (item VARCHAR, price INTEGER)",
                "CREATE MATERIALIZED VIEW latest AS SELECT item, MAX(price) AS price FROM prices GROUP BY item",
                "CREATE STREAM sales (id INTEGER, item VARCHAR)",
                "CREATE STREAM sold (id INTEGER, price INTEGER)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void price(String item, int price) {
        engine.run("INSERT INTO prices VALUES ('" + item + "', " + price + ")");
        engine.await(
                "SELECT price FROM latest WHERE item = '" + item + "'",
                rows -> rows.equals(List.of(String.valueOf(price))));
    }

    @Test
    void rowsMeetWhatIsThereWhenTheyCome() {
        price("a", 1);
        engine.run("CREATE PUMP p AS INSERT INTO sold SELECT STREAM s.id, l.price FROM sales AS s LEFT JOIN latest"
                + " FOR SYSTEM_TIME AS OF s.ROWTIME AS l ON s.item = l.item AND l.price < 100");
        engine.run("INSERT INTO sales VALUES (1, 'a'), (2, 'b'), (3, NULL)");
        String sold = "SELECT id, price FROM sold ORDER BY id";
        assertThat(engine.awaitRows(sold, 3)).containsExactly("1|1", "2|null", "3|null");
        price("a", 5);
        engine.restart();
        price("b", 500);
        engine.run("INSERT INTO sales VALUES (4, 'a'), (5, 'b')");
        assertThat(engine.awaitRows(sold, 5)).containsExactly("1|1", "2|null", "3|null", "4|5", "5|null");
    }

    @Test
    void aQueryThatEndsSeesWhatIsThere() {
        price("a", 3);
        engine.run("INSERT INTO sales VALUES (1, 'a'), (2, 'b')");
        for (String time : List.of("s.ROWTIME", "CURRENT_TIMESTAMP")) {
            assertThat(engine.rows("SELECT s.id, l.price FROM sales AS s JOIN latest FOR SYSTEM_TIME AS OF " + time
                            + " AS l ON s.item = l.item"))
                    .as(time)
                    .containsExactly("1|3");
        }
    }

    @Test
    void rowsHaveTheTimeOfTheLeft() {
        price("a", 3);
        engine.run(
                "CREATE STREAM timed (id INTEGER, item VARCHAR, at TIMESTAMP, WATERMARK FOR at AS at)",
                "CREATE PUMP p AS INSERT INTO sold SELECT STREAM t.id, l.price FROM timed AS t JOIN latest"
                        + " FOR SYSTEM_TIME AS OF t.ROWTIME AS l ON t.item = l.item",
                "INSERT INTO timed VALUES (1, 'a', TIMESTAMP '2026-01-02 03:04:05')");
        assertThat(engine.awaitRows("SELECT id, ROWTIME FROM sold", 1)).containsExactly("1|2026-01-02T03:04:05");
    }

    @Test
    void aViewHasNoPast() {
        MillraceException failure = engine.failure("SELECT s.id FROM sales AS s JOIN latest FOR SYSTEM_TIME AS OF"
                + " TIMESTAMP '2026-01-01 00:00:00' AS l ON s.item = l.item");
        assertThat(failure).hasMessage("a view has no past: it holds what is there now");
    }

    @Test
    void theNearestOfAnUnboundedTimeIsRefusedInAQueryThatGoesOn() {
        MillraceException failure = engine.failure(
                "SELECT STREAM s.id FROM sales AS s ASOF JOIN prices AS p MATCH_CONDITION s.id >= p.price"
                        + " ON s.item = p.item");
        assertThat(failure).hasMessageStartingWith("ASOF JOIN in a query that goes on needs the times of both streams");
        assertThat(engine.rows("SELECT s.id FROM sales AS s ASOF JOIN prices AS p MATCH_CONDITION s.id >= p.price"
                        + " ON s.item = p.item"))
                .isEmpty();
    }
}
