package io.millrace.format.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.contract.FileFormatContract;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

class AvroFormatTest extends FileFormatContract {

    @Override
    protected FileFormat format() {
        return new AvroFormat();
    }

    @Override
    protected List<Options> optionsToTry() {
        return List.of(
                Options.NONE,
                new Options(Map.of("compression", "zstd")),
                new Options(Map.of("compression", "snappy", "block_bytes", "1 kB")),
                new Options(Map.of("compression", "none")));
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(FileFormat.class)).hasAtLeastOneElementOfType(AvroFormat.class);
    }

    @Test
    void avrosOwnReaderReadsWhatWeWrite() throws IOException {
        RowType type = RowType.of(
                Field.required("id", DataType.BIGINT),
                Field.nullable("odd name", DataType.VARCHAR),
                Field.nullable("money", new DecimalType(18, 2)),
                Field.nullable("huge", new DecimalType(38, 10)),
                Field.nullable("day", DataType.DATE),
                Field.nullable("clock", DataType.TIME),
                Field.nullable("wall", DataType.TIMESTAMP),
                Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
                Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)),
                Field.nullable("counts", new MapType(DataType.VARCHAR, DataType.INTEGER, false)),
                Field.nullable("place", RowType.of(Field.nullable("x", DataType.DOUBLE))));
        LocalDate day = LocalDate.parse("2026-01-31");
        Instant instant = Instant.parse("1969-12-31T23:59:59.999999Z");
        RowBatch rows = RowBatch.create(type, 2);
        JavaValues.append(
                rows,
                List.of(
                        7L,
                        "Müller",
                        new BigDecimal("-12.34"),
                        new BigDecimal("-1234567890123456789012345678.0123456789"),
                        day,
                        LocalTime.parse("12:00:00.000001"),
                        LocalDateTime.parse("2026-01-31T09:00:00.5"),
                        instant,
                        Arrays.asList("a", null),
                        Map.of("n", 1),
                        List.of(1.5)));
        JavaValues.append(rows, Arrays.asList(8L, null, null, null, null, null, null, null, null, null, null));

        List<GenericRecord> records = readByAvro(write(type, List.of(rows), Options.NONE));

        GenericRecord first = records.getFirst();
        assertThat(first.get("id")).isEqualTo(7L);
        assertThat(first.get("odd_name")).hasToString("Müller");
        assertThat(first.get("money")).isEqualTo(new BigDecimal("-12.34"));
        assertThat(first.get("huge")).isEqualTo(new BigDecimal("-1234567890123456789012345678.0123456789"));
        assertThat(first.get("day")).isEqualTo(day);
        assertThat(first.get("clock")).isEqualTo(LocalTime.parse("12:00:00.000001"));
        assertThat(first.get("wall")).isEqualTo(LocalDateTime.parse("2026-01-31T09:00:00.5"));
        assertThat(first.get("instant")).isEqualTo(instant);
        assertThat(first.get("tags")).hasToString("[a, null]");
        assertThat(first.get("counts")).hasToString("{n=1}");
        assertThat(((GenericRecord) first.get("place")).get("x")).isEqualTo(1.5);
        assertThat(records.get(1).get("id")).isEqualTo(8L);
        assertThat(records.get(1).get("place")).isNull();
        assertThat(records).hasSize(2);
    }

    private static List<GenericRecord> readByAvro(Path file) throws IOException {
        GenericData data = new GenericData();
        data.addLogicalTypeConversion(new DecimalConversion());
        data.addLogicalTypeConversion(new TimeConversions.DateConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimeMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(file.toFile(), new GenericDatumReader<>(null, null, data))) {
            List<GenericRecord> records = new java.util.ArrayList<>();
            reader.forEach(records::add);
            return records;
        }
    }

    @Test
    void whatOthersWriteIsReadAsTheNearestType() throws IOException {
        Schema schema = SchemaBuilder.record("other")
                .fields()
                .name("kind")
                .type(SchemaBuilder.enumeration("kinds").symbols("A", "B"))
                .noDefault()
                .name("hash")
                .type(SchemaBuilder.fixed("md5").size(2))
                .noDefault()
                .name("at")
                .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
                .noDefault()
                .name("last")
                .type()
                .unionOf()
                .stringType()
                .and()
                .nullType()
                .endUnion()
                .noDefault()
                .endRecord();
        Path file = directory.resolve("other.avro");
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            out.create(schema, file.toFile());
            for (int i = 0; i < 2; i++) {
                out.append(new GenericRecordBuilder(schema)
                        .set(
                                "kind",
                                new GenericData.EnumSymbol(
                                        schema.getField("kind").schema(), "B"))
                        .set(
                                "hash",
                                new GenericData.Fixed(schema.getField("hash").schema(), new byte[] {1, (byte) 0xff}))
                        .set("at", -1L)
                        .set("last", i == 0 ? "x" : null)
                        .build());
            }
        }

        Instant at = Instant.parse("1969-12-31T23:59:59.999Z");
        assertThat(read(file)).isEqualTo(List.of(List.of("B", "01ff", at, "x"), Arrays.asList("B", "01ff", at, null)));
        assertThat(read(file, 3)).isEqualTo(List.of(List.of("x"), Arrays.asList((Object) null)));
    }

    @Test
    void otherUnionsAreRefused() throws IOException {
        Schema schema = SchemaBuilder.record("other")
                .fields()
                .name("either")
                .type()
                .unionOf()
                .stringType()
                .and()
                .longType()
                .endUnion()
                .noDefault()
                .endRecord();
        Path file = directory.resolve("union.avro");
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            out.create(schema, file.toFile());
        }

        assertThatThrownBy(() -> read(file))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("either");
    }

    @Test
    void intervalIsRefusedWithAWayOut() {
        RowType type = RowType.of(Field.nullable("span", new DataType.IntervalType(false)));
        assertThatThrownBy(() -> write(type, List.of(), Options.NONE))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }

    @Test
    void emptyDecimalBytesAreZero() throws IOException {
        Schema schema = SchemaBuilder.record("other")
                .fields()
                .name("amount")
                .type(LogicalTypes.decimal(4, 1).addToSchema(Schema.create(Schema.Type.BYTES)))
                .noDefault()
                .endRecord();
        Path file = directory.resolve("decimal.avro");
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            out.create(schema, file.toFile());
            out.append(new GenericRecordBuilder(schema)
                    .set("amount", ByteBuffer.allocate(0))
                    .build());
        }

        assertThat(read(file)).isEqualTo(List.of(List.of(new BigDecimal("0.0"))));
    }
}
