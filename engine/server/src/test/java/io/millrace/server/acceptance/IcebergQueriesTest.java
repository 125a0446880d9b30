package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of Iceberg in queries that end. */
class IcebergQueriesTest {

    @TempDir
    Path directory;

    private EngineFixture engine;
    private String warehouse;
    private String url;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        warehouse = directory.resolve("lake").toUri().toString();
        url = "'iceberg:market.trades?warehouse=" + warehouse + "'";
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void deliver(String from, String options) {
        engine.run("CREATE DELIVERY d " + from + " TO 'iceberg:market.trades' WITH (warehouse = '" + warehouse
                + "', roll_interval = '20 ms'" + options + ")");
    }

    private void trades() {
        engine.run("CREATE STREAM trades (id BIGINT, ticker VARCHAR, price DECIMAL(10, 2), at TIMESTAMP)");
        deliver("FROM trades", ", partition_by = 'day(at)'");
        engine.run("INSERT INTO trades VALUES (1, 'ACME', 10.50, TIMESTAMP '2026-01-31 09:00:01'), (2, 'INIT', 77.10,"
                + " TIMESTAMP '2026-02-01 00:00:00'), (3, NULL, NULL, TIMESTAMP '2026-02-02 23:59:59')");
        engine.awaitDelivered(3);
    }

    @Test
    void itIsATableLikeOthers() {
        trades();
        assertThat(engine.rows("SELECT * FROM " + url + " ORDER BY id"))
                .containsExactly(
                        "1|ACME|10.50|2026-01-31T09:00:01",
                        "2|INIT|77.10|2026-02-01T00:00",
                        "3|null|null|2026-02-02T23:59:59");
        engine.run("CREATE EXTERNAL TABLE t FROM 'iceberg:market.trades' WITH (warehouse = '" + warehouse + "')");
        engine.restart();
        assertThat(engine.rows("SELECT COUNT(*), SUM(price) FROM t WHERE ticker IS NOT NULL"))
                .containsExactly("2|87.60");
        assertThat(engine.rows("SHOW TABLES")).containsExactly("t|null|null|table iceberg:market.trades");
        assertThat(engine.rows("SELECT a.id FROM t AS a JOIN trades AS b ON a.id = b.id + 1 ORDER BY a.id"))
                .containsExactly("2", "3");
        engine.run("CREATE TABLE copy (id BIGINT, ticker VARCHAR)", "INSERT INTO copy SELECT id, ticker FROM t");
        assertThat(engine.rows("SELECT id FROM copy ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(engine.rows("SELECT a.id FROM t AS a, t AS b WHERE a.id = b.id + 1 ORDER BY a.id"))
                .containsExactly("2", "3");
    }

    @Test
    void filesAreLeftOutByTheirPartitions() {
        trades();
        String query = "SELECT id FROM " + url + " WHERE at >= TIMESTAMP '2026-02-01 00:00:00' AND id < 3";
        assertThat(engine.rows(query)).containsExactly("2");
        assertThat(engine.rows("EXPLAIN " + query))
                .anySatisfy(line -> assertThat(line).contains("files 1 of 3").contains("id < 3"));
        assertThat(engine.rows("EXPLAIN ANALYZE " + query))
                .anySatisfy(line -> assertThat(line).contains("read 1 rows of").endsWith("1 files, 1 of 1 row groups"));
    }

    @Test
    void rowsThatTookThePlaceOfOthersAreReadOnce() {
        engine.run("CREATE STREAM sales (item VARCHAR, n INTEGER)");
        engine.run("CREATE MATERIALIZED VIEW totals AS SELECT item, SUM(n) AS n FROM sales GROUP BY item");
        deliver("AS SELECT STREAM * FROM totals EMIT CHANGES", ", mode = 'upsert', key = 'item'");
        engine.run("INSERT INTO sales VALUES ('nuts', 0)");
        engine.await("SHOW DELIVERIES", all -> all.getFirst().matches(".*\\|running\\|exactly-once\\|[1-9].*"));
        for (int i = 1; i <= 4; i++) {
            engine.run("INSERT INTO sales VALUES ('nuts', 1), ('bolts', " + i + ")");
        }
        engine.await("SELECT item, n FROM " + url + " ORDER BY item", List.of("bolts|10", "nuts|4")::equals);
        assertThat(engine.rows("SELECT item FROM " + url + " WHERE n > 5")).containsExactly("bolts");
    }

    @Test
    void anEarlierVersionIsRead() {
        trades();
        String id = engine.rows("EXPLAIN SELECT * FROM " + url).stream()
                .filter(line -> line.contains("snapshot "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".*snapshot (\\d+),.*", "$1");
        engine.run("INSERT INTO trades VALUES (4, 'LATE', 1, TIMESTAMP '2026-02-03 00:00:00')");
        engine.awaitDelivered(4);
        assertThat(engine.rows("SELECT COUNT(*) FROM " + url)).containsExactly("4");
        assertThat(engine.rows("SELECT COUNT(*) FROM 'iceberg:market.trades?snapshot_id=" + id + "&warehouse="
                        + warehouse + "'"))
                .containsExactly("3");
        engine.run("CREATE EXTERNAL TABLE earlier FROM 'iceberg:market.trades' WITH (warehouse = '" + warehouse
                + "', snapshot_id = " + id + ")");
        assertThat(engine.rows("SELECT MAX(id) FROM earlier")).containsExactly("3");
    }

    @Test
    void whatCannotBeReadIsToldOf() {
        assertThat(engine.failure("SELECT * FROM " + url).getMessage()).contains("there is no catalog");
        trades();
        assertThat(engine.failure("SELECT * FROM 'iceberg:market.others?warehouse=" + warehouse + "'")
                        .getMessage())
                .contains("there is no table 'market.others'");
        assertThat(engine.failure("SELECT * FROM 'iceberg:market.trades'").getMessage())
                .contains("option 'warehouse' is missing");
        assertThat(engine.failure("SELECT * FROM 'iceberg:trades?warehouse=" + warehouse + "'")
                        .getMessage())
                .contains("names no table");
        assertThat(engine.failure("SELECT * FROM 'iceberg:market.trades?catalog_password=x'")
                        .getMessage())
                .contains("'catalog_password' is a secret");
        assertThat(engine.failure("SELECT * FROM 'iceberg:market.trades?warehouse'")
                        .getMessage())
                .contains("is no option");
        assertThat(engine.failure("SELECT * FROM 'iceberg:market.trades?partition_by=x&warehouse=" + warehouse + "'")
                        .getMessage())
                .contains("partition_by");
        assertThat(engine.failure("SELECT STREAM * FROM " + url).getMessage())
                .contains("tables of Iceberg are read by queries that end");
        engine.run("CREATE EXTERNAL TABLE t (id INTEGER) FROM 'iceberg:market.trades' WITH (warehouse = '" + warehouse
                + "')");
        assertThat(engine.failure("SELECT * FROM t").getMessage()).contains("column 'id' of 't' is wanted as INTEGER");
        assertThat(engine.failure("INSERT INTO t VALUES (1)").getMessage()).contains("is a table of Iceberg");
    }

    @Test
    void queriesThatGoOnFollowTheSnapshotsOfATable() {
        engine.run("CREATE STREAM s (id BIGINT)", "INSERT INTO s VALUES (1), (2)");
        deliver("FROM s", ", compaction = false, expire_snapshots = false");
        engine.await("SHOW DELIVERIES", all -> all.getFirst().contains("exactly-once|1|2|"));
        engine.run("CREATE EXTERNAL TABLE t FROM 'iceberg:market.trades' WITH (warehouse = '" + warehouse
                + "', watch_interval = '20 ms')");
        engine.run(
                "CREATE STREAM out (id BIGINT)",
                "CREATE PUMP p STARTED AS INSERT INTO out SELECT STREAM id FROM t WHERE id <> 2");
        engine.await("SELECT id FROM out", List.of("1")::equals);
        engine.run("INSERT INTO s VALUES (3)");
        engine.await("SELECT id FROM out ORDER BY id", List.of("1", "3")::equals);
        engine.restart();
        engine.run("INSERT INTO s VALUES (4), (5)");
        engine.await("SELECT id FROM out ORDER BY id", List.of("1", "3", "4", "5")::equals);
        assertThat(engine.rows("SELECT COUNT(*) FROM t")).containsExactly("5");
        assertThat(engine.rows("SELECT message FROM error_stream")).isEmpty();
        assertThat(engine.failure("CREATE EXTERNAL TABLE u FROM 'iceberg:market.trades' WITH (warehouse = '" + warehouse
                                + "', watch_interval = '1 ms')")
                        .getMessage())
                .contains("watch_interval");
    }

    @Test
    void windowsOfTheTimeInATableCloseAsItsSnapshotsCome() {
        engine.run(
                "CREATE STREAM s (id BIGINT, at TIMESTAMP)",
                "INSERT INTO s VALUES (1, TIMESTAMP '2026-01-31 09:00:10'), (2, TIMESTAMP '2026-01-31 09:01:10')");
        deliver("FROM s", ", compaction = false, expire_snapshots = false");
        engine.await("SHOW DELIVERIES", all -> all.getFirst().contains("exactly-once|1|2|"));
        engine.run(
                "CREATE EXTERNAL TABLE t (WATERMARK FOR at AS at) FROM 'iceberg:market.trades' WITH (warehouse = '"
                        + warehouse + "', watch_interval = '20 ms')",
                "CREATE STREAM out (start TIMESTAMP, n BIGINT)",
                "CREATE PUMP p STARTED AS INSERT INTO out SELECT STREAM window_start, COUNT(*) FROM TABLE(TUMBLE(TABLE"
                        + " t, DESCRIPTOR(at), INTERVAL '1' MINUTE)) GROUP BY window_start, window_end");
        engine.await("SELECT start, n FROM out", List.of("2026-01-31T09:00|1")::equals);
        engine.restart();
        engine.run("INSERT INTO s VALUES (3, TIMESTAMP '2026-01-31 09:02:00')");
        engine.await("SELECT start, n FROM out", List.of("2026-01-31T09:00|1", "2026-01-31T09:01|1")::equals);
    }
}
