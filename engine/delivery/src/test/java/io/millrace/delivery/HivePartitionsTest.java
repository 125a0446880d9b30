package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.file.FileStoreFactory;
import io.millrace.spi.Options;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program finds the partitions that we wrote, by the names of their folders. */
class HivePartitionsTest {

    @TempDir
    private Path directory;

    @Test
    void duckDbReadsThePartitions() throws Exception {
        MemorySource source = new MemorySource(Harness.PARTED_TYPE, "a");
        for (int i = 0; i < 3000; i++) {
            source.add("a", (long) i, i % 2 == 0 ? "a/b=c" : "ü " + i % 3, i % 7);
        }
        try (Delivery delivery = open(source, directory.resolve("lake"))) {
            while (delivery.step()) {
                assertThat(delivery.status().lastError()).isNull();
            }
        }

        assertThat(query("SELECT count(*), count(DISTINCT id), count(DISTINCT text), sum(kind) FROM lake"))
                .isEqualTo("3000 3000 4 " + sumOfKinds());
        assertThat(query("SELECT count(*), min(id), max(id), min(kind) FROM lake WHERE text = 'a/b=c'"))
                .isEqualTo("1500 0 2998 0");
    }

    private static long sumOfKinds() {
        long sum = 0;
        for (int i = 0; i < 3000; i++) {
            sum += i % 7;
        }
        return sum;
    }

    private Delivery open(MemorySource source, Path lake) throws Exception {
        return Delivery.open(new DeliverySetup(
                "trades",
                "stream",
                source,
                Harness.PARTED_TYPE,
                DeliveryFormat.named("parquet", Options.NONE),
                new FileStoreFactory().open(lake.toUri(), Options.NONE),
                directory.resolve("trades.journal"),
                DeliveryOptions.from(new Options(Map.of("partition_by", "text, kind", "roll_rows", "900"))),
                () -> Instant.EPOCH,
                new Random(1),
                entry -> {
                    throw new AssertionError(entry);
                }));
    }

    private String query(String sql) throws Exception {
        String lake = "read_parquet('" + directory + "/lake/**/*.parquet', hive_partitioning = true)";
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql.replace("lake", lake))) {
            assertThat(result.next()).isTrue();
            return result.getString(1) + " " + result.getString(2) + " " + result.getString(3) + " "
                    + result.getString(4);
        }
    }
}
