package io.millrace.connector.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Tables of DuckDB. */
class DuckDbTest extends TableContract {

    @TempDir
    Path directory;

    @Override
    protected String url() {
        return "jdbc:duckdb:" + directory.resolve("quakes.duckdb");
    }

    @Override
    boolean plansUpserts() {
        return true;
    }
}
