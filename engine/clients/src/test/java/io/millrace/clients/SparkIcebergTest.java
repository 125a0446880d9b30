package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Goes on where Spark with Iceberg is there, with a catalog in SQLite as {@code millrace}. */
    static Spark spark(Path directory, Path lake) throws Exception {
        return Spark.require(
                        directory,
                        "spark-iceberg",
                        "org.apache.iceberg:iceberg-spark-runtime-4.0_2.13:1.11.0",
                        "org.xerial:sqlite-jdbc:3.54.1.0")
                .with("spark.sql.catalog.millrace", "org.apache.iceberg.spark.SparkCatalog")
                .with("spark.sql.catalog.millrace.catalog-impl", "org.apache.iceberg.jdbc.JdbcCatalog")
                .with("spark.sql.catalog.millrace.uri", "jdbc:sqlite:" + lake.resolve("catalog.db"))
                .with("spark.sql.catalog.millrace.warehouse", lake.toUri().toString());
    }

    @Test
    void aTableOfEveryTypeIsRead() throws Exception {
        Path lake = directory.resolve("lake");
        Spark spark = spark(directory, lake);
        EveryTypeTable.fill(SERVER, lake);
        Path seen = spark.sql("SELECT * FROM millrace.lake.every_type ORDER BY id");
        spark.run();
        assertThat(Files.readAllLines(seen))
                .containsExactly(
                        EveryTypeTable.full(1),
                        EveryTypeTable.empty(2),
                        EveryTypeTable.full(3),
                        EveryTypeTable.empty(4));
    }
}
