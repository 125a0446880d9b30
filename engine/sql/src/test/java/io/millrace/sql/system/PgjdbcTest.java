package io.millrace.sql.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.type.DataType;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The statements of pgjdbc's DatabaseMetaData, as it sent them. */
class PgjdbcTest {

    private final ClientStatements pgjdbc = ClientStatements.of("pgjdbc42.sql");

    PgjdbcTest() throws IOException {}

    @Test
    void getTablesNamesStreamsTablesAndViewsMaterialized() {
        String query = pgjdbc.containing("AS \"TABLE_TYPE\"", "c.relkind = 'm'");

        assertThat(Answers.rows(query, "public", "t%"))
                .containsExactly(
                        "millrace|public|totals|MATERIALIZED VIEW||||||", "millrace|public|trades|TABLE||||||");
    }

    @Test
    void getTablesOfAllKindsHasTheCatalogToo() {
        String query = pgjdbc.containing("AS \"TABLE_TYPE\"", "c.relname LIKE $1");

        assertThat(Answers.rows(query, "pg_class")).containsExactly("millrace|pg_catalog|pg_class|SYSTEM TABLE||||||");
    }

    @Test
    void getColumnsTellsTypesModifiersAndPlaces() {
        String query = pgjdbc.containing("row_number() OVER", "c.relname LIKE $1");

        assertThat(Answers.rows(query, "trades", "%"))
                .hasSize(7)
                .startsWith(
                        "millrace|public|trades|symbol|25|true|-1|-1|-1|1|||||0|b",
                        "millrace|public|trades|price|701|false|-1|8|-1|2|||||0|b")
                .contains("millrace|public|trades|amount|1700|false|655366|-1|-1|5|||||0|b");
    }

    @Test
    void getSchemasAndGetCatalogs() {
        assertThat(Answers.rows(pgjdbc.containing("AS \"TABLE_CATALOG\"", "nspname LIKE"), "public"))
                .containsExactly("public|millrace");
        assertThat(Answers.rows(pgjdbc.containing("datname AS \"TABLE_CAT\""))).containsExactly("millrace");
    }

    @Test
    void thereAreNoKeysAndIndexes() {
        assertThat(Answers.rows(pgjdbc.containing("AS \"KEY_SEQ\"", "AS \"PK_NAME\""), "public", "trades"))
                .isEmpty();
        assertThat(Answers.rows(pgjdbc.containing("AS \"FK_NAME\""), "public", "trades"))
                .isEmpty();
        assertThat(Answers.rows(pgjdbc.containing("AS \"INDEX_QUALIFIER\""), "public", "trades"))
                .isEmpty();
    }

    @Test
    void aTypeIsFoundByItsNumber() {
        assertThat(Answers.rows(pgjdbc.containing("ANY(current_schemas(true))"), 23L))
                .containsExactly("true|pg_catalog|int4");
        assertThat(Answers.rows(pgjdbc.containing("as is_array", "pg_type.oid = $1"), "1009"))
                .containsExactly("true|b|_text|1009");
    }

    @Test
    void aParameterTakesTheTypeOfWhatItMeets() {
        assertThat(Answers.prepare(pgjdbc.containing("ANY(current_schemas(true))"))
                        .parameterTypes())
                .containsExactly(DataType.BIGINT);
        assertThat(Answers.prepare("SELECT 1 FROM pg_class WHERE relname LIKE ? AND relkind = ? LIMIT ?")
                        .parameterTypes())
                .containsExactly(DataType.VARCHAR, DataType.VARCHAR, DataType.BIGINT);
    }

    @Test
    void everyStatementRuns() {
        for (String statement : pgjdbc.all()) {
            Object parameter = statement.contains("oid = $1") ? "23" : "%";
            Object[] parameters =
                    List.of(parameter, parameter, parameter, parameter).toArray();
            assertThat(Answers.rows(statement, parameters)).as(statement).isNotNull();
        }
    }
}
