package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.spi.connector.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many rows a node of a bounded query may put out, going by how many entries its streams have. */
final class RowEstimate {

    private static final long FILTER_SHARE = 3;
    private static final long GROUP_SHARE = 4;

    private final Map<String, Long> entries = new HashMap<>();

    RowEstimate(List<ScanOperator> scans) {
        for (ScanOperator scan : scans) {
            entries.put(scan.id(), entries(scan.source()));
        }
    }

    private static long entries(Source source) {
        return source.splits().stream()
                .mapToLong(split -> source.endPosition(split) - source.firstPosition(split))
                .sum();
    }

    long of(PlanNode node) {
        return switch (node) {
            case PlanNode.Scan scan -> entries.getOrDefault(scan.id(), 0L);
            case PlanNode.Values values -> values.rows().size();
            case PlanNode.Filter filter -> of(filter.input()) / FILTER_SHARE;
            case PlanNode.Aggregate aggregate -> aggregate.keys().isEmpty() ? 1 : of(aggregate.input()) / GROUP_SHARE;
            case PlanNode.WindowAggregate aggregate -> of(aggregate.input()) / GROUP_SHARE;
            case PlanNode.Sort sort
            when sort.limit().orElse(-1) >= 0 -> Math.min(sort.limit().orElse(-1), of(sort.input()));
            case PlanNode.UnionAll union ->
                union.inputs().stream().mapToLong(this::of).sum();
            case PlanNode.Join join -> join(join);
            default -> of(node.inputs().getFirst());
        };
    }

    private long join(PlanNode.Join join) {
        if (join.type().leftOnly()) {
            return of(join.left());
        }
        return join.keys().isEmpty() && join.condition() == null
                ? Math.multiplyExact(Math.min(of(join.left()), 1L << 31), Math.min(of(join.right()), 1L << 31))
                : Math.max(of(join.left()), of(join.right()));
    }
}
