package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.testing.connector.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ALTER DELIVERY … SET} and {@code RESET}: other options, and no row twice. */
class DeliveryOptionsChangeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Path lake;
    private EngineFixture engine;

    @BeforeEach
    void open() {
        lake = directory.resolve("lake");
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM s (id BIGINT)");
        engine.run("CREATE DELIVERY d FROM s TO '" + lake.toUri() + "' WITH (format = 'csv', roll_interval = '20 ms')");
        engine.run("INSERT INTO s VALUES (1), (2)");
        awaitLines(2);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void itGoesOnWithOtherOptions() {
        engine.run("ALTER DELIVERY d SET (header = TRUE, roll_interval = '30 ms')");
        engine.run("INSERT INTO s VALUES (3)");
        assertThat(awaitLines(4)).containsExactlyInAnyOrder("1", "2", "id", "3");
        engine.restart();
        engine.run("INSERT INTO s VALUES (4)");
        awaitLines(6);
        engine.run("ALTER DELIVERY D RESET (header)");
        engine.run("INSERT INTO s VALUES (5)");
        assertThat(awaitLines(7)).containsExactlyInAnyOrder("1", "2", "id", "3", "id", "4", "5");
        assertThat(engine.rows("SHOW CREATE DELIVERY d").getFirst())
                .contains("roll_interval = '30 ms'")
                .doesNotContain("header");
    }

    @Test
    void aWrongOptionLeavesItAsItWas() {
        assertThat(engine.failure("ALTER DELIVERY d SET (roll_interval = 'soon')")
                        .code())
                .isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(engine.failure("ALTER DELIVERY d SET (nosuch = 1)")).hasMessageContaining("unknown option 'nosuch'");
        assertThat(engine.failure("ALTER DELIVERY d RESET (compression)")).hasMessageContaining("no option");
        assertThat(engine.failure("ALTER DELIVERY d SET (start = 'latest')"))
                .hasMessageContaining("option 'start' of a delivery that is there");
        assertThat(engine.failure("ALTER DELIVERY e SET (header = TRUE)").code())
                .isEqualTo(ErrorCode.UNDEFINED_NAME);
        engine.run("INSERT INTO s VALUES (3)");
        assertThat(awaitLines(3)).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void whoeverStartsAnewIsToldSo() {
        String again = "CREATE OR REPLACE DELIVERY d FROM s TO '" + lake.toUri() + "' WITH (format = 'csv', %s)";
        assertThat(engine.notices(again.formatted("roll_interval = '40 ms'")))
                .singleElement()
                .asString()
                .contains("starts anew", "ALTER DELIVERY d SET");
        awaitLines(4);
    }

    @Test
    void aPasswordIsAnotherAndNoRowIsThereTwice() throws Exception {
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        try (PostgresServer server = PostgresServer.start()) {
            server.execute("CREATE TABLE t (id BIGINT)");
            engine.run("CREATE DELIVERY p FROM s TO '" + server.url()
                    + "' WITH (\"table\" = 't', roll_interval = '20 ms'," + " password = 'old')");
            engine.await(
                    "SHOW DELIVERIES", rows -> rows.stream().anyMatch(row -> row.matches("p\\|.*\\|1\\|2\\|0\\|.*")));
            engine.run("ALTER DELIVERY p SET (password = 'new')");
            engine.run("INSERT INTO s VALUES (3)");
            engine.await("SHOW DELIVERIES", rows -> rows.stream().anyMatch(row -> row.matches("p\\|.*\\|3\\|0\\|.*")));
            assertThat(server.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3");
            assertThat(engine.failure("ALTER DELIVERY p SET (\"table\" = 'u')"))
                    .hasMessageContaining("goes where it was to go");
        }
    }

    private List<String> awaitLines(int count) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> lines = lines();
        while (lines.size() < count && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            lines = lines();
        }
        assertThat(lines).hasSize(count);
        return lines;
    }

    private List<String> lines() {
        try {
            return Files.isDirectory(lake) ? TestFiles.lines(lake) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
