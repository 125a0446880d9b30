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
        connection
                .createStatement()
                .execute("CREATE TABLE holdings (owner text, ticker text, n int, PRIMARY KEY (ticker, owner));"
                        + " CREATE INDEX by_n ON holdings (n DESC, lower(owner));"
                        + " CREATE FUNCTION twice(x int) RETURNS bigint LANGUAGE sql AS 'SELECT 2 * x';"
                        + " CREATE FUNCTION names(text, n int) RETURNS SETOF text LANGUAGE sql AS 'SELECT $1';"
                        + " CREATE PROCEDURE clean(days int) LANGUAGE sql AS 'SELECT 1'");
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
                .containsExactly("public holdings TABLE", "public trades TABLE", "public Latest VIEW");
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
    void keysAndIndexesAreListed() throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        assertThat(texts(database.getPrimaryKeys(null, null, "holdings"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                .containsExactly("owner 2 holdings_pkey", "ticker 1 holdings_pkey");
        assertThat(texts(
                        database.getIndexInfo(null, "public", "holdings", false, true),
                        "NON_UNIQUE",
                        "INDEX_NAME",
                        "ORDINAL_POSITION",
                        "COLUMN_NAME",
                        "ASC_OR_DESC"))
                .containsExactly(
                        "false holdings_pkey 1 ticker A",
                        "false holdings_pkey 2 owner A",
                        "true by_n 1 n D",
                        "true by_n 2 null A");
        assertThat(texts(database.getIndexInfo(null, null, "holdings", true, true), "INDEX_NAME"))
                .containsExactly("holdings_pkey", "holdings_pkey");
        assertThat(texts(
                        database.getBestRowIdentifier(
                                null, null, "holdings", DatabaseMetaData.bestRowTransaction, true),
                        "SCOPE",
                        "COLUMN_NAME",
                        "TYPE_NAME"))
                .containsExactly("2 ticker VARCHAR", "2 owner VARCHAR");
        assertThat(texts(database.getPrimaryKeys(null, null, "trades"), "COLUMN_NAME"))
                .isEmpty();
        assertThat(texts(database.getPrimaryKeys(null, null, "hold_ngs"), "COLUMN_NAME"))
                .isEmpty();
    }

    @Test
    void functionsAndProceduresAreListed() throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        assertThat(texts(database.getFunctions(null, null, "%"), "FUNCTION_SCHEM", "FUNCTION_NAME", "FUNCTION_TYPE"))
                .containsExactly("public names 2", "public twice 1");
        assertThat(texts(
                        database.getFunctionColumns(null, null, "%", "%"),
                        "FUNCTION_NAME",
                        "COLUMN_NAME",
                        "COLUMN_TYPE",
                        "TYPE_NAME",
                        "ORDINAL_POSITION"))
                .containsExactly(
                        "names  4 VARCHAR 0",
                        "names $1 1 VARCHAR 1",
                        "names n 1 INTEGER 2",
                        "twice  4 BIGINT 0",
                        "twice x 1 INTEGER 1");
        assertThat(texts(database.getFunctions(null, "pg_catalog", "pg_sleep"), "FUNCTION_NAME"))
                .containsExactly("pg_sleep");
        assertThat(texts(database.getProcedures(null, null, null), "PROCEDURE_NAME"))
                .containsExactly("clean");
        assertThat(texts(database.getProcedureColumns(null, null, "clean", null), "COLUMN_NAME", "TYPE_NAME"))
                .containsExactly("days INTEGER");
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
