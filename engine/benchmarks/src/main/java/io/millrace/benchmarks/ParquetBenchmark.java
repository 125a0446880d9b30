package io.millrace.benchmarks;

import io.millrace.benchmarks.delivery.EightColumns;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writing and reading a million rows of eight columns as Parquet, on one thread, beside DuckDB's {@code COPY} of
 * the same rows from a table it has loaded.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParquetBenchmark {

    @Param({"zstd", "snappy", "none"})
    private String compression = "zstd";

    private final List<RowBatch> batches = EightColumns.batches();
    private Path directory = Path.of(".");
    private Path written = Path.of(".");

    /** Set by {@link #prepare}. */
    @SuppressWarnings("NullAway.Init")
    private Connection duckdb;

    @Setup
    public void prepare() throws IOException, SQLException {
        directory = Files.createTempDirectory("parquet-benchmark");
        written = directory.resolve("rows.parquet");
        try (OutputStream out = Files.newOutputStream(written)) {
            write(out);
        }
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
        run("SET threads = 1");
        run("CREATE TABLE rows AS SELECT * FROM '" + written + "'");
    }

    @TearDown
    public void clean() throws IOException, SQLException {
        duckdb.close();
        Files.deleteIfExists(written);
        Files.deleteIfExists(directory.resolve("theirs.parquet"));
        Files.delete(directory);
    }

    @Benchmark
    public Object write() throws IOException {
        try (OutputStream out = Files.newOutputStream(directory.resolve("theirs.parquet"))) {
            return write(out);
        }
    }

    private RowFileWriter write(OutputStream out) throws IOException {
        RowFileWriter writer =
                new ParquetFormat().writer(EightColumns.TYPE, out, new Options(Map.of("compression", compression)));
        for (RowBatch batch : batches) {
            writer.write(batch);
        }
        writer.finish();
        return writer;
    }

    @Benchmark
    public void writeByDuckDb() throws SQLException {
        String codec = compression.equals("none") ? "uncompressed" : compression;
        run("COPY rows TO '" + directory.resolve("theirs.parquet") + "' (FORMAT parquet, COMPRESSION " + codec + ")");
    }

    @Benchmark
    public long read() throws IOException {
        long rows = 0;
        try (RowFileReader reader = new ParquetFormat().reader(FileChannel.open(written), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                rows += batch.size();
            }
        }
        return rows;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement()) {
            statement.execute(sql);
        }
    }
}
