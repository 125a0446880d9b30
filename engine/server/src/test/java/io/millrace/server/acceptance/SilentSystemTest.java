package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.BadServer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that another system has to be asked for, while it does not answer. */
class SilentSystemTest {

    @TempDir
    Path directory;

    private EngineFixture engine;
    private BadServer silent;

    @BeforeEach
    void open() throws Exception {
        engine = EngineFixture.open(directory);
        engine.run("CREATE STREAM s (id INTEGER, name VARCHAR)");
        silent = BadServer.silent();
    }

    @AfterEach
    void close() {
        silent.close();
        engine.close();
    }

    private String url() {
        return "'jdbc:postgresql://127.0.0.1:" + silent.port() + "/x?sslmode=disable'";
    }

    /** Begins a statement and waits until it asks. */
    private CompletableFuture<String> begin(String statement) {
        CompletableFuture<String> begun = CompletableFuture.supplyAsync(() -> engine.tag(statement));
        while (silent.connections() == 0 && !begun.isDone()) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(begun).isNotDone();
        return begun;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE DELIVERY d FROM s TO %s WITH (\"table\" = 't')",
                "CREATE EXTERNAL TABLE t FROM %s WITH (\"table\" = 't')"
            })
    void otherStatementsDoNotWaitForIt(String statement) {
        CompletableFuture<String> asking = begin(statement.formatted(url()));
        engine.run("CREATE STREAM other (id INTEGER)", "DROP STREAM other");
        assertThat(asking).isNotDone();
        silent.close();
        assertThat(asking.handle((tag, failure) -> String.valueOf(failure)).join())
                .contains("postgresql");
    }
}
