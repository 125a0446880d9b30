package io.millrace.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnSummary;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that are encoded here are as parquet-java, which encodes those of the second version, makes them. */
class FlatColumnTest {

    private static final RowType FLAT = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("whole", DataType.INTEGER),
            Field.nullable("big", DataType.BIGINT),
            Field.nullable("precise", DataType.DOUBLE),
            Field.nullable("name", DataType.VARCHAR),
            Field.required("raw", DataType.VARBINARY),
            Field.nullable("day", DataType.DATE),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void boundsAndNumbersOfNullsAreTheSame(long seed) throws Exception {
        RowBatch rows = new RandomRows(new Random(seed), seed % 3 * 0.4).batch(FLAT, 5000);
        Map<Integer, ColumnSummary> ours = summary(write("ours", rows, "1"));
        Map<Integer, ColumnSummary> theirs = summary(write("theirs", rows, "2"));
        assertThat(ours).hasSize(FLAT.size());
        ours.forEach((id, column) -> {
            ColumnSummary other = theirs.get(id);
            assertThat(column.values()).isEqualTo(other.values());
            assertThat(column.nulls()).isEqualTo(other.nulls());
            assertThat(column.min()).as("column %d, seed %d", id, seed).isEqualTo(other.min());
            assertThat(column.max()).as("column %d, seed %d", id, seed).isEqualTo(other.max());
        });
    }

    /** Few texts at first, so that there is a dictionary, then many, so that it is given up. */
    @Test
    void aDictionaryThatGetsTooLongIsGivenUpAndKept() throws Exception {
        RowType type = RowType.of(Field.nullable("text", DataType.VARCHAR), Field.nullable("same", DataType.BIGINT));
        RowBatch rows = RowBatch.create(type, 60_000);
        for (int i = 0; i < 60_000; i++) {
            if (i % 11 == 0) {
                rows.column(0).setNull(i);
            } else {
                ((BytesColumn) rows.column(0)).append(i, i < 30_000 ? "few-" + i % 10 : "one of many texts " + i);
            }
            ((io.millrace.spi.row.LongColumn) rows.column(1)).set(i, 7);
        }
        rows.size(60_000);
        Path file = write("rows", rows, "1");
        List<List<@Nullable Object>> read = new ArrayList<>();
        try (RowFileReader reader = new ParquetFormat().reader(FileChannel.open(file), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                read.addAll(RowValues.of(batch));
            }
        }
        assertThat(read).isEqualTo(RowValues.of(rows));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 9, 13, 17, 20})
    void runsAreReadByParquetsOwnDecoder(int width) throws Exception {
        Random random = new Random(width);
        for (int count : new int[] {1, 7, 8, 9, 63, 1000, 20_480}) {
            int[] numbers = new int[count + Byte.SIZE];
            for (int i = 0; i < count; ) {
                int number = random.nextInt(1 << width);
                int end = Math.min(count, i + (random.nextBoolean() ? 1 : random.nextInt(40)));
                Arrays.fill(numbers, i, end, number);
                i = end;
            }
            int[] given = Arrays.copyOf(numbers, count);
            HybridRuns runs = new HybridRuns();
            runs.append(numbers, count, width);
            RunLengthBitPackingHybridDecoder decoder = new RunLengthBitPackingHybridDecoder(
                    width, new ByteArrayInputStream(runs.bytes(), 0, runs.length()));
            for (int number : given) {
                assertThat(decoder.readInt()).isEqualTo(number);
            }
        }
    }

    /** Twenty rows of 4 kB, each fifth without, and pages of 16 kB. */
    @Test
    void largeValuesDoNotWaitForAllOfASlice() throws Exception {
        List<Object> rowsOfPages = new ArrayList<>();
        PageWriter pages = (PageWriter) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PageWriter.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("writePage")) {
                        rowsOfPages.add(arguments[1]);
                    }
                    return method.getReturnType() == long.class ? 0L : null;
                });
        ColumnDescriptor column = new ColumnDescriptor(
                new String[] {"text"},
                Types.optional(PrimitiveType.PrimitiveTypeName.BINARY).named("text"),
                0,
                1);
        ParquetOptions options = ParquetOptions.from(new Options(Map.of("page_bytes", "16 kB")));
        BytesColumn values = new BytesColumn(20);
        for (int i = 0; i < 20; i++) {
            if (i % 5 == 4) {
                values.setNull(i);
            } else {
                values.append(i, new byte[4 << 10]);
            }
        }
        FlatColumn flat = FlatColumn.of(DataType.VARBINARY, column, pages, options);
        flat.write(values, null, 0, 20);
        flat.end();
        assertThat(rowsOfPages).hasSizeBetween(4, 6);
        assertThat(rowsOfPages.stream().mapToInt(rows -> (int) rows).sum()).isEqualTo(20);
    }

    @Test
    void aLevelIsForZstdAlone() {
        assertThatThrownBy(() ->
                        ParquetOptions.from(new Options(Map.of("compression", "snappy", "compression_level", "3"))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("compression_level");
        assertThat(ParquetOptions.from(new Options(Map.of("compression_level", "9")))
                        .compressionLevel())
                .isEqualTo(9);
    }

    private Path write(String name, RowBatch rows, String version) throws IOException {
        Path file = directory.resolve(name);
        Options options =
                new Options(Map.of("writer_version", version, "page_bytes", "16 kB", "row_group_bytes", "256 kB"));
        List<FieldIds> ids = IntStream.rangeClosed(1, rows.type().size())
                .mapToObj(id -> new FieldIds(id, List.of()))
                .toList();
        try (OutputStream out = Files.newOutputStream(file)) {
            TableFileWriter writer = new ParquetFormat().writer(rows.type(), ids, out, options);
            writer.write(rows);
            writer.finish();
        }
        return file;
    }

    /** Returns the columns of a file by number, with arrays as what they hold. */
    private static Map<Integer, ColumnSummary> summary(Path file) throws IOException {
        Map<Integer, ColumnSummary> columns = new HashMap<>();
        try (FileChannel channel = FileChannel.open(file)) {
            new ParquetFormat()
                    .summary(channel)
                    .columns()
                    .forEach((id, column) -> columns.put(
                            id,
                            new ColumnSummary(
                                    column.bytes(),
                                    column.values(),
                                    column.nulls(),
                                    comparable(column.min()),
                                    comparable(column.max()))));
        }
        return columns;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
    }
}
