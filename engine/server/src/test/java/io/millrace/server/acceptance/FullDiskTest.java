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
        List<String> acknowledged = new ArrayList<>();
        disk.fill(LEFT);
        putUntilFull(acknowledged);
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

    private MillraceException putUntilFull(List<String> acknowledged) {
        return catchThrowableOfType(MillraceException.class, () -> {
            for (int id = 0; id < 100_000; id++) {
                acknowledged.add(put(id));
            }
        });
    }

    private String put(int id) {
        engine.put("s", "{\"id\": " + id + ", \"filler\": \"" + FILLER + "\"}");
        return String.valueOf(id);
    }
}
