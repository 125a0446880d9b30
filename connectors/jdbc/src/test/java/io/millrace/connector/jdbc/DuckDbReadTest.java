package io.millrace.connector.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Tables of DuckDB, read. */
class DuckDbReadTest extends ReadContract {

    @TempDir
    Path directory;

    @Override
    String url() {
        return "jdbc:duckdb:" + directory.resolve("things.duckdb");
    }
}
