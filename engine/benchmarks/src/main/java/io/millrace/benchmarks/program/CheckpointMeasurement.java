package io.millrace.benchmarks.program;

import io.millrace.server.engine.Engine;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.log.LogBatch;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the checkpoints of a view with many groups cost after a change in one place, and after one all over. */
public final class CheckpointMeasurement implements Measurement {

    private static final int GROUPS = 3_000_000;
    private static final int CHANGED = 30_000;
    private static final int ROWS_PER_APPEND = 30_000;
    private static final Pattern HEAD = Pattern.compile(
            "last checkpoint ([0-9.]+) (k|M|G)?B \\(([0-9.]+) (k|M|G)?B new, ([0-9.]+) ms\\).* ([0-9,]+) rows in");

    @Override
    public String name() {
        return "checkpoint";
    }

    @Override
    public String what() {
        return "a view of 3 million groups: what its checkpoint writes and for how long it holds the view up, of all,"
                + " after 30,000 groups have changed that lie together, and after as many at random";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (Engine engine = Engine.open(directory.resolve("data"))) {
            Trades.execute(engine, "CREATE STREAM sales (customer BIGINT, amount BIGINT)");
            Trades.execute(
                    engine,
                    "CREATE MATERIALIZED VIEW totals AS SELECT customer, COUNT(*) AS n, SUM(amount) AS total FROM sales"
                            + " GROUP BY customer");
            Random random = new Random(1);
            append(engine, GROUPS, row -> row);
            long rows = GROUPS;
            checkpointAfter(engine, rows);
            append(engine, CHANGED, row -> 1_000_000 + row);
            rows += CHANGED;
            figures.addAll(figures("30,000 together", checkpointAfter(engine, rows)));
            append(engine, CHANGED, row -> random.nextInt(GROUPS));
            rows += CHANGED;
            figures.addAll(figures("30,000 at random", checkpointAfter(engine, rows)));
        }
        return figures;
    }

    private static List<Figure> figures(String what, Matcher head) {
        return List.of(
                new Figure(what + ", checkpoint", megabytes(head.group(1), head.group(2)), "MB"),
                new Figure(what + ", of which new", megabytes(head.group(3), head.group(4)), "MB"),
                new Figure(what + ", holds the view up", Double.parseDouble(head.group(5)), "ms"));
    }

    private static double megabytes(String number, @Nullable String unit) {
        double value = Double.parseDouble(number);
        if (unit == null) {
            return value / 1e6;
        }
        return switch (unit) {
            case "k" -> value / 1e3;
            case "M" -> value;
            default -> value * 1e3;
        };
    }

    private static void append(Engine engine, int rows, IntUnaryOperator customer) {
        ShardLog shard = engine.streams().log("sales").shards().getFirst();
        RowBatch batch = RowBatch.create(engine.streams().columns("sales"), ROWS_PER_APPEND);
        for (int first = 0; first < rows; first += ROWS_PER_APPEND) {
            batch.clear();
            for (int row = 0; row < ROWS_PER_APPEND; row++) {
                ((LongColumn) batch.column(0)).set(row, customer.applyAsInt(first + row));
                ((LongColumn) batch.column(1)).set(row, first + row);
            }
            batch.size(ROWS_PER_APPEND);
            shard.append(batch, null, LogBatch.NO_BOUND, null).join();
        }
    }

    /** Waits until the view has the rows, and for a checkpoint after that. */
    private static Matcher checkpointAfter(Engine engine, long rows) throws InterruptedException {
        String before = "";
        while (true) {
            Matcher head = HEAD.matcher(head(engine));
            if (head.find() && Long.parseLong(head.group(6).replace(",", "")) >= rows) {
                String checkpoint = head.group(1) + head.group(3) + head.group(5);
                if (!before.isEmpty() && !checkpoint.equals(before)) {
                    return head;
                }
                before = checkpoint;
            }
            Thread.sleep(200);
        }
    }

    private static String head(Engine engine) {
        try (SqlSession session = engine.open("bench", "bench");
                ResultCursor cursor = session.execute(
                        session.prepare("EXPLAIN ANALYZE MATERIALIZED VIEW totals", List.of()), List.of())) {
            RowBatch batch = Objects.requireNonNull(cursor.poll(Duration.ofSeconds(10)), "no answer in ten seconds");
            return ((BytesColumn) batch.column(0)).text(batch.selectedRow(0));
        }
    }
}
