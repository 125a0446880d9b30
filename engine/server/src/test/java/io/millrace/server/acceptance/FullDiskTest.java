package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full disk refuses what is new and takes nothing of what was acknowledged; all goes on when there is room. */
class FullDiskTest {

    private static final int MEGABYTES = 24;
    private static final long LEFT = 1 << 20;
    private static final long LEFT_FOR_STATEMENTS = 128 << 10;
    private static final String FILLER = "x".repeat(4000);

    @TempDir
    Path directory;

    private SmallDisk disk;
    private EngineFixture engine;

    @BeforeEach
    void open() throws Exception {
        disk = SmallDisk.mount(directory.resolve("disk"), MEGABYTES);
        engine = EngineFixture.open(disk.place().resolve("data"));
    }

    @AfterEach
    void close() throws Exception {
        if (disk != null) {
            engine.close();
            disk.unmount();
        }
    }

    @Test
    void acknowledgedRecordsAreThereAfterRoomIsMadeAndAfterARestart() throws Exception {
        engine.run("CREATE STREAM s (id INTEGER, filler VARCHAR)");
        List<String> acknowledged = new ArrayList<>();
        disk.fill(LEFT);
        MillraceException failure = putUntilFull(acknowledged);
        assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(failure).hasMessageMatching("cannot write .*/data/log/.*: no space left on the disk");
        assertThat(failure.hint()).startsWith("make room");
        assertThat(engine.failure("INSERT INTO s VALUES (-1, '" + FILLER + "')").code())
                .isEqualTo(ErrorCode.DISK_FULL);
        assertThat(engine.rows("SELECT id FROM s")).containsExactlyElementsOf(acknowledged);

        disk.free();
        acknowledged.add(put(1_000_000));
        assertThat(engine.rows("SELECT id FROM s")).containsExactlyElementsOf(acknowledged);
        engine.restart();
        assertThat(engine.rows("SELECT id FROM s")).containsExactlyElementsOf(acknowledged);
    }

    @Test
    void theEngineOpensOnAFullDiskOrSaysWhyNot() throws Exception {
        engine.run("CREATE STREAM s (id INTEGER, filler VARCHAR)");
        List<String> acknowledged = new ArrayList<>();
        disk.fill(LEFT);
        putUntilFull(acknowledged);
        try {
            engine.restart();
            assertThat(engine.rows("SELECT id FROM s")).containsExactlyElementsOf(acknowledged);
        } catch (MillraceException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL);
        }
        disk.free();
        engine.restart();
        assertThat(engine.rows("SELECT id FROM s")).containsExactlyElementsOf(acknowledged);
    }

    @Test
    void aPumpAndAViewGoOnWhenThereIsRoomAgain() throws Exception {
        engine.run(
                "CREATE STREAM s (id INTEGER, filler VARCHAR)",
                "CREATE STREAM t (id INTEGER, filler VARCHAR)",
                "CREATE PUMP p AS INSERT INTO t SELECT STREAM id, filler FROM s",
                "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n, SUM(id) AS total FROM s");
        List<String> acknowledged = new ArrayList<>(List.of(put(0)));
        engine.awaitRows("SELECT id FROM t", 1);
        // A pump that keeps up may have nothing to write at the moment the disk is full, so it is to have much.
        engine.run("ALTER PUMP p STOP");
        disk.fill(LEFT);
        putUntilFull(acknowledged);
        disk.give(LEFT_FOR_STATEMENTS);
        engine.run("ALTER PUMP p START");
        engine.await("SHOW PUMPS", rows -> rows.getFirst().matches("(?i).*failing: .*no space left on .*"));
        disk.free();
        acknowledged.add(put(1_000_000));
        engine.awaitRows("SELECT id FROM t", acknowledged.size());
        assertThat(engine.rows("SELECT id FROM t")).containsExactlyElementsOf(acknowledged);
        long total = acknowledged.stream().mapToLong(Long::parseLong).sum();
        engine.await("SELECT * FROM v", rows -> rows.equals(List.of(acknowledged.size() + "|" + total)));
        engine.await("SHOW PUMPS", rows -> rows.getFirst().contains("|running|"));
        engine.restart();
        assertThat(engine.rows("SELECT id FROM t")).containsExactlyElementsOf(acknowledged);
        assertThat(engine.rows("SELECT * FROM v")).containsExactly(acknowledged.size() + "|" + total);
    }

    @Test
    void aStatementThatFindsNoRoomChangesNothing() throws Exception {
        engine.run("CREATE STREAM s (id INTEGER, filler VARCHAR)");
        disk.fill(0);
        MillraceException failure = engine.failure("CREATE STREAM t (id INTEGER)");
        assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
        failure = engine.failure("CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s");
        assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
        disk.free();
        engine.run("CREATE STREAM t (id INTEGER)", "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s");
        engine.restart();
        assertThat(engine.rows("SHOW STREAMS")).hasSize(3);
    }

    @Test
    void aPumpWhoseStateFindsNoRoomSaysSoAndGoesOnWhenThereIs() throws Exception {
        EngineFixture roomy = EngineFixture.open(directory.resolve("roomy"));
        SmallDisk state = SmallDisk.mount(directory.resolve("roomy/state"), 1);
        try (roomy) {
            roomy.run(
                    "CREATE STREAM s (id INTEGER)",
                    "CREATE STREAM t (id INTEGER, n BIGINT)",
                    "CREATE PUMP p AS INSERT INTO t SELECT STREAM id, id * 2 FROM s",
                    "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s");
            state.fill(0);
            int put = putUntil(
                    roomy,
                    "SHOW PUMPS",
                    "failing: cannot write (pump state|a checkpoint) in .*: no space left on the disk");
            roomy.put("s", "{\"id\": " + put + "}");
            state.free();
            roomy.await("SHOW PUMPS", rows -> rows.getFirst().contains("|running|"));
            roomy.awaitRows("SELECT id FROM t", put + 1);
            roomy.restart();
            assertThat(roomy.rows("SELECT COUNT(*), COUNT(DISTINCT id), MAX(n) FROM t"))
                    .containsExactly((put + 1) + "|" + (put + 1) + "|" + 2 * put);
            roomy.await("SELECT n FROM v", rows -> rows.equals(List.of(String.valueOf(put + 1))));
        } finally {
            state.unmount();
        }
    }

    @Test
    void aDeliveryWhoseDestinationIsFullSaysSoAndGoesOnWhenThereIsRoom() throws Exception {
        EngineFixture roomy = EngineFixture.open(directory.resolve("roomy"));
        SmallDisk lake = SmallDisk.mount(directory.resolve("lake"), 2);
        try (roomy) {
            String to = lake.place().resolve("trades").toUri().toString();
            roomy.run(
                    "CREATE STREAM s (id INTEGER, filler VARCHAR)",
                    "CREATE DELIVERY d FROM s TO '" + to + "' WITH (format = 'json', roll_interval = '100 ms')");
            roomy.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|running|exactly-once|0|"));
            lake.fill(64 << 10);
            int put = putUntil(
                    roomy, "SHOW DELIVERIES", "retrying\\|.*(no room on the disk for|no space left on the disk).*");
            assertThat(roomy.rows("SHOW DELIVERIES").getFirst())
                    .doesNotContain("Exception")
                    .doesNotContain("java.");
            lake.free();
            roomy.await(
                    "SHOW DELIVERIES",
                    rows -> rows.getFirst().contains("|running|")
                            && rows.getFirst().contains("|" + put + "|0|0|"));
            List<String> lines = TestFiles.lines(lake.place().resolve("trades"));
            assertThat(lines).hasSize(put).doesNotHaveDuplicates();
        } finally {
            lake.unmount();
        }
    }

    @Test
    void aDeliveryWhoseJournalFindsNoRoomSaysSoAndGoesOnWhenThereIs() throws Exception {
        EngineFixture roomy = EngineFixture.open(directory.resolve("roomy"));
        SmallDisk state = SmallDisk.mount(directory.resolve("roomy/state"), 1);
        Path lake = directory.resolve("lake");
        try (roomy) {
            roomy.run(
                    "CREATE STREAM s (id INTEGER, filler VARCHAR)",
                    "CREATE DELIVERY d FROM s TO '" + lake.toUri() + "' WITH (format = 'json', roll_rows = 1)");
            roomy.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|running|exactly-once|0|"));
            state.fill(0);
            int put = putUntil(
                    roomy,
                    "SHOW DELIVERIES",
                    "retrying\\|.*cannot write the delivery's journal .*: no space left on the disk");
            state.free();
            roomy.await(
                    "SHOW DELIVERIES",
                    rows -> rows.getFirst().contains("|running|")
                            && rows.getFirst().contains("|" + put + "|0|0|"));
            assertThat(TestFiles.lines(lake)).hasSize(put).doesNotHaveDuplicates();
        } finally {
            state.unmount();
        }
    }

    /** Puts records until a task says what the pattern says; returns how many. All are acknowledged. */
    private static int putUntil(EngineFixture engine, String show, String pattern) {
        java.util.regex.Pattern expected = java.util.regex.Pattern.compile(pattern);
        for (int id = 0; id < 20_000; id++) {
            engine.put("s", "{\"id\": " + id + ", \"filler\": \"" + "x".repeat(200) + "\"}");
            if (expected.matcher(engine.rows(show).getFirst()).find()) {
                return id + 1;
            }
        }
        throw new AssertionError("never said: " + engine.rows(show));
    }

    private MillraceException putUntilFull(List<String> acknowledged) {
        return catchThrowableOfType(MillraceException.class, () -> {
            for (int id = acknowledged.size(); id < 100_000; id++) {
                acknowledged.add(put(id));
            }
        });
    }

    private String put(int id) {
        engine.put("s", "{\"id\": " + id + ", \"filler\": \"" + FILLER + "\"}");
        return String.valueOf(id);
    }
}
