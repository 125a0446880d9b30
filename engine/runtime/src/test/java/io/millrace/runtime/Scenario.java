package io.millrace.runtime;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.spill.Workspace;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.connector.Source;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySink.WeightedRow;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** What tests of the runtime share: a stream of ticks, plans over it, and an environment. */
public final class Scenario {

    public static final RowType TICKS = RowType.of(
            Field.required("ROWTIME", DataType.TIMESTAMP),
            Field.nullable("ticker", DataType.VARCHAR),
            Field.nullable("amount", DataType.BIGINT),
            Field.nullable("price", DataType.DOUBLE));

    public static final Rowtime ARRIVAL = new Rowtime.Arrival();

    private static final ExecutorService OTHERS =
            Executors.newCachedThreadPool(task -> Thread.ofPlatform().daemon().unstarted(task));

    private final TestClock clock = new TestClock(0);
    private final TreeMap<Long, List<RejectedEntry>> rejectedSteps = new TreeMap<>();
    private final ExpressionEngine engine;
    private final Map<String, MemorySource> sources = new TreeMap<>();
    private Workers workers = Workers.alone();
    private Workspace stateSpace = Workspace.unlimited();

    public Scenario() {
        this(new InterpretedExpressions(UserTotal.CLASSES));
    }

    public Scenario(ExpressionEngine engine) {
        this.engine = engine;
    }

    public MemorySource source(String stream, String... splits) {
        MemorySource source = new MemorySource(TICKS, splits);
        sources.put(stream, source);
        return source;
    }

    public TestClock clock() {
        return clock;
    }

    /** Returns what was rejected, each step's once, as an error stream would keep it. */
    public List<String> rejected() {
        return rejectedSteps.values().stream()
                .flatMap(List::stream)
                .map(entry -> entry.reason() + " " + new String(entry.data(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    public Environment environment() {
        return environment((scan, keys) -> {
            throw new IllegalStateException("no table " + scan.stream());
        });
    }

    /** Opens lookups in a table of another system. */
    @FunctionalInterface
    public interface Lookups {
        RowLookup open(PlanNode.Scan scan, List<Integer> keys);
    }

    public Environment environment(Lookups lookups) {
        return new Environment(
                engine,
                new SourceResolver() {
                    @Override
                    public Source open(PlanNode.Scan scan) {
                        MemorySource source = sources.get(scan.stream());
                        if (source == null) {
                            throw new IllegalStateException("no stream " + scan.stream());
                        }
                        return source;
                    }

                    @Override
                    public RowLookup lookup(PlanNode.Scan scan, List<Integer> keys) {
                        return lookups.open(scan, keys);
                    }
                },
                clock,
                (step, entries) -> {
                    rejectedSteps.putIfAbsent(step, entries);
                    return CompletableFuture.completedFuture(null);
                },
                List.of(),
                ZoneOffset.UTC,
                Workspace.unlimited(),
                null,
                stateSpace,
                workers);
    }

    /** Gives queries so little memory for their state that nearly all of it lies on disk. */
    public void putStateAside(Path directory, long memoryBytes) {
        stateSpace = new Workspace(memoryBytes, 1, directory, 1L << 30, "state-memory");
    }

    /** Returns how many bytes of state have been put aside. */
    public long asideBytes() {
        return stateSpace.spilledBytes();
    }

    /** Has others share the work of every step, however little it is. */
    public void shareWork() {
        workers = Workers.of(OTHERS, 3, 1);
    }

    public static PlanNode.Scan scan(String stream, Rowtime rowtime) {
        return new PlanNode.Scan("scan-" + stream, stream, TICKS, 0, rowtime);
    }

    public static Rowtime eventTime(long delayMicros, long idleMicros) {
        return new Rowtime.EventTime("ROWTIME", delayMicros, idleMicros);
    }

    public static AggregateCall count() {
        return new AggregateCall(
                AggregateFunction.COUNT, List.of(), false, AggregateCall.NO_FILTER, DataType.BIGINT, false);
    }

    public static AggregateCall call(AggregateFunction function, int column, DataType type) {
        return new AggregateCall(function, List.of(column), false, AggregateCall.NO_FILTER, type, true);
    }

    public static RowType outputs(RowType input, List<Integer> keys, boolean window, List<AggregateCall> calls) {
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(input.field(key)));
        if (window) {
            fields.add(Field.required("window_start", DataType.TIMESTAMP));
            fields.add(Field.required("window_end", DataType.TIMESTAMP));
        }
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new Field("agg" + i, calls.get(i).type(), calls.get(i).nullable()));
        }
        return new RowType(fields);
    }

    public static PlanNode.Aggregate aggregate(String id, PlanNode input, List<Integer> keys, AggregateCall... calls) {
        return new PlanNode.Aggregate(
                id, input, outputs(input.rowType(), keys, false, List.of(calls)), keys, List.of(calls), null);
    }

    public static PlanNode.WindowAggregate windows(
            PlanNode input, io.millrace.plan.WindowSpec window, List<Integer> keys, AggregateCall... calls) {
        return new PlanNode.WindowAggregate(
                "windows",
                input,
                outputs(input.rowType(), keys, true, List.of(calls)),
                0,
                window,
                keys,
                List.of(calls),
                io.millrace.plan.Emission.ON_CLOSE);
    }

    /** Returns the same windows, put out with every change, and open for a while after their end. */
    public static PlanNode.WindowAggregate early(PlanNode.WindowAggregate node, long latenessMicros) {
        return new PlanNode.WindowAggregate(
                "early " + node.id(),
                node.input(),
                node.rowType(),
                node.timeColumn(),
                node.window(),
                node.keys(),
                node.aggregates(),
                new io.millrace.plan.Emission(true, latenessMicros));
    }

    public static Plan endless(PlanNode root) {
        return new Plan(root, true, -1);
    }

    public static Plan bounded(PlanNode root) {
        return new Plan(root, false, -1);
    }

    /** Returns the timestamp of so many microseconds since 1970, as a row's value. */
    public static LocalDateTime at(long micros) {
        Instant instant = io.millrace.spi.row.JavaValues.instant(micros);
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /** Returns what rows with weights add up to: each row with how often it is there, as text, sorted. */
    public static Map<String, Integer> integrate(List<WeightedRow> rows) {
        Map<String, Integer> sum = new TreeMap<>();
        for (WeightedRow row : rows) {
            sum.merge(text(row.values()), row.weight(), Integer::sum);
        }
        sum.values().removeIf(weight -> weight == 0);
        return sum;
    }

    /** Writes rows as {@code +1 a 5}, times as microseconds. */
    public static List<String> texts(List<WeightedRow> rows) {
        return rows.stream()
                .map(row -> (row.weight() > 0 ? "+" : "") + row.weight() + " " + text(row.values()))
                .toList();
    }

    /** Writes a row's values, times as microseconds. */
    public static String text(List<@Nullable Object> values) {
        StringBuilder text = new StringBuilder();
        for (Object value : values) {
            text.append(text.isEmpty() ? "" : " ");
            text.append(
                    value instanceof LocalDateTime time
                            ? io.millrace.spi.row.JavaValues.micros(time.toInstant(ZoneOffset.UTC))
                            : value);
        }
        return text.toString();
    }
}
