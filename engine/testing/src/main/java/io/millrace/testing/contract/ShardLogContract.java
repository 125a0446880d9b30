package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.Appended;
import io.millrace.spi.log.HashKey;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ProducerStep;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardDescription;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.log.StreamLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link ShardLog} does, and the {@link StreamLog} around it. */
public abstract class ShardLogContract {

    /** A row type with every storage, and nesting in every way. */
    protected static final RowType EVERY_TYPE = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("flag", DataType.BOOLEAN),
            Field.nullable("tiny", DataType.TINYINT),
            Field.nullable("count", DataType.INTEGER),
            Field.nullable("real", DataType.REAL),
            Field.nullable("price", DataType.DOUBLE),
            Field.nullable("amount", new DecimalType(12, 2)),
            Field.nullable("total", new DecimalType(38, 4)),
            Field.nullable("name", DataType.VARCHAR),
            Field.nullable("code", new CharacterType(4, true)),
            Field.nullable("raw", DataType.VARBINARY),
            Field.nullable("day", DataType.DATE),
            Field.nullable("at", DataType.TIMESTAMP),
            Field.nullable("age", new IntervalType(true)),
            Field.nullable("tags", new ArrayType(DataType.VARCHAR, true)),
            Field.nullable("limits", new MapType(DataType.VARCHAR, DataType.DOUBLE, true)),
            Field.nullable(
                    "place",
                    RowType.of(
                            Field.nullable("city", DataType.VARCHAR),
                            Field.nullable("sizes", new ArrayType(new DecimalType(30, 3), true)))),
            Field.nullable("steps", new ArrayType(RowType.of(Field.nullable("x", DataType.INTEGER)), true)));

    private static final ReadOptions ALL = new ReadOptions(EVERY_TYPE, true);

    /** Creates an empty stream; called once per test, first. */
    protected abstract StreamLog create(int shards);

    /** Stops whatever keeps the stream and opens the stream again. */
    protected abstract StreamLog reopen();

    /** Moves the clock that arrival times are read from; back too. */
    protected abstract void advance(Duration time);

    /** Deletes what is older than this. */
    protected abstract void trim(Duration retention);

    @Test
    void recordsAreReadAsTheyWereAppended() {
        ShardLog shard = create(1).shard(0);
        assertThat(append(shard, "a", "b")).isEqualTo(0);
        assertThat(append(shard, "c")).isEqualTo(2);
        assertThat(append(shard, "", "d")).isEqualTo(3);

        assertThat(shard.firstIndex()).isZero();
        assertThat(shard.endIndex()).isEqualTo(5);
        assertThat(payloads(shard, 0, 100)).containsExactly("a", "b", "c", "", "d");
        assertThat(payloads(shard, 1, 100)).containsExactly("b", "c", "", "d");
        assertThat(payloads(shard, 5, 100)).isEmpty();
    }

    @Test
    void aPollTakesRecordsOfManyAppends() {
        ShardLog shard = create(1).shard(0);
        for (int i = 0; i < 20; i++) {
            append(shard, "x" + i, "y" + i);
        }
        try (LogReader reader = shard.reader(1, ReadOptions.RECORDS)) {
            LogBatch.Records first = pollRecords(reader, 7);
            assertThat(first.firstIndex()).isEqualTo(1);
            assertThat(texts(first)).containsExactly("y0", "x1", "y1", "x2", "y2", "x3", "y3");
            assertThat(reader.position()).isEqualTo(8);
            int read = 8;
            for (LogBatch batch = reader.poll(30); batch != null; batch = reader.poll(30)) {
                assertThat(batch.firstIndex()).isEqualTo(read);
                assertThat(batch.size()).isBetween(1, 30);
                read += batch.size();
            }
            assertThat(read).isEqualTo(40);
            append(shard, "late");
            assertThat(texts(pollRecords(reader, 1))).containsExactly("late");
        }
    }

    @Test
    void keysAndArrivalsComeWithTheEntries() {
        ShardLog shard = create(1).shard(0);
        RecordBatch records = new RecordBatch();
        records.add(bytes("k1"), bytes("v1")).add(bytes(""), bytes("v2"));
        Appended one = shard.append(records, null).join();
        advance(Duration.ofSeconds(2));
        records.clear();
        records.add(bytes("k3"), bytes("v3"));
        Appended two = shard.append(records, null).join();

        assertThat(two.arrivalMicros() - one.arrivalMicros()).isEqualTo(2_000_000);
        try (LogReader reader = shard.reader(0, ReadOptions.RECORDS)) {
            LogBatch batch = some(reader.poll(10));
            assertThat(List.of(
                            batch.partitionKeys().text(0),
                            batch.partitionKeys().text(1),
                            batch.partitionKeys().text(2)))
                    .containsExactly("k1", "", "k3");
            assertThat(batch.arrivals().get(0)).isEqualTo(one.arrivalMicros());
            assertThat(batch.arrivals().get(1)).isEqualTo(one.arrivalMicros());
            assertThat(batch.arrivals().get(2)).isEqualTo(two.arrivalMicros());
        }
    }

    @Test
    void rowsOfEveryTypeAreReadAsTheyWereAppended() {
        ShardLog shard = create(1).shard(0);
        RowBatch rows = randomRows(1, 300, 0.2);
        List<List<@Nullable Object>> expected = RowValues.of(rows);
        append(shard, rows);
        rows.clear();

        assertThat(rows(shard, 0, 1000)).isEqualTo(expected);
        assertThat(rows(shard, 0, 7)).isEqualTo(expected);
        assertThat(rows(shard, 131, 64)).isEqualTo(expected.subList(131, 300));
        assertThat(rowsAfterReopening(0)).isEqualTo(expected);
    }

    @Test
    void onlySelectedRowsAreAppended() {
        ShardLog shard = create(1).shard(0);
        RowBatch rows = randomRows(2, 100, 0.3);
        int[] selection = new int[100];
        int count = 0;
        for (int row = 3; row < 100; row += 1 + row % 5) {
            selection[count++] = row;
        }
        rows.select(selection, count);
        BytesColumn keys = new BytesColumn(100);
        for (int row = 0; row < 100; row++) {
            keys.append(row, "key" + row);
        }
        shard.append(rows, keys, LogBatch.NO_BOUND, null).join();

        assertThat(rows(shard, 0, 1000)).isEqualTo(RowValues.of(rows));
        try (LogReader reader = shard.reader(0, ALL)) {
            LogBatch batch = some(reader.poll(1000));
            assertThat(batch.partitionKeys().text(1)).isEqualTo("key" + selection[1]);
        }
    }

    @Test
    void columnsWithoutNullsSaySo() {
        ShardLog shard = create(1).shard(0);
        append(shard, randomRows(3, 50, 0));
        try (LogReader reader = shard.reader(0, ALL)) {
            LogBatch.Rows rows = pollRows(reader, 100);
            for (int i = 0; i < rows.rows().columnCount(); i++) {
                assertThat(rows.rows().column(i).nulls()).isNull();
            }
        }
    }

    @Test
    void rowsHaveNoKeysUnlessGiven() {
        ShardLog shard = create(1).shard(0);
        append(shard, randomRows(4, 3, 0));
        try (LogReader reader = shard.reader(0, ALL)) {
            LogBatch batch = some(reader.poll(10));
            assertThat(batch.partitionKeys().isNull(0)).isTrue();
            assertThat(batch.partitionKeys().isNull(2)).isTrue();
        }
    }

    @Test
    void wantedColumnsAreFoundByNameAndTheRestIsNull() {
        ShardLog shard = create(1).shard(0);
        RowBatch rows = randomRows(5, 40, 0.1);
        append(shard, rows);
        RowType wanted = RowType.of(
                Field.nullable("price", DataType.DOUBLE),
                Field.nullable("unheard_of", new ArrayType(DataType.INTEGER, true)),
                Field.nullable("place", RowType.of(Field.nullable("zip", DataType.VARCHAR), EVERY_TYPE.field(8))),
                Field.required("id", DataType.BIGINT));
        try (LogReader reader = shard.reader(0, new ReadOptions(wanted, false))) {
            RowBatch read = pollRows(reader, 100).rows();
            assertThat(read.type()).isEqualTo(wanted);
            for (int row = 0; row < 40; row++) {
                List<@Nullable Object> values = RowValues.of(read).get(row);
                List<@Nullable Object> written = RowValues.of(rows).get(row);
                assertThat(values.get(0)).isEqualTo(written.get(5));
                assertThat(values.get(1)).isNull();
                assertThat(values.get(3)).isEqualTo(written.get(0));
            }
        }
    }

    @Test
    void anotherTypeThanStoredIsRefused() {
        ShardLog shard = create(1).shard(0);
        append(shard, randomRows(6, 4, 0));
        RowType wanted = RowType.of(Field.nullable("name", DataType.DOUBLE));
        try (LogReader reader = shard.reader(0, new ReadOptions(wanted, false))) {
            assertError(ErrorCode.TYPE_MISMATCH, () -> reader.poll(10));
        }
    }

    @Test
    void aRowtimeBoundTravelsWithAndWithoutRows() {
        ShardLog shard = create(1).shard(0);
        RowBatch rows = randomRows(7, 10, 0);
        shard.append(rows, null, 1000, null).join();
        rows.clear();
        Appended none = shard.append(rows, null, 2000, null).join();
        assertThat(none.count()).isZero();
        append(shard, "raw");

        try (LogReader reader = shard.reader(0, ALL)) {
            LogBatch.Rows head = pollRows(reader, 4);
            assertThat(head.rowtimeBound()).isEqualTo(LogBatch.NO_BOUND);
            LogBatch.Rows rest = pollRows(reader, 100);
            assertThat(rest.size()).isEqualTo(6);
            assertThat(rest.rowtimeBound()).isEqualTo(1000);
            LogBatch.Rows bound = pollRows(reader, 100);
            assertThat(bound.size()).isZero();
            assertThat(bound.firstIndex()).isEqualTo(10);
            assertThat(bound.rowtimeBound()).isEqualTo(2000);
            assertThat(reader.poll(100)).isInstanceOf(LogBatch.Records.class);
            assertThat(reader.poll(100)).isNull();
        }
        try (LogReader reader = shard.reader(10, ALL)) {
            assertThat(pollRows(reader, 1).rowtimeBound()).isEqualTo(2000);
        }
    }

    @Test
    void aStepOfAProducerIsTakenOnce() {
        ShardLog shard = create(1).shard(0);
        assertThat(shard.lastStep("pump")).isEmpty();
        RecordBatch one = records("one");
        assertThat(shard.append(one, new ProducerStep("pump", 7)).join().repeated())
                .isFalse();
        assertThat(shard.append(one, new ProducerStep("pump", 7)).join().repeated())
                .isTrue();
        assertThat(shard.append(one, new ProducerStep("pump", 6)).join().repeated())
                .isTrue();
        assertThat(shard.append(one, new ProducerStep("other", 1)).join().repeated())
                .isFalse();
        CompletableFuture<Appended> first = shard.append(records("two"), new ProducerStep("pump", 8));
        CompletableFuture<Appended> again = shard.append(records("two"), new ProducerStep("pump", 8));
        assertThat(first.join().repeated()).isFalse();
        assertThat(again.join().repeated()).isTrue();
        assertThat(again.join().count()).isZero();
        shard.append(new RecordBatch(), new ProducerStep("empty", 3)).join();

        assertThat(payloads(shard, 0, 100)).containsExactly("one", "one", "two");
        ShardLog reopened = reopen().shard(0);
        assertThat(reopened.lastStep("pump")).hasValue(8);
        assertThat(reopened.lastStep("other")).hasValue(1);
        assertThat(reopened.lastStep("empty")).hasValue(3);
        assertThat(reopened.append(one, new ProducerStep("pump", 8)).join().repeated())
                .isTrue();
    }

    @Test
    void everythingIsThereAfterReopening() {
        StreamLog stream = create(3);
        List<ShardDescription> descriptions = new ArrayList<>();
        for (ShardLog shard : stream.shards()) {
            append(shard, "of", shard.description().id());
            descriptions.add(shard.description());
        }
        StreamLog reopened = reopen();
        assertThat(reopened.name()).isEqualTo(stream.name());
        for (ShardLog shard : reopened.shards()) {
            assertThat(shard.description())
                    .isEqualTo(descriptions.get(shard.description().number()));
            assertThat(payloads(shard, 0, 10))
                    .containsExactly("of", shard.description().id());
            assertThat(append(shard, "more")).isEqualTo(2);
        }
    }

    @Test
    void aBatchMayBeReusedAfterTheAppend() {
        ShardLog shard = create(1).shard(0);
        RecordBatch records = new RecordBatch();
        List<CompletableFuture<Appended>> futures = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            records.clear();
            records.add(bytes("k"), bytes("v" + i));
            futures.add(shard.append(records, null));
        }
        futures.forEach(CompletableFuture::join);
        List<String> read = payloads(shard, 0, 33);
        for (int i = 0; i < 200; i++) {
            assertThat(read.get(i)).isEqualTo("v" + i);
        }
    }

    @Test
    void entriesAreFoundByArrivalTime() {
        ShardLog shard = create(1).shard(0);
        List<Appended> appended = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            appended.add(shard.append(records("a" + i, "b" + i), null).join());
            advance(Duration.ofMillis(10));
        }
        for (Appended each : appended) {
            assertThat(shard.indexAtOrAfter(each.arrivalMicros())).isEqualTo(each.firstIndex());
            assertThat(shard.indexAtOrAfter(each.arrivalMicros() + 1)).isEqualTo(each.firstIndex() + 2);
        }
        assertThat(shard.indexAtOrAfter(0)).isZero();
        assertThat(shard.indexAtOrAfter(Long.MAX_VALUE)).isEqualTo(100);
    }

    @Test
    void arrivalTimesDoNotFallWhenTheClockDoes() {
        ShardLog shard = create(1).shard(0);
        long before = shard.append(records("a"), null).join().arrivalMicros();
        advance(Duration.ofHours(-1));
        assertThat(shard.append(records("b"), null).join().arrivalMicros()).isEqualTo(before);
        assertThat(reopen().shard(0).append(records("c"), null).join().arrivalMicros())
                .isEqualTo(before);
    }

    @Test
    void positionsOutsideOfTheLogAreRefused() {
        ShardLog shard = create(1).shard(0);
        append(shard, "a");
        assertError(ErrorCode.POSITION_OUT_OF_RANGE, () -> shard.reader(2, ReadOptions.RECORDS));
        assertError(ErrorCode.POSITION_OUT_OF_RANGE, () -> shard.reader(-1, ReadOptions.RECORDS));
        try (LogReader reader = shard.reader(1, ReadOptions.RECORDS)) {
            assertError(ErrorCode.POSITION_OUT_OF_RANGE, () -> reader.seek(5));
            reader.seek(0);
            assertThat(texts(pollRecords(reader, 5))).containsExactly("a");
        }
    }

    @Test
    void listenersHearOfAppends() throws InterruptedException {
        ShardLog shard = create(1).shard(0);
        CountDownLatch heard = new CountDownLatch(1);
        List<Long> seen = new ArrayList<>();
        ShardLog.Subscription subscription = shard.onAppend(() -> {
            seen.add(shard.endIndex());
            heard.countDown();
        });
        append(shard, "a");
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(seen).containsExactly(1L);
        subscription.close();
        append(shard, "b");
        assertThat(seen).hasSize(1);
    }

    @Test
    void oldEntriesAreTrimmedUnlessHeld() {
        ShardLog shard = create(1).shard(0);
        append(shard, "old", "old too");
        shard.append(records("step"), new ProducerStep("pump", 5)).join();
        advance(Duration.ofHours(3));
        shard.hold("reader", 2);
        trim(Duration.ofHours(2));
        assertThat(shard.firstIndex()).isLessThanOrEqualTo(2);
        assertThat(payloads(shard, 2, 10)).containsExactly("step");
        try (LogReader late = shard.reader(2, ReadOptions.RECORDS)) {
            shard.hold("reader", Long.MAX_VALUE);
            trim(Duration.ofHours(2));
            assertThat(shard.firstIndex()).isEqualTo(3);
            assertThat(shard.endIndex()).isEqualTo(3);
            assertError(ErrorCode.POSITION_OUT_OF_RANGE, () -> late.poll(1));
        }
        ShardLog reopened = reopen().shard(0);
        assertThat(reopened.firstIndex()).isEqualTo(3);
        assertThat(append(reopened, "new")).isEqualTo(3);
        assertThat(payloads(reopened, 3, 10)).containsExactly("new");
        assertThat(reopened.lastStep("pump")).hasValue(5);
    }

    @Test
    void hashKeysReachTheShardOfTheirRange() {
        StreamLog stream = create(4);
        for (int i = 0; i < 200; i++) {
            HashKey key = HashKey.ofPartitionKey("key" + i);
            assertThat(stream.route(key).description().range().contains(key)).isTrue();
        }
        assertThat(stream.route(HashKey.MIN).description().number()).isZero();
        assertThat(stream.route(HashKey.MAX).description().number()).isEqualTo(3);
        assertError(ErrorCode.UNDEFINED_NAME, () -> stream.shard(4));
    }

    @Test
    void appendsOfManyThreadsAllArriveWhole() throws InterruptedException {
        ShardLog shard = create(1).shard(0);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            String name = "t" + t;
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 50; i++) {
                    append(shard, name + "-" + i, name + "-" + i + "-end");
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> read = payloads(shard, 0, 17);
        assertThat(read).hasSize(800);
        for (int i = 0; i < 800; i += 2) {
            assertThat(read.get(i + 1)).isEqualTo(read.get(i) + "-end");
        }
    }

    private List<List<@Nullable Object>> rowsAfterReopening(long from) {
        return rows(reopen().shard(0), from, 50);
    }

    private static RowBatch randomRows(long seed, int count, double nullShare) {
        return new RandomRows(new Random(seed), nullShare).batch(EVERY_TYPE, count);
    }

    private static void append(ShardLog shard, RowBatch rows) {
        shard.append(rows, null, LogBatch.NO_BOUND, null).join();
    }

    private static long append(ShardLog shard, String... payloads) {
        return shard.append(records(payloads), null).join().firstIndex();
    }

    private static RecordBatch records(String... payloads) {
        RecordBatch records = new RecordBatch();
        for (String payload : payloads) {
            records.add(bytes("key of " + payload), bytes(payload));
        }
        return records;
    }

    private static List<String> payloads(ShardLog shard, long from, int entriesMax) {
        List<String> all = new ArrayList<>();
        try (LogReader reader = shard.reader(from, ReadOptions.RECORDS)) {
            for (LogBatch batch = reader.poll(entriesMax); batch != null; batch = reader.poll(entriesMax)) {
                assertThat(batch.firstIndex()).isEqualTo(from + all.size());
                all.addAll(texts((LogBatch.Records) batch));
            }
        }
        return all;
    }

    private static List<List<@Nullable Object>> rows(ShardLog shard, long from, int entriesMax) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        try (LogReader reader = shard.reader(from, ALL)) {
            for (LogBatch batch = reader.poll(entriesMax); batch != null; batch = reader.poll(entriesMax)) {
                assertThat(batch.size()).isLessThanOrEqualTo(entriesMax);
                all.addAll(RowValues.of(((LogBatch.Rows) batch).rows()));
            }
        }
        return all;
    }

    private static LogBatch.Records pollRecords(LogReader reader, int entriesMax) {
        return (LogBatch.Records) some(reader.poll(entriesMax));
    }

    private static LogBatch.Rows pollRows(LogReader reader, int entriesMax) {
        return (LogBatch.Rows) some(reader.poll(entriesMax));
    }

    private static LogBatch some(@Nullable LogBatch batch) {
        return Objects.requireNonNull(batch, "nothing to read");
    }

    private static List<String> texts(LogBatch.Records batch) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            texts.add(batch.payloads().text(i));
        }
        return texts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertError(ErrorCode code, Runnable action) {
        assertThatThrownBy(action::run).satisfies(thrown -> {
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            assertThat(cause).isInstanceOf(MillraceException.class);
            assertThat(cause).extracting("code").isEqualTo(code);
        });
    }
}
