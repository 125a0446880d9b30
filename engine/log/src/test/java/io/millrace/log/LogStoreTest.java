package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.JavaValues;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private LogStore store;

    @BeforeEach
    void openStore() {
        store = LogStore.open(directory, LogSettings.DEFAULT, clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void reopen() {
        store.close();
        openStore();
    }

    @Test
    void defaultsAreWhatTheyWere() {
        assertThat(LogSettings.DEFAULT)
                .isEqualTo(new LogSettings(
                        134_217_728, 67_108_864, 67_108_864, 8_388_608, 131_072, 2, Duration.ofMinutes(1)));
        assertThat(StreamSettings.ofShards(3)).isEqualTo(new StreamSettings(3, Duration.ofHours(24), false));
    }

    @Test
    void namesThatDifferInCaseOnlyAreDifferentStreams() {
        List<String> names =
                List.of("Orders", "orders", "ORDERS", ".", "..", "a.b", "a_b", "a b", "日本", "x".repeat(300));
        for (String name : names) {
            append(store.create(name, StreamSettings.ofShards(1)), name);
        }
        reopen();
        assertThat(store.names()).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(firstPayload(store.stream(name).shard(0))).isEqualTo(name);
        }
        assertThat(names.stream().map(name -> StreamName.toDirectory(name).toLowerCase(java.util.Locale.ROOT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsNotYetReadableHasNotArrivedBeforeTheClock() {
        int count = 300;
        InstantSource system = InstantSource.system();
        // By the index from which on it was promised, the greatest of the bounds.
        long[] promised = new long[count + 1];
        try (LogStore own = LogStore.open(directory.resolve("own"), LogSettings.DEFAULT, system)) {
            ShardLog shard = own.create("s", StreamSettings.ofShards(1)).shard(0);
            CompletableFuture<Void> appending = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < count; i++) {
                    append(shard, "x").join();
                }
            });
            while (!appending.isDone()) {
                long now = JavaValues.micros(system.instant());
                long arriving = shard.arrivingSinceMicros();
                int end = (int) shard.endIndex();
                promised[end] = Math.max(promised[end], Math.min(now, arriving));
            }
            appending.join();
            List<Long> arrivals = arrivals(shard, count);
            List<Integer> broken = IntStream.range(0, count)
                    .filter(i -> arrivals.get(i) < promised[i])
                    .boxed()
                    .toList();
            assertThat(broken).as("entries that came before a promise").isEmpty();
            assertThat(LongStream.of(promised).filter(bound -> bound > 0))
                    .as("promises")
                    .isNotEmpty();
        }
    }

    private static List<Long> arrivals(ShardLog shard, int count) {
        List<Long> arrivals = new ArrayList<>();
        try (LogReader reader = shard.reader(0, ReadOptions.RECORDS)) {
            while (arrivals.size() < count) {
                LogBatch batch = Objects.requireNonNull(reader.poll(count));
                for (int i = 0; i < batch.size(); i++) {
                    arrivals.add(batch.arrivals().get(i));
                }
            }
        }
        return arrivals;
    }

    @Test
    void aNameIsTakenOnce() {
        store.create("a", StreamSettings.ofShards(1));
        assertError(ErrorCode.DUPLICATE_NAME, () -> store.create("a", StreamSettings.ofShards(1)));
        assertError(ErrorCode.UNDEFINED_NAME, () -> store.stream("b"));
        assertError(ErrorCode.INVALID_ARGUMENT, () -> store.create("", StreamSettings.ofShards(1)));
        assertError(ErrorCode.INVALID_ARGUMENT, () -> StreamSettings.ofShards(0));
    }

    @Test
    void settingsAreKept() {
        StoredStream stream = store.create("a", new StreamSettings(2, Duration.ofDays(2), true));
        assertThat(stream.created()).isEqualTo(clock.instant());
        stream.changeRetention(Duration.ofDays(7));
        clock.advance(Duration.ofDays(1));
        reopen();
        StoredStream reopened = store.stream("a");
        assertThat(reopened.created()).isEqualTo(stream.created());
        assertThat(reopened.retention()).isEqualTo(Duration.ofDays(7));
        assertThat(reopened.onDemand()).isTrue();
        assertThat(reopened.shards()).hasSize(2);
        reopened.changeOnDemand(false);
        reopen();
        assertThat(store.stream("a").onDemand()).isFalse();
        assertError(ErrorCode.INVALID_ARGUMENT, () -> store.stream("a").changeRetention(Duration.ZERO));
    }

    @Test
    void aDirectoryHasOneUser() {
        MillraceException error = catchThrowableOfType(
                MillraceException.class, () -> LogStore.open(directory, LogSettings.DEFAULT, clock));
        assertThat(error.code()).isEqualTo(ErrorCode.IN_USE);
        assertThat(error)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        reopen();
    }

    @Test
    void aDeletedStreamIsGoneAndItsNameFree() {
        StoredStream stream = store.create("a", StreamSettings.ofShards(2));
        append(stream, "old");
        LogReader reader = stream.shard(0).reader(0, ReadOptions.RECORDS);
        store.delete("a");
        assertThat(store.names()).isEmpty();
        assertError(ErrorCode.WRONG_STATE, () -> reader.poll(1));
        assertThat(append(stream.shard(0), "late").exceptionNow())
                .isInstanceOf(MillraceException.class)
                .hasMessage("stream a is deleted");
        assertError(ErrorCode.UNDEFINED_NAME, () -> store.delete("a"));

        append(store.create("a", StreamSettings.ofShards(1)), "new");
        reopen();
        assertThat(firstPayload(store.stream("a").shard(0))).isEqualTo("new");
        assertThat(store.stream("a").shards()).hasSize(1);
    }

    @Test
    void whatWaitsIsWrittenBeforeTheStoreCloses() {
        ShardLog shard = store.create("a", StreamSettings.ofShards(1)).shard(0);
        CompletableFuture<Appended> last = null;
        for (int i = 0; i < 1000; i++) {
            last = append(shard, "x");
        }
        store.close();
        assertThat(last).isCompleted();
        assertThat(append(shard, "late").exceptionNow())
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SHUTTING_DOWN));
        openStore();
        assertThat(store.stream("a").shard(0).endIndex()).isEqualTo(1000);
    }

    @Test
    void aPollFillsUpAcrossAppends() {
        ShardLog shard = store.create("a", StreamSettings.ofShards(1)).shard(0);
        for (int i = 0; i < 1500; i++) {
            append(shard, "x" + i);
        }
        append(shard, "end").join();
        try (LogReader reader = shard.reader(3, ReadOptions.RECORDS)) {
            for (int expected : new int[] {1000, 498}) {
                LogBatch batch = reader.poll(1000);
                assertThat(batch.size()).isEqualTo(expected);
            }
            assertThat(reader.poll(1000)).isNull();
        }
    }

    @Test
    void anAppendThatIsTooLongIsRefused() {
        store.close();
        store = LogStore.open(directory, LogSettings.DEFAULT.withAppendBytesMax(1000), clock);
        ShardLog shard = store.create("a", StreamSettings.ofShards(1)).shard(0);
        RecordBatch records = new RecordBatch().add(new byte[0], new byte[2000]);
        assertThat(shard.append(records, null).exceptionNow())
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
        append(shard, "x").join();
        assertThat(shard.endIndex()).isEqualTo(1);
    }

    @Test
    void appendsWaitForRoomAndTheWritersOwnDoNot() {
        store.close();
        store = LogStore.open(directory, LogSettings.DEFAULT.withQueuedBytesMax(300), clock);
        ShardLog shard = store.create("a", StreamSettings.ofShards(1)).shard(0);
        AtomicReference<CompletableFuture<Appended>> nested = new AtomicReference<>();
        CompletableFuture<Void> first = append(shard, "first").thenAccept(done -> {
            CompletableFuture<Appended> last = null;
            for (int i = 0; i < 100; i++) {
                last = append(shard, "nested" + i);
            }
            nested.set(last);
        });
        for (int i = 0; i < 500; i++) {
            append(shard, "outer" + i);
        }
        first.join();
        nested.get().join();
        append(shard, "end").join();
        assertThat(shard.endIndex()).isEqualTo(602);
    }

    @Test
    void anInterruptedReaderHarmsNobody() {
        ShardLog shard = store.create("a", StreamSettings.ofShards(1)).shard(0);
        append(shard, "x").join();
        try (LogReader reader = shard.reader(0, ReadOptions.RECORDS)) {
            Thread.currentThread().interrupt();
            assertThat(reader.poll(1)).isNotNull();
            assertThat(Thread.interrupted()).isTrue();
            append(shard, "y").join();
            assertThat(reader.poll(1)).isNotNull();
        }
    }

    @Test
    void segmentsOfAnyLengthAreMappedOrCopiedAlike() {
        ShardLog shard = store.create("a", StreamSettings.ofShards(1)).shard(0);
        byte[] payload = new byte[300_000];
        for (int i = 0; i < 20; i++) {
            payload[0] = (byte) i;
            shard.append(new RecordBatch().add(new byte[0], payload), null).join();
        }
        try (LogReader reader = shard.reader(0, ReadOptions.RECORDS)) {
            for (int i = 0; i < 20; i++) {
                LogBatch.Records batch = (LogBatch.Records) reader.poll(1);
                assertThat(batch.payloads().get(0)[0]).isEqualTo((byte) i);
                assertThat(batch.payloads().length(0)).isEqualTo(300_000);
            }
        }
    }

    private static CompletableFuture<Appended> append(ShardLog shard, String payload) {
        return shard.append(new RecordBatch().add(new byte[] {'k'}, payload.getBytes()), null);
    }

    private static void append(StoredStream stream, String payload) {
        append(stream.shard(0), payload).join();
    }

    private static String firstPayload(ShardLog shard) {
        try (LogReader reader = shard.reader(0, ReadOptions.RECORDS)) {
            return ((LogBatch.Records) reader.poll(1)).payloads().text(0);
        }
    }

    private static void assertError(ErrorCode code, ThrowingCallable action) {
        assertThat(catchThrowableOfType(MillraceException.class, action).code()).isEqualTo(code);
    }
}
