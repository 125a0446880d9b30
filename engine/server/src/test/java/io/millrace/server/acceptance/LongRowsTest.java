package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.log.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A step of a pump may put out more bytes than a stream takes at once. */
class LongRowsTest {

    private static final int GROUPS = 20_000;
    private static final int TEXT_CHARS = 4_000;

    @TempDir
    Path directory;

    /** 80 MB, fewer rows than a part has, and more than the 64 MiB of an append. */
    @Test
    void windowOfLongRowsIsWrittenInPieces() {
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"))) {
            engine.run(
                    "CREATE STREAM clicks (who INTEGER, at TIMESTAMP, WATERMARK FOR at AS at)",
                    "CREATE STREAM profiles (who INTEGER, clicks BIGINT, profile VARCHAR)",
                    "CREATE PUMP profiling AS INSERT INTO profiles SELECT STREAM who, COUNT(*), REPEAT('x', "
                            + TEXT_CHARS
                            + ") FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(at), INTERVAL '1' HOUR))"
                            + " GROUP BY who, window_start, window_end");
            put(engine);
            engine.run("INSERT INTO clicks VALUES (0, TIMESTAMP '2026-01-01 12:00:00')");
            engine.await(
                    "SELECT COUNT(*) FROM profiles", rows -> rows.getFirst().equals("" + GROUPS));
            assertThat(engine.rows("SELECT COUNT(DISTINCT who), SUM(clicks), MIN(CHAR_LENGTH(profile)) FROM profiles"))
                    .containsExactly(GROUPS + "|" + GROUPS + "|" + TEXT_CHARS);
            assertThat(engine.rows("SHOW PUMPS")).singleElement().asString().contains("|running|");
        }
    }

    private static void put(EngineFixture engine) {
        RecordBatch batch = new RecordBatch();
        for (int who = 1; who <= GROUPS; who++) {
            String record = "{\"who\": " + who + ", \"at\": \"2026-01-01T10:00:00\"}";
            batch.add(new byte[] {'k'}, record.getBytes(StandardCharsets.UTF_8));
        }
        engine.put("clicks", 0, batch);
    }
}
