package io.millrace.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.connector.RowCondition.Compared;
import io.millrace.spi.connector.RowCondition.Comparison;
import io.millrace.spi.type.DataType.RowType;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of DuckDB, read. */
class DuckDbReadTest extends ReadContract {

    @TempDir
    Path directory;

    @Override
    String url() {
        return "jdbc:duckdb:" + directory.resolve("things.duckdb");
    }

    @Test
    void timesThatAreFinerThanHereAreComparedHere() throws Exception {
        execute("CREATE TABLE fine (t TIMESTAMP_NS)", "INSERT INTO fine VALUES ('2026-01-01 00:00:00.123456789')");
        RowType type = table("table", "fine").columns();
        LocalDateTime time = LocalDateTime.of(2026, 1, 1, 0, 0, 0, 123_456_000);
        for (Comparison comparison : List.of(Comparison.EQUAL, Comparison.LESS_OR_EQUAL)) {
            RowCondition condition = new Compared("t", comparison, time);
            assertThat(read(table("table", "fine").scan(type, List.of(condition), List.of()), type))
                    .as("%s", condition)
                    .hasSize(1);
        }
    }
}
