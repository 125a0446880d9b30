package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A byte that is not what was written is reported with file and place, and nothing else stops. */
class DamagedSegmentTest {

    @TempDir
    Path directory;

    @Test
    void isReportedWhereverItIsReadAndNothingElseStops() throws Exception {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run(
                    "CREATE STREAM s (id INTEGER) WITH (shards = 2)",
                    "CREATE STREAM other (id INTEGER)",
                    "INSERT INTO other VALUES (7)");
            for (int id = 0; id < 10; id++) {
                put(engine, 0, id);
                put(engine, 1, 100 + id);
            }
            Path segment = segment("s", 0);
            flip(segment, Files.size(segment) / 2);

            String where = "segment \\Q" + segment + "\\E is damaged at byte \\d+: .*";
            MillraceException sql = engine.failure("SELECT COUNT(*) FROM s");
            assertThat(sql.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
            assertThat(sql).hasMessageMatching(where);
            assertThat(sql.hint()).contains("nothing was skipped");
            MillraceException api = catchThrowableOfType(MillraceException.class, () -> read(engine, 0));
            assertThat(api).hasMessageMatching(where);

            assertThat(read(engine, 1)).isEqualTo(10);
            assertThat(engine.rows("SELECT * FROM other")).containsExactly("7");
            put(engine, 0, 10);
            put(engine, 1, 110);
            assertThat(read(engine, 1)).isEqualTo(11);
        }
    }

    @Test
    void atTheStartIsReportedWithFileAndPlace() throws Exception {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run("CREATE STREAM s (id INTEGER)");
            for (int id = 0; id < 10; id++) {
                put(engine, 0, id);
            }
        }
        Path segment = segment("s", 0);
        flip(segment, Files.size(segment) / 2);
        MillraceException failure = catchThrowableOfType(MillraceException.class, () -> EngineFixture.open(directory));
        assertThat(failure.code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
        assertThat(failure).hasMessageMatching("segment \\Q" + segment + "\\E is damaged at byte \\d+: .*");

        flip(segment, Files.size(segment) / 2);
        try (EngineFixture engine = EngineFixture.open(directory)) {
            assertThat(engine.rows("SELECT COUNT(*) FROM s")).containsExactly("10");
        }
    }

    private static void put(EngineFixture engine, int shard, int id) {
        byte[] record = ("{\"id\": " + id + "}").getBytes(StandardCharsets.UTF_8);
        engine.put("s", shard, new RecordBatch().add(new byte[] {'k'}, record));
    }

    private static int read(EngineFixture engine, int shard) {
        int entries = 0;
        try (LogReader reader = engine.engine().streams().log("s").shard(shard).reader(0, ReadOptions.RECORDS)) {
            for (var batch = reader.poll(100); batch != null; batch = reader.poll(100)) {
                entries += batch.size();
            }
        }
        return entries;
    }

    private Path segment(String stream, int shard) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("log/streams/" + stream))) {
            List<Path> segments = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
            return segments.get(shard);
        }
    }

    private static void flip(Path file, long position) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, position);
            one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
            channel.write(one, position);
        }
    }
}
