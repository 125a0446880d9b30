package io.millrace.format.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.TypeDescription;
import org.apache.orc.impl.PhysicalFsWriter;
import org.apache.orc.impl.WriterImpl;
import org.apache.orc.impl.writer.WriterEncryptionVariant;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.DateColumnVector;
import org.apache.orc.storage.ql.exec.vector.DecimalColumnVector;
import org.apache.orc.storage.ql.exec.vector.LongColumnVector;
import org.apache.orc.storage.ql.exec.vector.MapColumnVector;
import org.apache.orc.storage.ql.exec.vector.TimestampColumnVector;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.storage.ql.io.sarg.PredicateLeaf;
import org.apache.orc.storage.ql.io.sarg.SearchArgumentFactory;
import org.apache.orc.storage.serde2.io.HiveDecimalWritable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of ours as orc-core's own reader sees them, and files of its own writer as we read them. */
class OrcsOwnLibraryTest {

    private static final RowType TYPE = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("day", DataType.DATE),
            Field.nullable("at", DataType.TIMESTAMP),
            Field.nullable("price", new DataType.DecimalType(12, 3)),
            Field.nullable("huge", new DataType.DecimalType(38, 10)),
            Field.nullable("raw", DataType.VARBINARY),
            Field.nullable("tags", new DataType.ArrayType(DataType.VARCHAR, true)),
            Field.nullable("counts", new DataType.MapType(DataType.VARCHAR, DataType.BIGINT, true)),
            Field.nullable(
                    "place",
                    RowType.of(Field.nullable("lat", DataType.DOUBLE), Field.nullable("open", DataType.BOOLEAN))));

    @TempDir
    Path directory;

    @Test
    void itsReaderSeesTheSameValues() throws IOException {
        RowBatch rows = new RandomRows(new Random(11), 0.2).batch(TYPE, 5000);
        for (String compression : List.of("zstd", "snappy", "zlib", "lz4", "none")) {
            Path file = write(TYPE, rows, Map.of("compression", compression, "stripe_bytes", "100 kB"));
            try (FileChannel channel = FileChannel.open(file);
                    Reader reader = open(channel)) {
                assertThat(reader.getSchema().toString())
                        .isEqualTo("struct<id:bigint,name:string,day:date,at:timestamp,price:decimal(12,3),"
                                + "huge:decimal(38,10),raw:binary,tags:array<string>,counts:map<string,bigint>,"
                                + "place:struct<lat:double,open:boolean>>");
                assertThat(reader.getCompressionKind()).isEqualTo(CompressionKind.valueOf(compression.toUpperCase()));
                assertThat(reader.getNumberOfRows()).isEqualTo(5000);
                assertThat(reader.getStripes()).hasSizeGreaterThan(2);
                assertThat(TheirValues.of(reader)).as(compression).isEqualTo(RowValues.of(rows));
            }
        }
    }

    @Test
    void stripesBoundTheMemory() throws IOException {
        RowBatch rows = new RandomRows(new Random(12), 0).batch(TYPE, 20_000);
        Path file = write(TYPE, rows, Map.of("stripe_bytes", "256 kB", "compression", "none"));
        try (FileChannel channel = FileChannel.open(file);
                Reader reader = open(channel)) {
            assertThat(reader.getStripes()).hasSizeGreaterThan(4);
            assertThat(reader.getStripes())
                    .allSatisfy(stripe -> assertThat(stripe.getDataLength()).isLessThan(1 << 20));
        }
    }

    /** A reader that asks for a value that lies between the least and the greatest is told by the filter to go on. */
    @Test
    void bloomFiltersKeepAReaderFromRowsItDoesNotWant() throws IOException {
        RowType type = RowType.of(Field.required("id", DataType.BIGINT), Field.required("name", DataType.VARCHAR));
        RowBatch rows = RowBatch.create(type, 10_000);
        for (int i = 0; i < 10_000; i++) {
            io.millrace.spi.row.JavaValues.append(rows, List.of(i * 2L, "name " + i * 2));
        }
        assertThat(rowsRead(write(type, rows, Map.of("row_index_stride", "1000"))))
                .isPositive();
        Map<String, String> filters = Map.of(
                "row_index_stride",
                "1000",
                "bloom_filter_columns",
                "NAME",
                "bloom_filter_false_positive_probability",
                "0.0001");
        assertThat(rowsRead(write(type, rows, filters))).isZero();
    }

    /** Returns how many rows a reader looks at to find the name between the others' that nobody has. */
    private static long rowsRead(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file);
                Reader reader = open(channel);
                RecordReader rows = reader.rows(reader.options()
                        .searchArgument(
                                SearchArgumentFactory.newBuilder()
                                        .startAnd()
                                        .equals("name", PredicateLeaf.Type.STRING, "name 5001")
                                        .end()
                                        .build(),
                                new String[] {null, "id", "name"}))) {
            VectorizedRowBatch batch = reader.getSchema().createRowBatch();
            long count = 0;
            while (rows.nextBatch(batch)) {
                count += batch.size;
            }
            return count;
        }
    }

    @Test
    void paddingKeepsStripesInsideBlocks() throws IOException {
        RowBatch rows = new RandomRows(new Random(13), 0).batch(TYPE, 20_000);
        Map<String, String> padded = Map.of(
                "stripe_bytes", "128 kB",
                "block_bytes", "1 MB",
                "block_padding", "true",
                "padding_tolerance", "1",
                "compression", "none");
        Path file = write(TYPE, rows, padded);
        try (FileChannel channel = FileChannel.open(file);
                Reader reader = open(channel)) {
            assertThat(reader.getStripes()).hasSizeGreaterThan(4);
            assertThat(reader.getStripes())
                    .filteredOn(stripe -> stripe.getOffset() % (1 << 20) + stripe.getLength() > 1 << 20)
                    .allSatisfy(stripe -> assertThat(stripe.getLength()).isGreaterThan(128 << 10));
            assertThat(TheirValues.of(reader)).isEqualTo(RowValues.of(rows));
        }
    }

    @Test
    void theOldFormatIsWritten() throws IOException {
        Path file = write(TYPE, new RandomRows(new Random(14), 0.2).batch(TYPE, 10), Map.of("format_version", "0.11"));
        try (FileChannel channel = FileChannel.open(file);
                Reader reader = open(channel)) {
            assertThat(reader.getFileVersion()).isEqualTo(OrcFile.Version.V_0_11);
        }
    }

    /** Hive writes times by its own clock and old days by the Julian calendar; the readings are what counts. */
    @Test
    void timesOfHiveAreReadAsItsClockShowedThem() throws IOException {
        TimeZone here = TimeZone.getDefault();
        Path file = directory.resolve("hive.orc");
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            TypeDescription schema =
                    TypeDescription.fromString("struct<at:timestamp,i:timestamp with local time zone,d:date>");
            writeTheirs(file, schema, batch -> {
                ((TimestampColumnVector) batch.cols[0])
                        .set(0, java.sql.Timestamp.valueOf("2026-07-01 12:34:56.789012"));
                ((TimestampColumnVector) batch.cols[1]).time[0] = 1_000;
                ((TimestampColumnVector) batch.cols[1]).nanos[0] = 500_000_000;
                ((DateColumnVector) batch.cols[2]).vector[0] =
                        LocalDate.of(2026, 7, 1).toEpochDay();
                batch.size = 1;
            });
        } finally {
            TimeZone.setDefault(here);
        }
        assertThat(read(file))
                .containsExactly(List.of(
                        LocalDateTime.parse("2026-07-01T12:34:56.789012"),
                        java.time.Instant.parse("1970-01-01T00:00:01.500Z"),
                        LocalDate.of(2026, 7, 1)));
    }

    @Test
    void decimalsOfAnyScaleAndTextOfManyArraysAreRead() throws IOException {
        Path file = directory.resolve("theirs.orc");
        TypeDescription schema =
                TypeDescription.fromString("struct<s:decimal(10,2),w:decimal(30,8),c:char(4),v:varchar(9),t:tinyint>");
        writeTheirs(file, schema, batch -> {
            ((DecimalColumnVector) batch.cols[0]).vector[0] = new HiveDecimalWritable("1.5");
            ((DecimalColumnVector) batch.cols[1]).vector[0] = new HiveDecimalWritable("-12345678901234567890.25");
            ((BytesColumnVector) batch.cols[2]).setVal(0, new byte[] {'a'});
            ((BytesColumnVector) batch.cols[3]).setVal(0, new byte[] {'b', 'c'});
            ((LongColumnVector) batch.cols[4]).vector[0] = -7;
            ((DecimalColumnVector) batch.cols[0]).vector[1] = new HiveDecimalWritable("-20");
            ((DecimalColumnVector) batch.cols[1]).vector[1] = new HiveDecimalWritable("3");
            for (int c = 2; c < 5; c++) {
                batch.cols[c].noNulls = false;
                batch.cols[c].isNull[1] = true;
            }
            batch.size = 2;
        });
        assertThat(read(file))
                .containsExactly(
                        List.of(
                                new java.math.BigDecimal("1.50"),
                                new java.math.BigDecimal("-12345678901234567890.25000000"),
                                "a   ",
                                "bc",
                                -7),
                        Arrays.asList(
                                new java.math.BigDecimal("-20.00"),
                                new java.math.BigDecimal("3.00000000"),
                                null,
                                null,
                                null));
    }

    /** Spark writes times without a zone as whole numbers. */
    @Test
    void timesOfSparkAreTimes() throws IOException {
        Path file = directory.resolve("spark.orc");
        TypeDescription schema = TypeDescription.fromString("struct<wall:bigint,n:bigint>");
        schema.getChildren().getFirst().setAttribute("spark.sql.catalyst.type", "timestamp_ntz");
        writeTheirs(file, schema, batch -> {
            ((LongColumnVector) batch.cols[0]).vector[0] = 1_500_000;
            ((LongColumnVector) batch.cols[1]).vector[0] = 1_500_000;
            batch.size = 1;
        });
        assertThat(read(file)).containsExactly(List.of(LocalDateTime.parse("1970-01-01T00:00:01.5"), 1_500_000L));
    }

    @Test
    void whatHasNoFormHereIsRefusedByName() throws IOException {
        Path file = directory.resolve("union.orc");
        writeTheirs(file, TypeDescription.fromString("struct<u:uniontype<int,string>>"), batch -> {});
        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("column 'u' of the ORC file is of type uniontype<int,string>");

        Path single = directory.resolve("single.orc");
        writeTheirs(single, TypeDescription.fromString("int"), batch -> {});
        assertThatThrownBy(() -> read(single)).hasMessageContaining("has no columns");
    }

    @Test
    void aKeyThatIsNullIsReported() throws IOException {
        Path file = directory.resolve("keys.orc");
        writeTheirs(file, TypeDescription.fromString("struct<m:map<string,int>>"), batch -> {
            MapColumnVector maps = (MapColumnVector) batch.cols[0];
            maps.offsets[0] = 0;
            maps.lengths[0] = 1;
            maps.childCount = 1;
            maps.keys.noNulls = false;
            maps.keys.isNull[0] = true;
            batch.size = 1;
        });
        assertThatThrownBy(() -> read(file)).hasMessageContaining("'key' of the ORC file has a NULL");
    }

    private Path write(RowType type, RowBatch rows, Map<String, String> options) throws IOException {
        Path file = Files.createTempFile(directory, "rows", ".orc");
        try (OutputStream out = Files.newOutputStream(file)) {
            RowFileWriter writer = new OrcFormat().writer(type, out, new Options(options));
            writer.write(rows);
            writer.finish();
        }
        return file;
    }

    /** Fills a batch as its writer takes it. */
    @FunctionalInterface
    private interface Fill {
        void fill(VectorizedRowBatch batch);
    }

    /** Writes by orc-core with its own settings: its clock, its calendar, its decimals. */
    private static void writeTheirs(Path file, TypeDescription schema, Fill fill) throws IOException {
        OrcFile.WriterOptions options =
                OrcFile.writerOptions(new Configuration(false)).setSchema(schema);
        try (FSDataOutputStream out = new FSDataOutputStream(Files.newOutputStream(file), null)) {
            options.physicalWriter(new PhysicalFsWriter(out, options, new WriterEncryptionVariant[0]));
            WriterImpl writer = new WriterImpl(null, ChannelFileSystem.FILE, options);
            VectorizedRowBatch batch = schema.createRowBatch();
            fill.fill(batch);
            writer.addRowBatch(batch);
            writer.close();
        }
    }

    private static Reader open(FileChannel channel) throws IOException {
        Configuration configuration = new Configuration(false);
        return OrcFile.createReader(
                ChannelFileSystem.FILE,
                OrcFile.readerOptions(configuration).filesystem(new ChannelFileSystem(channel, configuration)));
    }

    private static List<List<@Nullable Object>> read(Path file) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (RowFileReader reader = new OrcFormat().reader(FileChannel.open(file), Options.NONE)) {
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                rows.addAll(RowValues.of(batch));
            }
        }
        return rows;
    }
}
