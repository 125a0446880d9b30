package io.millrace.connector.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Tables of SQLite. */
class SqliteTest extends TableContract {

    @TempDir
    Path directory;

    @Override
    protected String url() {
        return "jdbc:sqlite:" + directory.resolve("quakes.db");
    }

    @Override
    boolean plansUpserts() {
        return true;
    }
}
