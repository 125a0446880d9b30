package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver with a PostgreSQL 15, whose protocol it speaks. Skipped where that is not installed. */
@Timeout(60)
final class PostgresTest {

    /** Long enough that reading it would be noticed. */
    private static final String LONG = "SELECT n, pg_sleep(0.001) FROM generate_series(1, 1000000) n";

    private static Postgres server;
    private Connection connection;

    @BeforeAll
    static void startServer() throws Exception {
        Assumptions.assumeTrue(Postgres.installed(), "PostgreSQL 15 is not installed: nothing to test with");
        server = Postgres.start();
        server.connect().close();
    }

    @AfterAll
    static void stopServer() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(server.url());
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private ResultSet one(String sql) throws SQLException {
        ResultSet rows = connection.createStatement().executeQuery(sql);
        assertThat(rows.next()).isTrue();
        return rows;
    }

    @Test
    void executeTellsRowsFromCounts() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute("CREATE TEMP TABLE t (a int, b text)")).isFalse();
            assertThat(statement.getUpdateCount()).isZero();
            assertThat(statement.executeUpdate("INSERT INTO t VALUES (1, 'x'), (2, NULL);"))
                    .isEqualTo(2);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
            assertThat(statement.execute("SELECT a, b FROM t ORDER BY a")).isTrue();
            ResultSet rows = statement.getResultSet();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt("A")).isEqualTo(1);
            assertThat(rows.getString(2)).isEqualTo("x");
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("b")).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.next()).isFalse();
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void failedStatementLeavesTheConnectionUsable() throws SQLException {
        Statement statement = connection.createStatement();
        assertThatThrownBy(() -> statement.executeQuery("SELEC 1"))
                .isInstanceOf(SQLSyntaxErrorException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("42601");
        ResultSet rows = statement.executeQuery("SELECT 1 / (3 - n) FROM generate_series(1, 5) n");
        assertThat(rows.next()).isTrue();
        assertThat(rows.next()).isTrue();
        assertThatThrownBy(rows::next).isInstanceOf(java.sql.SQLDataException.class);
        assertThat(one("SELECT 7").getInt(1)).isEqualTo(7);
    }

    @Test
    void severalResultsMayBeOpenAtOnce() throws SQLException {
        ResultSet outer = connection.createStatement().executeQuery("SELECT n FROM generate_series(1, 3) n");
        int sum = 0;
        while (outer.next()) {
            ResultSet inner = connection
                    .createStatement()
                    .executeQuery("SELECT m FROM generate_series(1, " + outer.getInt(1) + ") m");
            while (inner.next()) {
                sum += inner.getInt(1);
            }
        }
        assertThat(sum).isEqualTo(10);
    }

    @Test
    void settingsReachTheOtherSessions() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'Asia/Tokyo'");
        }
        ResultSet open = connection.createStatement().executeQuery(LONG);
        assertThat(one("SHOW TimeZone").getString(1)).isEqualTo("Asia/Tokyo");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TIME ZONE 'UTC'");
        }
        open.close();
        assertThat(one("SHOW TimeZone").getString(1)).isEqualTo("UTC");
    }

    @Test
    void cancelFromAnotherThreadWakesTheReader() throws Exception {
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 UNION ALL SELECT CASE WHEN pg_sleep(60) IS NULL THEN 2 END");
        CompletableFuture<Void> cancel = CompletableFuture.runAsync(() -> {
            try {
                Thread.sleep(200);
                statement.cancel();
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(() -> {
                    while (rows.next()) {
                        continue;
                    }
                })
                .isInstanceOf(SQLException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("57014");
        cancel.get();
        assertThat(statement.executeQuery("SELECT 1").next()).isTrue();
        statement.cancel();
        statement.cancel();
    }

    @Test
    void cancelReachesStatementThatIsStillStarting() throws Exception {
        Statement statement = connection.createStatement();
        CompletableFuture<SQLException> failure = CompletableFuture.supplyAsync(() -> {
            try {
                statement.execute("CREATE TEMP TABLE slow AS SELECT 1 FROM pg_sleep(60)");
                return new SQLException("it went through");
            } catch (SQLException e) {
                return e;
            }
        });
        while (!failure.isDone()) {
            statement.cancel();
        }
        assertThat(failure.get().getSQLState()).isEqualTo("57014");
    }

    @Test
    void closingAnUnreadResultDoesNotReadIt() throws SQLException {
        for (int i = 0; i < 5; i++) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(LONG)) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(one("SELECT 1").getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void maxRowsEndTheAnswer() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setMaxRows(3);
        ResultSet rows = statement.executeQuery(LONG);
        int count = 0;
        while (rows.next()) {
            count++;
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void queryTimeoutEndsTheWholeOfABoundedQuery() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setQueryTimeout(1);
        assertThatThrownBy(() -> {
                    ResultSet rows = statement.executeQuery(LONG);
                    while (rows.next()) {
                        continue;
                    }
                })
                .isInstanceOf(SQLTimeoutException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("HYT00");
        statement.setQueryTimeout(0);
        assertThat(statement.executeQuery("SELECT 1").next()).isTrue();
    }

    @Test
    void networkTimeoutGivesTheConnectionUp() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 300);
        assertThatThrownBy(() -> one("SELECT pg_sleep(30)"))
                .isInstanceOf(java.sql.SQLNonTransientConnectionException.class)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("08006");
        assertThat(connection.isClosed()).isTrue();
        assertThat(connection.isValid(1)).isFalse();
    }

    @Test
    void abortWakesTheReader() throws Exception {
        ResultSet rows = connection.createStatement().executeQuery("SELECT pg_sleep(60)");
        CompletableFuture<Void> abort = CompletableFuture.runAsync(() -> {
            try {
                Thread.sleep(200);
                connection.abort(Runnable::run);
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(rows::next).isInstanceOf(SQLException.class);
        abort.get();
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void closingTheConnectionWakesTheReader() throws Exception {
        ResultSet rows = connection.createStatement().executeQuery("SELECT pg_sleep(60)");
        CompletableFuture<Void> close = CompletableFuture.runAsync(() -> {
            try {
                Thread.sleep(200);
                connection.close();
            } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThatThrownBy(rows::next)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("57014");
        close.get();
    }

    @Test
    void noticesBecomeWarnings() throws SQLException {
        Statement statement = connection.createStatement();
        statement.execute("DO $$ BEGIN RAISE WARNING 'one?'; RAISE WARNING 'two'; END $$");
        assertThat((Throwable) statement.getWarnings()).hasMessage("one?");
        assertThat((Throwable) statement.getWarnings().getNextWarning()).hasMessage("two");
        statement.clearWarnings();
        assertThat((Throwable) statement.getWarnings()).isNull();
    }

    @Test
    void everyTypeComesAsItsJavaValue() throws SQLException {
        ResultSet row =
                one("SELECT true b, 1::int2 s, 2 i, 3::int8 l, 1.5::float4 f, 'NaN'::float8 d, 12.340::numeric(10,3) n,"
                        + " 'x'::varchar(5) v, 'ab'::bpchar(4) c, '\\xdeadbeef'::bytea y, date '2026-02-28' dt, time"
                        + " '10:11:12.123456' t, timestamp '2026-02-28 10:11:12.5' ts, timestamptz '2026-02-28"
                        + " 10:11:12.5+00' tz, '{\"a\":1}'::json j, '123e4567-e89b-12d3-a456-426614174000'::uuid u,"
                        + " ARRAY[1,NULL,3] a, interval '1 day 2 hours' iv");
        assertThat(row.getObject("b")).isEqualTo(true);
        assertThat(row.getObject("s")).isEqualTo(1);
        assertThat(row.getObject("i")).isEqualTo(2);
        assertThat(row.getObject("l")).isEqualTo(3L);
        assertThat(row.getObject("f")).isEqualTo(1.5f);
        assertThat(row.getObject("d")).isEqualTo(Double.NaN);
        assertThat(row.getObject("n")).isEqualTo(new BigDecimal("12.340"));
        assertThat(row.getObject("v")).isEqualTo("x");
        assertThat(row.getObject("c")).isEqualTo("ab  ");
        assertThat((byte[]) row.getObject("y")).containsExactly(0xde, 0xad, 0xbe, 0xef);
        assertThat(row.getObject("dt", LocalDate.class)).isEqualTo("2026-02-28");
        assertThat(row.getDate("dt")).isEqualTo(java.sql.Date.valueOf("2026-02-28"));
        assertThat(row.getObject("t", LocalTime.class)).isEqualTo("10:11:12.123456");
        assertThat(row.getObject("ts", LocalDateTime.class)).isEqualTo("2026-02-28T10:11:12.5");
        assertThat(row.getTimestamp("ts")).isEqualTo(Timestamp.valueOf("2026-02-28 10:11:12.5"));
        Instant moment = Instant.parse("2026-02-28T10:11:12.5Z");
        assertThat(row.getObject("tz", Instant.class)).isEqualTo(moment);
        assertThat(row.getTimestamp("tz")).isEqualTo(Timestamp.from(moment));
        assertThat(row.getObject("tz", OffsetDateTime.class).toInstant()).isEqualTo(moment);
        assertThat(row.getObject("j")).isEqualTo("{\"a\":1}");
        assertThat(row.getObject("u")).isEqualTo(UUID.fromString("123e4567-e89b-12d3-a456-426614174000"));
        assertThat((Integer[]) row.getArray("a").getArray()).containsExactly(1, null, 3);
        assertThat(row.getString("iv")).isEqualTo("1 day 02:00:00");
        assertThatThrownBy(() -> row.getByte("y")).isInstanceOf(java.sql.SQLDataException.class);
        assertThatThrownBy(() -> row.getInt("u")).isInstanceOf(java.sql.SQLDataException.class);
        assertThatThrownBy(() -> row.getInt(99)).isInstanceOf(SQLException.class);
    }

    @Test
    void numbersThatDoNotFitFail() throws SQLException {
        ResultSet row = one("SELECT 300, 1e30::numeric, -2147483649, 3.99");
        assertThatThrownBy(() -> row.getByte(1)).isInstanceOf(java.sql.SQLDataException.class);
        assertThatThrownBy(() -> row.getLong(2)).isInstanceOf(java.sql.SQLDataException.class);
        assertThatThrownBy(() -> row.getInt(3)).isInstanceOf(java.sql.SQLDataException.class);
        assertThat(row.getInt(4)).isEqualTo(3);
    }

    @Test
    void columnsAreDescribed() throws SQLException {
        ResultSetMetaData columns =
                one("SELECT 1.5::numeric(10,2) AS \"Sum\", 'x'::varchar(7) v, now() t, ARRAY['a'] l")
                        .getMetaData();
        assertThat(columns.getColumnLabel(1)).isEqualTo("Sum");
        assertThat(columns.getPrecision(1)).isEqualTo(10);
        assertThat(columns.getScale(1)).isEqualTo(2);
        assertThat(columns.getColumnType(1)).isEqualTo(Types.DECIMAL);
        assertThat(columns.getPrecision(2)).isEqualTo(7);
        assertThat(columns.getColumnTypeName(3)).isEqualTo("TIMESTAMP WITH TIME ZONE");
        assertThat(columns.getColumnType(4)).isEqualTo(Types.ARRAY);
    }

    @Test
    void parametersGoThereAndBack() throws SQLException {
        connection
                .createStatement()
                .execute("CREATE TEMP TABLE p (b boolean, i int, l bigint, d float8, n numeric, s text, y bytea,"
                        + " dt date, t time, ts timestamp, tz timestamptz, a int[])");
        PreparedStatement insert =
                connection.prepareStatement("INSERT INTO p VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) -- what?");
        insert.setBoolean(1, true);
        insert.setInt(2, -5);
        insert.setLong(3, Long.MIN_VALUE);
        insert.setDouble(4, 0.1);
        insert.setBigDecimal(5, new BigDecimal("1E+3"));
        insert.setString(6, "it's ünï\\");
        insert.setBytes(7, "a\0b".getBytes(StandardCharsets.UTF_8));
        insert.setObject(8, LocalDate.of(2026, 1, 31));
        insert.setObject(9, LocalTime.of(1, 2, 3, 456_000_000));
        insert.setTimestamp(10, Timestamp.valueOf("2026-01-31 01:02:03.5"));
        insert.setObject(11, OffsetDateTime.of(2026, 1, 31, 1, 2, 3, 0, ZoneOffset.ofHours(5)));
        insert.setArray(12, connection.createArrayOf("int", new Object[] {1, null}));
        assertThat(insert.executeUpdate()).isEqualTo(1);
        ResultSet row = one("SELECT * FROM p");
        assertThat(row.getBoolean(1)).isTrue();
        assertThat(row.getInt(2)).isEqualTo(-5);
        assertThat(row.getLong(3)).isEqualTo(Long.MIN_VALUE);
        assertThat(row.getDouble(4)).isEqualTo(0.1);
        assertThat(row.getBigDecimal(5)).isEqualByComparingTo("1000");
        assertThat(row.getString(6)).isEqualTo("it's ünï\\");
        assertThat(row.getBytes(7)).containsExactly('a', 0, 'b');
        assertThat(row.getObject(8, LocalDate.class)).isEqualTo("2026-01-31");
        assertThat(row.getObject(9, LocalTime.class)).isEqualTo("01:02:03.456");
        assertThat(row.getTimestamp(10)).isEqualTo(Timestamp.valueOf("2026-01-31 01:02:03.5"));
        assertThat(row.getObject(11, Instant.class)).isEqualTo("2026-01-30T20:02:03Z");
        Array array = row.getArray(12);
        assertThat((Integer[]) array.getArray()).containsExactly(1, null);
    }

    @Test
    void nullsGoEverywhere() throws SQLException {
        PreparedStatement select = connection.prepareStatement("SELECT ?::int, ?::text, ?::timestamptz");
        select.setNull(1, Types.INTEGER);
        select.setString(2, null);
        select.setObject(3, null);
        ResultSet row = select.executeQuery();
        assertThat(row.next()).isTrue();
        for (int i = 1; i <= 3; i++) {
            assertThat(row.getObject(i)).isNull();
        }
        assertThat(row.getInt(1)).isZero();
    }

    @Test
    void preparedStatementTellsItsParametersAndColumns() throws SQLException {
        PreparedStatement select =
                connection.prepareStatement("SELECT n FROM generate_series(1, ?::int8) n WHERE n > ?");
        assertThat(select.getParameterMetaData().getParameterCount()).isEqualTo(2);
        assertThat(select.getParameterMetaData().getParameterType(1)).isEqualTo(Types.BIGINT);
        assertThat(select.getMetaData().getColumnLabel(1)).isEqualTo("n");
        assertThatThrownBy(select::executeQuery)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo("07002");
    }

    @Test
    void batchesStopAtTheFirstFailure() throws SQLException {
        connection.createStatement().execute("CREATE TEMP TABLE q (a int PRIMARY KEY)");
        PreparedStatement insert = connection.prepareStatement("INSERT INTO q VALUES (?)");
        for (int value : new int[] {1, 2, 2, 3}) {
            insert.setInt(1, value);
            insert.addBatch();
        }
        assertThatThrownBy(insert::executeBatch)
                .isInstanceOf(BatchUpdateException.class)
                .satisfies(e ->
                        assertThat(((BatchUpdateException) e).getUpdateCounts()).containsExactly(1, 1));
        Statement statement = connection.createStatement();
        statement.addBatch("DELETE FROM q");
        statement.addBatch("INSERT INTO q VALUES (9)");
        assertThat(statement.executeBatch()).containsExactly(2, 1);
    }

    @Test
    void escapesAreTranslated() throws SQLException {
        ResultSet row = one("SELECT {d '2026-01-02'}, {fn ucase('{x}')}, {ts '2026-01-02 03:04:05'}"
                + " FROM {oj (SELECT 1 a) l LEFT OUTER JOIN (SELECT 2 b) r ON a = b}");
        assertThat(row.getString(1)).isEqualTo("2026-01-02");
        assertThat(row.getString(2)).isEqualTo("{X}");
    }

    @Test
    void columnsOfWrittenRowsComeAsGeneratedKeys() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE made (id serial PRIMARY KEY, \"N a\" text, n int)");
            assertThat(statement.executeUpdate(
                            "INSERT INTO made (\"N a\") VALUES ('x'), ('y'); -- two", new String[] {"id", "N a"}))
                    .isEqualTo(2);
            assertThat(texts(statement.getGeneratedKeys())).containsExactly("1 x", "2 y");
            assertThat(statement.getUpdateCount()).isEqualTo(2);
            statement.executeUpdate("UPDATE made SET n = 5", Statement.RETURN_GENERATED_KEYS);
            assertThat(statement.getGeneratedKeys().next()).isFalse();
            assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM made", new int[] {1}))
                    .isInstanceOf(java.sql.SQLFeatureNotSupportedException.class);
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO made (n) VALUES (?)", new String[] {"ID"})) {
            insert.setInt(1, 7);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            assertThat(texts(insert.getGeneratedKeys())).containsExactly("3");
            for (int i = 0; i < 3; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            assertThat(texts(insert.getGeneratedKeys())).containsExactly("4", "5", "6");
        }
    }

    private static java.util.List<String> texts(ResultSet rows) throws SQLException {
        java.util.List<String> texts = new java.util.ArrayList<>();
        while (rows.next()) {
            StringBuilder text = new StringBuilder();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                text.append(i == 1 ? "" : " ").append(rows.getString(i));
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
