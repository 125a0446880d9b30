package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * How long rows take through pumps while 50,000 of them arrive a second, each durable on both sides, and how long a
 * query that nobody has asked before takes until it runs.
 */
public final class PumpMeasurement implements Measurement {

    private static final int RATE = 50_000;
    private static final int ROWS_PER_APPEND = 100;
    private static final int KEYS = 100;
    private static final int SECONDS_WARM_UP = 10;
    private static final int SECONDS = 40;
    private static final int QUERIES = 400;
    private static final int QUERIES_COUNTED = 200;

    @Override
    public String name() {
        return "pump";
    }

    @Override
    public String what() {
        return "50,000 typed rows a second through a pump that filters and one of 1-second windows of 100 keys, 40 s"
                + " after 10 s; and from the text of a new query until it runs";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Engine engine = Engine.open(directory.resolve("data"));
                ExecutorService readers = Executors.newFixedThreadPool(2)) {
            for (String statement : List.of(
                    "CREATE STREAM ticks (sent BIGINT, key INTEGER, at TIMESTAMP, WATERMARK FOR at AS at)",
                    "CREATE STREAM passed (sent BIGINT, key INTEGER)",
                    "CREATE STREAM closed (window_end TIMESTAMP, key INTEGER, n BIGINT)",
                    "CREATE PUMP filtering AS INSERT INTO passed SELECT STREAM sent, key FROM ticks WHERE key >= 0",
                    "CREATE PUMP windowing AS INSERT INTO closed SELECT STREAM window_end, key, COUNT(*) FROM"
                            + " TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(at), INTERVAL '1' SECOND))"
                            + " GROUP BY window_start, window_end, key")) {
                Trades.execute(engine, statement);
            }
            int rows = RATE * (SECONDS_WARM_UP + SECONDS);
            Future<long[]> passed = readers.submit(() -> passed(engine, rows));
            Future<long[]> closed = readers.submit(() -> closed(engine, (SECONDS_WARM_UP + SECONDS - 1) * KEYS));
            produce(engine.streams().log("ticks").shards().getFirst(), engine, rows);
            figures.addAll(quantiles("through a filter", passed.get(), RATE * SECONDS_WARM_UP));
            figures.addAll(quantiles("a window after its end", closed.get(), KEYS * SECONDS_WARM_UP));
            figures.addAll(quantiles("a new query until it runs", plan(engine), QUERIES - QUERIES_COUNTED));
        }
        return figures;
    }

    private static List<Figure> quantiles(String what, long[] nanos, int warmUp) {
        long[] counted = Arrays.copyOfRange(nanos, warmUp, nanos.length);
        Arrays.sort(counted);
        return List.of(
                new Figure(what + ", median", counted[counted.length / 2] / 1e6, "ms"),
                new Figure(what + ", 99 of 100", counted[counted.length * 99 / 100] / 1e6, "ms"),
                new Figure(what + ", slowest", counted[counted.length - 1] / 1e6, "ms"));
    }

    /** Appends rows each two milliseconds, whether those before are durable or not. */
    private static void produce(ShardLog shard, Engine engine, int rows) {
        List<CompletableFuture<?>> appends = new ArrayList<>();
        long started = System.nanoTime();
        for (int sent = 0; sent < rows; sent += ROWS_PER_APPEND) {
            long due = started + sent * (1_000_000_000L / RATE);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            RowBatch batch = RowBatch.create(engine.streams().columns("ticks"), ROWS_PER_APPEND);
            long nanos = System.nanoTime();
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            for (int row = 0; row < ROWS_PER_APPEND; row++) {
                ((LongColumn) batch.column(0)).set(row, nanos);
                ((IntColumn) batch.column(1)).set(row, row % KEYS);
                ((LongColumn) batch.column(2)).set(row, micros);
            }
            batch.size(ROWS_PER_APPEND);
            appends.add(shard.append(batch, null, LogBatch.NO_BOUND, null).toCompletableFuture());
        }
        CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).join();
    }

    private static long[] passed(Engine engine, int rows) {
        long[] nanos = new long[rows];
        read(engine, "SELECT STREAM sent FROM passed", rows, (at, value) -> nanos[at] = System.nanoTime() - value);
        return nanos;
    }

    private static long[] closed(Engine engine, int rows) {
        long[] nanos = new long[rows];
        read(engine, "SELECT STREAM window_end FROM closed", rows, (at, value) -> {
            Instant end = Instant.EPOCH.plus(value, ChronoUnit.MICROS);
            nanos[at] = Duration.between(end, Instant.now()).toNanos();
        });
        return nanos;
    }

    private interface Reader {
        void row(int at, long value);
    }

    private static void read(Engine engine, String sql, int rows, Reader reader) {
        try (SqlSession session = engine.open("bench", "bench");
                ResultCursor cursor = session.execute(session.prepare(sql, List.of()), List.of())) {
            int at = 0;
            while (at < rows) {
                RowBatch batch = cursor.poll(Duration.ofSeconds(1));
                for (int i = 0; batch != null && i < batch.selectedCount() && at < rows; i++) {
                    reader.row(at++, ((LongColumn) batch.column(0)).get(batch.selectedRow(i)));
                }
            }
        }
    }

    private static long[] plan(Engine engine) {
        long[] nanos = new long[QUERIES];
        try (SqlSession session = engine.open("bench", "bench")) {
            for (int i = 0; i < QUERIES; i++) {
                long started = System.nanoTime();
                session.execute(session.prepare(newQuery(1000 + i), List.of()), List.of())
                        .close();
                nanos[i] = System.nanoTime() - started;
            }
        }
        return nanos;
    }

    /** The number makes each a query of its own. */
    private static String newQuery(int number) {
        return "SELECT STREAM t.key, window_end, COUNT(*) AS n, AVG(t.sent + " + number + ") AS a,"
                + " MAX(t.sent) FILTER (WHERE MOD(t.key, " + number + ") = 1) AS m"
                + " FROM TABLE(TUMBLE(TABLE ticks, DESCRIPTOR(at), INTERVAL '1' SECOND)) AS t"
                + " WHERE t.key <> " + number + " GROUP BY t.key, window_start, window_end HAVING COUNT(*) > " + number;
    }
}
