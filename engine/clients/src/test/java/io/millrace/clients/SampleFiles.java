package io.millrace.clients;

import io.millrace.format.orc.OrcFormat;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Files of random rows in all types that readers of lakes know, in all nestings; {@code id} counts. TIME is not one. */
final class SampleFiles {

    static final RowType TYPE = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("flag", DataType.BOOLEAN),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("small", DataType.SMALLINT),
            Field.nullable("whole", DataType.INTEGER),
            Field.nullable("single", DataType.REAL),
            Field.nullable("precise", DataType.DOUBLE),
            Field.nullable("cents", new DecimalType(9, 2)),
            Field.nullable("money", new DecimalType(18, 4)),
            Field.nullable("huge", new DecimalType(38, 10)),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("raw", DataType.VARBINARY),
            Field.nullable("day", DataType.DATE),
            Field.nullable("wall", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("numbers", new ArrayType(DataType.INTEGER, true)),
            Field.nullable("matrix", new ArrayType(new ArrayType(DataType.DOUBLE, true), true)),
            Field.nullable("counts", new MapType(DataType.VARCHAR, DataType.BIGINT, true)),
            Field.nullable(
                    "place",
                    RowType.of(
                            Field.nullable("city", DataType.VARCHAR),
                            Field.nullable("spot", RowType.of(Field.nullable("x", DataType.DOUBLE))))),
            Field.nullable(
                    "lines",
                    new ArrayType(
                            RowType.of(
                                    Field.nullable("item", DataType.VARCHAR),
                                    Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)),
                                    Field.nullable("price", new DecimalType(25, 3))),
                            true)));

    private static final int ROWS = 1000;

    private static final int WALL = TYPE.indexOf("wall");
    private static final int INSTANT = TYPE.indexOf("instant");

    private SampleFiles() {}

    /** Returns options of files of Parquet: each codec, with pages of each version, with dictionaries and without. */
    static List<Map<String, String>> parquetOptions() {
        List<Map<String, String>> all = new ArrayList<>();
        for (String codec : List.of("zstd", "snappy", "gzip", "none")) {
            for (String version : List.of("1", "2")) {
                for (String dictionary : List.of("true", "false")) {
                    all.add(Map.of("compression", codec, "writer_version", version, "dictionary", dictionary));
                }
            }
        }
        return all;
    }

    /** Returns options of files of ORC: each codec, with runs of each version, with dictionaries and without. */
    static List<Map<String, String>> orcOptions() {
        List<Map<String, String>> all = new ArrayList<>();
        for (String codec : List.of("zstd", "snappy", "zlib", "lz4", "none")) {
            for (String version : List.of("0.12", "0.11")) {
                for (String dictionary : List.of("1", "0")) {
                    all.add(Map.of(
                            "compression", codec, "format_version", version, "dictionary_key_threshold", dictionary));
                }
            }
        }
        return all;
    }

    /** Returns rows with no NULLs, few, or many, as the seed has it. */
    static RowBatch rows(long seed) {
        RowBatch rows = new RandomRows(new Random(seed), seed % 3 * 0.3).batch(TYPE, ROWS);
        for (int i = 0; i < ROWS; i++) {
            ((LongColumn) rows.column(0)).set(i, i);
        }
        return rows;
    }

    /** Writes a file of several row groups and pages. */
    static Path parquet(Path directory, RowBatch rows, Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("page_bytes", "16 kB", "row_group_bytes", "256 kB"));
        all.putAll(options);
        return write(new ParquetFormat(), directory, rows, all);
    }

    static Path orc(Path directory, RowBatch rows, Map<String, String> options) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("stripe_bytes", "100 kB"));
        all.putAll(options);
        return write(new OrcFormat(), directory, rows, all);
    }

    private static Path write(FileFormat format, Path directory, RowBatch rows, Map<String, String> options)
            throws IOException {
        Path file = Files.createTempFile(directory, "ours", format.extension());
        try (OutputStream out = Files.newOutputStream(file)) {
            RowFileWriter writer = format.writer(rows.type(), out, new Options(options));
            writer.write(rows);
            writer.finish();
        }
        return file;
    }

    /** Returns rows as Spark shows those of ORC, whose timestamps without a zone it takes for those of its own, UTC. */
    static List<String> asOrcInSpark(RowBatch rows) {
        return text(rows, WALL, value -> ((LocalDateTime) value).toInstant(ZoneOffset.UTC));
    }

    /** Returns rows as they are left by Spark where it writes times of its zone, UTC, without one. */
    static List<String> withoutZone(RowBatch rows) {
        return text(rows, INSTANT, value -> LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC));
    }

    private static List<String> text(RowBatch rows, int column, UnaryOperator<Object> changed) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.selectedCount(); i++) {
            List<@Nullable Object> values = new ArrayList<>(JavaValues.row(rows, i));
            Object value = values.get(column);
            values.set(column, value == null ? null : changed.apply(value));
            lines.add(ValueText.of(values));
        }
        return lines;
    }
}
