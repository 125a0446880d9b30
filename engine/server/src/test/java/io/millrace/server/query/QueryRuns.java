package io.millrace.server.query;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.json.PlanJson;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.Workers;
import io.millrace.runtime.code.JaninoClassCompiler;
import io.millrace.runtime.expression.CompiledExpressions;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.Step;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.operator.StepPlanner;
import io.millrace.runtime.query.RunningQuery;
import io.millrace.runtime.spill.Workspace;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.Source;
import io.millrace.spi.row.RowBatch;
import io.millrace.sql.SqlPlanner;
import io.millrace.sql.statement.Statement;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySink.WeightedRow;
import io.millrace.testing.connector.MemorySource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs a query over {@link Tables}: all at once, or in steps of some rows, stored and read back in between. */
final class QueryRuns {

    private static final int SPLITS = 2;

    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    private static final SqlPlanner PLANNER = Tables.planner();

    private static final ExecutorService OTHERS =
            Executors.newCachedThreadPool(task -> Thread.ofPlatform().daemon().unstarted(task));

    private final Tables tables;
    private final Workers workers;
    private final Workspace stateSpace;
    private final Workspace spaceOfOthers;
    private final List<String> rejected = new ArrayList<>();
    private ExpressionEngine expressions = new InterpretedExpressions();
    private int splits = SPLITS;
    private Duration stepTime = Duration.ZERO;
    private Instant now = START;

    QueryRuns(Tables tables) {
        this(tables, Workspace.unlimited());
    }

    /** @param stateSpace what the state of queries that go on may take */
    QueryRuns(Tables tables, Workspace stateSpace) {
        this(tables, stateSpace, stateSpace);
    }

    /** @param spaceOfOthers what it may take in every other life, where a query is started again */
    QueryRuns(Tables tables, Workspace stateSpace, Workspace spaceOfOthers) {
        this.tables = tables;
        this.stateSpace = stateSpace;
        this.spaceOfOthers = spaceOfOthers;
        this.workers = tables.arrivals().size() % 2 == 0 ? Workers.alone() : Workers.of(OTHERS, 3, 1);
    }

    /** Has the clock move on by so much with each step. */
    QueryRuns clockMoves(Duration byStep) {
        stepTime = byStep;
        return this;
    }

    /** Has expressions compiled. */
    QueryRuns compiled() {
        expressions = new CompiledExpressions(new JaninoClassCompiler());
        return this;
    }

    /** Has all rows come by one way, so that they come in order. */
    QueryRuns inOrder() {
        splits = 1;
        return this;
    }

    private MemorySource source(PlanNode.Scan scan) {
        return splits == 1 ? new MemorySource(scan.rowType(), "0") : new MemorySource(scan.rowType(), "0", "1");
    }

    /** Moves the clock on before a step. */
    void tick() {
        now = now.plus(stepTime);
    }

    /** Returns a query as one that goes on. */
    static String endless(String sql) {
        return sql.replaceFirst("SELECT( /[*].*?[*]/)?", "$0 STREAM");
    }

    Plan plan(String sql) {
        Statement.Query query = (Statement.Query) PLANNER.plan(sql, List.of()).statement();
        Plan plan = PlanJson.read(PlanJson.write(query.plan()));
        if (!plan.equals(query.plan())) {
            throw new AssertionError("another plan comes back from JSON for " + sql);
        }
        return plan;
    }

    List<String> rejected() {
        return rejected;
    }

    Map<String, Integer> bounded(String sql) {
        Map<String, Integer> answer = new TreeMap<>();
        bounded(sql, Workspace.unlimited(), batch -> add(batch, answer));
        return answer;
    }

    /** Returns the rows of the answer as they come. */
    List<String> rows(String sql, Workspace workspace) {
        List<String> rows = new ArrayList<>();
        bounded(sql, workspace, batch -> MemorySink.rowsOf(batch).forEach(row -> rows.add(text(row.values()))));
        return rows;
    }

    private void bounded(String sql, Workspace workspace, Consumer<RowBatch> answer) {
        Environment environment = environment(
                scan -> {
                    MemorySource source = source(scan);
                    int at = 0;
                    for (List<@Nullable Object> row : tables.rows(scan.stream())) {
                        source.add(String.valueOf(at++ % splits), Tables.projected(row, scan.rowType()));
                    }
                    return source;
                },
                workspace);
        try (RunningQuery query = RunningQuery.open(plan(sql), environment, StartPosition.EARLIEST)) {
            for (RowBatch batch = query.next(); batch != null; batch = query.next()) {
                answer.accept(batch);
            }
        }
    }

    /**
     * Returns what the rows of all steps add up to. Fails where a step takes back what is not there.
     *
     * @param rowsPerStep most rows that come between two steps
     * @param restarts whether state is stored and read back after each step
     */
    Map<String, Integer> streamed(String sql, int rowsPerStep, boolean restarts, Random random) {
        Running running = running(sql, rowsPerStep, restarts, random);
        running.finish();
        return running.integrated;
    }

    /** Returns how many bytes the query's state takes once all rows have come, and no more is known of time. */
    int stateBytes(String sql, int rowsPerStep, Random random) {
        return running(sql, rowsPerStep, false, random).stateBytes();
    }

    private Running running(String sql, int rowsPerStep, boolean restarts, Random random) {
        Map<String, List<MemorySource>> sources = new LinkedHashMap<>();
        Function<PlanNode.Scan, Source> open = scan -> {
            MemorySource source = source(scan);
            sources.computeIfAbsent(scan.stream(), s -> new ArrayList<>()).add(source);
            return source;
        };
        Map<String, List<MemorySource>> live = new LinkedHashMap<>();
        Plan plan = plan(endless(sql));
        now = START;
        Running running = new Running(plan, environment(open), environment(open, Workspace.unlimited(), spaceOfOthers));
        live.putAll(sources);
        int inStep = 0;
        int steps = 0;
        int stepsOfALife = spaceOfOthers == stateSpace ? 1 : 4;
        for (Tables.Arrival arrival : tables.arrivals()) {
            String split = String.valueOf(random.nextInt(splits));
            for (MemorySource source : live.getOrDefault(arrival.table(), List.of())) {
                source.addAt(split, Tables.ARRIVED_MICROS, Tables.projected(arrival.values(), source.columns()));
            }
            if (++inStep >= rowsPerStep) {
                inStep = 0;
                running.step();
                if (restarts && ++steps % stepsOfALife == 0) {
                    running.restart(sources, live);
                }
            }
        }
        running.step();
        running.sources = live;
        return running;
    }

    Environment environment(Function<PlanNode.Scan, Source> open) {
        return environment(open, Workspace.unlimited());
    }

    /** Half of the tables are read by several threads, which share every step however little it is. */
    private Environment environment(Function<PlanNode.Scan, Source> open, Workspace workspace) {
        return environment(open, workspace, stateSpace);
    }

    private Environment environment(Function<PlanNode.Scan, Source> open, Workspace workspace, Workspace ofState) {
        return new Environment(
                expressions,
                open::apply,
                () -> now,
                (step, entries) -> CompletableFuture.completedFuture(null),
                List.of(),
                ZoneOffset.UTC,
                workspace,
                null,
                ofState,
                workers);
    }

    private static void add(RowBatch batch, Map<String, Integer> sum) {
        for (WeightedRow row : MemorySink.rowsOf(batch)) {
            sum.merge(text(row.values()), row.weight(), Integer::sum);
        }
        sum.values().removeIf(weight -> weight == 0);
    }

    static String text(List<@Nullable Object> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(value -> text.append(text.isEmpty() ? "" : " ").append(value));
        return text.toString();
    }

    /** A query in the middle of its steps. */
    private final class Running {

        private final Plan plan;
        private final Environment environment;
        private final Environment ofOthers;
        private final Map<String, Integer> integrated = new TreeMap<>();
        private OperatorTree tree;
        private StepPlanner steps;
        private Map<String, List<MemorySource>> sources = Map.of();
        private long number;
        private int restarts;

        Running(Plan plan, Environment environment, Environment ofOthers) {
            this.plan = plan;
            this.environment = environment;
            this.ofOthers = ofOthers;
            this.tree = OperatorTree.create(plan, environment);
            this.steps = new StepPlanner(tree, environment, 1000, -1, 0);
            tree.scans().forEach(scan -> scan.start(StartPosition.EARLIEST, environment.nowMicros()));
        }

        void finish() {
            sources.values().stream().flatMap(List::stream).forEach(source -> {
                source.splits().forEach(split -> source.promise(split, Long.MAX_VALUE));
            });
            step();
            step();
        }

        int stateBytes() {
            StateWriter out = new StateWriter();
            tree.operators().forEach(operator -> operator.save(out));
            return out.size();
        }

        void step() {
            tick();
            StepPlan next = steps.plan(number + 1, Operator.NO_BOUND);
            if (next == null) {
                return;
            }
            number++;
            Step step = new Step(next, environment.contextAt(next.clockMicros()), this::reject, () -> false, false);
            tree.root().begin(step);
            for (RowBatch batch = tree.root().next();
                    batch != null;
                    batch = tree.root().next()) {
                if (!Plan.updating(plan.root()) && batch.weights() != null) {
                    throw new AssertionError("weights in an append-only answer");
                }
                add(batch, integrated);
            }
            integrated.forEach((row, weight) -> {
                if (weight < 0) {
                    throw new AssertionError("taken back and not there: " + row);
                }
            });
        }

        private void reject(RejectedEntry entry) {
            rejected.add(entry.position() + " " + entry.reason());
        }

        void restart(Map<String, List<MemorySource>> opened, Map<String, List<MemorySource>> live) {
            Map<String, byte[]> states = new LinkedHashMap<>();
            for (Operator operator : tree.operators()) {
                StateWriter out = new StateWriter();
                operator.save(out);
                states.put(operator.id(), out.toByteArray());
            }
            opened.clear();
            tree.close();
            tree = OperatorTree.create(plan, restarts++ % 2 == 0 ? ofOthers : environment);
            // The new tree reads on where the old one was: from the sources that have the rows.
            Map<String, Integer> at = new LinkedHashMap<>();
            for (int i = 0; i < tree.scans().size(); i++) {
                String stream = tree.scans().get(i).stream();
                int place = at.merge(stream, 1, Integer::sum) - 1;
                copy(live.get(stream).get(place), opened.get(stream).get(place));
            }
            live.clear();
            live.putAll(opened);
            for (Operator operator : tree.operators()) {
                StateReader in = new StateReader(states.get(operator.id()));
                operator.load(in);
                if (!in.atEnd()) {
                    throw new AssertionError(operator.id() + " has stored more than it reads");
                }
            }
            steps = new StepPlanner(tree, environment, 1000, -1, 0);
        }

        private void copy(MemorySource from, MemorySource to) {
            for (String split : from.splits()) {
                from.rows(split, 0, from.endPosition(split))
                        .forEach(row -> to.addAt(split, Tables.ARRIVED_MICROS, row.toArray()));
            }
        }
    }
}
