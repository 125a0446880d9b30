package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Types;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forms of PostgreSQL's SQL that clients write and read. */
@Timeout(60)
final class SqlFormsTest extends DriverFixture {

    private List<String> ask(String sql) throws SQLException {
        try (Connection connection = connect()) {
            return texts(connection.createStatement().executeQuery(sql));
        }
    }

    @Test
    void rowsAreWrittenAndReadWithTheirFieldsInOrder() throws SQLException {
        gateway.run(
                "CREATE STREAM s (n INTEGER, r ROW(x BIGINT, y VARCHAR))",
                "INSERT INTO s VALUES (1, ROW(1, 'a')), (2, ROW(CAST(NULL AS INTEGER), 'b'))",
                "INSERT INTO s (n, r) SELECT n + 2, ROW(n, 'c') FROM s WHERE n = 1");
        assertThat(ask("SELECT n, r FROM s ORDER BY n"))
                .containsExactly("1|{\"x\":1,\"y\":\"a\"}", "2|{\"x\":null,\"y\":\"b\"}", "3|{\"x\":1,\"y\":\"c\"}");
        assertThat(ask("SELECT n FROM s WHERE r = ROW(1, 'a') OR ROW(n, 5) = ROW(3, 5) ORDER BY n"))
                .containsExactly("1", "3");
        assertThat(ask("SELECT COUNT(DISTINCT ROW(n > 1, 0)) FROM s")).containsExactly("2");
        assertThat(ask("SELECT COALESCE(r, ROW(0, 'z')) FROM s WHERE n = 3")).containsExactly("{\"x\":1,\"y\":\"c\"}");
    }

    @Test
    void rowInBracketsIsOneValue() throws SQLException {
        assertThat(ask("VALUES (ROW(1, 'a'))")).containsExactly("{\"f1\":1,\"f2\":\"a\"}");
        assertThat(ask("VALUES ROW(1, 'a')")).containsExactly("1|a");
        try (Connection connection = connect();
                ResultSet rows = connection.createStatement().executeQuery("SELECT ROW(1, 'a', ROW(2.5)) AS r")) {
            assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.STRUCT);
            rows.next();
            Object[] attributes = ((Struct) rows.getObject("r")).getAttributes();
            assertThat(attributes).startsWith(1, "a");
            assertThat(attributes[2]).hasToString("{\"f1\":2.5}");
        }
    }

    @Test
    void emptyArrayGoesIntoAColumnOfAnyArray() throws SQLException {
        gateway.run(
                "CREATE STREAM s (n INTEGER, l INTEGER ARRAY, t VARCHAR ARRAY NOT NULL)",
                "INSERT INTO s VALUES (1, ARRAY[], ARRAY[]), (2, NULL, ARRAY[])");
        assertThat(ask("SELECT n, l, t, CARDINALITY(t) FROM s ORDER BY n")).containsExactly("1|{}|{}|0", "2|null|{}|0");
        assertThatThrownBy(() -> ask("SELECT ARRAY[] FROM s"))
                .hasMessageContaining("nothing says what an array without elements is one of");
    }

    @Test
    void elementsComeWithTheirPlaces() throws SQLException {
        gateway.run(
                "CREATE STREAM s (n INTEGER, l VARCHAR ARRAY)",
                "INSERT INTO s VALUES (1, ARRAY['x', 'y']), (2, ARRAY['z'])");
        assertThat(ask("SELECT n, v, o FROM s, UNNEST(s.l) WITH ORDINALITY AS u (v, o) ORDER BY n, o"))
                .containsExactly("1|x|1", "1|y|2", "2|z|1");
        assertThat(ask("SELECT * FROM UNNEST(ARRAY['x', 'y']) WITH ORDINALITY AS u (v, o)"))
                .containsExactly("x|1", "y|2");
        assertThat(ask("SELECT u.ordinality, u FROM unnest(ARRAY[7, 8]) WITH ORDINALITY AS u"))
                .containsExactly("1|7", "2|8");
    }

    @Test
    void intervalsAreReadInTextAndBinary() throws Exception {
        gateway.run("CREATE STREAM s (n INTEGER)", "INSERT INTO s VALUES (1)");
        String sql = "SELECT INTERVAL '1 02:03:04.5' DAY TO SECOND AS d, INTERVAL '-2-3' YEAR TO MONTH AS m,"
                + " CAST(NULL AS INTERVAL DAY) FROM s";
        try (Connection connection = gateway.connect("");
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            assertThat(rows.getObject(1)).isEqualTo(new org.postgresql.util.PGInterval(0, 0, 1, 2, 3, 4.5));
            assertThat(rows.getObject(2)).isEqualTo(new org.postgresql.util.PGInterval(-2, -3, 0, 0, 0, 0));
            assertThat(rows.getObject(3)).isNull();
            var binary = new java.io.ByteArrayOutputStream();
            connection
                    .unwrap(org.postgresql.PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + sql + ") TO STDOUT (FORMAT binary)", binary);
            // Microseconds of the day, days, months.
            assertThat(java.util.HexFormat.of().formatHex(binary.toByteArray()))
                    .contains("00000010" + "%016x%08x%08x".formatted(7_384_500_000L, 1, 0))
                    .contains("00000010" + "%016x%08x%08x".formatted(0, 0, -27))
                    .endsWith("ffffffffffff");
        }
        assertThat(ask(sql)).containsExactly("1 day 02:03:04.5|-2 years -3 mons|null");
    }

    @Test
    void endOfADayIsReadAsPostgresDoesAndInfinityRefused() throws SQLException {
        gateway.run("CREATE STREAM s (t TIMESTAMP, d DATE, c TIME)");
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO s VALUES (?, ?, ?)")) {
            insert.setString(1, "2026-12-31 24:00:00");
            insert.setString(2, "2026-12-31");
            insert.setString(3, "23:58:60");
            insert.executeUpdate();
            try (ResultSet rows = connection.createStatement().executeQuery("SELECT t, c FROM s")) {
                rows.next();
                assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo("2027-01-01T00:00");
                assertThat(rows.getString(2)).isEqualTo("23:59:00");
            }
            insert.setString(3, "24:00:00");
            assertThatThrownBy(insert::executeUpdate)
                    .hasMessageContaining("24:00:00 is the end of a day")
                    .extracting(DriverFixture::state)
                    .isEqualTo("22P02");
            insert.setString(3, "10:00");
            insert.setString(2, "infinity");
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("each date and timestamp is finite here");
            insert.setString(2, "2026-01-01");
            insert.setString(1, "-infinity");
            assertThatThrownBy(insert::executeUpdate).hasMessageContaining("finite");
        }
        assertThatThrownBy(() -> ask("SELECT CAST('infinity' AS TIMESTAMP) FROM s UNION ALL SELECT t FROM s"))
                .hasMessageContaining("finite");
    }
}
