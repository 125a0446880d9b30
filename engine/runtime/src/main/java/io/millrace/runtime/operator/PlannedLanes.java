package io.millrace.runtime.operator;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.Environment;
import io.millrace.runtime.SourceResolver;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.function.FunctionClasses;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.RowBatch;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Which operators of a plan are in lanes, before it runs: asked of operators that read nothing. */
public final class PlannedLanes {

    private PlannedLanes() {}

    /**
     * Returns the lanes of a plan by the ids of the nodes that are in some; none of one that ends.
     *
     * @param functions users' functions that the plan calls
     * @param parameters values of the statement's parameters
     * @throws MillraceException what keeps the query from being run
     */
    public static Map<String, LaneReport> of(
            Plan plan, FunctionClasses functions, List<? extends @Nullable Object> parameters) {
        Map<String, LaneReport> lanes = new LinkedHashMap<>();
        if (!plan.endless()) {
            return lanes;
        }
        Environment environment = new Environment(
                new InterpretedExpressions(functions),
                new NothingToRead(),
                () -> Instant.EPOCH,
                (step, entries) -> CompletableFuture.completedFuture(null),
                new ArrayList<>(parameters),
                ZoneOffset.UTC);
        try (OperatorTree tree = OperatorTree.create(plan, environment)) {
            for (Operator operator : tree.operators()) {
                if (operator instanceof LanedNode node) {
                    lanes.put(node.id(), node.lanes());
                }
            }
        }
        return lanes;
    }

    /** Streams without rows, and other systems that nobody asks. */
    private static final class NothingToRead implements SourceResolver, Source, RowLookup {

        @Override
        public Source open(PlanNode.Scan scan) {
            return this;
        }

        @Override
        public RowLookup lookup(PlanNode.Scan scan, List<Integer> keys) {
            return this;
        }

        @Override
        public RowBatch find(RowBatch keys) {
            throw new IllegalStateException("nothing is asked");
        }

        @Override
        public Keeping keeping() {
            return new Keeping(0, 0);
        }

        @Override
        public List<String> splits() {
            return List.of();
        }

        @Override
        public long firstPosition(String split) {
            throw new IllegalArgumentException(split);
        }

        @Override
        public long endPosition(String split) {
            throw new IllegalArgumentException(split);
        }

        @Override
        public SplitReader open(String split, long position) {
            throw new IllegalArgumentException(split);
        }

        @Override
        public long idleBound(String split, long position) {
            throw new IllegalArgumentException(split);
        }

        @Override
        public Subscription onAvailable(Runnable listener) {
            return () -> {};
        }

        @Override
        public void close() {}
    }
}
