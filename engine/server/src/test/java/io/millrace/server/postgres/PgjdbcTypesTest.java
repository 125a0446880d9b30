package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PGInterval;

/** Values of all types there and back with pgjdbc, in the text and in the binary format. */
@Timeout(30)
final class PgjdbcTypesTest extends GatewayFixture {

    private static final String TEXT = "binaryTransfer=false";
    private static final String BINARY = "prepareThreshold=-1&binaryTransferEnable=numeric,date,1231";

    /** Teaches {@code SELECT $1}, which answers with its parameter. */
    private void echo(DataType type) {
        RowType row = RowType.of(Field.nullable("v", type));
        engine.teach(
                "SELECT $1",
                List.of(type),
                row,
                parameters -> FakeCursor.ending(row, List.of(Arrays.asList(parameters.get(0)))));
    }

    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    private interface Getter {
        Object get(ResultSet rows) throws SQLException;
    }

    private Object there(String mode, DataType type, Setter setter, Getter getter) throws SQLException {
        echo(type);
        try (Connection connection = connect(mode);
                PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
            setter.set(statement);
            Object first = read(statement, getter);
            assertThat(read(statement, getter)).isEqualTo(first);
            return first;
        }
    }

    private static Object read(PreparedStatement statement, Getter getter) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return getter.get(rows);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void numbers(String mode) throws SQLException {
        assertThat(there(mode, DataType.BOOLEAN, s -> s.setBoolean(1, true), r -> r.getBoolean(1)))
                .isEqualTo(true);
        assertThat(there(mode, DataType.TINYINT, s -> s.setShort(1, (short) -128), r -> r.getInt(1)))
                .isEqualTo(-128);
        assertThat(there(mode, DataType.SMALLINT, s -> s.setShort(1, (short) -32768), r -> r.getInt(1)))
                .isEqualTo(-32768);
        for (int value : new int[] {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThat(there(mode, DataType.INTEGER, s -> s.setInt(1, value), r -> r.getInt(1)))
                    .isEqualTo(value);
        }
        for (long value : new long[] {0, 10, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertThat(there(mode, DataType.BIGINT, s -> s.setLong(1, value), r -> r.getLong(1)))
                    .isEqualTo(value);
        }
        for (double value : new double[] {0, -0.0, 0.1, 1e20, 1e-9, Double.MAX_VALUE, Double.NaN, -1 / 0d}) {
            assertThat(there(mode, DataType.DOUBLE, s -> s.setDouble(1, value), r -> r.getDouble(1)))
                    .isEqualTo(value);
        }
        assertThat(there(mode, DataType.REAL, s -> s.setFloat(1, 1.1f), r -> r.getFloat(1)))
                .isEqualTo(1.1f);
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void integerWidens(String mode) throws SQLException {
        assertThat(there(mode, DataType.BIGINT, s -> s.setInt(1, -7), r -> r.getLong(1)))
                .isEqualTo(-7L);
        assertThat(there(mode, new DecimalType(10, 2), s -> s.setInt(1, 7), r -> r.getBigDecimal(1)))
                .isEqualTo(new BigDecimal("7.00"));
        assertThatThrownBy(() -> there(mode, DataType.TINYINT, s -> s.setInt(1, 200), r -> r.getInt(1)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22003"));
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void decimals(String mode) throws SQLException {
        for (String value : List.of("0.00", "12.50", "-0.05", "10000.00", "99999999.99", "-12345678.90")) {
            BigDecimal number = new BigDecimal(value);
            assertThat(there(mode, new DecimalType(10, 2), s -> s.setBigDecimal(1, number), r -> r.getBigDecimal(1)))
                    .isEqualTo(number);
        }
        for (String value : List.of("0.0000000000", "1234567890123456789012345678.0123456789", "-0.0000000001")) {
            BigDecimal number = new BigDecimal(value);
            assertThat(there(mode, new DecimalType(38, 10), s -> s.setBigDecimal(1, number), r -> r.getBigDecimal(1)))
                    .isEqualTo(number);
        }
        assertThat(there(
                        mode,
                        new DecimalType(18, 0),
                        s -> s.setBigDecimal(1, new BigDecimal("1E+4")),
                        r -> r.getBigDecimal(1)))
                .isEqualTo(new BigDecimal("10000"));
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void textAndBytes(String mode) throws SQLException {
        for (String value : List.of("", "plain", "zwölf € 🙂", "a\nb\\c\"d'")) {
            assertThat(there(mode, DataType.VARCHAR, s -> s.setString(1, value), r -> r.getString(1)))
                    .isEqualTo(value);
        }
        assertThat(there(mode, new CharacterType(4, true), s -> s.setString(1, "ab  "), r -> r.getString(1)))
                .isEqualTo("ab  ");
        byte[] bytes = {0, 1, -1, 92, 127};
        assertThat(there(mode, DataType.VARBINARY, s -> s.setBytes(1, bytes), r -> Arrays.toString(r.getBytes(1))))
                .isEqualTo(Arrays.toString(bytes));
        assertThat(there(mode, DataType.VARCHAR, s -> s.setNull(1, Types.VARCHAR), r -> String.valueOf(r.getString(1))))
                .isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void times(String mode) throws SQLException {
        for (String day : List.of("2026-01-31", "1969-12-31", "2000-02-29", "0001-01-01", "9999-12-31")) {
            LocalDate date = LocalDate.parse(day);
            assertThat(there(mode, DataType.DATE, s -> s.setObject(1, date), r -> r.getObject(1, LocalDate.class)))
                    .isEqualTo(date);
            assertThat(there(
                            mode,
                            DataType.DATE,
                            s -> s.setDate(1, java.sql.Date.valueOf(date)),
                            r -> r.getObject(1, LocalDate.class)))
                    .isEqualTo(date);
        }
        LocalTime time = LocalTime.of(23, 59, 58, 123_456_000);
        assertThat(there(mode, DataType.TIME, s -> s.setObject(1, time), r -> r.getObject(1, LocalTime.class)))
                .isEqualTo(time);
        for (String text : List.of("2026-01-31T10:00", "1969-12-31T23:59:59.999999", "2026-07-01T00:00:00.5")) {
            LocalDateTime stamp = LocalDateTime.parse(text);
            assertThat(there(
                            mode,
                            DataType.TIMESTAMP,
                            s -> s.setObject(1, stamp),
                            r -> r.getObject(1, LocalDateTime.class)))
                    .isEqualTo(stamp);
            assertThat(there(
                            mode,
                            DataType.TIMESTAMP,
                            s -> s.setTimestamp(1, java.sql.Timestamp.valueOf(stamp)),
                            r -> r.getTimestamp(1).toLocalDateTime()))
                    .isEqualTo(stamp);
            Instant instant = stamp.toInstant(ZoneOffset.ofHours(2));
            assertThat(there(
                            mode,
                            DataType.TIMESTAMP_WITH_TIME_ZONE,
                            s -> s.setObject(1, instant.atOffset(ZoneOffset.ofHours(5))),
                            r -> r.getObject(1, OffsetDateTime.class).toInstant()))
                    .isEqualTo(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void instantIsShownInTheSessionsZone(String mode) throws SQLException {
        RowType row = RowType.of(Field.required("t", DataType.TIMESTAMP_WITH_TIME_ZONE));
        engine.rows("SELECT t", row, List.of(Instant.parse("2026-07-01T10:00:00Z")));
        engine.rows("SELECT w", row, List.of(Instant.parse("2026-01-01T10:00:00.25Z")));
        try (Connection connection = connect("preferQueryMode=simple");
                var statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Asia/Kolkata'");
            ResultSet rows = statement.executeQuery("SELECT t");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("2026-07-01 15:30:00+05:30");
            statement.execute("SET TimeZone = 'Europe/Berlin'");
            rows = statement.executeQuery("SELECT w");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("2026-01-01 11:00:00.25+01");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void intervals(String mode) throws SQLException {
        PGInterval days = new PGInterval(0, 0, 1, 2, 3, 4.5);
        assertThat(there(
                        mode,
                        new IntervalType(false),
                        s -> s.setObject(1, days.getValue(), Types.OTHER),
                        r -> new PGInterval(r.getString(1))))
                .isEqualTo(days);
        PGInterval months = new PGInterval(1, 2, 0, 0, 0, 0);
        assertThat(there(
                        mode,
                        new IntervalType(true),
                        s -> s.setObject(1, months.getValue(), Types.OTHER),
                        r -> new PGInterval(r.getString(1))))
                .isEqualTo(months);
        RowType row =
                RowType.of(Field.required("d", new IntervalType(false)), Field.required("m", new IntervalType(true)));
        engine.rows("SELECT i", row, List.of(Duration.ofHours(-25), Period.ofMonths(-13)));
        try (Connection connection = connect("preferQueryMode=simple");
                ResultSet rows = connection.createStatement().executeQuery("SELECT i")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("-1 days -01:00:00");
            assertThat(rows.getString(2)).isEqualTo("-1 years -1 mons");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void arrays(String mode) throws SQLException {
        assertThat(array(mode, DataType.INTEGER, "int4", 1, null, -3)).containsExactly(1, null, -3);
        assertThat(array(mode, DataType.BIGINT, "int8", 1L, 2L)).containsExactly(1L, 2L);
        assertThat(array(mode, DataType.DOUBLE, "float8", 0.5, null)).containsExactly(0.5, null);
        assertThat(array(mode, DataType.BOOLEAN, "bool", true, false)).containsExactly(true, false);
        assertThat(array(mode, DataType.VARCHAR, "varchar", "a b", "", "NULL", null, "{x,\"y\\"))
                .containsExactly("a b", "", "NULL", null, "{x,\"y\\");
        assertThat(array(mode, DataType.VARCHAR, "varchar")).isEmpty();
    }

    private Object[] array(String mode, DataType element, String name, Object... values) throws SQLException {
        return ((List<?>) there(
                        mode,
                        new ArrayType(element, true),
                        s -> s.setArray(1, s.getConnection().createArrayOf(name, values)),
                        r -> Arrays.asList((Object[]) r.getArray(1).getArray())))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void nestedValuesAreJson(String mode) throws SQLException {
        RowType inner = RowType.of(
                Field.required("n", DataType.INTEGER),
                Field.nullable("d\"q", new DecimalType(5, 2)),
                Field.nullable("when", DataType.TIMESTAMP),
                Field.nullable("f", DataType.DOUBLE));
        MapType map = new MapType(DataType.VARCHAR, new ArrayType(DataType.BIGINT, true), true);
        RowType row = RowType.of(
                Field.required("r", inner),
                Field.required("m", map),
                Field.required("a", new ArrayType(new ArrayType(DataType.INTEGER, false), false)));
        engine.rows(
                "SELECT nested",
                row,
                List.of(
                        Arrays.asList(1, new BigDecimal("2.50"), LocalDateTime.parse("2026-01-31T10:00"), Double.NaN),
                        Map.of("a\"\n", Arrays.asList(1L, null)),
                        List.of(List.of(1, 2), List.of())));
        try (Connection connection = connect(mode);
                PreparedStatement statement = connection.prepareStatement("SELECT nested");
                ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("json");
            assertThat(rows.getString(1))
                    .isEqualTo("{\"n\":1,\"d\\\"q\":2.50,\"when\":\"2026-01-31T10:00:00\",\"f\":\"NaN\"}");
            assertThat(rows.getString(2)).isEqualTo("{\"a\\\"\\u000a\":[1,null]}");
            assertThat(rows.getString(3)).isEqualTo("[[1,2],[]]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TEXT, BINARY})
    void textThatIsNoNumberIsRefused(String mode) {
        assertThatThrownBy(() ->
                        there(mode, DataType.INTEGER, s -> s.setObject(1, "seven", Types.OTHER), r -> r.getInt(1)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22P02"));
    }
}
