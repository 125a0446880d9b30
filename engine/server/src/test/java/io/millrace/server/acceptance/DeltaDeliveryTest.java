package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.crash.DeltaTables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CREATE DELIVERY … TO 'delta:…'}: rows as a table of Delta Lake. */
class DeltaDeliveryTest {

    @TempDir
    Path directory;

    private EngineFixture engine;
    private DeltaTables table;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        table = new DeltaTables(directory.resolve("lake"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void deliver(String name, String from, String options) {
        engine.run("CREATE DELIVERY " + name + " " + from + " TO 'delta:"
                + directory.resolve("lake").toUri() + "' WITH (roll_interval = '20 ms'" + options + ")");
    }

    @Test
    void rowsArriveInATableThatIsMadeForThem() throws Exception {
        engine.run("CREATE STREAM trades (ticker VARCHAR, size SMALLINT, price DECIMAL(10, 2), at TIMESTAMP) WITH"
                + " (shards = 2)");
        deliver("d", "FROM trades", ", partition_by = 'ticker'");
        engine.run("INSERT INTO trades VALUES ('ACME', 1, 2.50, TIMESTAMP '2026-01-31 09:00:00'), ('INIT', NULL, 77.10,"
                + " NULL), (NULL, 3, 1, NULL)");
        engine.awaitDelivered(3);
        assertThat(table.rows("ticker, size, price, \"at\"", "price"))
                .containsExactly("null|3|1.00|null", "ACME|1|2.50|2026-01-31 09:00:00.0", "INIT|null|77.10|null");
    }

    @Test
    void aDeliveryGoesOnAfterARestart() throws Exception {
        engine.run("CREATE STREAM trades (id INTEGER)");
        deliver("d", "FROM trades", ", checkpoint_interval = 1, upkeep_interval = '10 ms'");
        engine.run("INSERT INTO trades VALUES (1), (2)");
        engine.awaitDelivered(2);
        engine.restart();
        engine.run("INSERT INTO trades VALUES (3)");
        engine.awaitDelivered(3);
        assertThat(table.rows("id", "id")).containsExactly("1", "2", "3");
    }

    @Test
    void twoDeliveriesShareATableAndAddColumns() throws Exception {
        engine.run("CREATE STREAM a (id INTEGER)", "CREATE STREAM b (id INTEGER, name VARCHAR)");
        deliver("da", "FROM a", "");
        deliver("db", "AS SELECT STREAM id * 10 AS id, name FROM b", "");
        engine.run("INSERT INTO a VALUES (1)", "INSERT INTO b VALUES (1, 'x')");
        engine.awaitDelivered(1);
        assertThat(table.rows("id, name", "id")).containsExactly("1|null", "10|x");
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        engine.run("CREATE STREAM trades (id INTEGER, ticker VARCHAR)");
        String lake = directory.resolve("lake").toUri().toString();
        String create = "CREATE DELIVERY d AS SELECT STREAM id, ticker FROM trades TO ";
        assertThat(engine.failure(create + "'delta:trades'")).hasMessageContaining("'delta:trades' names no table");
        assertThat(engine.failure(create + "'delta:nope://x/y'")).hasMessageContaining("nope");
        assertThat(engine.failure(create + "'delta:" + lake + "' WITH (partition_by = 'no_such')"))
                .hasMessageContaining("no_such");
        assertThat(engine.failure(create + "'delta:" + lake + "' WITH (prefix = 'x/')"))
                .hasMessageContaining("prefix");
        assertThat(engine.failure(create + "'delta:" + lake + "' WITH (format = 'avro')"))
                .hasMessageContaining("avro");
        assertThat(engine.failure(create + "'delta:" + lake + "' WITH (colour = 'red')")
                        .hint())
                .contains("checkpoint_interval", "compression", "log_retention");
        assertThat(engine.failure(create + "'delta:" + lake + "' WITH (checkpoint_interval = 0)")
                        .hint())
                .contains("from 1 to 10000");
        assertThat(engine.failure("CREATE DELIVERY d AS SELECT STREAM INTERVAL '1' DAY AS waited FROM trades TO"
                        + " 'delta:" + lake + "'"))
                .hasMessageContaining("interval");
        assertThat(engine.rows("SHOW DELIVERIES")).isEqualTo(List.of());
    }
}
