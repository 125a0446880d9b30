package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What something else uses is not dropped, and whoever tries is told by what. */
class DropInUseTest {

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM s (id INTEGER)", "CREATE STREAM t (id INTEGER)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void sourceAndTargetOfAPumpThatRunsOrIsStopped() {
        engine.run("CREATE PUMP p AS INSERT INTO t SELECT STREAM id FROM s");
        refused("DROP STREAM s", "stream 's' cannot be dropped while it is used by pump p");
        refused("DROP STREAM T", "stream 't' cannot be dropped while it is used by pump p");
        engine.run("ALTER PUMP p STOP");
        engine.restart();
        refused("DROP STREAM s", "stream 's' cannot be dropped while it is used by pump p");
        engine.run("DROP PUMP p", "DROP STREAM s", "DROP STREAM t");
    }

    @Test
    void partsOfAUnion() {
        engine.run(
                "CREATE STREAM u (id INTEGER)",
                "CREATE PUMP p AS INSERT INTO u SELECT STREAM id FROM s UNION ALL SELECT STREAM id FROM t");
        refused("DROP STREAM t", "stream 't' cannot be dropped while it is used by pump p");
    }

    @Test
    void sourceOfAView() {
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s");
        refused("DROP STREAM s", "stream 's' cannot be dropped while it is used by view v");
        refused("CREATE OR REPLACE STREAM s (id BIGINT)", "stream 's' cannot be changed while it is used by view v");
        engine.run("DROP MATERIALIZED VIEW v", "DROP STREAM s");
    }

    @Test
    void sourceOfADelivery() {
        String to = "' WITH (format = 'json')";
        engine.run("CREATE DELIVERY d FROM s TO '" + directory.resolve("lake").toUri() + to);
        refused("DROP STREAM s", "stream 's' cannot be dropped while it is used by delivery d");
        engine.run("DROP DELIVERY d", "DROP STREAM s");
    }

    @Test
    void sourceOfSeveral() {
        engine.run(
                "CREATE PUMP p AS INSERT INTO t SELECT STREAM id FROM s",
                "CREATE PUMP q AS INSERT INTO t SELECT STREAM id FROM s",
                "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s");
        MillraceException failure =
                refused("DROP STREAM s", "stream 's' cannot be dropped while it is used by pump p, pump q, view v");
        assertThat(failure.hint()).isEqualTo("drop those first");
    }

    @Test
    void streamThatTheRecordApiDeletes() {
        engine.run("CREATE PUMP p AS INSERT INTO t SELECT STREAM id FROM s");
        MillraceException failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                MillraceException.class, () -> engine.engine().streams().delete("s"));
        assertThat(failure).hasMessage("stream 's' cannot be dropped while it is used by pump p");
    }

    @Test
    void viewThatAnotherOneReads() {
        engine.run(
                "INSERT INTO s VALUES (1)",
                "CREATE MATERIALIZED VIEW v AS SELECT id, COUNT(*) AS n FROM s GROUP BY id",
                "CREATE MATERIALIZED VIEW w AS SELECT SUM(n) AS n FROM v");
        engine.await("SELECT n FROM w", rows -> rows.equals(List.of("1")));
        refused("DROP MATERIALIZED VIEW v", "materialized view 'v' cannot be dropped while it is used by view w");
        engine.run("DROP MATERIALIZED VIEW w", "DROP MATERIALIZED VIEW v");
        assertThat(engine.failure("SELECT n FROM v").code()).isEqualTo(ErrorCode.UNDEFINED_NAME);
    }

    private MillraceException refused(String statement, String message) {
        MillraceException failure = engine.failure(statement);
        assertThat(failure).as(statement).hasMessage(message);
        assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_STATE);
        assertThat(failure.hint()).isNotNull();
        return failure;
    }
}
