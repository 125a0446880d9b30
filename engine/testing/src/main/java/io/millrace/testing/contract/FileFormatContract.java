package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link FileFormat} does. */
public abstract class FileFormatContract {

    /** A field of every type that a file format has to carry, required and nullable, nested in all ways. */
    protected static final RowType EVERYTHING = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("flag", DataType.BOOLEAN),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("small", DataType.SMALLINT),
            Field.nullable("whole", DataType.INTEGER),
            Field.nullable("large", DataType.BIGINT),
            Field.nullable("single", DataType.REAL),
            Field.nullable("precise", DataType.DOUBLE),
            Field.nullable("cents", new DecimalType(9, 2)),
            Field.nullable("money", new DecimalType(18, 4)),
            Field.nullable("huge", new DecimalType(38, 10)),
            Field.required("name", DataType.VARCHAR),
            Field.nullable("nick", DataType.VARCHAR),
            Field.nullable("raw", DataType.VARBINARY),
            Field.nullable("day", DataType.DATE),
            Field.nullable("clock", DataType.TIME),
            Field.nullable("wall", DataType.TIMESTAMP),
            Field.nullable("instant", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("numbers", new ArrayType(DataType.INTEGER, true)),
            Field.required("names", new ArrayType(DataType.VARCHAR, false)),
            Field.nullable("matrix", new ArrayType(new ArrayType(DataType.DOUBLE, true), true)),
            Field.nullable("counts", new MapType(DataType.VARCHAR, DataType.BIGINT, true)),
            Field.nullable(
                    "place",
                    RowType.of(
                            Field.required("city", DataType.VARCHAR),
                            Field.nullable("spot", RowType.of(Field.nullable("x", DataType.DOUBLE))))),
            Field.nullable(
                    "lines",
                    new ArrayType(
                            RowType.of(
                                    Field.nullable("item", DataType.VARCHAR),
                                    Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)),
                                    Field.nullable("price", new DecimalType(25, 3))),
                            true)),
            Field.nullable(
                    "groups",
                    new MapType(
                            DataType.INTEGER,
                            new ArrayType(new MapType(DataType.DATE, DataType.REAL, true), true),
                            true)));

    @TempDir
    protected Path directory;

    protected abstract FileFormat format();

    /** Returns options under each of which the whole contract should hold. */
    protected List<Options> optionsToTry() {
        return List.of(Options.NONE);
    }

    @Test
    void rowsComeBackAsTheyWere() throws IOException {
        for (Options options : optionsToTry()) {
            for (long seed = 1; seed <= 4; seed++) {
                Random random = new Random(seed);
                RandomRows rows = new RandomRows(random, new double[] {0, 0.1, 0.5, 1}[(int) seed - 1]);
                List<RowBatch> batches = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    batches.add(rows.batch(EVERYTHING, random.nextInt(700)));
                }
                Path file = write(EVERYTHING, batches, options);
                assertThat(read(file)).as("seed %d, options %s", seed, options).isEqualTo(values(batches));
            }
        }
    }

    @Test
    void onlySelectedRowsAreWritten() throws IOException {
        RowBatch rows = new RandomRows(new Random(5), 0.3).batch(EVERYTHING, 3000);
        int[] odd = new int[1500];
        Arrays.setAll(odd, i -> 2 * i + 1);
        rows.select(odd, odd.length);

        assertThat(read(write(EVERYTHING, List.of(rows), Options.NONE))).isEqualTo(RowValues.of(rows));
    }

    @Test
    void chosenFieldsAreReadInTheOrderAskedFor() throws IOException {
        RowBatch rows = new RandomRows(new Random(6), 0.3).batch(EVERYTHING, 500);
        int nested = EVERYTHING.indexOf("lines");
        int id = EVERYTHING.indexOf("id");
        Path file = write(EVERYTHING, List.of(rows), Options.NONE);

        List<List<@Nullable Object>> expected = new ArrayList<>();
        RowValues.of(rows).forEach(row -> expected.add(Arrays.asList(row.get(nested), row.get(id))));
        assertThat(read(file, nested, id)).isEqualTo(expected);
    }

    @Test
    void aFileWithoutRowsHasAType() throws IOException {
        Path file = write(EVERYTHING, List.of(), Options.NONE);

        try (RowFileReader reader = open(file)) {
            assertThat(reader.type()).isEqualTo(EVERYTHING);
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void theEstimateIsNearTheLength() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RowFileWriter writer = format().writer(EVERYTHING, out, Options.NONE);
        long before = writer.estimatedBytes();
        writer.write(new RandomRows(new Random(7), 0.3).batch(EVERYTHING, 5000));
        long estimate = writer.estimatedBytes();
        writer.finish();

        assertThat(estimate).isGreaterThan(before).isBetween(out.size() / 4L, out.size() * 4L);
    }

    @Test
    void theStreamStaysOpen() throws IOException {
        List<String> calls = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                calls.add("close");
            }
        };
        RowFileWriter writer = format().writer(EVERYTHING, out, Options.NONE);
        writer.finish();

        assertThat(calls).isEmpty();
    }

    @Test
    void aBatchThatIsRefusedLeavesNoTrace() throws IOException {
        RowType type = RowType.of(Field.nullable("a", DataType.INTEGER), Field.required("b", DataType.VARCHAR));
        RowBatch good = RowBatch.create(type, 4);
        JavaValues.append(good, List.of(1, "one"));
        RowBatch bad = RowBatch.create(type, 4);
        JavaValues.append(bad, List.of(2, "two"));
        JavaValues.append(bad, Arrays.asList(3, null));
        Path file = directory.resolve("refused");

        try (var out = Files.newOutputStream(file)) {
            RowFileWriter writer = format().writer(type, out, Options.NONE);
            writer.write(good);
            assertThatThrownBy(() -> writer.write(bad))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NULL_NOT_ALLOWED))
                    .hasMessageContaining("b");
            bad.select(new int[] {0}, 1);
            writer.write(bad);
            writer.finish();
        }

        assertThat(read(file)).isEqualTo(List.of(List.of(1, "one"), List.of(2, "two")));
    }

    @Test
    void unknownOptionIsRefused() {
        Options options = new Options(Map.of("compresion", "zstd"));

        assertThatThrownBy(() -> format().writer(EVERYTHING, new ByteArrayOutputStream(), options))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void aFileThatIsCutOffIsReported() throws IOException {
        Path file = write(EVERYTHING, List.of(new RandomRows(new Random(8), 0.3).batch(EVERYTHING, 100)), Options.NONE);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(file))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
        }
    }

    protected final Path write(RowType type, List<RowBatch> batches, Options options) throws IOException {
        Path file = Files.createTempFile(directory, "rows", format().extension());
        try (var out = Files.newOutputStream(file)) {
            RowFileWriter writer = format().writer(type, out, options);
            for (RowBatch batch : batches) {
                writer.write(batch);
            }
            writer.finish();
        }
        return file;
    }

    protected final List<List<@Nullable Object>> read(Path file, int... chosen) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (RowFileReader reader = open(file)) {
            if (chosen.length > 0) {
                reader.project(chosen);
            }
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                rows.addAll(RowValues.of(batch));
            }
        }
        return rows;
    }

    private RowFileReader open(Path file) throws IOException {
        return format().reader(FileChannel.open(file), Options.NONE);
    }

    protected static List<List<@Nullable Object>> values(List<RowBatch> batches) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        batches.forEach(batch -> rows.addAll(RowValues.of(batch)));
        return rows;
    }
}
