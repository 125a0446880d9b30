package io.millrace.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the driver says of a database. Skipped where PostgreSQL 15 is not installed. */
@Timeout(60)
final class DatabaseMetaDataTest {

    private static Postgres server;
    private static Connection connection;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(Postgres.installed(), "PostgreSQL 15 is not installed: nothing to test with");
        server = Postgres.start();
        connection = server.connect();
        connection
                .createStatement()
                .execute("CREATE TABLE trades (ticker varchar(8) NOT NULL, price numeric(10,2), at timestamptz, l"
                        + " int[])");
        connection.createStatement().execute("CREATE VIEW \"Latest\" AS SELECT ticker FROM trades");
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            connection.close();
            server.close();
        }
    }

    @Test
    void everyMethodAnswers() throws Exception {
        int called = 0;
        for (Method method : DatabaseMetaData.class.getDeclaredMethods()) {
            if (java.lang.reflect.Modifier.isStatic(method.getModifiers()) || method.isSynthetic()) {
                continue;
            }
            Object answer = method.invoke(connection.getMetaData(), arguments(method));
            assertThat(answer).as(method.getName()).isNotNull();
            if (answer instanceof ResultSet) {
                ResultSet rows = (ResultSet) answer;
                assertThat(rows.getMetaData().getColumnCount())
                        .as(method.getName())
                        .isPositive();
                while (rows.next()) {
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        rows.getObject(i);
                    }
                }
            }
            called++;
        }
        assertThat(called).isGreaterThanOrEqualTo(175);
    }

    private static Object[] arguments(Method method) {
        Class<?>[] types = method.getParameterTypes();
        Object[] arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = types[i] == int.class ? (Object) 1 : types[i] == boolean.class ? false : null;
        }
        return arguments;
    }

    private static List<String> texts(ResultSet rows, String... columns) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            StringBuilder text = new StringBuilder();
            for (String column : columns) {
                text.append(text.length() == 0 ? "" : " ").append(rows.getString(column));
            }
            texts.add(text.toString());
        }
        return texts;
    }

    @Test
    void tablesAndViewsAreListed() throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        assertThat(texts(database.getTables(null, null, "%", null), "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE"))
                .containsExactly("public trades TABLE", "public Latest VIEW");
        assertThat(texts(database.getTables(null, "public", "TR_D%", new String[] {"TABLE"}), "TABLE_NAME"))
                .containsExactly("trades");
        assertThat(texts(database.getTables("another", null, "%", null), "TABLE_NAME"))
                .isEmpty();
        assertThat(texts(database.getTables(null, "pg_catalog", "pg_class", null), "TABLE_NAME"))
                .containsExactly("pg_class");
        assertThat(texts(database.getSchemas(), "TABLE_SCHEM")).contains("public", "pg_catalog");
        assertThat(texts(database.getCatalogs(), "TABLE_CAT")).containsExactly("postgres");
    }

    @Test
    void columnsAreListedInOrder() throws SQLException {
        ResultSet rows = connection.getMetaData().getColumns(null, null, "trades", null);
        assertThat(texts(rows, "COLUMN_NAME", "TYPE_NAME", "COLUMN_SIZE", "DECIMAL_DIGITS", "IS_NULLABLE"))
                .containsExactly(
                        "ticker VARCHAR 8 0 NO",
                        "price DECIMAL 10 2 YES",
                        "at TIMESTAMP WITH TIME ZONE 26 6 YES",
                        "l INTEGER ARRAY 2147483647 0 YES");
    }

    @Test
    void typesAreOrderedByNumber() throws SQLException {
        ResultSet rows = connection.getMetaData().getTypeInfo();
        int last = Integer.MIN_VALUE;
        while (rows.next()) {
            assertThat(rows.getInt("DATA_TYPE")).isGreaterThanOrEqualTo(last);
            last = rows.getInt("DATA_TYPE");
        }
        assertThat(last).isGreaterThan(0);
    }
}
