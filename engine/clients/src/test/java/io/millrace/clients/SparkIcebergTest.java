package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Spark, set up as the page on Iceberg says, reads a table that a delivery fills and that is compacted. */
@Tag("slow")
@Timeout(900)
final class SparkIcebergTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    @Test
    void aTableOfEveryTypeIsRead() throws Exception {
        Spark spark = Spark.require(
                directory,
                "spark-iceberg",
                "org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.11.0",
                "org.xerial:sqlite-jdbc:3.54.1.0");
        Path lake = directory.resolve("lake");
        IcebergLake.fill(SERVER, lake);
        Path seen = spark.with("spark.sql.catalog.millrace", "org.apache.iceberg.spark.SparkCatalog")
                .with("spark.sql.catalog.millrace.catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog")
                .with("spark.sql.catalog.millrace.uri", "jdbc:sqlite:" + lake.resolve("catalog.db"))
                .with("spark.sql.catalog.millrace.warehouse", lake.toUri().toString())
                .sql("SELECT * FROM millrace.lake.every_type ORDER BY id");
        spark.run();
        assertThat(Files.readAllLines(seen)).containsExactly(full(1), empty(2), full(3), empty(4));
    }

    private static String full(long id) {
        return ValueText.of(Arrays.asList(
                id,
                true,
                -128,
                -32768,
                Integer.MAX_VALUE,
                1.5f,
                -2.25,
                new BigDecimal("1234567.89"),
                new BigDecimal("-99999999999999.9999"),
                new BigDecimal("1234567890123456789012345678.0123456789"),
                "Größe",
                new byte[] {0, -1, 16},
                LocalDate.of(1969, 12, 31),
                LocalDateTime.of(2026, 1, 31, 23, 59, 59, 123_456_000),
                Arrays.asList(1, null, 3)));
    }

    private static String empty(long id) {
        List<@Nullable Object> values = new ArrayList<>(Collections.nCopies(15, null));
        values.set(0, id);
        return ValueText.of(values);
    }
}
