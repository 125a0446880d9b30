package io.millrace.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.contract.FileFormatContract;
import io.millrace.testing.row.RandomRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ParquetFormatTest extends FileFormatContract {

    @Override
    protected FileFormat format() {
        return new ParquetFormat();
    }

    @Override
    protected List<Options> optionsToTry() {
        List<Options> all = new ArrayList<>();
        for (String compression : List.of("zstd", "snappy", "gzip", "none")) {
            for (String version : List.of("1", "2")) {
                all.add(new Options(Map.of("compression", compression, "writer_version", version)));
            }
        }
        all.add(new Options(Map.of("dictionary", "false")));
        all.add(new Options(Map.of("row_group_bytes", "64 kB", "page_bytes", "4 kB")));
        return all;
    }

    @Test
    void thereIsNoHadoopHere() {
        assertThatThrownBy(() -> Class.forName("org.apache.hadoop.conf.Configuration"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(FileFormat.class)).hasAtLeastOneElementOfType(ParquetFormat.class);
    }

    @Test
    void intervalIsRefusedWithAWayOut() {
        RowType type = RowType.of(Field.nullable("wait", new IntervalType(false)));

        assertThatThrownBy(() -> format().writer(type, new ByteArrayOutputStream(), Options.NONE))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED);
                    assertThat(e.hint()).contains("BIGINT");
                })
                .hasMessageContaining("wait");
    }

    @Test
    void decimalOfTooManyDigitsIsRefused() throws IOException {
        RowType type = RowType.of(Field.required("price", new DecimalType(4, 2)));
        RowBatch rows = RowBatch.create(type, 1);
        ((io.millrace.spi.row.LongColumn) rows.column(0)).set(0, 10_000);
        rows.size(1);
        var writer = format().writer(type, new ByteArrayOutputStream(), Options.NONE);

        assertThatThrownBy(() -> writer.write(rows))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW))
                .hasMessageContaining("100.00");
    }

    @Test
    void aFlippedBitIsFound() throws IOException {
        RowType type = EVERYTHING.project(EVERYTHING.indexOf("large"));
        Path file = write(type, List.of(new RandomRows(new Random(9), 0.1).batch(type, 1000)), Options.NONE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[200] ^= 4;
        Files.write(file, bytes);

        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    }

    @Test
    void rowGroupsBoundTheMemory() throws IOException {
        Options small = new Options(Map.of("row_group_bytes", "64 kB"));
        List<RowBatch> batches = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            batches.add(new RandomRows(new Random(i), 0).batch(EVERYTHING, 500));
        }
        Path file = write(EVERYTHING, batches, small);

        try (var channel = java.nio.channels.FileChannel.open(file)) {
            var groups = Footer.read(channel).getBlocks();
            assertThat(groups).hasSizeGreaterThan(10);
            assertThat(groups)
                    .allSatisfy(group ->
                            assertThat(group.getTotalByteSize()).isLessThan(4 * ParquetOptions.ROW_GROUP_BYTES_MIN));
        }
    }

    /** A page that says it has other rows than it has leads readers that seek by row astray. */
    @Test
    void everyPageHasTheRowsItSays() throws IOException {
        RowType type = EVERYTHING.project(EVERYTHING.indexOf("id"), EVERYTHING.indexOf("name"));
        Options options = new Options(Map.of("page_bytes", "4 kB", "writer_version", "2", "dictionary", "false"));
        List<RowBatch> batches = new ArrayList<>();
        for (int count : new int[] {1, 1023, 1, 700, 5000, 324, 3}) {
            batches.add(new RandomRows(new Random(count), 0).batch(type, count));
        }
        Path file = write(type, batches, options);

        try (var channel = java.nio.channels.FileChannel.open(file)) {
            for (var chunk : Footer.read(channel).getBlocks().getFirst().getColumns()) {
                byte[] bytes = Footer.read(channel, chunk.getStartingPos(), (int) chunk.getTotalSize());
                PageChunk pages = new PageChunk(chunk, bytes, null);
                List<Integer> rows = new ArrayList<>();
                for (var page = pages.readPage(); page != null; page = pages.readPage()) {
                    var second = (org.apache.parquet.column.page.DataPageV2) page;
                    assertThat(second.getRowCount()).isEqualTo(second.getValueCount());
                    rows.add(second.getRowCount());
                }
                assertThat(rows).hasSizeGreaterThan(2);
                assertThat(rows.stream().mapToInt(Integer::intValue).sum()).isEqualTo(7052);
            }
        }
    }
}
