package io.millrace.server.postgres.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written in a form is read back from it, in whatever pieces it comes. */
final class CopyFormsTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final RowType ALL_TYPES = RowType.of(
            Field.nullable("b", DataType.BOOLEAN),
            Field.nullable("t", DataType.TINYINT),
            Field.nullable("s", DataType.SMALLINT),
            Field.nullable("i", DataType.INTEGER),
            Field.nullable("l", DataType.BIGINT),
            Field.nullable("r", DataType.REAL),
            Field.nullable("d", DataType.DOUBLE),
            Field.nullable("n", new DecimalType(12, 3)),
            Field.nullable("w", new DecimalType(38, 10)),
            Field.nullable("v", DataType.VARCHAR),
            Field.nullable("c", new CharacterType(5, true)),
            Field.nullable("x", DataType.VARBINARY),
            Field.nullable("f", new BinaryType(3, true)),
            Field.nullable("day", DataType.DATE),
            Field.nullable("clock", DataType.TIME),
            Field.nullable("stamp", DataType.TIMESTAMP),
            Field.nullable("moment", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("months", new IntervalType(true)),
            Field.nullable("span", new IntervalType(false)),
            Field.nullable("ints", new ArrayType(DataType.INTEGER, true)),
            Field.nullable("texts", new ArrayType(DataType.VARCHAR, true)));

    private static final List<CopyOptions> CSV_DIALECTS = List.of(
            csv(',', '"', '"', ""),
            csv(';', '\'', '\\', "NULL"),
            csv('|', '"', '"', "\\N"),
            csv('-', '.', '0', "x"),
            csv('\t', '%', '%', "nil"));

    private static CopyOptions csv(char delimiter, char quote, char escape, String nullText) {
        return new CopyOptions(
                CopyOptions.Form.CSV,
                CopyOptions.Header.MATCH,
                (byte) delimiter,
                nullText,
                (byte) quote,
                (byte) escape,
                List.of(),
                List.of(),
                List.of());
    }

    private static List<Object> row(Random random) {
        List<Object> row = new ArrayList<>(Arrays.asList(
                random.nextBoolean(),
                random.nextInt(256) - 128,
                random.nextInt(65_536) - 32_768,
                pick(random, Integer.MIN_VALUE, Integer.MAX_VALUE, random.nextInt()),
                pick(random, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong()),
                pick(random, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, random.nextFloat()),
                pick(random, Double.NaN, Double.POSITIVE_INFINITY, Double.MAX_VALUE, -0.0, random.nextGaussian()),
                BigDecimal.valueOf(random.nextLong(-999_999_999_999L, 999_999_999_999L), 3),
                new BigDecimal(new BigInteger(120, random), 10).negate(),
                text(random),
                ("ab" + random.nextInt(10) + "     ").substring(0, 5),
                bytes(random, random.nextInt(6)),
                bytes(random, 3),
                pick(
                        random,
                        LocalDate.of(1, 1, 1),
                        LocalDate.of(9999, 12, 31),
                        LocalDate.ofEpochDay(random.nextInt(40_000))),
                pick(random, LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_999_000)),
                pick(random, LocalDateTime.of(1, 1, 1, 0, 0), LocalDateTime.of(9999, 12, 31, 23, 59, 59, 1_000)),
                Instant.ofEpochSecond(random.nextInt(), 1000L * random.nextInt(1_000_000))
                        .truncatedTo(ChronoUnit.MICROS),
                Period.ofMonths(random.nextInt(1000) - 500),
                Duration.of(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L), ChronoUnit.MICROS),
                Arrays.asList(random.nextInt(), null, 7),
                Arrays.asList(text(random), null, "NULL", "")));
        for (int i = 0; i < row.size(); i++) {
            if (random.nextInt(8) == 0) {
                row.set(i, null);
            }
        }
        return row;
    }

    private static Object pick(Random random, Object... values) {
        return values[random.nextInt(values.length)];
    }

    private static String text(Random random) {
        String[] parts = {
            "a", "ß", "🙂", "\n", "\r\n", "\r", "\t", "\\", "\\.", "\\N", "\"", "'", ",", ";", "|", "NULL", " ", "x",
            "\b", "."
        };
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] write(CopyOptions options, RowType type, List<? extends List<?>> rows) {
        RowBatch batch = RowBatch.create(type, rows.size());
        for (int row = 0; row < rows.size(); row++) {
            for (int i = 0; i < type.size(); i++) {
                JavaValues.set(
                        type.field(i).type(),
                        batch.column(i),
                        row,
                        rows.get(row).get(i));
            }
        }
        batch.size(rows.size());
        CopyOutput output = CopyOutput.of(type, options, ZONE);
        WireBuffer out = new WireBuffer(1 << 20);
        output.begin(out);
        int[] numbers = IntStream.range(0, rows.size()).toArray();
        int next = 0;
        while (next < numbers.length) {
            next = output.encode(batch, numbers, next, numbers.length, out);
        }
        output.end(out);
        return bodies(out.utf8().toByteArray());
    }

    /** Takes what was copied out of its messages. */
    private static byte[] bodies(byte[] messages) {
        ByteArrayOutputStream copied = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(messages);
        while (in.hasRemaining()) {
            assertThat((char) in.get()).isEqualTo('d');
            byte[] body = new byte[in.getInt() - 4];
            in.get(body);
            copied.writeBytes(body);
        }
        return copied.toByteArray();
    }

    private static List<List<?>> read(CopyOptions options, RowType type, byte[] copied, int... cuts) {
        List<List<?>> rows = new ArrayList<>();
        CopyInput input = new CopyInput("s", type, options, ZONE, batch -> {
            for (int row = 0; row < batch.size(); row++) {
                rows.add(JavaValues.row(batch, row));
            }
        });
        int from = 0;
        for (int cut : cuts) {
            input.add(Arrays.copyOfRange(copied, from, cut));
            input.flush();
            from = cut;
        }
        input.add(Arrays.copyOfRange(copied, from, copied.length));
        input.end();
        assertThat(input.rows()).isEqualTo(rows.size());
        return rows;
    }

    private static String shown(List<? extends List<?>> rows) {
        StringBuilder text = new StringBuilder();
        for (List<?> row : rows) {
            for (Object value : row) {
                text.append(value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value))
                        .append('¦');
            }
            text.append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @EnumSource(CopyOptions.Form.class)
    void allTypesReadBackWhatWasWritten(CopyOptions.Form form) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            rows.add(row(random));
        }
        CopyOptions options = CopyOptions.of(form);
        byte[] copied = write(options, ALL_TYPES, rows);
        assertThat(shown(read(options, ALL_TYPES, copied))).as("seed %d", seed).isEqualTo(shown(rows));
        int[] cuts = random.ints(50, 0, copied.length).sorted().toArray();
        assertThat(shown(read(options, ALL_TYPES, copied, cuts)))
                .as("seed %d", seed)
                .isEqualTo(shown(rows));
    }

    @Test
    void everyDialectOfCsvReadsBackWhatWasWritten() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        RowType type = RowType.of(
                Field.nullable("a,\"b", DataType.VARCHAR),
                Field.nullable("c", DataType.INTEGER),
                Field.nullable("d", DataType.VARCHAR));
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(Arrays.asList(
                    random.nextInt(4) == 0 ? null : text(random),
                    random.nextInt(),
                    random.nextInt(4) == 0 ? null : text(random)));
        }
        for (CopyOptions options : CSV_DIALECTS) {
            byte[] copied = write(options, type, rows);
            assertThat(shown(read(options, type, copied)))
                    .as("%s, seed %d", options, seed)
                    .isEqualTo(shown(rows));
        }
    }

    @ParameterizedTest
    @EnumSource(CopyOptions.Form.class)
    void recordsMayComeInAnyTwoPieces(CopyOptions.Form form) {
        RowType type = RowType.of(Field.nullable("v", DataType.VARCHAR), Field.nullable("n", DataType.INTEGER));
        List<List<?>> rows = List.of(List.of("a\\\"b\"\r\nß", 1), Arrays.asList(null, 22), List.of("\\.", -3));
        CopyOptions options = CopyOptions.of(form);
        byte[] copied = write(options, type, rows);
        for (int cut = 0; cut <= copied.length; cut++) {
            assertThat(shown(read(options, type, copied, cut)))
                    .as("cut at %d", cut)
                    .isEqualTo(shown(rows));
        }
    }

    @Test
    void aRecordOfMegabytesComesWholeFromSmallPieces() {
        RowType type = RowType.of(Field.nullable("v", DataType.VARCHAR));
        String large = "ab\"c\n".repeat(700_000);
        CopyOptions options = CopyOptions.of(CopyOptions.Form.CSV);
        byte[] copied = write(options, type, List.of(List.of(large), List.of("z")));
        int[] cuts = new int[copied.length / 1000];
        Arrays.setAll(cuts, i -> i * 1000);
        List<List<?>> rows = read(options, type, copied, cuts);
        assertThat(rows).hasSize(2);
        assertThat((String) rows.get(0).get(0)).isEqualTo(large);
    }

    @Test
    void textIsWrittenAsPostgresqlWritesIt() {
        RowType type = RowType.of(
                Field.nullable("v", DataType.VARCHAR),
                Field.nullable("b", DataType.BOOLEAN),
                Field.nullable("t", DataType.TIMESTAMP_WITH_TIME_ZONE));
        List<List<?>> rows = List.of(
                List.of("a\tb\\c\nd\re\b\f\013", true, Instant.parse("2026-07-01T10:00:00Z")),
                Arrays.asList("", null, null));
        assertThat(new String(write(CopyOptions.of(CopyOptions.Form.TEXT), type, rows), StandardCharsets.UTF_8))
                .isEqualTo("a\\tb\\\\c\\nd\\re\\b\\f\\v\tt\t2026-07-01 12:00:00+02\n\t\\N\t\\N\n");
        assertThat(new String(write(CopyOptions.of(CopyOptions.Form.CSV), type, rows), StandardCharsets.UTF_8))
                .isEqualTo("\"a\tb\\c\nd\re\b\f\013\",t,2026-07-01 12:00:00+02\n\"\",,\n");
        assertThat(ZoneOffset.UTC).isNotEqualTo(ZONE);
    }
}
