package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No way of SQL leads NULL into a column that is NOT NULL: what is planned over it counts on that. */
class NotNullColumnsTest {

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory);
        engine.run(
                "CREATE STREAM source (i INTEGER, t VARCHAR)",
                "CREATE STREAM target (i INTEGER NOT NULL, t VARCHAR(3) NOT NULL, n INTEGER)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUES (1, 'a', 1), (NULL, 'b', 2)",
                "VALUES (CAST(NULL AS INTEGER), 'b', 2)",
                "VALUES (1, NULL, 2)",
                "SELECT NULL, 'a', 1",
                "SELECT i, 'a', 1 FROM source",
                "SELECT 1, t, 1 FROM source"
            })
    void anInsertFails(String rows) {
        engine.run("INSERT INTO source VALUES (7, 'seven'), (NULL, NULL)");
        var failure = engine.failure("INSERT INTO target " + rows);
        assertThat(failure).as(rows).isNotNull();
        assertThat(failure.code()).isEqualTo(ErrorCode.NULL_NOT_ALLOWED);
        assertThat(failure.describe()).matches("NULL for column '[it]', which is NOT NULL.*");
        assertThat(engine.rows("SELECT * FROM target")).isEmpty();
    }

    @Test
    void aPumpLeavesTheRowOut() {
        engine.run("CREATE PUMP p AS INSERT INTO target SELECT STREAM i, t, i FROM source");
        engine.run("INSERT INTO source VALUES (1, 'one'), (NULL, 'two'), (3, NULL), (4, 'four')");
        engine.awaitRows("SELECT * FROM target", 2);
        assertThat(engine.rows("SELECT i FROM target ORDER BY i")).containsExactly("1", "4");
        engine.awaitRows("SELECT * FROM error_stream", 2);
        assertThat(engine.rows("SELECT ERROR_NAME, MESSAGE, PUMP_NAME FROM error_stream ORDER BY MESSAGE"))
                .allMatch(row -> row.contains("NULL_NOT_ALLOWED") && row.contains("which is NOT NULL"));
    }
}
