package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.server.KilledServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark and ClickHouse read each row once of what deliveries leave whose server is killed at random moments, {@code -Dkills}
 * times: files of Parquet in partitions, files of ORC, and tables of Iceberg, which is compacted, and Delta.
 */
@Tag("slow")
@Timeout(1800)
final class KilledDeliveriesTest {

    private static final int KILLS = Integer.getInteger("kills", 5);

    private final long seed = KilledServer.seed();

    @TempDir
    private Path directory;

    @Test
    void othersReadEachRowOnce() throws Exception {
        ClickHouse clickhouse = ClickHouse.require(directory);
        Spark spark = SparkIcebergTest.spark(directory, place("lake"));
        int rows = deliver();
        String totals = " count(*), count(DISTINCT id), min(id), max(id), count(DISTINCT k) FROM ";
        List<Path> seenByClickHouse = new ArrayList<>();
        for (String table : List.of(
                "file('parquet/**/*.parquet')",
                "file('orc/*.orc')",
                "icebergLocal('lake/market/events')",
                "deltaLakeLocal('" + place("delta") + "')")) {
            seenByClickHouse.add(clickhouse.query("CSV", "SELECT" + totals + table));
        }
        List<Path> seenBySpark = new ArrayList<>();
        for (String table :
                List.of("parquet.`" + place("parquet") + "`", "orc.`" + place("orc") + "`", "millrace.market.events")) {
            seenBySpark.add(spark.sql("SELECT" + totals + table));
        }
        clickhouse.run();
        spark.run();
        String expected = rows + "," + rows + ",0," + (rows - 1) + ",3";
        for (Path seen : seenByClickHouse) {
            assertThat(Files.readString(seen).strip()).as("seed %d", seed).isEqualTo(expected);
        }
        for (Path seen : seenBySpark) {
            assertThat(Files.readString(seen).strip())
                    .as("seed %d", seed)
                    .isEqualTo("[" + expected.replace(",", ", ") + "]");
        }
    }

    /** Returns how many rows there are. */
    private int deliver() throws Exception {
        try (KilledServer server = new KilledServer(directory.resolve("data"), seed, 3)) {
            server.execute(
                    "CREATE DELIVERY p FROM events TO '" + place("parquet").toUri()
                            + "' WITH (partition_by = 'k', prefix = 'k=!{partitionKeyFromQuery:k}/', roll_interval ="
                            + " '30 ms')",
                    "CREATE DELIVERY o FROM events TO '" + place("orc").toUri()
                            + "' WITH (format = 'orc', roll_interval = '70 ms')",
                    "CREATE DELIVERY i FROM events TO 'iceberg:market.events' WITH (warehouse = '"
                            + place("lake").toUri() + "', partition_by = 'k', roll_interval = '50 ms',"
                            + " compaction_files = 3, upkeep_interval = '100 ms', snapshots_max = 20)",
                    "CREATE DELIVERY t FROM events TO 'delta:" + place("delta").toUri()
                            + "' WITH (partition_by = 'k', roll_interval = '50 ms', checkpoint_interval = 5,"
                            + " upkeep_interval = '100 ms')");
            server.survive(KILLS, Duration.ofMillis(200), Duration.ofMillis(2000));
            server.awaitDelivered(4, "exactly-once");
            assertThat(server.stop()).isZero();
            System.out.println(server.rows() + " rows, " + KILLS + " kills");
            return server.rows();
        }
    }

    private Path place(String folder) {
        return directory.resolve(folder);
    }
}
