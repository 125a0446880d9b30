package io.millrace.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrow's own library and we read what the other wrote. */
class ArrowsOwnLibraryTest {

    private static final RowType TYPE = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("flag", DataType.BOOLEAN),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("small", DataType.SMALLINT),
            Field.nullable("whole", DataType.INTEGER),
            Field.nullable("single", DataType.REAL),
            Field.nullable("precise", DataType.DOUBLE),
            Field.nullable("money", new DecimalType(18, 4)),
            Field.nullable("huge", new DecimalType(38, 10)),
            Field.required("name", DataType.VARCHAR),
            Field.nullable("raw", DataType.VARBINARY),
            Field.nullable("day", DataType.DATE),
            Field.nullable("clock", DataType.TIME),
            Field.nullable("wall", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("months", new IntervalType(true)),
            Field.nullable("span", new IntervalType(false)),
            Field.nullable("matrix", new ArrayType(new ArrayType(DataType.DOUBLE, true), true)),
            Field.nullable("counts", new MapType(DataType.VARCHAR, DataType.BIGINT, true)),
            Field.nullable(
                    "place",
                    RowType.of(
                            Field.required("city", DataType.VARCHAR),
                            Field.nullable("spot", RowType.of(Field.required("x", DataType.DOUBLE))),
                            Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)))));

    @TempDir
    Path directory;

    private final BufferAllocator memory = new RootAllocator();

    @Test
    void itReadsOurFiles() throws IOException {
        for (Options options : optionsToTry()) {
            for (double nulls : new double[] {0, 0.3, 1}) {
                List<RowBatch> rows = rows(nulls);
                Path file = directory.resolve("rows.arrow");
                Files.write(file, write(new ArrowFormat(), rows, options));
                try (FileChannel channel = FileChannel.open(file);
                        ArrowReader reader = new ArrowFileReader(channel, memory, CommonsCompressionFactory.INSTANCE)) {
                    assertThat(readAll(reader))
                            .as("%s, %s NULL", options, nulls)
                            .isEqualTo(values(rows));
                }
            }
        }
    }

    @Test
    void itReadsOurStreams() throws IOException {
        for (Options options : optionsToTry()) {
            List<RowBatch> rows = rows(0.3);
            byte[] stream = write(new ArrowStreamFormat(), rows, options);
            try (ArrowReader reader = new ArrowStreamReader(
                    new ByteArrayInputStream(stream), memory, CommonsCompressionFactory.INSTANCE)) {
                assertThat(readAll(reader)).as("%s", options).isEqualTo(values(rows));
            }
        }
    }

    @Test
    void itSeesOurTypes() throws IOException {
        byte[] stream = write(new ArrowStreamFormat(), List.of(), Options.NONE);
        try (ArrowReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
            List<String> fields = new ArrayList<>();
            reader.getVectorSchemaRoot().getSchema().getFields().forEach(field -> fields.add(field.toString()));

            assertThat(fields)
                    .contains(
                            "id: Int(64, true) not null",
                            "money: Decimal(18, 4, 128)",
                            "wall: Timestamp(MICROSECOND, null)",
                            "instant: Timestamp(MICROSECOND, UTC)",
                            "months: Interval(YEAR_MONTH)",
                            "span: Duration(MICROSECOND)",
                            "counts: Map(false)<entries: Struct<key: Utf8 not null, value: Int(64, true)> not null>");
        }
    }

    @Test
    void weReadWhatItWritesOfOurTypes() throws IOException {
        List<RowBatch> rows = rows(0.3);
        byte[] stream = write(new ArrowStreamFormat(), rows, Options.NONE);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        try (ArrowReader reader = new ArrowStreamReader(new ByteArrayInputStream(stream), memory)) {
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            try (ArrowFileWriter writer = new ArrowFileWriter(
                    root, new DictionaryProvider.MapDictionaryProvider(), Channels.newChannel(again))) {
                while (reader.loadNextBatch()) {
                    writer.writeBatch();
                }
            }
        }

        assertThat(read(new ArrowFormat(), again.toByteArray())).isEqualTo(values(rows));
    }

    @Test
    void otherUnitsAndSignsAreReadAsTheNearestType() throws IOException {
        try (LargeVarCharVector text = new LargeVarCharVector("text", memory);
                TimeStampSecVector at = new TimeStampSecVector("at", memory);
                DateMilliVector day = new DateMilliVector("day", memory);
                UInt4Vector count = new UInt4Vector("count", memory);
                UInt8Vector large = new UInt8Vector("large", memory)) {
            text.setSafe(0, "Müller".getBytes(StandardCharsets.UTF_8));
            at.setSafe(0, -1L);
            day.setSafe(0, -1L);
            count.setSafe(0, -1);
            large.setSafe(0, -1L);
            for (FieldVector vector : List.of(text, at, day, count, large)) {
                vector.setNull(1);
                vector.setValueCount(2);
            }

            byte[] stream = writeByPeer(VectorSchemaRoot.of(text, at, day, count, large));

            List<@Nullable Object> first = List.of(
                    "Müller",
                    LocalDateTime.parse("1969-12-31T23:59:59"),
                    LocalDate.parse("1969-12-31"),
                    4294967295L,
                    new BigDecimal("18446744073709551615"));
            assertThat(read(new ArrowStreamFormat(), stream))
                    .isEqualTo(List.of(first, Arrays.asList(null, null, null, null, null)));
        }
    }

    @Test
    void aDictionaryIsRefusedByName() throws IOException {
        FieldType encoded = new FieldType(
                true, new ArrowType.Int(32, true), new DictionaryEncoding(1, false, new ArrowType.Int(32, true)));
        Schema schema = new Schema(List.of(new org.apache.arrow.vector.types.pojo.Field("kind", encoded, null)));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        MessageSerializer.serialize(new WriteChannel(Channels.newChannel(stream)), schema);

        assertThatThrownBy(() -> read(new ArrowStreamFormat(), stream.toByteArray()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("kind");
    }

    @Test
    void damageIsReportedOrHarmless() throws IOException {
        byte[] whole = write(new ArrowFormat(), rows(0.3), new Options(Map.of("batch_rows", "50")));
        Random random = new Random(11);
        int reported = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) {
                int at = random.nextBoolean() ? random.nextInt(whole.length) : whole.length - 1 - random.nextInt(4000);
                damaged[at] = (byte) random.nextInt();
            }
            try {
                read(new ArrowFormat(), damaged);
            } catch (MillraceException e) {
                assertThat(e.code()).isIn(ErrorCode.DATA_CORRUPTED, ErrorCode.UNSUPPORTED);
                reported++;
            } catch (DateTimeException | ArithmeticException e) {
                // A value out of Java's range is a value nonetheless.
                continue;
            }
        }
        assertThat(reported).isGreaterThan(100);
    }

    private static List<Options> optionsToTry() {
        return List.of(
                Options.NONE,
                new Options(Map.of("compression", "zstd", "batch_rows", "64")),
                new Options(Map.of("batch_rows", "300")));
    }

    private static List<RowBatch> rows(double nulls) {
        RandomRows random = new RandomRows(new Random(3), nulls);
        RowBatch some = random.batch(TYPE, 400);
        int[] selection = {0, 7, 8, 9, 200, 399};
        some.select(selection, selection.length);
        return List.of(random.batch(TYPE, 500), random.batch(TYPE, 1), some, random.batch(TYPE, 0));
    }

    private static byte[] write(FileFormat format, List<RowBatch> rows, Options options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowFileWriter writer = format.writer(TYPE, out, options);
        for (RowBatch batch : rows) {
            writer.write(batch);
        }
        writer.finish();
        return out.toByteArray();
    }

    private static byte[] writeByPeer(VectorSchemaRoot root) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ArrowStreamWriter writer =
                new ArrowStreamWriter(root, new DictionaryProvider.MapDictionaryProvider(), out)) {
            writer.writeBatch();
        }
        return out.toByteArray();
    }

    private List<List<@Nullable Object>> read(FileFormat format, byte[] bytes) throws IOException {
        Path file = directory.resolve("read");
        Files.write(file, bytes);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (RowFileReader reader = format.reader(FileChannel.open(file), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                rows.addAll(RowValues.of(batch));
            }
        }
        return rows;
    }

    private static List<List<@Nullable Object>> readAll(ArrowReader reader) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (reader.loadNextBatch()) {
            rows.addAll(PeerValues.rows(reader.getVectorSchemaRoot()));
        }
        return rows;
    }

    private static List<List<@Nullable Object>> values(List<RowBatch> batches) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        batches.forEach(batch -> rows.addAll(RowValues.of(batch)));
        return rows;
    }
}
