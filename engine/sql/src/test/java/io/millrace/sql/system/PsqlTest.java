package io.millrace.sql.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The statements of psql 15, as it sent them, and what it shows of their answers. */
class PsqlTest {

    private final ClientStatements psql = ClientStatements.of("psql15.sql");

    PsqlTest() throws IOException {}

    @Test
    void dListsStreamsAsTablesAndViews() {
        assertThat(Answers.rows(psql.containing("c.relkind IN ('r','p','v','m','S','f','')")))
                .containsExactly(
                        "public|SOURCE_SQL_STREAM_001|table|millrace",
                        "public|totals|materialized view|millrace",
                        "public|trades|table|millrace");
    }

    @Test
    void dtListsStreamsOnlyAndDmViewsOnly() {
        assertThat(Answers.rows(psql.containing("c.relkind IN ('r','p','')", "ORDER BY 1,2")))
                .containsExactly("public|SOURCE_SQL_STREAM_001|table|millrace", "public|trades|table|millrace");
        assertThat(Answers.rows(psql.containing("c.relkind IN ('m','')")))
                .containsExactly("public|totals|materialized view|millrace");
        assertThat(Answers.rows(psql.containing("c.relkind IN ('v','')"))).isEmpty();
    }

    @Test
    void dtPlusTellsTheAccessMethodAndNoSize() {
        assertThat(Answers.rows(psql.containing("as \"Access method\"", "c.relkind IN ('r','p','')")))
                .contains("public|trades|table|millrace|permanent|heap||");
    }

    @Test
    void dOfANameFindsTheRelationByRegularExpression() {
        String oid = oid("trades");

        assertThat(Answers.rows(psql.containing("OPERATOR(pg_catalog.~) '^(trades)$'")))
                .containsExactly(oid + "|public|trades");
    }

    @Test
    void dOfAStreamShowsItsColumnsAndTypes() {
        assertThat(Answers.rows(about("a.attgenerated\nFROM", "trades")))
                .containsExactly(
                        "symbol|text||true|||",
                        "price|double precision||false|||",
                        "quantity|integer||false|||",
                        "ts|timestamp with time zone||false|||",
                        "amount|numeric(10,2)||false|||",
                        "note|character varying(20)||false|||",
                        "tags|text[]||false|||");
        assertThat(Answers.rows(about("SELECT c.relchecks", "trades")))
                .containsExactly("0|r|false|false|false|false|false|false|false||0||p|d|heap");
    }

    @Test
    void dOfAStreamFindsNoPoliciesStatisticsPublicationsAndChildren() {
        for (String start : List.of("SELECT pol.polname", "SELECT oid, stxrelid", "SELECT pubname", "SELECT c.oid::")) {
            assertThat(Answers.rows(about(start, "trades"))).as(start).isEmpty();
        }
    }

    @Test
    void dOfAMaterializedViewCanShowItsQuery() {
        assertThat(Answers.rows("SELECT pg_catalog.pg_get_viewdef('" + oid("totals") + "'::pg_catalog.oid, true)"))
                .containsExactly("SELECT symbol, SUM(quantity) AS quantity FROM trades GROUP BY symbol;");
    }

    @Test
    void lListsTheOneDatabase() {
        assertThat(Answers.rows(psql.containing("FROM pg_catalog.pg_database d\nORDER BY 1")))
                .containsExactly("millrace|millrace|UTF8|C.UTF-8|C.UTF-8||libc|");
    }

    @Test
    void dnListsTheSchemasOfStreams() {
        assertThat(Answers.rows(psql.containing("n.nspname AS \"Name\"", "AS \"Owner\"\nFROM")))
                .containsExactly("public|millrace", "system|millrace");
    }

    @Test
    void duListsTheUser() {
        assertThat(Answers.rows(psql.containing("SELECT r.rolname, r.rolsuper")))
                .containsExactly("millrace|true|true|true|true|true|-1||[]|true|true");
    }

    @Test
    void dfListsTheFunctionsOfUsers() {
        assertThat(Answers.rows(psql.containing("as \"Argument data types\"", "prokind\n  WHEN 'a'")))
                .containsExactly("public|rate|double precision|x integer, y character varying(9)|func");
    }

    @Test
    void everyStatementRuns() {
        for (String statement : psql.all()) {
            assertThat(Answers.rows(statement)).as(statement).isNotNull();
        }
    }

    private String about(String start, String relation) {
        return psql.containing(start).replaceFirst("'16\\d+'", "'" + oid(relation) + "'");
    }

    private static String oid(String relation) {
        return Answers.rows("SELECT oid FROM pg_class WHERE relname = '" + relation + "'")
                .getFirst();
    }
}
