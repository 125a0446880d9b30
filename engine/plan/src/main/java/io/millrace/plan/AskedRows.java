package io.millrace.plan;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Cast;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.spi.format.ColumnBounds;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The side of a join that another system is asked for: filters and projections of one scan.
 *
 * @param scan what is asked
 * @param keys which keys of the join are asked by, by their places among the join's; others are tested
 * @param columns for each of these, the column of the scan
 */
public record AskedRows(PlanNode.Scan scan, List<Integer> keys, List<Integer> columns) {

    public AskedRows {
        keys = List.copyOf(keys);
        columns = List.copyOf(columns);
    }

    /** Returns the scan of rows that are asked for, where a node is one below filters and projections; or null. */
    public static PlanNode.@Nullable Scan scan(PlanNode node) {
        return switch (node) {
            case PlanNode.Scan scan -> scan.rowtime() instanceof Rowtime.Asked ? scan : null;
            case PlanNode.Filter filter -> scan(filter.input());
            case PlanNode.Project project -> scan(project.input());
            default -> null;
        };
    }

    /** Returns what the right of a join is, or null where it is none that is asked for. */
    public static @Nullable AskedRows of(PlanNode.Join join) {
        PlanNode.Scan scan = scan(join.right());
        if (scan == null) {
            return null;
        }
        List<Integer> keys = new ArrayList<>();
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < join.keys().size(); i++) {
            JoinKey key = join.keys().get(i);
            int column = key.nullsMatch() ? -1 : column(join.right(), key.right());
            if (column >= 0) {
                keys.add(i);
                columns.add(column);
            }
        }
        return new AskedRows(scan, keys, columns);
    }

    /** Returns the scan's column that a node's column is, perhaps in a wider type; -1 where it is none. */
    private static int column(PlanNode node, int column) {
        return switch (node) {
            case PlanNode.Scan scan -> column;
            case PlanNode.Filter filter -> column(filter.input(), column);
            case PlanNode.Project project -> {
                Expression expression = project.expressions().get(column);
                while (expression instanceof Cast cast
                        && ColumnBounds.widens(cast.operand().type(), cast.type())) {
                    expression = cast.operand();
                }
                yield expression instanceof Column below ? column(project.input(), below.index()) : -1;
            }
            default -> -1;
        };
    }
}
