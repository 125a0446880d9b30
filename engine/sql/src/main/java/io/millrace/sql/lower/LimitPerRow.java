package io.millrace.sql.lower;

import io.millrace.plan.OverCall.Ranked;
import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.RowCount;
import io.millrace.plan.SortKey;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.Expression.Parameter;
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
     * @param endless whether the query goes on
     */
    static Lowered lower(Lowered rows, List<SortKey> keys, RowCount offset, RowCount limit, boolean endless) {
        if (endless && (offset instanceof RowCount.Parameter || limit instanceof RowCount.Parameter)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "LIMIT and OFFSET take no parameter in a query that goes on",
                    "write the number into the statement");
        }
        PlanNode node = rows.node();
        if (limit.orElse(ALL) == 0) {
            return new Lowered(new Filter(Nodes.NO_ID, node, Queries.FALSE), rows.width(), rows.scope());
        }
        List<Field> fields = new ArrayList<>(node.rowType().fields());
        fields.add(new Field("$rank", DataType.BIGINT, false));
        List<SortKey> order = keys.isEmpty() ? List.of(new SortKey(0, false, false)) : keys;
        Ranked rank = new Ranked(Ranking.ROW_NUMBER, 0, DataType.BIGINT);
        Over over = new Over(Nodes.NO_ID, node, new RowType(fields), rows.scope(), order, List.of(rank));
        Expression condition = Queries.all(places(Columns.at(node.rowType().size(), over.rowType()), offset, limit));
        PlanNode limited = condition == null ? node : new Filter(Nodes.NO_ID, over, condition);
        return new Lowered(limited, rows.width(), rows.scope());
    }

    /** Returns what is asked of a row's place. */
    private static List<Expression> places(Expression place, RowCount offset, RowCount limit) {
        List<Expression> parts = new ArrayList<>();
        if (offset.orElse(1) > 0) {
            parts.add(Queries.less(number(offset, 0, "OFFSET"), place));
        }
        if (limit.orElse(1) != ALL) {
            parts.add(upTo(place, offset, limit));
        }
        return parts;
    }

    private static Expression upTo(Expression place, RowCount offset, RowCount limit) {
        if (offset.orElse(ALL) == ALL || limit.orElse(ALL) == ALL) {
            Expression behind =
                    new Call(ScalarFunction.MINUS, List.of(place, number(offset, 0, "OFFSET")), DataType.BIGINT, false);
            return Queries.compare(ScalarFunction.LESS_OR_EQUAL, behind, number(limit, Long.MAX_VALUE, "LIMIT"));
        }
        long passed = offset.orElse(0);
        long most = limit.orElse(0);
        long end = passed > Long.MAX_VALUE - most ? Long.MAX_VALUE : passed + most;
        return Queries.compare(ScalarFunction.LESS_OR_EQUAL, place, new Literal(end, DataType.BIGINT));
    }

    /** Returns a count, and what a parameter that is NULL stands for; one below zero is an error. */
    private static Expression number(RowCount count, long absent, String clause) {
        Literal otherwise = new Literal(absent, DataType.BIGINT);
        if (!(count instanceof RowCount.Parameter parameter)) {
            return new Literal(count.orElse(absent), DataType.BIGINT);
        }
        Expression given = new Parameter(parameter.index(), DataType.BIGINT, true);
        Literal zero = new Literal(0L, DataType.BIGINT);
        Literal reason = new Literal(clause + " must not be negative", DataType.VARCHAR);
        Expression refused = new Call(
                ScalarFunction.NOT_NULL, List.of(new Literal(null, DataType.BIGINT), reason), DataType.BIGINT, false);
        return new Case(
                List.of(
                        new Case.Branch(Queries.test(ScalarFunction.IS_NULL, given), otherwise),
                        new Case.Branch(Queries.compare(ScalarFunction.LESS, given, zero), refused)),
                given,
                DataType.BIGINT,
                false);
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
}
