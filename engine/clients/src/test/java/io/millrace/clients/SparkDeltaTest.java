package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark with Delta's own library, set up as the page on Delta says, reads a table that a delivery fills, from its entries
 * and from its checkpoint. It writes to the table and puts its files together, and the delivery goes on behind that.
 */
@Tag("slow")
@Timeout(900)
final class SparkDeltaTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    @Test
    void aTableOfEveryTypeIsReadAndWrittenByBoth() throws Exception {
        Path lake = directory.resolve("lake");
        String table = "delta.`" + lake + "`";
        EveryTypeTable.fill(SERVER, "'delta:" + lake.toUri() + "' WITH (partition_by = 'd', checkpoint_interval = 2,");
        awaitCheckpoint(lake);
        Files.delete(lake.resolve("_delta_log/%020d.json".formatted(0)));
        Spark spark = session();
        Path seen = spark.sql("SELECT * FROM " + table + " ORDER BY id");
        // What the log says of the files must not hide rows that are just at its bounds.
        Path bounded = spark.sql("SELECT id FROM " + table + " WHERE precise >= -2.25 AND wall BETWEEN TIMESTAMP_NTZ"
                + " '2026-01-31 23:59:59.123456' AND TIMESTAMP_NTZ '2026-01-31 23:59:59.123456' ORDER BY id");
        spark.sql("INSERT INTO " + table + " SELECT 11, * EXCEPT (id) FROM " + table + " WHERE id = 1");
        spark.sql("OPTIMIZE " + table);
        spark.sql("DELETE FROM " + table + " WHERE id = 3");
        spark.run();
        assertThat(Files.readAllLines(seen))
                .containsExactly(
                        EveryTypeTable.full(1),
                        EveryTypeTable.empty(2),
                        EveryTypeTable.full(3),
                        EveryTypeTable.empty(4));
        assertThat(Files.readAllLines(bounded)).containsExactly("[1]", "[3]");

        try (Connection connection = SERVER.connect();
                Statement statement = connection.createStatement()) {
            EveryTypeTable.insert(statement, 5);
        }
        EveryTypeTable.awaitDelivered(SERVER, 6);
        Spark again = session();
        Path both = again.sql("SELECT * FROM " + table + " ORDER BY id");
        again.run();
        assertThat(Files.readAllLines(both))
                .containsExactly(
                        EveryTypeTable.full(1),
                        EveryTypeTable.empty(2),
                        EveryTypeTable.empty(4),
                        EveryTypeTable.full(5),
                        EveryTypeTable.empty(6),
                        EveryTypeTable.full(11));
    }

    private Spark session() throws Exception {
        return Spark.require(directory, "spark-delta", "io.delta:delta-spark_2.13:4.0.1")
                .with("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .with("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    }

    private static void awaitCheckpoint(Path lake) {
        while (!Files.exists(lake.resolve("_delta_log/_last_checkpoint"))) {
            Thread.onSpinWait();
        }
    }
}
