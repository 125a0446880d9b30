package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SHOW WATERMARKS names the shard that a pump waits for. */
class WatermarksTest {

    @TempDir
    private Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void theShardThatIsBehindHoldsTheOthersBack() {
        engine.run(
                "CREATE STREAM s (k VARCHAR, at TIMESTAMP, WATERMARK FOR at AS at - INTERVAL '10' SECOND)"
                        + " WITH (shards = 2, partition_key = 'k', idle_timeout = '1 h')",
                "CREATE STREAM t (start_at TIMESTAMP, n BIGINT)",
                "CREATE PUMP p AS INSERT INTO t SELECT STREAM window_start, COUNT(*)"
                        + " FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(at), INTERVAL '1' MINUTE))"
                        + " GROUP BY window_start, window_end");
        // The keys lie in different shards: their MD5s begin with 0 and 9.
        engine.run(
                "INSERT INTO s VALUES ('a', TIMESTAMP '2026-01-31 09:00:40'), ('b', TIMESTAMP '2026-01-31 09:00:10')");
        List<String> rows = engine.await(
                "SHOW WATERMARKS",
                answer -> answer.stream().filter(row -> row.contains("2026")).count() == 2);
        assertThat(rows).hasSize(2);
        assertThat(rows)
                .anySatisfy(row -> assertThat(row).startsWith("pump|p|s|").contains("T09:00:30|0|0|false|false"));
        assertThat(rows).anySatisfy(row -> assertThat(row).contains("T09:00|30000|0|false|true"));
    }
}
