package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.format.json.JsonFormat;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.Receivers;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be said of a table. */
class TableSettingsTest {

    private static void open(String url, String... options) {
        Receivers.open(new TableFactory(), "a", url, TableContract.QUAKES, new JsonFormat(), options)
                .close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        table | quakes; DROP TABLE x | a table as SQL writes it
        table | public.             | a table as SQL writes it
        mode  | merge               | insert or upsert
        mode  | upsert              | name the key's columns
        key   | nothing             | there are: id, name, price, seen
        op    | name                | mode = 'upsert' as well
        retry | yes                 | offsets_table
        """)
    void aWrongOptionIsRefused(String name, String value, String hint) {
        String[] options =
                name.equals("table") ? new String[] {name, value} : new String[] {"table", "quakes", name, value};
        assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/x", options))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.hint()).contains(hint));
    }

    @Test
    void tablesAreWrittenAsInSql() {
        open("jdbc:postgresql://127.0.0.1:1/x", "table", "public.\"Odd name\"", "password", "secret");
        open("jdbc:mysql://127.0.0.1:1/x", "table", "`db`.`t`");
    }

    @Test
    void aPasswordInTheUrlIsRefusedAndNotShown() {
        assertThatThrownBy(() -> open("jdbc:postgresql://127.0.0.1:1/x?user=me&password=secret", "table", "t"))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.describe() + e.hint())
                                .contains("option password")
                                .doesNotContain("secret"));
    }

    @Test
    void aDatabaseThatIsNotKnownIsInsertedIntoOnly() {
        open("jdbc:oracle:thin:@//host/x", "table", "t");
        assertThatThrownBy(() -> open("jdbc:oracle:thin:@//host/x", "table", "t", "mode", "upsert", "key", "id"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.hint()).contains("not known"));
    }

    @Test
    void whatSaysWhetherARowWentIsTextAndNotOfTheKey() {
        for (String op : new String[] {"id", "price", "nothing"}) {
            assertThatThrownBy(() -> open(
                            "jdbc:postgresql://127.0.0.1:1/x", "table", "t", "mode", "upsert", "key", "id", "op", op))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.hint()).contains("or none"));
        }
        open("jdbc:postgresql://127.0.0.1:1/x", "table", "t", "mode", "upsert", "key", "id", "op", "name");
    }

    @Test
    void upsertsAreWrittenInEachDialect() {
        java.util.List<String> columns = java.util.List.of("id", "n");
        java.util.List<String> key = java.util.List.of("id");
        assertThat(Dialect.MYSQL.upsert("t", columns, key))
                .isEqualTo("INSERT INTO t (`id`, `n`) VALUES (?, ?) ON DUPLICATE KEY UPDATE `n` = VALUES(`n`)");
        assertThat(Dialect.SQLITE.upsert("t", columns, key))
                .isEqualTo("INSERT INTO t (\"id\", \"n\") VALUES (?, ?)"
                        + " ON CONFLICT (\"id\") DO UPDATE SET \"n\" = EXCLUDED.\"n\"");
        assertThat(Dialect.DUCKDB.upsert("t", key, key)).endsWith("DO NOTHING");
    }

    private static void assertGivenUp(BadServer server) {
        RowReceiver receiver = (RowReceiver) Receivers.open(
                new TableFactory(),
                "a",
                "jdbc:postgresql://127.0.0.1:" + server.port() + "/x?sslmode=disable",
                TableContract.QUAKES,
                new JsonFormat(),
                "table",
                "quakes",
                "timeout",
                "1 s");
        RowBatch rows = RowBatch.create(TableContract.QUAKES, 1);
        assertThatThrownBy(() -> receiver.receive(new BatchName("f", 0), rows))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("jdbc:postgresql://");
        receiver.close();
    }

    @Test
    void aDatabaseThatSaysNothingIsGivenUp() throws IOException {
        try (BadServer server = BadServer.silent()) {
            assertGivenUp(server);
        }
    }

    @Test
    void aDatabaseThatSaysNonsenseIsGivenUp() throws IOException {
        try (BadServer server = BadServer.garbled()) {
            assertGivenUp(server);
        }
    }
}
