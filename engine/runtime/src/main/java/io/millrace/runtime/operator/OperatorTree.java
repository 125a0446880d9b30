package io.millrace.runtime.operator;

import io.millrace.plan.AsOf;
import io.millrace.plan.AskedRows;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.Rowtime;
import io.millrace.plan.StateTtl;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.runtime.Environment;
import io.millrace.runtime.expression.BatchProjection;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.spi.connector.Source;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operators of a plan. For one thread at a time. Closing it closes the sources. */
public final class OperatorTree implements AutoCloseable {

    private final Environment environment;
    private final PlanNode top;
    private final boolean bounded;
    private final StateTtl ttl;
    private final Map<String, SharedScan> shared;
    private final List<Operator> operators = new ArrayList<>();
    private final List<ScanOperator> scans = new ArrayList<>();
    private final Operator root;

    private OperatorTree(Plan plan, Environment environment) {
        this.environment = environment;
        this.top = plan.root();
        this.bounded = !plan.endless();
        this.ttl = plan.ttl();
        this.shared = shared(plan.root());
        try {
            this.root = build(plan.root());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Creates the operators and opens what they read.
     *
     * @throws MillraceException {@code UNSUPPORTED} for what an endless query cannot do, and what the expressions
     *     and sources throw
     */
    public static OperatorTree create(Plan plan, Environment environment) {
        return new OperatorTree(plan, environment);
    }

    public Operator root() {
        return root;
    }

    /** Returns all operators, inputs before those that read them. */
    public List<Operator> operators() {
        return operators;
    }

    public List<ScanOperator> scans() {
        return scans;
    }

    /** Returns what each operator has done and holds, inputs first. By the thread that runs the query. */
    public List<OperatorReport> report() {
        HeapSize heap = new HeapSize();
        return operators.stream().map(operator -> operator.report(heap)).toList();
    }

    private Operator build(PlanNode node) {
        LanePlan lanes = bounded ? null : LanePlan.of(node);
        List<Operator> inputs = LanePlan.inputs(
                        lanes == null ? node : lanes.nodes().getFirst())
                .stream()
                .map(this::build)
                .toList();
        if (lanes != null) {
            return new LaneBuilder(lanes, inputs, this::create)
                    .build(
                            operators,
                            environment.workers(),
                            environment.stateSpace().share());
        }
        Operator operator = create(node, inputs);
        operators.add(operator);
        return operator;
    }

    private Operator create(PlanNode node, List<Operator> inputs) {
        return switch (node) {
            case PlanNode.Scan scan
            when scan.rowtime() instanceof Rowtime.Asked ->
                new AskedRowsOperator(scan.id(), scan.rowType(), scan.stream());
            case PlanNode.Scan scan -> scan(scan);
            // Each row is computed once, which is no reason to compile it.
            case PlanNode.Values values -> new ValuesOperator(values, new InterpretedExpressions(engine().functions()));
            case PlanNode.Filter filter -> filter(filter, inputs.getFirst());
            case PlanNode.Project project -> project(project, inputs.getFirst());
            case PlanNode.Window window ->
                window.window() instanceof WindowSpec.Session session
                        ? new SessionWindowOperator(window, session, inputs.getFirst(), origin(window))
                        : new WindowOperator(window, inputs.getFirst(), origin(window));
            case PlanNode.WindowAggregate aggregate -> windowAggregate(aggregate, inputs.getFirst());
            case PlanNode.Aggregate aggregate -> aggregate(aggregate, inputs.getFirst());
            case PlanNode.Over over ->
                new OverOperator(over, inputs.getFirst(), bounded, ttl.of(over), engine(), origin(over));
            case PlanNode.TopN top -> top(top, inputs.getFirst());
            case PlanNode.Match match ->
                new MatchOperator(match, inputs.getFirst(), bounded, ttl.of(match), engine(), origin(match));
            case PlanNode.UnionAll union -> new UnionOperator(union.id(), union.rowType(), inputs);
            case PlanNode.Sort sort -> sort(sort, inputs.getFirst());
            case PlanNode.Join join -> join(join, inputs.get(0), inputs.get(1));
            case PlanNode.Unnest unnest -> new UnnestOperator(unnest, inputs.getFirst());
            case PlanNode.Consolidate consolidate -> new ConsolidateOperator(consolidate, inputs.getFirst(), bounded);
            case PlanNode.Changes changes -> new ChangesOperator(changes, inputs.getFirst());
            case PlanNode.Repeat repeat -> new RepeatOperator(repeat, inputs.getFirst());
        };
    }

    private ScanOperator scan(PlanNode.Scan scan) {
        SharedScan together = shared.get(scan.stream());
        Source source = environment.sources().open(together == null ? scan : together.wanted());
        ScanOperator operator = new ScanOperator(scan, source, together, scans.size(), bounded);
        scans.add(operator);
        return operator;
    }

    /** Finds the streams that are read more than once. What is kept, as a table is, costs nothing to read. */
    private static Map<String, SharedScan> shared(PlanNode root) {
        Map<String, List<PlanNode.Scan>> byStream = scans(root)
                .filter(scan ->
                        scan.rowtime() instanceof Rowtime.Arrival || scan.rowtime() instanceof Rowtime.EventTime)
                .collect(Collectors.groupingBy(PlanNode.Scan::stream));
        byStream.values().removeIf(scans -> scans.size() == 1);
        Map<String, SharedScan> shared = new HashMap<>();
        byStream.forEach((stream, scans) -> shared.put(stream, SharedScan.of(scans)));
        return shared;
    }

    private Operator filter(PlanNode.Filter filter, Operator input) {
        Supplier<BatchProjection> projections =
                () -> engine().filter(filter.input().rowType(), filter.condition());
        prepare(input, filter.condition(), List.of(), projections);
        return projection(filter, input, projections.get(), ColumnBounds.identity(filter.rowType()));
    }

    /** A projection above a filter takes the filter with it. */
    private Operator project(PlanNode.Project project, Operator input) {
        Expression condition = project.input() instanceof PlanNode.Filter filter ? filter.condition() : null;
        Supplier<BatchProjection> projections =
                () -> engine().projection(input.rowType(), condition, project.expressions(), project.rowType());
        prepare(input, condition, project.expressions(), projections);
        return projection(
                project,
                input,
                projections.get(),
                ColumnBounds.of(input.rowType(), project.expressions(), environment));
    }

    /** Has rows that a scan reads ahead filtered and projected by the threads that read them. */
    private void prepare(
            Operator input,
            @Nullable Expression condition,
            List<Expression> outputs,
            Supplier<BatchProjection> projections) {
        if (input instanceof ScanOperator scan && ProjectionAhead.suits(condition, outputs)) {
            scan.prepare(() -> new ProjectionAhead(projections.get(), environment.contextAt(0)));
        }
    }

    private Operator projection(PlanNode node, Operator input, BatchProjection projection, ColumnBounds bounds) {
        return new ProjectionOperator(node.id(), node.rowType(), input, projection, bounds, origin(node));
    }

    private Operator aggregate(PlanNode.Aggregate node, Operator input) {
        boolean updating = updating(node.input());
        PlanNode.Closing closing = node.closing();
        if (closing == null) {
            return bounded
                    ? new BoundedAggregateOperator(node, input, engine(), environment.workspace(), origin(node))
                    : new AggregateOperator(node, input, updating, ttl.of(node), engine(), origin(node));
        }
        return closing.emission().early()
                ? new EarlyClosingAggregateOperator(node, closing, input, updating, origin(node), environment)
                : new ClosingAggregateOperator(node, closing, input, updating, origin(node), environment);
    }

    private Operator windowAggregate(PlanNode.WindowAggregate node, Operator input) {
        boolean updating = updating(node.input());
        if (node.window() instanceof WindowSpec.Session session) {
            return new SessionAggregateOperator(node, session, input, engine(), origin(node));
        }
        return node.emission().early()
                ? new EarlyWindowAggregateOperator(node, input, updating, engine(), origin(node))
                : new WindowAggregateOperator(node, input, updating, engine(), origin(node));
    }

    private Operator join(PlanNode.Join node, Operator left, Operator right) {
        AskedRows asked = AskedRows.of(node);
        if (asked != null) {
            return AskedJoins.join(node, asked, left, right, environment, origin(node));
        }
        AsOf nearest = node.asOf();
        if (nearest != null) {
            return new NearestJoinOperator(node, nearest, left, right, bounded, engine(), origin(node));
        }
        if (!bounded && Plan.lookedUp(node.left()) != Plan.lookedUp(node.right())) {
            return new LookupJoinOperator(
                    node, left, right, Plan.lookedUp(node.left()), updating(node), engine(), origin(node));
        }
        if (!bounded) {
            return new StreamJoinOperator(
                    node,
                    left,
                    right,
                    updating(node.left()),
                    updating(node.right()),
                    ttl.of(node.left()),
                    ttl.of(node.right()),
                    engine(),
                    origin(node));
        }
        RowEstimate estimate = new RowEstimate(scans);
        boolean buildsLeft = estimate.of(node.left()) < estimate.of(node.right());
        return new HashJoinOperator(node, left, right, buildsLeft, engine(), environment.workspace(), origin(node));
    }

    private Operator top(PlanNode.TopN node, Operator input) {
        return node.inOrderOfTime() && !bounded
                ? new FirstRowsOperator(node, input, ttl.of(node), origin(node))
                : new TopNOperator(node, input, updating(node.input()), bounded, origin(node));
    }

    private Operator sort(PlanNode.Sort sort, Operator input) {
        RowRange range = RowRange.of(sort, environment.parameters());
        if (sort.keys().isEmpty()) {
            return new LimitOperator(sort, range, input, !bounded && !last(sort));
        }
        if (!bounded) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "an endless query cannot be sorted",
                    "leave ORDER BY out, or query what is retained without STREAM");
        }
        return new SortOperator(sort, range, input, environment.workspace());
    }

    /** Returns whether nothing is put out when this node has put out all it will. */
    private boolean last(PlanNode node) {
        PlanNode upper = top;
        while (upper instanceof PlanNode.Project || upper instanceof PlanNode.Filter) {
            upper = upper.inputs().getFirst();
        }
        return upper.id().equals(node.id());
    }

    private ExpressionEngine engine() {
        return environment.expressions();
    }

    /** What is looked up comes and goes by itself, though nothing of that is put out. */
    private boolean updating(PlanNode node) {
        return !bounded && (Plan.updating(node) || Plan.lookedUp(node));
    }

    /** Returns the names of the streams that a node's rows are made of. */
    private static String origin(PlanNode node) {
        return streams(node).distinct().collect(Collectors.joining(", "));
    }

    private static Stream<String> streams(PlanNode node) {
        return scans(node).map(PlanNode.Scan::stream);
    }

    private static Stream<PlanNode.Scan> scans(PlanNode node) {
        return node instanceof PlanNode.Scan scan
                ? Stream.of(scan)
                : node.inputs().stream().flatMap(OperatorTree::scans);
    }

    @Override
    public void close() {
        List<Runnable> all = new ArrayList<>();
        scans.forEach(scan -> all.add(scan::close));
        operators.forEach(operator -> all.add(operator::release));
        closeAll(all.iterator());
    }

    /** Closes the others where one fails, and throws what the first threw. */
    private static void closeAll(Iterator<Runnable> left) {
        while (left.hasNext()) {
            try {
                left.next().run();
            } catch (RuntimeException e) {
                closeQuietly(left, e);
                throw e;
            }
        }
    }

    private static void closeQuietly(Iterator<Runnable> left, RuntimeException first) {
        try {
            closeAll(left);
        } catch (RuntimeException e) {
            first.addSuppressed(e);
        }
    }
}
