package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.operator.Operator;
import io.millrace.runtime.operator.OperatorTree;
import io.millrace.runtime.operator.Step;
import io.millrace.runtime.operator.StepPlan;
import io.millrace.runtime.operator.StepPlanCodec;
import io.millrace.runtime.operator.StepPlanner;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.connector.Source;
import io.millrace.spi.row.RowBatch;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/**
 * Runs a query in steps, and repeats some of them as after a crash: with the state as it was before and the plan as the
 * journal has it, by operators that may hold another part of the state in memory. The rows have to be the same, in order.
 */
final class RepeatedSteps {

    private static final int SPLITS = 2;

    private final Tables tables;
    private final QueryRuns first;
    private final QueryRuns again;
    private final Plan plan;
    private final Map<String, List<MemorySource>> sources = new LinkedHashMap<>();
    private final Environment environment;
    private final OperatorTree tree;
    private final StepPlanner planner;
    private long number;
    private int repeated;

    /**
     * @param first runs the query
     * @param again repeats steps
     */
    RepeatedSteps(Tables tables, QueryRuns first, QueryRuns again, String sql) {
        this.tables = tables;
        this.first = first;
        this.again = again;
        this.plan = first.plan(QueryRuns.endless(sql));
        this.environment = first.environment(this::source);
        this.tree = OperatorTree.create(plan, environment);
        this.planner = new StepPlanner(tree, environment, 20, -1, 0);
        tree.scans().forEach(scan -> scan.start(StartPosition.EARLIEST, environment.nowMicros()));
    }

    private Source source(PlanNode.Scan scan) {
        MemorySource source = new MemorySource(scan.rowType(), "0", "1");
        sources.computeIfAbsent(scan.stream(), stream -> new ArrayList<>()).add(source);
        return source;
    }

    /** Returns how many steps were repeated that put rows out. */
    int run(int rowsPerStep, Random random) {
        int inStep = 0;
        for (Tables.Arrival arrival : tables.arrivals()) {
            String split = String.valueOf(random.nextInt(SPLITS));
            for (MemorySource source : sources.getOrDefault(arrival.table(), List.of())) {
                source.addAt(split, Tables.ARRIVED_MICROS, Tables.projected(arrival.values(), source.columns()));
            }
            if (++inStep >= rowsPerStep) {
                inStep = 0;
                step(random);
            }
        }
        return repeated;
    }

    private void step(Random random) {
        Map<String, byte[]> before = new HashMap<>();
        for (Operator operator : tree.operators()) {
            StateWriter out = new StateWriter();
            operator.save(out);
            before.put(operator.id(), out.toByteArray());
        }
        first.tick();
        StepPlan next = planner.plan(number + 1, Operator.NO_BOUND);
        if (next == null) {
            return;
        }
        number++;
        List<String> rejected = new ArrayList<>();
        List<String> rows = take(tree, environment, next, rejected);
        if (random.nextInt(3) == 0) {
            List<String> rejectedAgain = new ArrayList<>();
            assertThat(repeat(before, StepPlanCodec.decode(StepPlanCodec.encode(next)), rejectedAgain))
                    .as("step %s", number)
                    .isEqualTo(rows);
            assertThat(rejectedAgain).as("rejected in step %s", number).containsExactlyInAnyOrderElementsOf(rejected);
            repeated += rows.isEmpty() ? 0 : 1;
        }
    }

    private List<String> repeat(Map<String, byte[]> state, StepPlan step, List<String> rejected) {
        Map<String, Integer> at = new HashMap<>();
        Function<PlanNode.Scan, Source> copies =
                scan -> copy(sources.get(scan.stream()).get(at.merge(scan.stream(), 1, Integer::sum) - 1));
        Environment other = again.environment(copies);
        OperatorTree fresh = OperatorTree.create(plan, other);
        for (Operator operator : fresh.operators()) {
            operator.load(new StateReader(state.get(operator.id())));
        }
        return take(fresh, other, step, rejected);
    }

    private static MemorySource copy(MemorySource from) {
        MemorySource to = new MemorySource(from.columns(), "0", "1");
        for (String split : from.splits()) {
            from.rows(split, 0, from.endPosition(split))
                    .forEach(row -> to.addAt(split, Tables.ARRIVED_MICROS, row.toArray()));
        }
        return to;
    }

    private static List<String> take(OperatorTree of, Environment environment, StepPlan plan, List<String> rejected) {
        List<String> rows = new ArrayList<>();
        of.root()
                .begin(new Step(
                        plan,
                        environment.contextAt(plan.clockMicros()),
                        entry -> rejected.add(entry.position() + " " + entry.reason()),
                        () -> false,
                        false));
        for (RowBatch batch = of.root().next(); batch != null; batch = of.root().next()) {
            MemorySink.rowsOf(batch).forEach(row -> rows.add(row.weight() + " " + QueryRuns.text(row.values())));
        }
        return rows;
    }
}
