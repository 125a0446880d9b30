package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What tools that are no libraries send when they connect, when their trees of schemas and tables are opened, and for
 * their charts, over PostgreSQL's JDBC driver.
 */
@Timeout(120)
final class IntrospectionTest {

    /** The number of the schema that they look into. */
    private static final long PUBLIC_OID = 2200;

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @BeforeAll
    static void makeATableWithAKey() throws Exception {
        try (Connection connection = SERVER.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE issuers (ticker VARCHAR PRIMARY KEY, name VARCHAR NOT NULL)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"datagrip", "dbeaver", "grafana", "metabase", "npgsql", "pgadmin", "power-bi"})
    void everyStatementIsAnswered(String tool) throws Exception {
        for (Map.Entry<String, String> statement : ToolStatements.of(tool).all().entrySet()) {
            try {
                answer(statement.getValue());
            } catch (SQLException e) {
                throw new AssertionError(tool + ": " + statement.getKey() + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void dataGripFindsTablesViewsAndColumnsWithTheirTypes() throws Exception {
        assertThat(columns("datagrip", "tables", "table_kind", "table_name"))
                .containsExactlyInAnyOrder("m|turnover", "r|issuers", "r|trades");
        assertThat(columns("datagrip", "columns", "column_position", "column_name", "type_spec", "mandatory"))
                .contains(
                        "1|ticker|text|t",
                        "2|price|numeric(10,2)|f",
                        "3|quantity|integer|f",
                        "4|traded_at|timestamp without time zone|f",
                        "3|amount|numeric(38,2)|f");
        assertThat(columns("datagrip", "text of views", "view_kind", "source_text"))
                .singleElement()
                .asString()
                .startsWith("m|SELECT ticker, COUNT(*) AS trades");
        assertThat(columns("datagrip", "schemas", "name").getFirst()).isEqualTo("public");
        assertThat(columns("datagrip", "indexes", "index_name", "is_unique", "is_primary"))
                .containsExactly("issuers_pkey|t|t");
        assertThat(columns("datagrip", "columns of indexes", "col_idx", "in_key", "column_position"))
                .containsExactly("1|t|1");
        assertThat(columns("datagrip", "constraints", "con_name", "con_kind", "con_columns"))
                .containsExactly("issuers_pkey|p|{1}");
        assertThat(columns("datagrip", "rows", "ticker", "amount")).contains("ACME|1520.00");
    }

    @Test
    void dBeaverFindsTablesViewsAndColumns() throws Exception {
        assertThat(columns("dbeaver", "tables", "relname", "relkind"))
                .containsExactlyInAnyOrder("issuers|r", "trades|r", "turnover|m");
        assertThat(columns("dbeaver", "columns", "relname", "attname", "attnotnull"))
                .contains("trades|ticker|t", "trades|price|f", "turnover|amount|f");
        assertThat(columns("dbeaver", "indexes", "tabrelname", "relname", "indisprimary"))
                .containsExactly("issuers|issuers_pkey|t");
        assertThat(columns("dbeaver", "constraints", "tabrelname", "conname", "contype", "conkey"))
                .containsExactly("issuers|issuers_pkey|p|{1}");
        assertThat(columns("dbeaver", "schemas", "nspname"))
                .containsExactly("information_schema", "pg_catalog", "public", "system");
        assertThat(columns("dbeaver", "types", "typname", "typtype", "typreceive"))
                .contains("int4|b|int4recv", "_text|b|array_recv", "timestamptz|b|timestamptz_recv");
        assertThat(columns("dbeaver", "search for names", "relname")).containsExactly("turnover");
        assertThat(columns("dbeaver", "count", "count")).containsExactly("6");
    }

    @Test
    void pgAdminFindsTablesViewsAndColumns() throws Exception {
        assertThat(columns("pgadmin", "schemas", "name", "can_create", "has_usage"))
                .containsExactly("public|t|t", "system|t|t");
        assertThat(columns("pgadmin", "tables", "name", "triggercount")).containsExactly("issuers|0", "trades|0");
        assertThat(columns("pgadmin", "table", "name", "schema", "relowner", "spcname", "conname"))
                .containsExactly(
                        "issuers|public|millrace|pg_default|issuers_pkey", "trades|public|millrace|pg_default|");
        assertThat(columns("pgadmin", "views", "name")).containsExactly("turnover");
        assertThat(columns("pgadmin", "columns", "name", "datatype", "not_null"))
                .containsExactly(
                        "ticker|text|t",
                        "price|numeric|f",
                        "quantity|integer|f",
                        "traded_at|timestamp without time zone|f");
        assertThat(columns("pgadmin", "user", "name", "is_superuser", "can_signal_backend"))
                .containsExactly("millrace|t|f");
        assertThat(columns("pgadmin", "dashboard", "chart_name")).containsExactly("session_stats", "tps_stats");
    }

    @Test
    void metabaseSyncsEachColumnOnceAndAsksByTime() throws Exception {
        assertThat(columns("metabase", "tables", "schema", "name", "type"))
                .containsExactly("public|turnover|MATERIALIZED VIEW", "public|issuers|TABLE", "public|trades|TABLE");
        // of a materialized view it asks both catalogs, and makes one of what is the same
        assertThat(answer(ToolStatements.of("metabase").get("columns")).rows().stream()
                        .distinct())
                .hasSize(9)
                .contains(
                        "ticker|text|0|public|issuers|t||t|f",
                        "ticker|text|0|public|trades|f||t|f",
                        "amount|numeric|2|public|turnover|f||f|f");
        assertThat(rows("metabase", "indexes")).containsExactly("public|issuers|ticker");
        assertThat(columns("metabase", "privileges", "schema", "table", "select", "delete"))
                .contains("public|trades|t|t", "public|turnover|t|t");
        assertThat(rows("metabase", "table")).contains("INIT|2|3130.00");
        assertThat(rows("metabase", "by minute")).containsExactly("2026-01-31 10:00:00|6|195");
        assertThat(rows("metabase", "by day")).containsExactly("2026-01-31|6");
        assertThat(rows("metabase", "by week, which begins on Sunday")).containsExactly("2026-01-25 00:00:00|6");
        assertThat(rows("metabase", "by hour of the day")).containsExactly("10|6");
        assertThat(rows("metabase", "bins")).containsExactly("0.0|4", "100.0|2");
        assertThat(rows("metabase", "a question over a question")).containsExactly("ACME|2", "MILL|2");
    }

    @Test
    void grafanaListsTablesAndColumnsAndDrawsTimeSeries() throws Exception {
        assertThat(rows("grafana", "version")).containsExactly("1500");
        assertThat(rows("grafana", "tables")).containsExactly("error_stream", "issuers", "trades", "turnover");
        assertThat(rows("grafana", "tables of a schema")).containsExactly("issuers", "trades", "turnover");
        assertThat(rows("grafana", "columns"))
                .containsExactly(
                        "ticker|text", "price|numeric", "quantity|integer", "traded_at|timestamp without time zone");
        assertThat(rows("grafana", "columns of a view with its schema"))
                .containsExactly("ticker|text", "trades|bigint", "amount|numeric");
        assertThat(rows("grafana", "time series")).containsExactly("1769853600|57.29");
        assertThat(rows("grafana", "time series with a metric"))
                .hasSize(6)
                .startsWith("1769853600|ACME|12.50", "1769853601|INIT|125.00");
        assertThat(rows("grafana", "table from the builder")).containsExactly("ACME|1520.00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"types of 8", "types of 4.0, which Power BI Desktop brings"})
    void npgsqlLoadsTypesAndTellsArraysFromOthers(String statement) throws Exception {
        String kind = statement.endsWith("8") ? "typtype" : "type";
        String element = statement.endsWith("8") ? "elemtypoid" : "elemoid";
        assertThat(columns("npgsql", statement, "typname", "oid", kind))
                .contains(
                        "bool|16|b",
                        "int8|20|b",
                        "text|25|b",
                        "numeric|1700|b",
                        "timestamp|1114|b",
                        "timestamptz|1184|b",
                        "void|2278|p",
                        "_text|1009|a");
        assertThat(columns("npgsql", statement, "typname", element)).contains("_int4|23", "_timestamptz|1184");
    }

    @Test
    void powerBiListsTablesAndColumnsAndPreviewsThem() throws Exception {
        assertThat(rows("power-bi", "tables"))
                .containsExactly(
                        "public|issuers|BASE TABLE",
                        "public|trades|BASE TABLE",
                        "public|turnover|VIEW",
                        "system|error_stream|BASE TABLE");
        assertThat(rows("power-bi", "keys")).containsExactly("public_issuers_pkey|ticker|1|Y");
        assertThat(rows("power-bi", "columns"))
                .containsExactly(
                        "ticker|1|NO|text",
                        "price|2|YES|numeric",
                        "quantity|3|YES|integer",
                        "traded_at|4|YES|timestamp without time zone");
        assertThat(rows("power-bi", "preview")).contains("MILL|2|1701.00");
        assertThat(rows("power-bi", "direct query")).containsExactlyInAnyOrder("ACME|120|2", "INIT|25|2", "MILL|50|2");
    }

    @Test
    void theErrorStreamIsFoundWithItsSchemaAndWithoutAndNothingElseIsThere() throws Exception {
        for (String name :
                List.of("error_stream", "system.error_stream", "public.error_stream", "\"system\".\"error_stream\"")) {
            assertThat(answer("SELECT COUNT(*) FROM " + name).rows()).as(name).containsExactly("0");
        }
        assertThat(answer("SELECT system.error_stream.MESSAGE FROM system.error_stream")
                        .rows())
                .isEmpty();
        assertThatThrownBy(() -> answer("SELECT COUNT(*) FROM system.trades"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no stream");
    }

    /** An answer: its columns' names, and its rows as texts with bars between the values. */
    private record Answer(List<String> columns, List<List<String>> values) {

        List<String> rows() {
            return values.stream().map(row -> String.join("|", row)).toList();
        }

        List<String> rows(String... names) {
            return values.stream()
                    .map(row -> String.join(
                            "|",
                            List.of(names).stream()
                                    .map(name -> row.get(columns.indexOf(name)))
                                    .toList()))
                    .toList();
        }
    }

    private static List<String> rows(String tool, String statement) throws Exception {
        return answer(ToolStatements.of(tool).get(statement)).rows();
    }

    private static List<String> columns(String tool, String statement, String... names) throws Exception {
        return answer(ToolStatements.of(tool).get(statement)).rows(names);
    }

    private static Answer answer(String sql) throws SQLException {
        try (Connection connection = SERVER.connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            int parameters = statement.getParameterMetaData().getParameterCount();
            for (int i = 1; i <= parameters; i++) {
                statement.setLong(i, PUBLIC_OID);
            }
            try (ResultSet rows = statement.executeQuery()) {
                int width = rows.getMetaData().getColumnCount();
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    columns.add(rows.getMetaData().getColumnLabel(i));
                }
                List<List<String>> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(row(rows, width));
                }
                return new Answer(columns, values);
            }
        }
    }

    private static List<String> row(ResultSet rows, int width) throws SQLException {
        List<String> row = new ArrayList<>();
        for (int i : IntStream.rangeClosed(1, width).toArray()) {
            row.add(Objects.requireNonNullElse(rows.getString(i), ""));
        }
        return row;
    }
}
