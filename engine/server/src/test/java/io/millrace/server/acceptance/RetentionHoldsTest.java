package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.LogSettings;
import io.millrace.log.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Retention waits for what a pump, a view or a delivery has not read, whether it runs or not. */
class RetentionHoldsTest {

    @TempDir
    Path directory;

    private final AheadClock clock = new AheadClock();

    @Test
    void ofAPumpThatIsStoppedHoldAfterARestart() {
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"), clock)) {
            engine.run(
                    "CREATE STREAM s (id INTEGER) WITH (shards = 2, retention = '1 h')",
                    "CREATE STREAM t (id INTEGER)",
                    "CREATE PUMP p AS INSERT INTO t SELECT STREAM id FROM s",
                    "INSERT INTO s VALUES (1)",
                    "INSERT INTO s VALUES (2)");
            engine.awaitRows("SELECT id FROM t", 2);
            engine.run("ALTER PUMP p STOP", "INSERT INTO s VALUES (3)", "INSERT INTO s VALUES (4)");
            engine.restart();
            clock.ahead(Duration.ofHours(3));
            engine.engine().trim();
            assertThat(engine.rows("SELECT id FROM s ORDER BY id")).contains("3", "4");
            engine.run("ALTER PUMP p START");
            assertThat(engine.awaitRows("SELECT id FROM t ORDER BY id", 4)).containsExactly("1", "2", "3", "4");
            // Read and old: nobody needs it any more. The pump says so once it has stored how far it is.
            engine.run("ALTER PUMP p STOP");
            engine.engine().trim();
            assertThat(engine.rows("SELECT id FROM s")).isEmpty();
        }
    }

    @Test
    void ofAPumpThatNeverRanHoldAllThereWas() {
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"), clock)) {
            engine.run(
                    "CREATE STREAM s (id INTEGER) WITH (retention = '1 h')",
                    "CREATE STREAM t (id INTEGER)",
                    "INSERT INTO s VALUES (1)",
                    "CREATE PUMP p STOPPED AS INSERT INTO t SELECT STREAM id FROM s",
                    "INSERT INTO s VALUES (2)");
            clock.ahead(Duration.ofHours(3));
            engine.engine().trim();
            engine.restart();
            engine.engine().trim();
            assertThat(engine.rows("SELECT id FROM s ORDER BY id")).containsExactly("1", "2");
            engine.run("DROP PUMP p");
            engine.engine().trim();
            assertThat(engine.rows("SELECT id FROM s")).isEmpty();
        }
    }

    @Test
    void ofAPumpThatHasAllItsRowsEnd() {
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"), clock)) {
            engine.run(
                    "CREATE STREAM s (id INTEGER) WITH (shards = 2, retention = '1 h')",
                    "CREATE STREAM t (id INTEGER)",
                    "CREATE PUMP p AS INSERT INTO t SELECT STREAM id FROM s LIMIT 2",
                    "INSERT INTO s VALUES (1)",
                    "INSERT INTO s VALUES (2)",
                    "INSERT INTO s VALUES (3)",
                    "INSERT INTO s VALUES (4)");
            engine.awaitRows("SELECT id FROM t", 2);
            clock.ahead(Duration.ofHours(3));
            engine.await("SELECT id FROM s", rows -> {
                engine.engine().trim();
                return rows.isEmpty();
            });
            engine.restart();
            engine.run("INSERT INTO s VALUES (5)");
            clock.ahead(Duration.ofHours(6));
            engine.await("SELECT id FROM s", rows -> {
                engine.engine().trim();
                return rows.isEmpty();
            });
            assertThat(engine.rows("SELECT id FROM t")).hasSize(2);
            assertThat(engine.rows("SHOW PUMPS")).singleElement().asString().doesNotContain("fail");
        }
    }

    @Test
    void ofADeliveryThatCannotBeOpenedHoldAfterARestart() throws Exception {
        Path lake = directory.resolve("lake");
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"), clock)) {
            engine.run(
                    "CREATE STREAM s (id INTEGER) WITH (retention = '1 h')",
                    "CREATE DELIVERY d FROM s TO '" + lake.toUri() + "' WITH (format = 'json', roll_interval = '1 s')",
                    "INSERT INTO s VALUES (1)");
        }
        try (LogStore store = LogStore.open(directory.resolve("data/log"), LogSettings.DEFAULT, clock)) {
            assertThat(store.stream("s").shard(0).endIndex()).isEqualTo(1);
        }
        // A file where the destination's directory was: the delivery fails at the start, again and again.
        TestFiles.deleteTree(lake);
        java.nio.file.Files.writeString(lake, "in the way");
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"), clock)) {
            engine.run("INSERT INTO s VALUES (2)");
            engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("failing: "));
            clock.ahead(Duration.ofHours(3));
            engine.engine().trim();
            assertThat(engine.rows("SELECT id FROM s")).contains("2");
        }
        java.nio.file.Files.delete(lake);
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"), clock)) {
            engine.await("SHOW DELIVERIES", rows -> visible(lake).contains("{\"id\":2}"));
            assertThat(engine.rows("SHOW DELIVERIES"))
                    .singleElement()
                    .asString()
                    .contains("|running|");
        }
    }

    private static List<String> visible(Path lake) {
        try {
            return TestFiles.lines(lake);
        } catch (IOException | UncheckedIOException e) {
            // A staged file became visible while the directory was listed; the next look sees it.
            return List.of();
        }
    }
}
