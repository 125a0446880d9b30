package io.millrace.benchmarks;

import io.millrace.benchmarks.delivery.EightColumns;
import io.millrace.format.orc.OrcFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Writing and reading the rows of {@link ParquetBenchmark} as ORC, on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OrcBenchmark {

    @Param({"zstd", "snappy", "none"})
    private String compression = "zstd";

    private final List<RowBatch> batches = EightColumns.batches();
    private Path directory = Path.of(".");
    private Path written = Path.of(".");

    @Setup
    public void prepare() throws IOException {
        directory = Files.createTempDirectory("orc-benchmark");
        written = directory.resolve("rows.orc");
        writeTo(written);
    }

    @TearDown
    public void clean() throws IOException {
        Files.deleteIfExists(written);
        Files.deleteIfExists(directory.resolve("again.orc"));
        Files.delete(directory);
    }

    @Benchmark
    public Object write() throws IOException {
        return writeTo(directory.resolve("again.orc"));
    }

    private RowFileWriter writeTo(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            Options options = new Options(Map.of("compression", compression));
            RowFileWriter writer = new OrcFormat().writer(EightColumns.TYPE, out, options);
            for (RowBatch batch : batches) {
                writer.write(batch);
            }
            writer.finish();
            return writer;
        }
    }

    @Benchmark
    public long read() throws IOException {
        long rows = 0;
        try (RowFileReader reader = new OrcFormat().reader(FileChannel.open(written), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                rows += batch.size();
            }
        }
        return rows;
    }
}
