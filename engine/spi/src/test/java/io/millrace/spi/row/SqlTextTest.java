package io.millrace.spi.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {

    private static final IntervalType MONTHS = new IntervalType(true);
    private static final IntervalType MICROS = new IntervalType(false);

    private static String text(DataType type, Object value) {
        return text(type, value, ZoneOffset.UTC);
    }

    private static String text(DataType type, Object value, ZoneId zone) {
        Column column = Column.create(type, 1);
        JavaValues.set(type, column, 0, value);
        StringBuilder out = new StringBuilder();
        SqlText.append(type, column, 0, zone, out);
        return out.toString();
    }

    private static Object value(DataType type, String text) {
        return value(type, text, ZoneOffset.UTC);
    }

    private static Object value(DataType type, String text, ZoneId zone) {
        Column column = Column.create(type, 1);
        SqlText.parse(type, text, zone, column, 0);
        return JavaValues.get(type, column, 0);
    }

    private static void assertFails(DataType type, String text, ErrorCode code) {
        assertThatThrownBy(() -> value(type, text))
                .isInstanceOfSatisfying(
                        RowFailure.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "-1.5, -1.5",
        "0.1, 0.1",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1.25E-7, 1.25e-07",
        "100000000000000, 100000000000000",
        "1E15, 1e+15",
        "1.7976931348623157E308, 1.7976931348623157e+308",
        "4.9E-324, 4.9e-324",
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
        "123456.789, 123456.789",
        "0.30000000000000004, 0.30000000000000004"
    })
    void doubleIsWrittenInItsShortestForm(double value, String text) {
        assertThat(text(DataType.DOUBLE, value)).isEqualTo(text);
        assertThat(value(DataType.DOUBLE, text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "0.1, 0.1", "100000, 100000", "1000000, 1e+06", "16777216, 1.6777216e+07"})
    void realHasItsOwnShortestForm(float value, String text) {
        assertThat(text(DataType.REAL, value)).isEqualTo(text);
        assertThat(value(DataType.REAL, text)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"0.05, 5, 2", "-0.05, 5, 2", "123.00, 5, 2", "-7, 5, 0", "0.000000000000000001, 18, 18"})
    void decimalShowsItsScale(BigDecimal value, int precision, int scale) {
        DecimalType type = new DecimalType(precision, scale);
        assertThat(text(type, value)).isEqualTo(value.toPlainString());
        assertThat(value(type, value.toPlainString())).isEqualTo(value);
        DecimalType wide = new DecimalType(38, scale);
        assertThat(text(wide, value)).isEqualTo(value.toPlainString());
    }

    @Test
    void decimalIsRoundedHalfAwayFromZero() {
        assertThat(value(new DecimalType(4, 1), "1.25")).isEqualTo(new BigDecimal("1.3"));
        assertThat(value(new DecimalType(4, 1), "-1.25")).isEqualTo(new BigDecimal("-1.3"));
        assertThat(value(new DecimalType(4, 1), " 1e2 ")).isEqualTo(new BigDecimal("100.0"));
        assertThat(value(new DecimalType(4, 1), "1e-1000000000")).isEqualTo(new BigDecimal("0.0"));
        assertFails(new DecimalType(4, 1), "999.95", ErrorCode.NUMERIC_OVERFLOW);
        assertFails(new DecimalType(4, 1), "1e1000000000", ErrorCode.NUMERIC_OVERFLOW);
        assertFails(new DecimalType(4, 1), "1e99999999999", ErrorCode.NUMERIC_OVERFLOW);
    }

    @Test
    void integersAreReadToTheirLimitsAndNotBeyond() {
        assertThat(value(DataType.TINYINT, "-128")).isEqualTo(-128);
        assertThat(value(DataType.TINYINT, "+127")).isEqualTo(127);
        assertFails(DataType.TINYINT, "128", ErrorCode.NUMERIC_OVERFLOW);
        assertFails(DataType.TINYINT, "-129", ErrorCode.NUMERIC_OVERFLOW);
        assertThat(value(DataType.SMALLINT, " 32767\t")).isEqualTo(32767);
        assertThat(value(DataType.INTEGER, "-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertFails(DataType.INTEGER, "2147483648", ErrorCode.NUMERIC_OVERFLOW);
        assertThat(value(DataType.BIGINT, "-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
        assertThat(value(DataType.BIGINT, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertFails(DataType.BIGINT, "9223372036854775808", ErrorCode.NUMERIC_OVERFLOW);
        assertFails(DataType.BIGINT, "-9223372036854775809", ErrorCode.NUMERIC_OVERFLOW);
        assertFails(DataType.BIGINT, "99999999999999999999", ErrorCode.NUMERIC_OVERFLOW);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "-", "+", "1.5", "1 2", "0x10", "12a", "１"})
    void textThatIsNoIntegerIsRefused(String text) {
        assertFails(DataType.INTEGER, text, ErrorCode.INVALID_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"''", "1f", "1d", "0x1p3", "1e", "1.2.3", "e5", ".", "'1,5'", "1.2.3e4"})
    void textThatIsNoNumberIsRefused(String text) {
        assertFails(DataType.DOUBLE, text, ErrorCode.INVALID_VALUE);
        assertFails(new DecimalType(9, 2), text, ErrorCode.INVALID_VALUE);
    }

    @Test
    void doubleOutOfRangeIsAnOverflow() {
        assertFails(DataType.DOUBLE, "1e400", ErrorCode.NUMERIC_OVERFLOW);
        assertFails(DataType.REAL, "1e39", ErrorCode.NUMERIC_OVERFLOW);
        assertThat(value(DataType.DOUBLE, ".5")).isEqualTo(0.5);
        assertThat(value(DataType.DOUBLE, "5.")).isEqualTo(5.0);
    }

    @Test
    void truthValues() {
        assertThat(text(DataType.BOOLEAN, true)).isEqualTo("true");
        assertThat(text(DataType.BOOLEAN, false)).isEqualTo("false");
        assertThat(value(DataType.BOOLEAN, " T ")).isEqualTo(true);
        assertThat(value(DataType.BOOLEAN, "off")).isEqualTo(false);
        assertFails(DataType.BOOLEAN, "o", ErrorCode.INVALID_VALUE);
    }

    @Test
    void datesAndTimes() {
        assertThat(text(DataType.DATE, LocalDate.of(2026, 1, 31))).isEqualTo("2026-01-31");
        assertThat(text(DataType.DATE, LocalDate.of(0, 3, 1))).isEqualTo("0001-03-01 BC");
        assertThat(value(DataType.DATE, "0001-03-01 BC")).isEqualTo(LocalDate.of(0, 3, 1));
        assertThat(text(DataType.DATE, LocalDate.of(12026, 1, 1))).isEqualTo("12026-01-01");
        assertThat(value(DataType.DATE, "12026-1-1")).isEqualTo(LocalDate.of(12026, 1, 1));
        assertThat(value(DataType.DATE, "2026-01-31 23:59:59")).isEqualTo(LocalDate.of(2026, 1, 31));
        assertThat(text(DataType.TIME, LocalTime.of(3, 4))).isEqualTo("03:04:00");
        assertThat(text(DataType.TIME, LocalTime.of(3, 4, 5, 120_000_000))).isEqualTo("03:04:05.12");
        assertThat(value(DataType.TIME, "3:04")).isEqualTo(LocalTime.of(3, 4));
        assertThat(value(DataType.TIME, "23:59:59.9999999")).isEqualTo(LocalTime.of(23, 59, 59, 999_999_000));
        assertFails(DataType.DATE, "2026-02-29", ErrorCode.INVALID_VALUE);
        assertFails(DataType.DATE, "2026-13-01", ErrorCode.INVALID_VALUE);
        assertFails(DataType.DATE, "26-01-01", ErrorCode.INVALID_VALUE);
        assertFails(DataType.TIME, "24:00:00", ErrorCode.INVALID_VALUE);
    }

    @Test
    void endsOfDaysAndMinutesAreThoseThatFollow() {
        assertThat(value(DataType.TIMESTAMP, "2026-12-31 24:00:00")).isEqualTo(LocalDateTime.of(2027, 1, 1, 0, 0));
        assertThat(value(DataType.TIMESTAMP, "2026-12-31 23:59:60")).isEqualTo(LocalDateTime.of(2027, 1, 1, 0, 0));
        assertThat(value(DataType.TIMESTAMP, "2026-12-31T10:59:60Z")).isEqualTo(LocalDateTime.of(2026, 12, 31, 11, 0));
        assertThat(value(DataType.TIME, "10:59:60")).isEqualTo(LocalTime.of(11, 0));
        assertFails(DataType.TIME, "23:59:60", ErrorCode.INVALID_VALUE);
        assertFails(DataType.TIMESTAMP, "2026-12-31 24:00:01", ErrorCode.INVALID_VALUE);
        assertFails(DataType.TIMESTAMP, "2026-12-31 10:00:61", ErrorCode.INVALID_VALUE);
    }

    @Test
    void infinityIsRefusedByName() {
        for (String text : new String[] {"infinity", "-Infinity", "+INFINITY "}) {
            for (DataType type :
                    new DataType[] {DataType.DATE, DataType.TIMESTAMP, DataType.TIMESTAMP_WITH_TIME_ZONE}) {
                assertThatThrownBy(() -> value(type, text)).hasMessageContaining("finite");
            }
        }
    }

    @Test
    void timestamps() {
        LocalDateTime time = LocalDateTime.of(2026, 1, 31, 13, 45, 1, 500_000_000);
        assertThat(text(DataType.TIMESTAMP, time)).isEqualTo("2026-01-31 13:45:01.5");
        assertThat(text(DataType.TIMESTAMP, time.withNano(0))).isEqualTo("2026-01-31 13:45:01");
        assertThat(text(DataType.TIMESTAMP, LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_999_000)))
                .isEqualTo("1969-12-31 23:59:59.999999");
        assertThat(value(DataType.TIMESTAMP, "2026-01-31T13:45:01.5")).isEqualTo(time);
        assertThat(value(DataType.TIMESTAMP, "2026-01-31 15:45:01.5+02")).isEqualTo(time);
        assertThat(value(DataType.TIMESTAMP, "2026-01-31 13:45:01.5Z")).isEqualTo(time);
        assertThat(value(DataType.TIMESTAMP, "2026-01-31")).isEqualTo(LocalDateTime.of(2026, 1, 31, 0, 0));
        assertThat(value(new TimestampType(3, false), "1969-12-31 23:59:59.9996"))
                .isEqualTo(LocalDateTime.of(1969, 12, 31, 23, 59, 59, 999_000_000));
        assertFails(DataType.TIMESTAMP, "2026-01-31 13:45:01.", ErrorCode.INVALID_VALUE);
        assertFails(DataType.TIMESTAMP, "2026-01-31 13:45:01 x", ErrorCode.INVALID_VALUE);
        assertFails(DataType.TIMESTAMP, "999999999-01-01 00:00", ErrorCode.NUMERIC_OVERFLOW);
    }

    @Test
    void instantsAreShownInTheZone() {
        Instant instant = Instant.parse("2026-07-01T10:00:00Z");
        DataType type = DataType.TIMESTAMP_WITH_TIME_ZONE;
        assertThat(text(type, instant)).isEqualTo("2026-07-01 10:00:00+00");
        assertThat(text(type, instant, ZoneId.of("Europe/Berlin"))).isEqualTo("2026-07-01 12:00:00+02");
        assertThat(text(type, instant, ZoneId.of("Asia/Kolkata"))).isEqualTo("2026-07-01 15:30:00+05:30");
        assertThat(value(type, "2026-07-01 12:00:00", ZoneId.of("Europe/Berlin")))
                .isEqualTo(instant);
        assertThat(value(type, "2026-07-01 05:00:00-0500")).isEqualTo(instant);
        assertThat(value(type, "2026-07-01T15:30:00+05:30")).isEqualTo(instant);
    }

    @Test
    void intervals() {
        assertThat(text(MONTHS, Period.ofMonths(14))).isEqualTo("1 year 2 mons");
        assertThat(text(MONTHS, Period.ofMonths(-25))).isEqualTo("-2 years -1 mons");
        assertThat(text(MONTHS, Period.ofMonths(0))).isEqualTo("00:00:00");
        assertThat(text(MICROS, Duration.ofSeconds(93784, 500_000_000))).isEqualTo("1 day 02:03:04.5");
        assertThat(text(MICROS, Duration.ofDays(2))).isEqualTo("2 days");
        assertThat(text(MICROS, Duration.ofMinutes(-90))).isEqualTo("-01:30:00");
        assertThat(text(MICROS, Duration.ZERO)).isEqualTo("00:00:00");
        assertThat(value(MONTHS, "1-2")).isEqualTo(Period.ofMonths(14));
        assertThat(value(MONTHS, "-1-2")).isEqualTo(Period.ofMonths(-14));
        assertThat(value(MICROS, "3 04:05:06.7")).isEqualTo(Duration.ofSeconds(273906, 700_000_000));
        assertThat(value(MICROS, "-3 04:00:00")).isEqualTo(Duration.ofHours(-76));
        assertThat(value(MICROS, "-1 days +04:00:00")).isEqualTo(Duration.ofHours(-20));
        assertFails(MICROS, "soon", ErrorCode.INVALID_VALUE);
        assertFails(MONTHS, "", ErrorCode.INVALID_VALUE);
    }

    @Test
    void lengthsCutAndPad() {
        assertThat(value(new CharacterType(3, false), "äöüß")).isEqualTo("äöü");
        assertThat(value(new CharacterType(3, false), " a")).isEqualTo(" a");
        assertThat(value(new CharacterType(3, true), "ä")).isEqualTo("ä  ");
        assertThat(value(new BinaryType(2, true), "\\x01")).isEqualTo(new byte[] {1, 0});
        assertThat(value(new BinaryType(1, false), "ab")).isEqualTo(new byte[] {'a'});
        assertThat(text(DataType.VARBINARY, new byte[] {0, -1})).isEqualTo("\\x00ff");
        assertFails(DataType.VARBINARY, "\\x0g", ErrorCode.INVALID_VALUE);
        assertFails(DataType.VARBINARY, "\\x012", ErrorCode.INVALID_VALUE);
    }

    @Test
    void nestedValuesQuoteWhatIsAmbiguous() {
        ArrayType array = new ArrayType(DataType.VARCHAR, true);
        assertThat(text(array, Arrays.asList("a", null, "", "null", "x y", "q\"\\")))
                .isEqualTo("{a,NULL,\"\",\"null\",\"x y\",\"q\\\"\\\\\"}");
        assertThat(text(new ArrayType(array, false), List.of(List.of("a"), List.of())))
                .isEqualTo("{{a},{}}");
        RowType row = RowType.of(Field.nullable("a", DataType.INTEGER), Field.nullable("b", DataType.VARCHAR));
        assertThat(text(row, Arrays.asList(1, null))).isEqualTo("(1,)");
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("k", 1);
        map.put("n", null);
        assertThat(text(new MapType(DataType.VARCHAR, DataType.INTEGER, true), map))
                .isEqualTo("\"k\"=>\"1\", \"n\"=>NULL");
    }

    @Test
    void randomTimesAndIntervalsReadBackAsWritten() {
        long seed = 20260117;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long micros = random.nextLong() >> random.nextInt(40);
            Object instant = JavaValues.instant(micros);
            DataType type = DataType.TIMESTAMP_WITH_TIME_ZONE;
            assertThat(value(type, text(type, instant, ZoneId.of("America/New_York"))))
                    .as("seed %d, micros %d", seed, micros)
                    .isEqualTo(instant);
            Duration length = Duration.of(micros, java.time.temporal.ChronoUnit.MICROS);
            assertThat(value(MICROS, text(MICROS, length)))
                    .as("micros %d", micros)
                    .isEqualTo(length);
        }
    }

    @Test
    void bufferEncodesCodePointsAsUtf8() {
        Utf8Buffer buffer = new Utf8Buffer(1);
        "aé€😀".codePoints().forEach(buffer::appendCodePoint);
        buffer.append(Long.MIN_VALUE);
        assertThat(buffer.toString()).isEqualTo("aé€😀-9223372036854775808");
        assertThat(HexFormat.of().formatHex(buffer.toByteArray(), 0, 10)).isEqualTo("61c3a9e282acf09f9880");
    }
}
