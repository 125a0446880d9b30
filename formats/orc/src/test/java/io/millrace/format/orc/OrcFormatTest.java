package io.millrace.format.orc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.contract.FileFormatContract;
import io.millrace.testing.row.RandomRows;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class OrcFormatTest extends FileFormatContract {

    @Override
    protected FileFormat format() {
        return new OrcFormat();
    }

    @Override
    protected List<Options> optionsToTry() {
        List<Options> all = new ArrayList<>();
        for (String compression : List.of("zstd", "snappy", "zlib", "lz4", "none")) {
            for (String version : List.of("0.12", "0.11")) {
                all.add(new Options(Map.of("compression", compression, "format_version", version)));
            }
        }
        all.add(new Options(Map.of("dictionary_key_threshold", "0")));
        all.add(new Options(Map.of("dictionary_key_threshold", "1", "row_index_stride", "1000")));
        all.add(new Options(Map.of("stripe_bytes", "64 kB", "block_bytes", "128 kB", "block_padding", "true")));
        all.add(new Options(
                Map.of("bloom_filter_columns", "id, NAME,instant", "bloom_filter_false_positive_probability", "0.01")));
        return all;
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(FileFormat.class)).hasAtLeastOneElementOfType(OrcFormat.class);
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
        ((LongColumn) rows.column(0)).set(0, 10_000);
        rows.size(1);
        assertRefused(type, rows, ErrorCode.NUMERIC_OVERFLOW, "'price' is 100.00");

        RowType wide = RowType.of(Field.required("price", new DecimalType(20, 2)));
        RowBatch more = RowBatch.create(wide, 1);
        ((Decimal128Column) more.column(0)).set(0, BigInteger.TEN.pow(20));
        more.size(1);
        assertRefused(wide, more, ErrorCode.NUMERIC_OVERFLOW, "'price' is 1000000000000000000.00");
    }

    @Test
    void fractionsOfTheSecondBefore1970AreRefusedAndItsNeighboursKept() throws IOException {
        RowType type = RowType.of(Field.required("at", DataType.TIMESTAMP));
        RowBatch rows = times(type, -2_000_000, -1_999_999, -1_000_001, -1_000_000, -999_001, 0, 1, 999_999);
        assertThat(read(write(type, List.of(rows), Options.NONE))).isEqualTo(values(List.of(rows)));

        for (long micros : new long[] {-999_000, -500_000, -1}) {
            assertRefused(type, times(type, 0, micros), ErrorCode.INVALID_VALUE, "'at' is 1969-12-31T23:59:59.");
        }
    }

    private static RowBatch times(RowType type, long... micros) {
        RowBatch rows = RowBatch.create(type, micros.length);
        for (int i = 0; i < micros.length; i++) {
            ((LongColumn) rows.column(0)).set(i, micros[i]);
        }
        rows.size(micros.length);
        return rows;
    }

    private void assertRefused(RowType type, RowBatch rows, ErrorCode code, String message) throws IOException {
        var writer = format().writer(type, new ByteArrayOutputStream(), Options.NONE);
        assertThatThrownBy(() -> writer.write(rows))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    @Test
    void lengthsOfTextAreKept() throws IOException {
        RowType type = RowType.of(
                Field.nullable("code", new CharacterType(5, true)),
                Field.nullable("short", new CharacterType(12, false)),
                Field.nullable("codes", new ArrayType(new CharacterType(3, true), true)));
        RowBatch rows = new RandomRows(new Random(1), 0.2).batch(type, 3000);
        Path file = write(type, List.of(rows), Options.NONE);
        assertThat(read(file)).isEqualTo(values(List.of(rows)));
        try (var reader = format().reader(FileChannel.open(file), Options.NONE)) {
            assertThat(reader.type()).isEqualTo(type);
        }

        RowType without = RowType.of(
                Field.nullable("long", new CharacterType(70_000, false)),
                Field.nullable("code", new CharacterType(300, true)));
        try (var reader = format().reader(FileChannel.open(write(without, List.of(), Options.NONE)), Options.NONE)) {
            assertThat(reader.type().fields())
                    .allSatisfy(field -> assertThat(field.type()).isEqualTo(DataType.VARCHAR));
        }
    }

    @Test
    void wrongOptionsSayWhatIsRight() {
        assertThat(hint("compression", "gzip")).isEqualTo("give zstd, snappy, zlib, lz4 or none");
        assertThat(hint("stripe_bytes", "1 kB")).isEqualTo("give a size from 65536 to 1073741824 bytes");
        assertThat(hint("row_index_stride", "10")).isEqualTo("give a whole number from 1000 to 10000000");
        assertThat(hint("dictionary_key_threshold", "1.5")).isEqualTo("give a number from 0 to 1");
        assertThat(hint("bloom_filter_false_positive_probability", "0")).isEqualTo("give a number between 0 and 1");
        assertThat(hint("padding_tolerance", "much")).isEqualTo("give a number from 0 to 1");
        assertThat(hint("format_version", "1")).isEqualTo("give 0.12 or 0.11");
        assertThat(hint("bloom_filter_columns", "id,place")).startsWith("give names out of id, flag, tiny");
        assertThat(hint("bloom_filter_columns", "nobody")).doesNotContain("place");
    }

    private String hint(String option, String value) {
        try {
            format().writer(EVERYTHING, new ByteArrayOutputStream(), new Options(Map.of(option, value)));
        } catch (MillraceException e) {
            return String.valueOf(e.hint());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "taken";
    }

    @Test
    void twoColumnsOfOneNameAreRefused() {
        RowType type = RowType.of(Field.nullable("a", DataType.BIGINT), Field.nullable("a", DataType.DATE));
        assertThatThrownBy(() -> format().writer(type, new ByteArrayOutputStream(), Options.NONE))
                .hasMessageContaining("two columns are named 'a'");
    }

    @Test
    void aFileIsReportedWhereverItIsCutOff() throws IOException {
        Path file = write(EVERYTHING, List.of(new RandomRows(new Random(2), 0.3).batch(EVERYTHING, 60)), Options.NONE);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 61) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(file))
                    .as("first %d of %d bytes", length, whole.length)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
        }
    }

    /** What a server starts with is the list of formats: it must not cost the loading of a library. */
    @Test
    void theFormatItselfNeedsNoneOfTheLibraries() throws Exception {
        URL[] ours = {
            OrcFormat.class.getProtectionDomain().getCodeSource().getLocation(),
            FileFormat.class.getProtectionDomain().getCodeSource().getLocation()
        };
        try (URLClassLoader alone = new URLClassLoader(ours, ClassLoader.getPlatformClassLoader())) {
            Object format = alone.loadClass(OrcFormat.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            assertThat(format.getClass().getMethod("name").invoke(format)).isEqualTo("orc");
            assertThat(format.getClass().getClassLoader()).isSameAs(alone);
        }
    }

    @Test
    void hadoopStartsNoThreads() throws IOException {
        read(write(EVERYTHING, List.of(new RandomRows(new Random(4), 0.3).batch(EVERYTHING, 10)), Options.NONE));
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.contains("hadoop"));
    }
}
