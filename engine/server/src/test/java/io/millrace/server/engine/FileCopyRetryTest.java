package io.millrace.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy whose step found no room is gone on with there: no later step may be in the stream before. */
final class FileCopyRetryTest {

    private static final int ROWS = 16_384 * 12;

    @TempDir
    Path directory;

    private final WatchedDisk disk = new WatchedDisk();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void noRowIsLostBehindAStepThatFailed(int failing) throws IOException {
        Path file = directory.resolve("t.jsonl");
        Files.writeString(
                file,
                IntStream.range(0, ROWS).mapToObj(i -> "{\"id\": " + i + "}\n").collect(Collectors.joining()));
        try (Engine engine = Engine.open(directory.resolve("data"), InstantSource.system(), disk);
                SqlSession session = engine.open("millrace", "test")) {
            rows(session, "CREATE STREAM t (id BIGINT) WITH (shards = 2)");
            AtomicInteger writes = new AtomicInteger();
            disk.watch((change, path) -> {
                if (change.equals("write")
                        && path.toString().contains("streams/t/")
                        && writes.incrementAndGet() == failing) {
                    throw new IOException("No space left on device");
                }
            });
            assertThatThrownBy(() -> rows(session, "COPY t FROM '" + file.toUri() + "'"))
                    .hasMessageContaining("no space left");
            rows(session, "COPY t FROM '" + file.toUri() + "'");
            assertThat(rows(session, "SELECT COUNT(*), COUNT(DISTINCT id) FROM t"))
                    .containsExactly(ROWS + "|" + ROWS);
        }
    }

    private static List<String> rows(SqlSession session, String statement) {
        List<String> rows = new ArrayList<>();
        try (ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
            while (!cursor.finished()) {
                RowBatch batch = cursor.poll(Duration.ofSeconds(30));
                for (int i = 0; batch != null && i < batch.selectedCount(); i++) {
                    rows.add(JavaValues.row(batch, batch.selectedRow(i)).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining("|")));
                }
            }
        }
        return rows;
    }
}
