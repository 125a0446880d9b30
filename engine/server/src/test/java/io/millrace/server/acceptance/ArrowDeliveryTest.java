package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.format.arrow.ArrowFormat;
import io.millrace.format.arrow.ArrowStreamFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries of Arrow files and streams. */
class ArrowDeliveryTest {

    @TempDir
    Path directory;

    @Test
    void filesHoldTheRowsOfTheStream() throws IOException {
        delivers(new ArrowFormat(), "compression = 'zstd', ");
    }

    @Test
    void streamsHoldTheRowsOfTheStream() throws IOException {
        delivers(new ArrowStreamFormat(), "batch_rows = 1, ");
    }

    private void delivers(FileFormat format, String options) throws IOException {
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"))) {
            engine.run(
                    "CREATE STREAM trades (ticker VARCHAR, size INTEGER, price DECIMAL(10, 2))",
                    "CREATE DELIVERY d FROM trades TO '"
                            + directory.resolve("lake").toUri() + "' WITH (format = '" + format.name() + "', " + options
                            + "roll_interval = '20 ms')",
                    "INSERT INTO trades VALUES ('ACME', 1, 2.50), ('INIT', NULL, 77.10)");
            engine.await(
                    "SHOW DELIVERIES",
                    rows -> !files(format).isEmpty() && rows.getFirst().contains("|running|"));

            List<String> rows = new ArrayList<>();
            for (Path file : files(format)) {
                rows.addAll(rows(format, file));
            }
            assertThat(rows).containsExactly("[ACME, 1, 2.50]", "[INIT, null, 77.10]");
        }
    }

    private List<Path> files(FileFormat format) {
        Path lake = directory.resolve("lake");
        if (!Files.isDirectory(lake)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(lake)) {
            return all.filter(file -> file.toString().endsWith(format.extension()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> rows(FileFormat format, Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (RowFileReader reader = format.reader(FileChannel.open(file), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                RowValues.of(batch).forEach(row -> rows.add(row.toString()));
            }
        }
        return rows;
    }
}
