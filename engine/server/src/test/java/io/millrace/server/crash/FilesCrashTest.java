package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.KilledServer;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Rows that go into files of a folder are there exactly once, though the server is killed at random moments: Parquet in
 * partitions, as DuckDB reads it, and ORC, as we do.
 */
class FilesCrashTest extends DeliveryCrashTest {

    @Override
    void deliver(int kills) throws Exception {
        try (KilledServer server = new KilledServer(directory.resolve("data"), seed, 3)) {
            server.execute(
                    "CREATE DELIVERY p FROM events TO '" + place("parquet")
                            + "' WITH (partition_by = 'k', prefix = 'k=!{partitionKeyFromQuery:k}/',"
                            + " write_partition_columns = 'true', roll_interval = '30 ms')",
                    "CREATE DELIVERY o FROM events TO '" + place("orc")
                            + "' WITH (format = 'orc', roll_rows = 500, roll_interval = '70 ms')");
            server.survive(kills, Duration.ofMillis(200), Duration.ofMillis(800));
            server.awaitDelivered(2, "exactly-once");
            check(server);
            System.out.println(server.rows() + " rows, " + kills + " kills");
        }
    }

    private String place(String folder) {
        return directory.resolve(folder).toUri().toString().replaceFirst("/$", "");
    }

    private void check(KilledServer server) throws SQLException {
        int rows = server.rows();
        String expected = rows + "|" + rows + "|0|" + (rows - 1) + "|3";
        String totals = "SELECT COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id), COUNT(DISTINCT k) FROM ";
        assertThat(PostgresServer.rows(
                        "jdbc:duckdb:", totals + "read_parquet('" + directory.resolve("parquet") + "/**/*.parquet')"))
                .as("seed %s", seed)
                .containsExactly(expected);
        server.execute("CREATE EXTERNAL TABLE orcs FROM '" + place("orc") + "/*.orc'");
        assertThat(server.rows(totals + "orcs")).as("seed %s", seed).containsExactly(expected);
    }
}
