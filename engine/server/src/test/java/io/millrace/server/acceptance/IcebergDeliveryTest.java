package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.crash.IcebergTables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code CREATE DELIVERY … TO 'iceberg:…'}: rows as an Iceberg table. */
class IcebergDeliveryTest {

    @TempDir
    Path directory;

    private EngineFixture engine;
    private IcebergTables tables;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        tables = new IcebergTables(directory.resolve("lake"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void deliver(String name, String from, String options) {
        engine.run("CREATE DELIVERY " + name + " " + from + " TO 'iceberg:market.trades' WITH (warehouse = '"
                + directory.resolve("lake").toUri() + "', roll_interval = '20 ms'" + options + ")");
    }

    @Test
    void rowsArriveInATableThatIsMadeForThem() throws Exception {
        engine.run("CREATE STREAM trades (ticker VARCHAR, size SMALLINT, price DECIMAL(10, 2), at TIMESTAMP) WITH"
                + " (shards = 2)");
        deliver("d", "FROM trades", "");
        engine.run("INSERT INTO trades VALUES ('ACME', 1, 2.50, TIMESTAMP '2026-01-31 09:00:00'), ('INIT', NULL, 77.10,"
                + " NULL)");
        engine.awaitDelivered(2);
        assertThat(tables.rows("market.trades", "ticker, size, price, \"at\"", "ticker"))
                .containsExactly("ACME|1|2.50|2026-01-31 09:00:00.0", "INIT|null|77.10|null");

        engine.restart();
        engine.run("INSERT INTO trades VALUES ('LATER', 3, 1.00, NULL)");
        engine.awaitDelivered(3);
        assertThat(tables.rows("market.trades", "ticker", "ticker")).containsExactly("ACME", "INIT", "LATER");
    }

    @Test
    void rowsArePartedByHiddenPartitions() throws Exception {
        engine.run("CREATE STREAM trades (id BIGINT, ticker VARCHAR, at TIMESTAMP)");
        deliver("d", "FROM trades", ", partition_by = 'day(at), bucket(4, id), truncate(2, ticker)'");
        engine.run("INSERT INTO trades VALUES (1, 'ACME', TIMESTAMP '2026-01-31 09:00:00'), (2, 'ACDC', TIMESTAMP"
                + " '2026-01-31 23:00:00'), (3, NULL, NULL), (4, 'null', TIMESTAMP '2026-02-01 00:00:00')");
        engine.awaitDelivered(4);
        assertThat(tables.rows("market.trades", "id, ticker", "id"))
                .containsExactly("1|ACME", "2|ACDC", "3|null", "4|null");
        assertThat(tables.partitions("market.trades"))
                .containsExactlyInAnyOrder(
                        "at_day=2026-01-31/id_bucket=0/ticker_trunc=AC",
                        "at_day=null/id_bucket=3/ticker_trunc=null",
                        "at_day=2026-02-01/id_bucket=2/ticker_trunc=nu");
    }

    @Test
    void columnsThatAreNewAreAddedAndTypesGrow() throws Exception {
        engine.run("CREATE STREAM trades (id INTEGER, price DECIMAL(10, 2))");
        deliver("d", "FROM trades", "");
        engine.run("INSERT INTO trades VALUES (1, 1.50)");
        engine.awaitDelivered(1);
        engine.run("DROP DELIVERY d");
        engine.run("CREATE STREAM wide (id BIGINT, price DECIMAL(12, 2), venue VARCHAR NOT NULL)");
        deliver("e", "FROM wide", ", partition_by = 'id'");
        engine.run("INSERT INTO wide VALUES (5000000000, 2.50, 'X')");
        engine.awaitDelivered(1);
        assertThat(tables.schema("market.trades"))
                .containsExactly("id long optional", "price decimal(12, 2) optional", "venue string optional");
        assertThat(tables.rows("market.trades", "id, price, venue", "id"))
                .containsExactly("1|1.50|null", "5000000000|2.50|X");
    }

    @Test
    void aTableHasWhatAViewHolds() throws Exception {
        engine.run(
                "CREATE STREAM sales (item VARCHAR, n INTEGER)",
                "CREATE MATERIALIZED VIEW totals AS SELECT item, SUM(n) AS n FROM sales GROUP BY item HAVING SUM(n) <>"
                        + " 0",
                "INSERT INTO sales VALUES ('a', 1), ('b', 2), ('c', 3)");
        engine.awaitRows("SELECT * FROM totals", 3);
        deliver("d", "AS SELECT STREAM * FROM totals EMIT CHANGES", ", mode = 'upsert', key = 'item'");
        engine.awaitDelivered(3);
        assertThat(tables.rows("market.trades", "item, n", "item")).containsExactly("a|1", "b|2", "c|3");
        assertThat(tables.schema("market.trades")).containsExactly("item string optional", "n long optional");

        // One changes, one goes, and one comes.
        engine.run("INSERT INTO sales VALUES ('a', 10), ('b', -2), ('d', 4)");
        engine.awaitDelivered(7);
        assertThat(tables.rows("market.trades", "item, n", "item")).containsExactly("a|11", "c|3", "d|4");
        engine.restart();
        engine.run("INSERT INTO sales VALUES ('b', 5), ('c', -3)");
        engine.awaitDelivered(9);
        assertThat(tables.rows("market.trades", "item, n", "item")).containsExactly("a|11", "b|5", "d|4");

        // Made anew it begins with what the view holds, which the table has already.
        engine.run("DROP DELIVERY d");
        deliver("d", "AS SELECT STREAM * FROM totals EMIT CHANGES", ", mode = 'upsert', key = 'item'");
        engine.awaitDelivered(3);
        assertThat(tables.rows("market.trades", "item, n", "item")).containsExactly("a|11", "b|5", "d|4");
    }

    @Test
    void rowsOfAStreamTakeThePlaceOfThoseWithTheirKey() throws Exception {
        engine.run("CREATE STREAM prices (ticker VARCHAR, price DECIMAL(10, 2) NOT NULL)");
        deliver("d", "FROM prices", ", mode = 'upsert', key = 'ticker', partition_by = 'truncate(1, ticker)'");
        engine.run("INSERT INTO prices VALUES ('ACME', 1.00), ('INIT', 2.00), ('ACME', 1.50)");
        engine.awaitDelivered(3);
        engine.run("INSERT INTO prices VALUES ('INIT', 2.50), ('AB', 7.00)");
        engine.awaitDelivered(5);
        assertThat(tables.rows("market.trades", "ticker, price", "ticker"))
                .containsExactly("AB|7.00", "ACME|1.50", "INIT|2.50");
        assertThat(engine.failure("CREATE DELIVERY e FROM prices TO 'iceberg:market.other' WITH (warehouse = '"
                                + directory.resolve("lake").toUri() + "', mode = 'upsert')")
                        .hint())
                .contains("key = 'id'");
    }

    @Test
    void twoDeliveriesShareATable() throws Exception {
        engine.run("CREATE STREAM a (id INTEGER)", "CREATE STREAM b (id INTEGER)");
        deliver("da", "FROM a", "");
        deliver("db", "AS SELECT STREAM id * 10 AS id FROM b", "");
        engine.run("INSERT INTO a VALUES (1)", "INSERT INTO b VALUES (1)");
        engine.awaitDelivered(1);
        assertThat(tables.rows("market.trades", "id", "id")).containsExactly("1", "10");
    }

    @Test
    void whatCannotBeIsRefusedAtOnce() {
        engine.run("CREATE STREAM trades (id INTEGER, ticker VARCHAR)");
        String lake = directory.resolve("lake").toUri().toString();
        String create = "CREATE DELIVERY d AS SELECT STREAM id, ticker FROM trades TO 'iceberg:market.trades' WITH ";
        assertThat(engine.failure(create + "(format = 'parquet')")).hasMessageContaining("warehouse");
        assertThat(engine.failure(create + "(warehouse = '" + lake + "', partition_by = 'day(ticker)')"))
                .hasMessageContaining("partition_by");
        assertThat(engine.failure(create + "(warehouse = '" + lake + "', partition_by = 'no_such')"))
                .hasMessageContaining("no_such");
        assertThat(engine.failure(create + "(warehouse = '" + lake + "', prefix = 'x/')"))
                .hasMessageContaining("prefix");
        assertThat(engine.failure(create + "(warehouse = '" + lake + "', format = 'avro')"))
                .hasMessageContaining("avro");
        assertThat(engine.failure(create + "(warehouse = '" + lake + "', colour = 'red')")
                        .hint())
                .contains("catalog_uri", "compression");
        assertThat(engine.failure("CREATE DELIVERY d AS SELECT STREAM INTERVAL '1' DAY AS waited FROM trades TO"
                        + " 'iceberg:market.trades' WITH (warehouse = '" + lake + "')"))
                .hasMessageContaining("interval");
        assertThat(engine.failure(
                        "CREATE DELIVERY d FROM trades TO 'iceberg:trades' WITH (warehouse = '" + lake + "')"))
                .hasMessageContaining("names no table");
        assertThat(engine.rows("SHOW DELIVERIES")).isEqualTo(List.of());
    }
}
