package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.log.LogSettings;
import io.millrace.log.LogStore;
import io.millrace.log.StoredStream;
import io.millrace.log.StreamSettings;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
            Path segment = segment(directory, "s", 0);
            TestFiles.flip(segment, Files.size(segment) / 2);

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
    void atTheStartIsToldAndNothingElseStops() throws Exception {
        Path lake = directory.resolve("lake");
        Path data = directory.resolve("data");
        try (EngineFixture engine = EngineFixture.open(data)) {
            engine.run(
                    "CREATE STREAM s (id INTEGER) WITH (shards = 2)",
                    "CREATE STREAM t (id INTEGER)",
                    "CREATE STREAM other (id INTEGER)",
                    "CREATE STREAM copy (id INTEGER)",
                    "CREATE PUMP reads STOPPED AS INSERT INTO t SELECT STREAM id FROM s",
                    "CREATE PUMP well AS INSERT INTO copy SELECT STREAM id FROM other",
                    "INSERT INTO other VALUES (7)");
            for (int id = 0; id < 10; id++) {
                put(engine, 0, id);
                put(engine, 1, 100 + id);
            }
        }
        Path segment = segment(data, "s", 0);
        TestFiles.flip(segment, Files.size(segment) / 2);
        String where = "segment \\Q" + segment + "\\E is damaged at byte \\d+: .*";
        try (EngineFixture engine = EngineFixture.open(data)) {
            assertThat(engine.rows("SHOW STREAMS"))
                    .filteredOn(row -> row.startsWith("s|"))
                    .singleElement()
                    .asString()
                    .matches("s\\|json\\|2\\|20\\|24 h\\|damaged: " + where);
            assertThat(engine.rows("SHOW STREAMS"))
                    .filteredOn(row -> row.startsWith("other|"))
                    .containsExactly("other|json|1|1|24 h|ok");
            for (String statement : List.of("SELECT COUNT(*) FROM s", "SELECT id FROM s")) {
                MillraceException failure = engine.failure(statement);
                assertThat(failure.code()).as(statement).isEqualTo(ErrorCode.DATA_CORRUPTED);
                assertThat(failure).as(statement).hasMessageMatching(where);
                assertThat(failure.hint()).contains("put back the file");
            }
            MillraceException written = catchThrowableOfType(MillraceException.class, () -> put(engine, 0, 10));
            assertThat(written).hasMessageMatching(where);

            // Up to the damage all can be read, and the other shard altogether.
            List<Long> read = new ArrayList<>();
            MillraceException end = catchThrowableOfType(MillraceException.class, () -> read(engine, 0, read));
            assertThat(end).hasMessageMatching(where);
            assertThat(read).isNotEmpty().hasSizeLessThan(10);
            assertThat(read(engine, 1)).isEqualTo(10);
            put(engine, 1, 110);

            engine.run("ALTER PUMP reads START", "INSERT INTO other VALUES (8)");
            engine.await("SHOW PUMPS", rows -> rows.getFirst().matches("reads\\|t\\|failing: " + where));
            engine.run("CREATE DELIVERY d FROM s TO '" + lake.toUri() + "' WITH (format = 'json')");
            engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("is damaged at byte"));
            assertThat(engine.awaitRows("SELECT id FROM copy", 2)).containsExactly("7", "8");
        }
        TestFiles.flip(segment, Files.size(segment) / 2);
        try (EngineFixture engine = EngineFixture.open(data)) {
            assertThat(engine.rows("SELECT COUNT(*) FROM s")).containsExactly("21");
            put(engine, 0, 10);
            engine.awaitRows("SELECT id FROM t", 22);
        }
    }

    @Test
    void ofAClosedSegmentIsToldToWhoeverComesToIt() throws Exception {
        try (LogStore store = store(directory)) {
            StoredStream stream = store.create("s", StreamSettings.ofShards(1));
            for (int id = 0; id < 40; id++) {
                byte[] record = ("{\"id\": " + id + "}").getBytes(StandardCharsets.UTF_8);
                stream.shard(0)
                        .append(new RecordBatch().add(new byte[] {'k'}, record), null)
                        .join();
            }
        }
        List<Path> segments = segments(directory, "s");
        assertThat(segments).hasSizeGreaterThan(3);
        Path segment = segments.get(1);
        TestFiles.flip(segment, Files.size(segment) / 2);
        // With the index beside it the start believes it, without it looks.
        for (boolean looks : new boolean[] {false, true}) {
            if (looks) {
                Files.delete(Path.of(segment.toString().replace(".log", ".index")));
            }
            try (EngineFixture engine = EngineFixture.open(directory)) {
                List<Long> read = new ArrayList<>();
                MillraceException end = catchThrowableOfType(MillraceException.class, () -> read(engine, 0, read));
                assertThat(end).hasMessageContaining("segment " + segment + " is damaged at byte ");
                assertThat(read).isNotEmpty().hasSizeLessThan(30);
                put(engine, 0, 99);
                assertThat(engine.failure("SELECT COUNT(*) FROM s").code()).isEqualTo(ErrorCode.DATA_CORRUPTED);
            }
        }
        TestFiles.flip(segment, Files.size(segment) / 2);
        try (EngineFixture engine = EngineFixture.open(directory)) {
            assertThat(engine.rows("SELECT COUNT(*) FROM s")).containsExactly("42");
        }
    }

    @Test
    void ofAStreamsOwnFileAndMissingLogsAreToldAndCanBeDropped() throws Exception {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run(
                    "CREATE STREAM s (id INTEGER)",
                    "CREATE STREAM gone (id INTEGER)",
                    "CREATE STREAM other (id INTEGER)",
                    "CREATE STREAM t (id INTEGER)",
                    "CREATE PUMP p AS INSERT INTO t SELECT STREAM id FROM gone",
                    "CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM s",
                    "INSERT INTO other VALUES (7)");
        }
        TestFiles.flip(directory.resolve("log/streams/s/stream"), 20);
        TestFiles.flip(directory.resolve("log/streams/error_stream/stream"), 20);
        TestFiles.deleteTree(directory.resolve("log/streams/gone"));
        try (EngineFixture engine = EngineFixture.open(directory)) {
            assertThat(engine.failure("SELECT * FROM s"))
                    .hasMessage("stream file " + directory.resolve("log/streams/s/stream")
                            + " is damaged at byte 0: its checksum is wrong");
            assertThat(engine.failure("INSERT INTO gone VALUES (1)")).hasMessage("the log of stream 'gone' is missing");
            assertThat(engine.rows("SHOW STREAMS"))
                    .contains("gone|json|1|0|24 h|damaged: the log of stream 'gone' is missing")
                    .contains("other|json|1|1|24 h|ok")
                    .hasSize(5);
            assertThat(engine.rows("SHOW PUMPS").getFirst()).contains("failing: the log of stream 'gone' is missing");
            assertThat(engine.rows("SHOW VIEWS").getFirst()).contains("failing: stream file ");
            assertThat(engine.rows("SELECT * FROM other")).containsExactly("7");
            engine.run(
                    "DROP PUMP p",
                    "DROP MATERIALIZED VIEW v",
                    "DROP STREAM s",
                    "DROP STREAM gone",
                    "CREATE STREAM s (id INTEGER)");
            engine.restart();
            assertThat(engine.rows("SELECT * FROM s")).isEmpty();
        }
    }

    private static LogStore store(Path directory) {
        LogSettings small = LogSettings.DEFAULT.withSegmentBytesMax(1000);
        return LogStore.open(directory.resolve("log"), small, InstantSource.system());
    }

    private static void put(EngineFixture engine, int shard, int id) {
        byte[] record = ("{\"id\": " + id + "}").getBytes(StandardCharsets.UTF_8);
        engine.put("s", shard, new RecordBatch().add(new byte[] {'k'}, record));
    }

    private static int read(EngineFixture engine, int shard) {
        List<Long> read = new ArrayList<>();
        read(engine, shard, read);
        return read.size();
    }

    private static void read(EngineFixture engine, int shard, List<Long> indexes) {
        try (LogReader reader = engine.engine().streams().log("s").shard(shard).reader(0, ReadOptions.RECORDS)) {
            for (var batch = reader.poll(100); batch != null; batch = reader.poll(100)) {
                for (int i = 0; i < batch.size(); i++) {
                    indexes.add(batch.firstIndex() + i);
                }
            }
        }
    }

    private static Path segment(Path data, String stream, int shard) throws IOException {
        return segments(data, stream).get(shard);
    }

    private static List<Path> segments(Path data, String stream) throws IOException {
        return TestFiles.files(data.resolve("log/streams/" + stream)).stream()
                .filter(file -> file.toString().endsWith(".log"))
                .toList();
    }
}
