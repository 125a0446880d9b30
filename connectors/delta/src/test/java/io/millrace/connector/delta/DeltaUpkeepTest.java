package io.millrace.connector.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.connector.file.FileStoreFactory;
import io.millrace.format.parquet.ParquetFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log gets checkpoints, which Delta's own library reads, and loses what is older than they are. */
class DeltaUpkeepTest {

    private static final RowType COLUMNS =
            RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("ticker", DataType.VARCHAR));

    @TempDir
    Path directory;

    private Lake lake;
    private KernelTable read;
    private int delivered;

    @BeforeEach
    void open() {
        lake = new Lake(directory, COLUMNS).with("partition_by", "ticker").with("checkpoint_interval", "5");
        read = new KernelTable(directory);
    }

    private void deliver(int commits) throws IOException {
        try (Table table = lake.open()) {
            for (int i = 0; i < commits; i++, delivered++) {
                List<Object> row = new ArrayList<>(List.of((long) delivered));
                row.add(delivered % 3 == 0 ? null : "T" + delivered % 3);
                table.publish(lake.write(table, "a", delivered, row));
            }
        }
    }

    private List<String> log() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve(LogNames.FOLDER))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("^0+(?=\\d)", ""))
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private JsonNode last() throws IOException {
        return Json.read(Files.readString(directory.resolve(LogNames.LAST_CHECKPOINT)));
    }

    @Test
    void aCheckpointIsMadeOnceThereAreEnoughEntries() throws Exception {
        try (TableUpkeep upkeep = lake.upkeep()) {
            assertThat(upkeep.step()).as("of no table").isFalse();
            lake.passes(Duration.ofSeconds(10));
            deliver(4);
            assertThat(upkeep.step()).isFalse();
            assertThat(upkeep.nextDeadline()).isEqualTo(lake.instant().plusSeconds(10));
            deliver(3);
            assertThat(upkeep.step()).as("before it is time").isFalse();
            lake.passes(Duration.ofSeconds(10));
            assertThat(upkeep.step()).isTrue();
            assertThat(upkeep.step()).isFalse();
        }
        assertThat(last().path("version").asInt()).isEqualTo(7);
        assertThat(last().path("numOfAddFiles").asInt()).isEqualTo(7);
        for (int version = 0; version < 7; version++) {
            Files.delete(directory.resolve(LogNames.entry(version)));
        }
        assertThat(read.rows()).hasSize(7).contains("0|null", "1|T1", "5|T2");
        assertThat(read.transaction("millrace/d-identity/a")).isEqualTo(7);
        deliver(2);
        assertThat(read.rows()).hasSize(9);
    }

    /** Both have read what the other made: entries from us, a checkpoint from Delta's library, entries, one from us. */
    @Test
    void checkpointsOfOthersAreReadAndMadeAnew() throws Exception {
        deliver(3);
        read.table().checkpoint(read.engine(), 3);
        for (int version = 0; version < 3; version++) {
            Files.delete(directory.resolve(LogNames.entry(version)));
        }
        deliver(6);
        try (TableUpkeep upkeep = lake.upkeep()) {
            assertThat(upkeep.step()).isTrue();
        }
        assertThat(last().path("version").asInt()).isEqualTo(9);
        for (int version = 3; version < 9; version++) {
            Files.delete(directory.resolve(LogNames.entry(version)));
        }
        assertThat(read.rows()).hasSize(9);
        assertThat(read.snapshot().getPartitionColumnNames()).containsExactly("ticker");
    }

    /** What is not ours in a log is in the checkpoint as it was. */
    @Test
    void aCheckpointHasAllThatOthersHaveWritten() throws Exception {
        deliver(2);
        long now = lake.instant().toEpochMilli();
        String removed =
                read.files(java.util.Optional.empty()).keySet().iterator().next();
        String path = directory
                .toUri()
                .relativize(java.net.URI.create(removed.replaceFirst("^file:/+", "file:///")))
                .toString();
        List<String> actions = List.of(
                "{\"txn\":{\"appId\":\"other\",\"version\":42,\"lastUpdated\":7}}",
                "{\"domainMetadata\":{\"domain\":\"x.y\",\"configuration\":\"{}\",\"removed\":false}}",
                "{\"remove\":{\"path\":\"" + path + "\",\"deletionTimestamp\":" + now
                        + ",\"dataChange\":true,\"extendedFileMetadata\":true,\"partitionValues\":{\"ticker\":null},\"size\":1}}",
                "{\"remove\":{\"path\":\"old\",\"deletionTimestamp\":1,\"dataChange\":true}}",
                "{\"add\":{\"path\":\"x.parquet\",\"partitionValues\":{\"ticker\":\"a\"},\"size\":5,\"modificationTime\":6,"
                    + "\"dataChange\":true,\"tags\":{\"t\":\"u\"},\"deletionVector\":{\"storageType\":\"u\",\"pathOrInlineDv\":"
                    + "\"ab^-aqEH.-t@S}K{vb[*k^\",\"offset\":4,\"sizeInBytes\":40,\"cardinality\":6},\"stats\":\"{}\"}}");
        Files.writeString(directory.resolve(LogNames.entry(3)), String.join("\n", actions) + "\n");
        Files.writeString(directory.resolve(LogNames.entry(4)), "{\"commitInfo\":{}}\n");
        Files.writeString(directory.resolve(LogNames.entry(5)), "");
        try (TableUpkeep upkeep = lake.upkeep()) {
            assertThat(upkeep.step()).isTrue();
        }
        List<String> found = new ArrayList<>();
        try (ObjectStore store = new FileStoreFactory().open(directory.toUri(), Options.NONE)) {
            CheckpointFile.read(
                    new ParquetFormat(),
                    store.open(LogNames.checkpoint(5)),
                    true,
                    action -> found.add(action.toString()));
            CheckpointFile.read(
                    new ParquetFormat(),
                    store.open(LogNames.checkpoint(5)),
                    false,
                    action -> found.remove(action.toString()));
            assertThat(found)
                    .as("left to those that want no files")
                    .isNotEmpty()
                    .allMatch(action -> action.startsWith("{\"add\"") || action.startsWith("{\"remove\""));
            CheckpointFile.read(
                    new ParquetFormat(),
                    store.open(LogNames.checkpoint(5)),
                    false,
                    action -> found.add(action.toString()));
        }
        assertThat(found)
                .contains(actions.get(0), actions.get(1))
                .anyMatch(action -> action.startsWith("{\"remove\":{\"path\":\"" + path + "\"")
                        && action.contains("\"partitionValues\":{\"ticker\":null}"))
                .noneMatch(action -> action.contains("\"old\""))
                .noneMatch(action -> action.startsWith("{\"add\":{\"path\":\"" + path))
                .contains(actions.get(4)
                        .replace("\"dataChange\":true", "\"dataChange\":false")
                        .replace(",\"stats\":\"{}\"", "")
                        .replace("\"dataChange\":false,", "\"dataChange\":false,\"stats\":\"{}\","));
    }

    @Test
    void entriesBeforeAnOldCheckpointAreDeleted() throws Exception {
        lake.with("log_retention", "1 h");
        deliver(6);
        try (TableUpkeep upkeep = lake.upkeep()) {
            while (upkeep.step()) {
                // Until there is nothing to do.
            }
            age(Instant.now().minus(Duration.ofDays(50)), 6);
            deliver(7);
            lake.passes(Duration.ofSeconds(10));
            assertThat(upkeep.step()).isTrue();
            lake.passes(Duration.ofHours(2));
            age(lake.instant(), 13);
            while (upkeep.step()) {
                // Until there is nothing to do.
            }
        }
        assertThat(log())
                .containsExactly(
                        "10.json",
                        "11.json",
                        "12.json",
                        "13.checkpoint.parquet",
                        "13.json",
                        "6.checkpoint.parquet",
                        "6.json",
                        "7.json",
                        "8.json",
                        "9.json",
                        "_last_checkpoint");
        assertThat(read.rows()).hasSize(13);
    }

    @Test
    void aTableThatSaysHowLongItsLogIsKeptIsLeftToItsOwner() throws Exception {
        deliver(1);
        String metadata = Files.readString(directory.resolve(LogNames.entry(0)))
                .lines()
                .filter(line -> line.contains("metaData"))
                .findFirst()
                .orElseThrow()
                .replace(
                        "\"configuration\":{",
                        "\"configuration\":{\"delta.logRetentionDuration\":\"interval 90 days\",");
        Files.writeString(directory.resolve(LogNames.entry(2)), metadata + "\n");
        deliver(4);
        try (TableUpkeep upkeep = lake.upkeep()) {
            assertThat(upkeep.step()).isTrue();
            age(Instant.now().minus(Duration.ofDays(50)), 5);
            lake.passes(Duration.ofDays(60));
            assertThat(upkeep.step()).isFalse();
        }
        assertThat(log()).contains("0.json", "1.json");
    }

    private void change(long version, String property) throws IOException {
        String metadata = Files.readString(directory.resolve(LogNames.entry(0)))
                .lines()
                .filter(line -> line.contains("metaData"))
                .findFirst()
                .orElseThrow()
                .replace("\"configuration\":{", "\"configuration\":{" + property);
        Files.writeString(directory.resolve(LogNames.entry(version)), metadata + "\n");
    }

    @Test
    void aCheckpointThatWouldLoseStatisticsIsLeftToOthers() throws Exception {
        deliver(1);
        change(2, "\"delta.checkpoint.writeStatsAsJson\":\"false\",");
        deliver(6);
        try (TableUpkeep upkeep = lake.upkeep()) {
            assertThat(upkeep.step()).isFalse();
        }
        assertThat(log()).noneMatch(name -> name.contains("checkpoint"));
    }

    @Test
    void theLogOfATableThatAsksForMoreIsNotShortened() throws Exception {
        lake.with("log_retention", "1 h");
        deliver(6);
        try (TableUpkeep upkeep = lake.upkeep()) {
            while (upkeep.step()) {
                // Until there is nothing to do.
            }
            Files.writeString(
                    directory.resolve(LogNames.entry(7)),
                    "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":7,"
                            + "\"writerFeatures\":[\"checkpointProtection\"]}}\n");
            age(Instant.now().minus(Duration.ofDays(50)), 6);
            lake.passes(Duration.ofHours(2));
            assertThat(catchThrowableOfType(MillraceException.class, upkeep::step))
                    .hasMessageContaining("[checkpointProtection]");
        }
        assertThat(log()).contains("0.json", "1.json", "7.json");
    }

    @Test
    void aTableThatWasMadeAnewGetsCheckpointsAgain() throws Exception {
        try (TableUpkeep upkeep = lake.upkeep()) {
            deliver(12);
            assertThat(upkeep.step()).isTrue();
            try (Stream<Path> files = Files.list(directory.resolve(LogNames.FOLDER))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            deliver(2);
            lake.passes(Duration.ofSeconds(10));
            assertThat(upkeep.step()).as("of a short log").isFalse();
            deliver(4);
            lake.passes(Duration.ofSeconds(10));
            assertThat(upkeep.step()).isTrue();
            assertThat(upkeep.step()).isFalse();
        }
        assertThat(last().path("version").asInt()).isEqualTo(6);
    }

    /** Sets the time of the entries up to a number that are not set back yet, and of checkpoints. */
    private void age(Instant time, long last) throws IOException {
        Instant lately = Instant.now().minus(Duration.ofDays(1));
        try (Stream<Path> files = Files.list(directory.resolve(LogNames.FOLDER))) {
            for (Path file : files.toList()) {
                if (LogNames.version(LogNames.FOLDER + file.getFileName()) <= last
                        && Files.getLastModifiedTime(file).toInstant().isAfter(lately)) {
                    Files.setLastModifiedTime(file, FileTime.from(time));
                }
            }
        }
    }

    @Test
    void aCrashAtAnyCallLeavesATableThatIsRead() throws Exception {
        deliver(6);
        int calls = 0;
        for (boolean crashed = true; crashed && calls < 100; calls++) {
            crashed = false;
            try (TableUpkeep upkeep = lake.upkeep(new FaultyCalls(calls, calls % 2 == 0))) {
                while (upkeep.step()) {
                    // Until there is nothing to do.
                }
            } catch (IOException e) {
                crashed = true;
            }
            assertThat(read.rows()).as("crashed at call %s", calls + 1).hasSize(6);
            lake.open().close();
        }
        assertThat(calls).isBetween(8, 99);
        assertThat(last().path("version").asInt()).isEqualTo(6);
    }

    @Test
    void aCheckpointThatIsGoneIsNotMissed() throws Exception {
        deliver(6);
        try (TableUpkeep upkeep = lake.upkeep()) {
            assertThat(upkeep.step()).isTrue();
        }
        Files.delete(directory.resolve(LogNames.checkpoint(6)));
        deliver(1);
        assertThat(read.rows()).hasSize(7);
    }

    @Test
    void theNewestCheckpointThatIsWholeIsFound() {
        assertThat(LogNames.newest(List.of())).isNull();
        assertThat(LogNames.newest(List.of(
                        LogNames.checkpoint(5),
                        LogNames.entry(9),
                        "_delta_log/00000000000000000007.checkpoint.0000000001.0000000002.parquet",
                        "_delta_log/00000000000000000007.checkpoint.0000000002.0000000002.parquet",
                        "_delta_log/00000000000000000008.checkpoint.0000000001.0000000002.parquet")))
                .isEqualTo(new LogNames.Checkpoint(7, 2));
    }
}
