package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of SQLite, read. */
class SqliteReadTest extends ReadContract {

    @TempDir
    Path directory;

    @Override
    String url() {
        return "jdbc:sqlite:" + directory.resolve("things.db");
    }

    @Override
    String text() {
        return "TEXT";
    }

    @Test
    void aValueOfAnotherKindThanItsColumnsIsRefused() throws Exception {
        execute("UPDATE things SET n = 'many' WHERE id = 7");
        assertThatThrownBy(() -> read(COLUMNS))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("column 'n' has a value that is no BIGINT: many");
    }
}
