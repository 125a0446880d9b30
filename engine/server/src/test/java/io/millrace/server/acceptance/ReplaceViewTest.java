package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.function.FunctionJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CREATE OR REPLACE MATERIALIZED VIEW of a view that is there, and what becomes of those who follow it. */
class ReplaceViewTest {

    /** A function that gives its second argument once there is a file of the name that the first one is. */
    private static final String GATE = """
        package com.example;
        import io.millrace.spi.function.ScalarFunction;
        import java.nio.file.*;
        public final class Gate implements ScalarFunction {
            public long apply(String gate, long x) throws Exception {
                while (!Files.exists(Path.of(gate))) {
                    if (!Files.exists(Path.of(gate + ".waits"))) { Files.createFile(Path.of(gate + ".waits")); }
                    Thread.sleep(2);
                }
                return x;
            }
        }
        """;

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run(
                "CREATE STREAM sales (item VARCHAR, n INTEGER)",
                "CREATE MATERIALIZED VIEW totals AS SELECT item, SUM(n) AS n FROM sales GROUP BY item",
                "INSERT INTO sales VALUES ('bolt', 2), ('bolt', 3), ('nut', 7)");
        await("SELECT * FROM totals", "bolt|5", "nut|7");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void await(String sql, String... rows) {
        engine.await(sql + " ORDER BY 1", now -> now.equals(java.util.List.of(rows)));
    }

    @Test
    void theNewAnswerIsThereWhenTheStatementReturns() {
        engine.run(
                "CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT item, SUM(n) * 10 AS n FROM sales GROUP BY item");
        assertThat(engine.rows("SELECT * FROM totals ORDER BY 1")).containsExactly("bolt|50", "nut|70");
        engine.restart();
        engine.run("INSERT INTO sales VALUES ('nut', 1)");
        await("SELECT * FROM totals", "bolt|50", "nut|80");
    }

    @Test
    void thoseWhoFollowAreToldWhatWentAndWhatCame() {
        engine.run(
                "CREATE MATERIALIZED VIEW large AS SELECT n, COUNT(*) AS items FROM totals GROUP BY n",
                "CREATE STREAM history (op VARCHAR, item VARCHAR, n BIGINT)",
                "CREATE PUMP p AS INSERT INTO history SELECT STREAM item, n FROM totals EMIT CHANGES");
        await("SELECT n, items FROM large", "5|1", "7|1");
        await("SELECT item, op, n FROM history", "bolt|insert|5", "nut|insert|7");
        engine.run("CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT item, SUM(n) AS n FROM sales WHERE n <> 2"
                + " GROUP BY item");
        await("SELECT n, items FROM large", "3|1", "7|1");
        engine.restart();
        engine.run("INSERT INTO sales VALUES ('bolt', 4)");
        await("SELECT n, items FROM large", "7|2");
        assertThat(engine.await("SELECT COUNT(*) FROM history", rows -> rows.equals(java.util.List.of("6"))))
                .isNotEmpty();
        assertThat(engine.rows("SELECT SUM(CASE WHEN op = 'insert' THEN n ELSE -n END) FROM history"))
                .containsExactly("14");
    }

    @Test
    void aViewOverAViewIsReplacedByWhatThatHolds() {
        engine.run("CREATE MATERIALIZED VIEW large AS SELECT item FROM totals WHERE n > 6");
        await("SELECT * FROM large", "nut");
        engine.run("CREATE OR REPLACE MATERIALIZED VIEW large AS SELECT item, n FROM totals WHERE n > 4");
        assertThat(engine.rows("SELECT * FROM large ORDER BY 1")).containsExactly("bolt|5", "nut|7");
        engine.run("INSERT INTO sales VALUES ('bolt', 1)");
        await("SELECT * FROM large", "bolt|6", "nut|7");
        engine.restart();
        engine.run("INSERT INTO sales VALUES ('bolt', -6)");
        await("SELECT * FROM large", "nut|7");
    }

    @Test
    void otherColumnsOnlyWhileNobodyFollows() {
        engine.run("CREATE MATERIALIZED VIEW large AS SELECT item FROM totals WHERE n > 6");
        assertFails("CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT item FROM sales", "cannot be changed while");
        assertFails(
                "CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT l.item, CAST(1 AS BIGINT) AS n FROM large l"
                        + " LEFT JOIN sales s ON l.item = s.item",
                "would read itself by way of large");
        assertThat(engine.rows("SELECT * FROM totals ORDER BY 1")).containsExactly("bolt|5", "nut|7");
        engine.run(
                "DROP MATERIALIZED VIEW large",
                "CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT COUNT(*) AS sales, MAX(item) AS last FROM sales");
        assertThat(engine.rows("SELECT * FROM totals")).containsExactly("3|nut");
        assertFails("CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT * FROM totals", "would read itself");
    }

    @Test
    void whatWasReplacedMayReadWhatWasCreatedLater() {
        engine.run(
                "CREATE STREAM history (item VARCHAR, n INTEGER)",
                "CREATE PUMP p AS INSERT INTO history SELECT STREAM item, n FROM sales",
                "CREATE STREAM returns (item VARCHAR, n INTEGER)",
                "CREATE MATERIALIZED VIEW back AS SELECT item, SUM(n) AS n FROM returns GROUP BY item",
                "INSERT INTO returns VALUES ('nut', 4)",
                "CREATE OR REPLACE PUMP p AS INSERT INTO history SELECT STREAM item, n FROM returns",
                "CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT item, n FROM back");
        await("SELECT * FROM totals", "nut|4");
        engine.restart();
        engine.run("INSERT INTO returns VALUES ('nut', 5)");
        await("SELECT * FROM totals", "nut|9");
        await("SELECT COUNT(*) FROM history WHERE n = 5", "1");
    }

    @Test
    void whatTheNewQueryReadsStaysWhileItIsNotThereYet() {
        engine.run("CREATE STREAM other (item VARCHAR, n BIGINT)", "INSERT INTO other VALUES ('nut', 9)");
        whileItIsFilled("SELECT item, SUM(gate('" + gate() + "', n)) AS n FROM other GROUP BY item", () -> {
            assertThat(engine.rows("SELECT * FROM totals ORDER BY 1")).containsExactly("bolt|5", "nut|7");
            assertFails("DROP STREAM other", "cannot be dropped while it is used by view totals");
        });
        assertThat(engine.rows("SELECT * FROM totals")).containsExactly("nut|9");
        engine.run(
                "CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT item, SUM(n) * 2 AS n FROM sales GROUP BY item");
        await("SELECT * FROM totals", "bolt|10", "nut|14");
        engine.run("DROP STREAM other");
    }

    @Test
    void nobodyBeginsToFollowAViewThatWillHaveOtherColumns() {
        engine.run("CREATE STREAM history (op VARCHAR, item VARCHAR, n BIGINT)");
        String pump = "CREATE PUMP p AS INSERT INTO history SELECT STREAM item, n FROM totals EMIT CHANGES";
        whileItIsFilled("SELECT SUM(gate('" + gate() + "', n)) AS n, MAX(item) AS item FROM sales", () -> {
            assertFails(pump, "is being replaced by another");
            assertFails("CREATE MATERIALIZED VIEW large AS SELECT n FROM totals WHERE n > 6", "is being replaced by");
            assertFails("SELECT STREAM item, n FROM totals EMIT CHANGES", "is being replaced by another");
            assertFails(
                    "CREATE DELIVERY d AS SELECT STREAM n FROM totals EMIT CHANGES TO '" + lake() + "'",
                    "is being replaced by another");
        });
        engine.run(pump);
        await("SELECT op, item, n FROM history", "insert|nut|12");
    }

    @Test
    void aViewWithTheSameColumnsIsFollowedWhileItIsFilled() {
        engine.run("CREATE STREAM history (op VARCHAR, item VARCHAR, n BIGINT)");
        whileItIsFilled(
                "SELECT item, SUM(gate('" + gate() + "', n)) AS n FROM sales WHERE n < 7 GROUP BY item",
                () -> engine.run(
                        "CREATE PUMP p AS INSERT INTO history SELECT STREAM item, n FROM totals EMIT CHANGES"));
        await("SELECT item, SUM(CASE op WHEN 'insert' THEN n ELSE -n END) FROM history GROUP BY item", "bolt|5");
    }

    private Path gate() {
        return directory.resolve("gate");
    }

    private String lake() {
        return directory.resolve("lake").toUri().toString();
    }

    /** Replaces the view by one whose rows wait for the file {@link #gate}, and does something before that is there. */
    private void whileItIsFilled(String query, Runnable meanwhile) {
        Path jar = FunctionJar.of(directory.resolve("gate.jar"), GATE);
        engine.run("CREATE FUNCTION gate AS 'com.example.Gate' USING JAR '" + jar + "'");
        CompletableFuture<String> replaced = CompletableFuture.supplyAsync(
                () -> engine.tag("CREATE OR REPLACE MATERIALIZED VIEW totals AS " + query));
        try {
            while (!Files.exists(Path.of(gate() + ".waits")) && !replaced.isDone()) {
                Thread.onSpinWait();
            }
            assertThat(replaced).isNotDone();
            meanwhile.run();
        } finally {
            open(gate());
        }
        assertThat(replaced.join()).isEqualTo("CREATE MATERIALIZED VIEW");
    }

    private static void open(Path gate) {
        try {
            Files.createFile(gate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aViewThatFailsIsMadeAnew() {
        engine.run(
                "CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT SUM(CAST(n AS BIGINT)) * 4611686018427387904 AS n"
                        + " FROM sales");
        engine.run("CREATE OR REPLACE MATERIALIZED VIEW totals AS SELECT SUM(n) AS n FROM sales");
        await("SELECT * FROM totals", "12");
    }

    private void assertFails(String sql, String message) {
        MillraceException failure = engine.failure(sql);
        assertThat(failure).as(sql).isNotNull().hasMessageContaining(message);
        assertThat(failure.code()).isEqualTo(ErrorCode.WRONG_STATE);
    }
}
