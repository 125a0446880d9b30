package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What our driver reads in binary is what it reads as text. */
@Timeout(120)
final class DriverFormatsTest {

    private static final String COLUMNS =
            "a BOOLEAN, b SMALLINT, c INTEGER, d BIGINT, e REAL, f DOUBLE, g DATE, h TIME(6),"
                    + " i TIMESTAMP(6), j TIMESTAMP(6) WITH LOCAL TIME ZONE, k DECIMAL(20, 5), l VARCHAR, m VARBINARY";
    private static final int ROWS = 150;

    /** One way to look at a cell. */
    private interface Look {
        Object at(ResultSet rows, int column) throws SQLException;
    }

    private static final Map<String, Look> LOOKS = new LinkedHashMap<>();

    static {
        LOOKS.put("getString", ResultSet::getString);
        LOOKS.put("getObject", ResultSet::getObject);
        LOOKS.put("getBoolean", ResultSet::getBoolean);
        LOOKS.put("getByte", ResultSet::getByte);
        LOOKS.put("getShort", ResultSet::getShort);
        LOOKS.put("getInt", ResultSet::getInt);
        LOOKS.put("getLong", ResultSet::getLong);
        LOOKS.put("getFloat", ResultSet::getFloat);
        LOOKS.put("getDouble", ResultSet::getDouble);
        LOOKS.put("getBigDecimal", ResultSet::getBigDecimal);
        LOOKS.put("getBytes", ResultSet::getBytes);
        LOOKS.put("getDate", ResultSet::getDate);
        LOOKS.put("getTime", ResultSet::getTime);
        LOOKS.put("getTimestamp", ResultSet::getTimestamp);
        Calendar lima = Calendar.getInstance(TimeZone.getTimeZone("America/Lima"));
        LOOKS.put("getTimestamp in Lima", (rows, column) -> rows.getTimestamp(column, lima));
        for (Class<?> type : List.of(
                LocalDate.class,
                LocalTime.class,
                LocalDateTime.class,
                OffsetDateTime.class,
                Integer.class,
                Double.class,
                BigInteger.class)) {
            LOOKS.put(type.getSimpleName(), (rows, column) -> rows.getObject(column, type));
        }
    }

    @TempDir
    Path directory;

    private static Connection connect(EngineGateway gateway, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:millrace://127.0.0.1:" + gateway.address().getPort() + "/millrace?" + options);
    }

    @Test
    void binaryAndTextGiveTheSameInAnyZone() throws Exception {
        TimeZone before = TimeZone.getDefault();
        try (EngineGateway gateway = EngineGateway.open(directory);
                Connection binary = connect(gateway, "");
                Connection text = connect(gateway, "binary=false")) {
            binary.createStatement().execute("CREATE STREAM t (" + COLUMNS + ")");
            insert(binary, new Random(7));
            for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu")) {
                TimeZone.setDefault(TimeZone.getTimeZone(ZoneId.of(zone)));
                assertThat(looks(binary, ROWS)).as(zone).containsExactlyElementsOf(looks(text, ROWS));
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    private static List<String> looks(Connection connection, int expected) throws SQLException {
        List<String> seen = new ArrayList<>();
        try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM t")) {
            int count = 0;
            for (; rows.next(); count++) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    for (Map.Entry<String, Look> look : LOOKS.entrySet()) {
                        seen.add(count + "." + column + " " + look.getKey() + ": "
                                + look(look.getValue(), rows, column));
                    }
                }
            }
            assertThat(count).isEqualTo(expected);
        }
        return seen;
    }

    private static String look(Look look, ResultSet rows, int column) {
        try {
            Object value = look.at(rows, column);
            String shown = value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
            return shown + (rows.wasNull() ? ", was null" : "");
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    private static void insert(Connection connection, Random random) throws SQLException {
        String marks = "?" + ", ?".repeat(12);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (" + marks + ")")) {
            for (int row = 0; row < ROWS; row++) {
                Object[] values = values(random);
                for (int i = 0; i < values.length; i++) {
                    insert.setObject(i + 1, random.nextInt(10) == 0 ? null : values[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Object[] values(Random random) {
        LocalDateTime at = LocalDateTime.of(
                        random.nextInt(10) == 0 ? 1 + random.nextInt(2500) : 1960 + random.nextInt(80), 1, 1, 0, 0)
                .plusMinutes(random.nextInt(366 * 24 * 60))
                .plusNanos(random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000) * 1000L);
        return new Object[] {
            random.nextBoolean(),
            (short) random.nextInt(),
            random.nextInt() >> random.nextInt(32),
            random.nextLong() >> random.nextInt(64),
            oneOf(
                    random,
                    Float.NaN,
                    -0f,
                    Float.NEGATIVE_INFINITY,
                    Float.intBitsToFloat(random.nextInt()),
                    random.nextFloat()),
            oneOf(
                    random,
                    Double.NaN,
                    0.0,
                    Double.MIN_VALUE,
                    Double.longBitsToDouble(random.nextLong()),
                    random.nextInt(100_000) / 100.0),
            at.toLocalDate(),
            at.toLocalTime(),
            at,
            at.atZone(ZoneId.of("Europe/Berlin")).toOffsetDateTime(),
            BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), 5),
            "l" + random.nextInt(),
            new byte[] {(byte) random.nextInt(), (byte) random.nextInt()},
        };
    }

    private static Object oneOf(Random random, Object... values) {
        return values[random.nextInt(values.length)];
    }
}
