package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.orc.OrcFormat;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark reads the Parquet and ORC files that we write, and we read those that it writes: every type, NULLs, nesting. */
@Tag("slow")
@Timeout(900)
final class SparkFilesTest {

    private static final List<String> PARQUET = List.of("zstd", "snappy", "gzip", "none");
    private static final List<String> ORC = List.of("zstd", "snappy", "zlib", "lz4", "none");

    private final long seed = Long.getLong("seed", 1);

    @TempDir
    private Path directory;

    @Test
    void filesOfEachAreReadByTheOther() throws Exception {
        Spark spark = Spark.require(directory, "spark");
        Map<Path, RowBatch> given = new LinkedHashMap<>();
        Map<Path, Path> orc = new LinkedHashMap<>();
        long next = seed;
        for (Map<String, String> options : SampleFiles.parquetOptions()) {
            RowBatch rows = SampleFiles.rows(next++);
            given.put(spark.read("parquet", SampleFiles.parquet(directory, rows, options)), rows);
        }
        for (Map<String, String> options : SampleFiles.orcOptions()) {
            RowBatch rows = SampleFiles.rows(next++);
            Path file = SampleFiles.orc(directory, rows, options);
            Path seen = spark.read("orc", file);
            given.put(seen, rows);
            orc.put(seen, file);
        }
        RowBatch source = SampleFiles.rows(next);
        Path file = SampleFiles.parquet(directory, source, Map.of());
        List<Path> parquet = new ArrayList<>();
        List<Path> orcCopies = new ArrayList<>();
        spark.set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
        PARQUET.forEach(codec -> parquet.add(spark.copy(file, "parquet", codec)));
        ORC.forEach(codec -> orcCopies.add(spark.copy(file, "orc", codec)));
        spark.set("spark.sql.parquet.outputTimestampType", "INT96");
        Path int96 = spark.copy(file, "parquet", "zstd");
        spark.run();
        for (Map.Entry<Path, RowBatch> each : given.entrySet()) {
            List<String> expected = orc.containsKey(each.getKey())
                    ? SampleFiles.asOrcInSpark(each.getValue())
                    : ValueText.of(each.getValue());
            assertThat(Files.readAllLines(each.getKey())).as("seed %d", seed).isEqualTo(expected);
        }
        for (Path copy : parquet) {
            assertThat(read(new ParquetFormat(), copy)).as("seed %d", seed).isEqualTo(ValueText.of(source));
        }
        for (Path copy : orcCopies) {
            assertThat(read(new OrcFormat(), copy)).as("seed %d", seed).isEqualTo(SampleFiles.withoutZone(source));
        }
        assertThat(read(new ParquetFormat(), int96)).as("seed %d", seed).isEqualTo(SampleFiles.withoutZone(source));
    }

    private static List<String> read(FileFormat format, Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(format.extension()))
                    .toList()) {
                try (RowFileReader reader = format.reader(FileChannel.open(file), Options.NONE)) {
                    for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                        lines.addAll(ValueText.of(batch));
                    }
                }
            }
        }
        return lines;
    }
}
