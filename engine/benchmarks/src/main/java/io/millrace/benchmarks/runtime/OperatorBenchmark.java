package io.millrace.benchmarks.runtime;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Emission;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.plan.WindowSpec;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.query.RunningQuery;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rows per microsecond (that is, millions a second) through an endless query on one thread. The peer is a loop over the
 * same batches with boxed keys in a hash map per window, as such queries are often written by hand.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(OperatorBenchmark.ROWS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class OperatorBenchmark {

    static final int ROWS = 128 * RepeatedSource.BATCH_ROWS;

    private static final long SECOND = 1_000_000;
    private static final WindowSpec TUMBLING = new WindowSpec.Hopping(SECOND, SECOND, 0);
    private static final WindowSpec HOPPING = new WindowSpec.Hopping(10 * SECOND, SECOND / 2, 0);

    @Param({"1000"})
    public int keys;

    @Benchmark
    public long passThrough() {
        return run(scan());
    }

    @Benchmark
    public long tumblingByNumber() {
        return run(windows(TUMBLING, 1));
    }

    @Benchmark
    public long tumblingByText() {
        return run(windows(TUMBLING, 3));
    }

    @Benchmark
    public long hoppingByNumber() {
        return run(windows(HOPPING, 1));
    }

    @Benchmark
    public long changingGroups() {
        List<AggregateCall> calls = calls();
        return run(new PlanNode.Aggregate("groups", scan(), rowType(1, false), List.of(1), calls, null));
    }

    @Benchmark
    public long peerTumblingByNumber() {
        RepeatedSource source = new RepeatedSource(ROWS, keys);
        Map<Long, long[]> window = new HashMap<>();
        long windowEnd = SECOND;
        long out = 0;
        var reader = source.open("0", 0);
        for (var batch = reader.poll(ROWS, ROWS); batch != null; batch = reader.poll(ROWS, ROWS)) {
            RowBatch rows = batch.rows();
            for (int row = 0; row < rows.size(); row++) {
                if (((LongColumn) rows.column(0)).get(row) >= windowEnd) {
                    out += window.size();
                    window.clear();
                    windowEnd += SECOND;
                }
                long[] sums = window.computeIfAbsent(((LongColumn) rows.column(1)).get(row), k -> new long[2]);
                sums[0]++;
                sums[1] += ((LongColumn) rows.column(2)).get(row);
            }
        }
        return out;
    }

    private static PlanNode scan() {
        return new PlanNode.Scan("scan", "bids", RepeatedSource.BIDS, 0, new Rowtime.Arrival());
    }

    private static PlanNode windows(WindowSpec window, int key) {
        return new PlanNode.WindowAggregate(
                "windows", scan(), rowType(key, true), 0, window, List.of(key), calls(), Emission.ON_CLOSE);
    }

    private static List<AggregateCall> calls() {
        return List.of(
                new AggregateCall(AggregateFunction.COUNT, List.of(), false, -1, DataType.BIGINT, false),
                new AggregateCall(AggregateFunction.SUM, List.of(2), false, -1, DataType.BIGINT, true));
    }

    private static RowType rowType(int key, boolean window) {
        Field count = Field.required("count", DataType.BIGINT);
        Field sum = Field.nullable("sum", DataType.BIGINT);
        Field start = Field.required("window_start", DataType.TIMESTAMP);
        Field end = Field.required("window_end", DataType.TIMESTAMP);
        Field keyField = RepeatedSource.BIDS.field(key);
        return window ? RowType.of(keyField, start, end, count, sum) : RowType.of(keyField, count, sum);
    }

    private long run(PlanNode root) {
        Environment environment = new Environment(
                new InterpretedExpressions(),
                scan -> new RepeatedSource(ROWS, keys),
                InstantSource.fixed(Instant.EPOCH),
                (step, entries) -> CompletableFuture.completedFuture(null),
                List.of(),
                ZoneOffset.UTC);
        long rows = 0;
        try (RunningQuery query = RunningQuery.open(new Plan(root, true, -1), environment, StartPosition.EARLIEST)) {
            for (RowBatch batch = query.next(); batch != null; batch = query.next()) {
                rows += batch.selectedCount();
            }
        }
        return rows;
    }
}
