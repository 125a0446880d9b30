package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.connector.file.FileStoreFactory;
import io.millrace.spi.Options;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table is the same wherever it is looked up. */
class CatalogsTest {

    private static final RowType COLUMNS = RowType.of(Field.nullable("id", DataType.BIGINT));

    @TempDir
    Path directory;

    @Test
    void sqliteInAFileOfItsOwn() throws Exception {
        goesThrough(new Lake(directory.resolve("lake"), COLUMNS)
                .with(
                        "catalog_uri",
                        directory.resolve("elsewhere/tables.db").toUri().toString()));
        assertThat(directory.resolve("elsewhere/tables.db")).exists();
        assertThat(directory.resolve("lake/catalog.db")).doesNotExist();
    }

    @Test
    void postgresql() throws Exception {
        assumeTrue(PostgresServer.installed(), "PostgreSQL is not installed here, so its catalog is not tried");
        try (PostgresServer postgres = PostgresServer.start()) {
            goesThrough(new Lake(directory.resolve("lake"), COLUMNS)
                    .with("catalog", "postgresql")
                    .with("catalog_uri", postgres.url()));
        }
    }

    @Test
    void rest() throws Exception {
        try (RestCatalogServer server = server()) {
            goesThrough(rest(server));
        }
    }

    @Test
    void aRestServerWhoseAnswerIsLostHasTheRowsOnce() throws Exception {
        try (RestCatalogServer server = server()) {
            Lake lake = rest(server);
            try (Table table = lake.open()) {
                List<CommittedFile> files = lake.write(table, "a", 0, List.of(1L));
                table.publish(files);
                List<CommittedFile> more = lake.write(table, "a", 1, List.of(2L));
                server.loseAnswers(1);
                try {
                    table.publish(more);
                } catch (MillraceException e) {
                    assertThat(e).hasMessageContaining("appending to table");
                }
                table.publish(more);
            }
            assertThat(lake.rows()).containsExactly("[1]", "[2]");
        }
    }

    /** As a delivery has it grow: looked at, made, looked at, given a column, whatever answers are lost on the way. */
    @Test
    void aTableOfARestServerGrowsThoughAnswersAreLost() throws Exception {
        RowType more = RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("name", DataType.VARCHAR));
        IcebergTableFactory factory = new IcebergTableFactory();
        try (RestCatalogServer server = server()) {
            Lake lake = rest(server);
            FaultyStore.Life life = new FaultyStore.Life(Integer.MAX_VALUE);
            assertThat(catchThrowableOfType(MillraceException.class, () -> factory.columns(lake.setup(life)))
                            .code())
                    .isEqualTo(ErrorCode.UNDEFINED_NAME);
            try (Table table = openedThoughAnswersAreLost(server, lake)) {
                table.publish(lake.write(table, "a", 0, List.of(1L)));
            }
            assertThat(factory.columns(lake.setup(life))).isEqualTo(COLUMNS);
            Lake grown = rest(server, more);
            try (Table table = openedThoughAnswersAreLost(server, grown)) {
                table.publish(grown.write(table, "a", 1, List.of(2L, "two")));
            }
            assertThat(factory.columns(grown.setup(life))).isEqualTo(more);
            assertThat(grown.rows()).containsExactly("[1]", "[2, two]");
        }
    }

    /** Whoever is not answered asks again. */
    private static Table openedThoughAnswersAreLost(RestCatalogServer server, Lake lake) throws Exception {
        server.loseAnswers(1);
        MillraceException lost =
                catchThrowableOfType(MillraceException.class, () -> lake.open().close());
        server.loseAnswers(0);
        if (lost != null) {
            assertThat(lost.code()).isEqualTo(ErrorCode.IO_ERROR);
        }
        return lake.open();
    }

    @Test
    void aRestServerSaysWhoMayNot() throws Exception {
        try (RestCatalogServer server = server()) {
            Lake lake = rest(server).with("catalog_token", "wrong");
            MillraceException refusal = catchThrowableOfType(MillraceException.class, () -> lake.open());
            assertThat(refusal).hasMessageContaining("opening table 'market.trades' failed");
            assertThat(refusal.hint()).contains("catalog_token");
        }
    }

    private Lake rest(RestCatalogServer server) {
        return rest(server, COLUMNS);
    }

    private Lake rest(RestCatalogServer server, RowType columns) {
        return new Lake(directory.resolve("lake"), columns)
                .with("catalog", "rest")
                .with("catalog_uri", server.uri().toString())
                .with("catalog_token", RestCatalogServer.TOKEN);
    }

    private RestCatalogServer server() throws Exception {
        JdbcCatalog catalog = new JdbcCatalog(
                properties -> new StoreFileIO(place -> new FileStoreFactory().open(place, Options.NONE), false),
                null,
                true);
        catalog.initialize(
                "behind",
                Map.of(
                        "uri",
                        "jdbc:sqlite:" + directory.resolve("behind.db"),
                        "warehouse",
                        directory.resolve("lake").toUri().toString()));
        return new RestCatalogServer(catalog);
    }

    /** Appends, repeats, refuses a stale writer, compacts and opens again with another column. */
    private static void goesThrough(Lake lake) throws Exception {
        lake.with("compaction_files", "2");
        List<CommittedFile> files = new ArrayList<>();
        try (Table table = lake.open()) {
            files.addAll(lake.write(table, "a", 0, List.of(1L), List.of(2L)));
            table.publish(files);
        }
        try (Table stale = lake.open();
                Table fresh = lake.open()) {
            fresh.publish(files);
            fresh.publish(lake.write(fresh, "a", 2, List.of(3L)));
            List<CommittedFile> late = lake.write(stale, "a", 1, List.of(4L));
            assertThat(catchThrowableOfType(MillraceException.class, () -> stale.publish(late)))
                    .hasMessageContaining("not written from here");
        }
        try (TableUpkeep upkeep = lake.upkeep()) {
            while (upkeep.step()) {
                // Until there is nothing to do.
            }
        }
        assertThat(lake.files()).hasSize(1);
        assertThat(lake.rows()).containsExactly("[1]", "[2]", "[3]");
    }
}
