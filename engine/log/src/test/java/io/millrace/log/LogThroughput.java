package io.millrace.log;

import io.millrace.spi.log.Appended;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.LogReader;
import io.millrace.spi.log.ReadOptions;
import io.millrace.spi.log.RecordBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Prints how fast the log appends and scans on this machine. Run its {@code main}; argument: a directory. */
final class LogThroughput {

    private static final RowType TRADES = RowType.of(
            Field.required("ts", DataType.TIMESTAMP),
            Field.required("symbol", DataType.VARCHAR),
            Field.required("price", DataType.DOUBLE),
            Field.required("size", DataType.INTEGER),
            Field.required("id", DataType.BIGINT),
            Field.required("venue", DataType.VARCHAR),
            Field.required("fee", DataType.DOUBLE));

    private LogThroughput() {}

    public static void main(String[] arguments) throws Exception {
        Path base = arguments.length > 0 ? Path.of(arguments[0]) : Path.of(System.getProperty("java.io.tmpdir"));
        Path directory = Files.createTempDirectory(base, "log-throughput");
        try (LogStore store = LogStore.open(directory, LogSettings.DEFAULT, InstantSource.system())) {
            for (int round = 0; round < 3; round++) {
                appendRecords(store, "records" + round, 500, 8);
                appendRecords(store, "larger" + round, 1000, 16);
            }
            scanRecords(store, "larger2");
            appendSingles(store);
            appendRows(store);
            for (int round = 0; round < 3; round++) {
                scanRows(store);
            }
        } finally {
            delete(directory);
        }
    }

    private static void appendRecords(LogStore store, String name, int batchSize, int inFlightMax) {
        ShardLog shard = store.create(name, StreamSettings.ofShards(1)).shard(0);
        RecordBatch batch = new RecordBatch();
        byte[] key = new byte[8];
        byte[] payload = new byte[100];
        int total = 5_000_000;
        Deque<CompletableFuture<Appended>> inFlight = new ArrayDeque<>();
        long start = System.nanoTime();
        for (int i = 0; i < total; i += batchSize) {
            batch.clear();
            for (int j = 0; j < batchSize; j++) {
                batch.add(key, payload);
            }
            inFlight.add(shard.append(batch, null));
            if (inFlight.size() >= inFlightMax) {
                inFlight.remove().join();
            }
        }
        inFlight.forEach(CompletableFuture::join);
        print("append 100-byte records, " + batchSize + " per append, " + inFlightMax + " in flight", total, start);
    }

    private static void appendSingles(LogStore store) throws InterruptedException {
        ShardLog shard = store.create("singles", StreamSettings.ofShards(1)).shard(0);
        int threads = 64;
        int each = 1000;
        long start = System.nanoTime();
        List<Thread> all = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            all.add(Thread.ofPlatform().start(() -> {
                RecordBatch one = new RecordBatch().add(new byte[8], new byte[100]);
                for (int i = 0; i < each; i++) {
                    shard.append(one, null).join();
                }
            }));
        }
        for (Thread thread : all) {
            thread.join();
        }
        print("append single records, " + threads + " threads waiting for each", threads * each, start);
    }

    private static void scanRecords(LogStore store, String name) {
        ShardLog shard = store.stream(name).shard(0);
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            long bytes = 0;
            try (LogReader reader = shard.reader(0, ReadOptions.RECORDS)) {
                for (LogBatch batch = reader.poll(4096); batch != null; batch = reader.poll(4096)) {
                    bytes += ((LogBatch.Records) batch).payloads().length(batch.size() - 1);
                }
            }
            print("scan records (" + bytes + ")", (int) shard.endIndex(), start);
        }
    }

    private static void appendRows(LogStore store) {
        ShardLog shard = store.create("rows", StreamSettings.ofShards(1)).shard(0);
        RowBatch rows = RowBatch.create(TRADES, 4096);
        for (int row = 0; row < 4096; row++) {
            ((LongColumn) rows.column(0)).set(row, row);
            ((BytesColumn) rows.column(1)).append(row, "SYM" + row % 100);
            ((DoubleColumn) rows.column(2)).set(row, row * 0.5);
            ((IntColumn) rows.column(3)).set(row, row);
            ((LongColumn) rows.column(4)).set(row, row);
            ((BytesColumn) rows.column(5)).append(row, "XNAS");
            ((DoubleColumn) rows.column(6)).set(row, 0.01);
        }
        rows.size(4096);
        long start = System.nanoTime();
        Deque<CompletableFuture<Appended>> inFlight = new ArrayDeque<>();
        int batches = 2500;
        for (int i = 0; i < batches; i++) {
            inFlight.add(shard.append(rows, null, i, null));
            if (inFlight.size() >= 16) {
                inFlight.remove().join();
            }
        }
        inFlight.forEach(CompletableFuture::join);
        print("append rows of 7 columns, 4096 per append", batches * 4096, start);
    }

    private static void scanRows(LogStore store) {
        ShardLog shard = store.stream("rows").shard(0);
        RowType wanted = RowType.of(TRADES.field(0), TRADES.field(1), TRADES.field(2));
        long start = System.nanoTime();
        double sum = 0;
        try (LogReader reader = shard.reader(0, new ReadOptions(wanted, false))) {
            for (LogBatch batch = reader.poll(4096); batch != null; batch = reader.poll(4096)) {
                sum += ((DoubleColumn) ((LogBatch.Rows) batch).rows().column(2)).get(batch.size() - 1);
            }
        }
        print("scan 3 of 7 columns (" + sum + ")", (int) shard.endIndex(), start);
    }

    private static void print(String what, int count, long startNanos) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        System.out.printf(Locale.ROOT, "%-70s %,14.0f /s%n", what, count / seconds);
    }

    private static void delete(Path directory) throws Exception {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
