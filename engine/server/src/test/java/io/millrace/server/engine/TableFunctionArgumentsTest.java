package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.sql.statement.Prepared;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters of a statement that are arguments of a function of rows have the types of the function's parameters. */
class TableFunctionArgumentsTest {

    @Test
    void aParameterIsOfTheFunctionsType(@TempDir Path directory) {
        try (Engine engine = Engine.open(directory.resolve("data"));
                SqlSession session = engine.open("millrace", "test")) {
            rows(session, "CREATE TABLE t (k INTEGER PRIMARY KEY, v VARCHAR)", List.of());
            rows(session, "INSERT INTO t VALUES (1, 'a'), (2, 'b'), (3, 'c')", List.of());
            rows(
                    session,
                    "CREATE FUNCTION f(low BIGINT, is_not VARCHAR) RETURNS TABLE (a INTEGER)"
                            + " AS 'SELECT k FROM t WHERE k > low AND low >= 0 AND v <> is_not'",
                    List.of());
            String query = "SELECT a FROM f(?, ?) ORDER BY a";
            assertThat(session.prepare(query, List.of()).parameterTypes())
                    .containsExactly(DataType.BIGINT, DataType.VARCHAR);
            assertThat(rows(session, query, List.of(1L, "b"))).containsExactly("[3]");
            assertThat(rows(session, query, List.of(0L, "b"))).containsExactly("[1]", "[3]");
            assertThat(rows(session, query, Arrays.asList(null, "b"))).isEmpty();
        }
    }

    private static List<String> rows(
            SqlSession session, String statement, List<? extends @Nullable Object> parameters) {
        List<String> rows = new ArrayList<>();
        Prepared prepared = session.prepare(statement, List.of());
        try (ResultCursor cursor = session.execute(prepared, parameters)) {
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(Duration.ofSeconds(15));
                for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
                    rows.add(JavaValues.row(batch, batch.selectedRow(i)).toString());
                }
            }
        }
        return rows;
    }
}
