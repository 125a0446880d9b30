package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delivery.spool.BackupNames;
import io.millrace.delivery.spool.SpoolFormat;
import io.millrace.delivery.spool.SpoolSettings;
import io.millrace.delivery.spool.SpoolStore;
import io.millrace.format.json.JsonFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Files that are sent when they are published. */
class SpoolTest {

    private static final BackupNames NAMES =
            BackupNames.from(Options.NONE, "failed", RowType.of(Field.nullable("data", DataType.VARBINARY)));

    private final MemoryStore files = new MemoryStore();
    private final MemoryStore backup = new MemoryStore();
    private final Server server = new Server();
    private final List<RejectedEntry> rejected = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Takes batches of at most three records or 100 bytes, and remembers every one it was given. */
    private static final class Server implements RecordReceiver {

        private final List<String> calls = new ArrayList<>();
        private final Map<String, List<String>> taken = new LinkedHashMap<>();
        private final Deque<IOException> failures = new ArrayDeque<>();
        private @Nullable String refused;

        @Override
        public int recordsMax() {
            return 3;
        }

        @Override
        public long bytesMax() {
            return 100;
        }

        @Override
        public List<Refusal> receive(BatchName name, BytesColumn records, int count) throws IOException {
            String id = name.id();
            calls.add(id);
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            List<String> batch = new ArrayList<>();
            List<Refusal> refusals = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                if (records.text(i).equals(refused)) {
                    refusals.add(new Refusal(i, ErrorCode.INVALID_VALUE, "not this one"));
                } else {
                    batch.add(records.text(i));
                }
            }
            taken.put(id, batch);
            return refusals;
        }

        List<String> records() {
            return taken.values().stream().flatMap(List::stream).toList();
        }

        @Override
        public void close() {}
    }

    private SpoolStore open(@Nullable MemoryStore backupStore, boolean all, @Nullable Duration retryMax) {
        return new SpoolStore(
                files,
                server,
                new SpoolSettings("trades", backupStore, NAMES, all, true, retryMax, rejected::add, () -> now));
    }

    private static String json(int id) {
        return "{\"id\":" + id + ",\"text\":\"t" + id + "\"}";
    }

    private static List<String> json(int from, int to) {
        List<String> records = new ArrayList<>();
        for (int id = from; id < to; id++) {
            records.add(json(id));
        }
        return records;
    }

    private void seal(SpoolStore store, String name, int from, int to) throws IOException {
        try (StagedObject staged = store.stage(name)) {
            RowFileWriter writer = new SpoolFormat(new JsonFormat(), Options.NONE).writer(Harness.TYPE, staged.out());
            for (int id = from; id < to; id++) {
                RowBatch row = RowBatch.create(Harness.TYPE, 1);
                JavaValues.append(row, Arrays.asList((long) id, "t" + id));
                writer.write(row);
            }
            writer.finish();
            staged.seal();
        }
    }

    @Test
    void aFileIsSentInBatchesAndInOrder() throws IOException {
        SpoolStore store = open(null, false, null);
        seal(store, "a", 0, 8);
        assertThat(server.calls).isEmpty();
        store.publish("a");
        assertThat(server.taken.values()).containsExactly(json(0, 3), json(3, 6), json(6, 8));
        assertThat(rejected).isEmpty();
        assertThat(store.exactlyOnce()).isFalse();
    }

    @Test
    void aFileThatWasSentIsNotSentAgainByTheNextLife() throws IOException {
        SpoolStore store = open(null, false, null);
        seal(store, "a", 0, 8);
        store.publish("a");
        store.publish("a");
        open(null, false, null).publish("a");
        assertThat(server.calls).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void whatWasSentIsForgottenWithTheNextFile() throws IOException {
        SpoolStore store = open(null, false, null);
        for (int file = 0; file < 5; file++) {
            seal(store, "f" + file, file, file + 1);
            store.publish("f" + file);
        }
        assertThat(files.visible()).containsOnlyKeys("f4.done");
        assertThat(server.records()).isEqualTo(json(0, 5));
    }

    @Test
    void publishingWhatWasNeverStagedIsRefused() {
        assertThatThrownBy(() -> open(null, false, null).publish("none")).hasMessageContaining("none");
    }

    @Test
    void aFailureIsRepeatedUnderItsIdAndOnlyFromThereOn() throws IOException {
        SpoolStore store = open(null, false, null);
        seal(store, "a", 0, 8);
        server.failures.add(new IOException("busy"));
        assertThatThrownBy(() -> store.publish("a")).hasMessage("busy");
        server.failures.add(new IOException("busy again"));
        assertThatThrownBy(() -> store.publish("a")).hasMessage("busy again");
        store.publish("a");
        assertThat(server.calls.subList(0, 3)).containsOnly(server.calls.getFirst());
        assertThat(server.calls).hasSize(5);
        assertThat(server.records()).isEqualTo(json(0, 8));
    }

    @Test
    void aCrashAnywhereRepeatsBatchesUnderTheirIds() throws IOException {
        for (int crashAt = 0; crashAt < 30; crashAt++) {
            SpoolTest each = new SpoolTest();
            SpoolStore store = each.open(null, false, null);
            each.seal(store, "a", 0, 8);
            each.crashAtCall(crashAt, () -> store.publish("a"));
            each.open(null, false, null).publish("a");
            assertThat(each.server.records()).as("crash at call %d", crashAt).isEqualTo(json(0, 8));
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private void crashAtCall(int number, Action action) throws IOException {
        int[] calls = {0};
        files.gate(new MemoryStore.Gate() {
            @Override
            public void before(String call) {
                crash(call);
            }

            @Override
            public void after(String call) {
                crash(call);
            }

            private void crash(String call) {
                if (calls[0]++ == number) {
                    throw new MemoryStore.Crash(call);
                }
            }
        });
        try {
            action.run();
        } catch (MemoryStore.Crash e) {
            assertThat(e).isNotNull();
        }
        files.gate(MemoryStore.Gate.OPEN);
    }

    @Test
    void whatIsRefusedGoesToTheBackupAndIsTold() throws IOException {
        SpoolStore store = open(backup, false, null);
        server.refused = json(4);
        seal(store, "a", 0, 8);
        store.publish("a");
        assertThat(server.records()).hasSize(7).doesNotContain(json(4));
        assertThat(backup.visible()).hasSize(1);
        String name = backup.list("").getFirst();
        assertThat(name).isEqualTo("failed/" + server.calls.get(1) + ".json");
        assertThat(new String(backup.visible().get(name), StandardCharsets.UTF_8))
                .contains("\"lastErrorMessage\":\"not this one\"", "\"attemptsMade\":1,");
        assertThat(rejected).singleElement().satisfies(entry -> {
            assertThat(entry.position()).isEqualTo("a 1:1");
            assertThat(new String(entry.data(), StandardCharsets.UTF_8)).isEqualTo(json(4));
        });
    }

    @Test
    void allMayBeKeptBesideTheDestination() throws IOException {
        SpoolStore store = open(backup, true, null);
        seal(store, "a", 0, 4);
        store.publish("a");
        assertThat(backup.list(""))
                .containsExactlyInAnyOrder("all/" + server.calls.get(0), "all/" + server.calls.get(1));
        assertThat(new String(backup.visible().get("all/" + server.calls.get(1)), StandardCharsets.UTF_8))
                .isEqualTo(json(3) + "\n");
    }

    @Test
    void aBatchThatIsNotTakenInTimeGoesToTheBackup() throws IOException {
        SpoolStore store = open(backup, false, Duration.ofMinutes(5));
        seal(store, "a", 0, 5);
        for (int i = 0; i < 4; i++) {
            server.failures.add(new IOException("gone"));
        }
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> store.publish("a")).hasMessage("gone");
            now = now.plusSeconds(100);
        }
        store.publish("a");
        assertThat(server.records()).isEqualTo(json(3, 5));
        assertThat(rejected).hasSize(3);
        assertThat(rejected.getFirst().reason()).isEqualTo("not taken in 300 s: gone");
        assertThat(new String(backup.visible().values().iterator().next(), StandardCharsets.UTF_8))
                .contains("\"attemptsMade\":4");
    }

    @Test
    void aRecordBeyondTheLimitIsRefusedAlone() throws IOException {
        SpoolStore store = open(null, false, null);
        try (StagedObject staged = store.stage("a")) {
            RowFileWriter writer = new SpoolFormat(new JsonFormat(), Options.NONE).writer(Harness.TYPE, staged.out());
            RowBatch rows = RowBatch.create(Harness.TYPE, 3);
            JavaValues.append(rows, Arrays.asList(1L, "t1"));
            JavaValues.append(rows, Arrays.asList(2L, "x".repeat(200)));
            JavaValues.append(rows, Arrays.asList(3L, "t3"));
            writer.write(rows);
            writer.finish();
            staged.seal();
        }
        store.publish("a");
        assertThat(server.records()).containsExactly(json(1), json(3));
        assertThat(rejected)
                .singleElement()
                .satisfies(entry -> assertThat(entry.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    }
}
