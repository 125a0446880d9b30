package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EngineSessionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Engine engine;
    private SqlSession session;

    @BeforeEach
    void open(@TempDir Path directory) {
        engine = Engine.open(directory);
        session = engine.open("millrace", "test");
        rows("CREATE STREAM numbers (n BIGINT NOT NULL, name VARCHAR)");
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
    }

    private ResultCursor execute(String statement) {
        return session.execute(session.prepare(statement, List.of()), List.of());
    }

    private List<List<@Nullable Object>> rows(String statement) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (ResultCursor cursor = execute(statement)) {
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(PATIENCE);
                for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
                    rows.add(JavaValues.row(batch, batch.selectedRow(i)));
                }
            }
        }
        return rows;
    }

    @Test
    void describeTellsColumnsAndWhetherTheyMayBeNull() {
        assertThat(rows("DESCRIBE numbers"))
                .containsExactly(List.of("n", "BIGINT", false), List.of("name", "VARCHAR", true));
    }

    @Test
    void answerOfWhichARowCannotBeComputedIsAnError() {
        rows("INSERT INTO numbers VALUES (9223372036854775807, 'largest'), (1, 'one')");
        assertThatThrownBy(() -> rows("SELECT n + 1 FROM numbers"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("out of range");
        assertThatThrownBy(() -> rows("SELECT SUM(n) FROM numbers")).isInstanceOf(MillraceException.class);
        assertThat(rows("SELECT n + 1 FROM numbers WHERE name = 'one'")).containsExactly(List.of(2L));
        assertThat(rows("SELECT * FROM error_stream")).isEmpty();
    }

    @Test
    void readersOfAStreamThatIsDroppedLearnIt() {
        try (ResultCursor reader = execute("SELECT STREAM n FROM numbers")) {
            assertThat(reader.poll(Duration.ZERO)).isNull();
            rows("DROP STREAM numbers");
            assertThatThrownBy(() -> reader.poll(PATIENCE))
                    .isInstanceOf(MillraceException.class)
                    .hasMessage("stream 'numbers' was dropped while the query read it");
        }
    }

    @Test
    void rowsOfManyColumnsAreInserted() {
        StringBuilder columns = new StringBuilder("c0 INTEGER");
        StringBuilder values = new StringBuilder("0");
        for (int i = 1; i < 2_000; i++) {
            columns.append(", c").append(i).append(" INTEGER");
            values.append(", ").append(i);
        }
        rows("CREATE STREAM wide (" + columns + ")");
        rows("INSERT INTO wide VALUES (" + values + ")");
        assertThat(rows("SELECT c0, c1999 FROM wide")).containsExactly(List.of(0, 1999));
    }
}
