package io.millrace.sql.lower;

import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.RowCount;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexLiteral;

/**
 * LIMIT in a subquery that refers to the query around it: so many rows for each combination of the values that it
 * refers to.
 *
 * <pre>
 *   FROM a, LATERAL (SELECT x FROM b             Filter $rank &gt; 1 AND $rank &lt;= 4
 *     WHERE b.k = a.k                       →      Over partition k, order y, $rank = ROW_NUMBER()
 *     ORDER BY y OFFSET 1 LIMIT 3)                   b
 * </pre>
 */
final class LimitPerRow {

    private static final long ALL = -1;

    private LimitPerRow() {}

    /**
     * @param rows the subquery's rows, which refer outward
     * @param keys their order; where there are none, it is open which rows they are
     */
    static Lowered lower(Lowered rows, List<SortKey> keys, RowCount offset, RowCount limit) {
        PlanNode node = rows.node();
        List<Field> fields = new ArrayList<>(node.rowType().fields());
        fields.add(new Field("$rank", DataType.BIGINT, false));
        List<SortKey> order = keys.isEmpty() ? List.of(new SortKey(0, false, false)) : keys;
        Ranked rank = new Ranked(Ranking.ROW_NUMBER, 0, DataType.BIGINT);
        Over over = new Over(Nodes.NO_ID, node, new RowType(fields), rows.scope(), order, List.of(rank));
        Expression place = Columns.at(node.rowType().size(), over.rowType());
        long passed = constant(offset, 0);
        long most = constant(limit, ALL);
        List<Expression> parts = new ArrayList<>();
        if (passed > 0) {
            parts.add(Queries.less(new Literal(passed, DataType.BIGINT), place));
        }
        if (most != ALL) {
            long end = passed > Long.MAX_VALUE - most ? Long.MAX_VALUE : passed + most;
            Literal last = new Literal(end, DataType.BIGINT);
            parts.add(most == 0 ? Queries.FALSE : Queries.compare(ScalarFunction.LESS_OR_EQUAL, place, last));
        }
        Expression condition = Queries.all(parts);
        PlanNode limited = condition == null ? node : new Filter(Nodes.NO_ID, over, condition);
        return new Lowered(limited, rows.width(), rows.scope());
    }

    /** Returns whether a query has one row at most, since it says LIMIT 1. */
    static boolean one(RelNode rel) {
        RelNode below = rel;
        while (below instanceof LogicalProject project) {
            below = project.getInput();
        }
        if (!(below instanceof LogicalSort sort && sort.fetch instanceof RexLiteral limit)) {
            return false;
        }
        BigDecimal rows = limit.getValueAs(BigDecimal.class);
        return rows != null && rows.compareTo(BigDecimal.ONE) == 0;
    }

    private static long constant(RowCount count, long otherwise) {
        if (count instanceof RowCount.Parameter) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "LIMIT and OFFSET of a subquery that refers to the query around it take no parameter",
                    "write the number into the statement");
        }
        return count.orElse(otherwise);
    }
}
