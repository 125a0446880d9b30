package io.millrace.sql.lower;

import io.millrace.plan.AsOf;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.sql.coercion.Coercion;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.FormLookups;
import io.millrace.sql.rewrite.Nodes;
import io.millrace.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Snapshot;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAsofJoin;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.jspecify.annotations.Nullable;

/**
 * Joins as of a time: {@code ASOF JOIN}, and {@code FOR SYSTEM_TIME AS OF}. A stream has a past, in which the last row of
 * a key is what it was; a view has none, so a row meets what it holds when the row is read.
 */
final class AsOfLowering {

    private static final Set<String> CLOCK = Set.of("CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "NOW", "PROCTIME");

    private final PlanLowering lowering;
    private final boolean endless;

    AsOfLowering(PlanLowering lowering, boolean endless) {
        this.lowering = lowering;
        this.endless = endless;
    }

    /** Returns whether the right of a join is as of a time that hangs on no row. */
    static boolean isOfNow(Join join) {
        return join.getRight() instanceof Snapshot;
    }

    /** Returns whether a correlation is a join as of a time of its left. */
    static boolean isSnapshot(Correlate correlate) {
        return snapshot(correlate.getRight()) != null;
    }

    private static @Nullable Snapshot snapshot(RelNode right) {
        RelNode below = right instanceof LogicalFilter filter ? filter.getInput() : right;
        return below instanceof Snapshot snapshot ? snapshot : null;
    }

    static MillraceException outsideOfJoin() {
        return invalid(
                "FOR SYSTEM_TIME AS OF is for the right side of a JOIN",
                "write FROM s JOIN table FOR SYSTEM_TIME AS OF s.ROWTIME ON …");
    }

    Lowered lower(LogicalAsofJoin join, Scope scope) {
        JoinType type = join.getJoinType() == JoinRelType.LEFT_ASOF ? JoinType.LEFT : JoinType.INNER;
        PlanNode left = free(lowering.lower(join.getLeft(), scope));
        PlanNode right = free(lowering.lower(join.getRight(), scope));
        ExpressionLowering both = beside(left, right);
        Expression match = both.lower(join.getMatchCondition());
        return nearest(type, left, right, both.lower(join.getCondition()), match);
    }

    Lowered lower(Join join, Scope scope) {
        Snapshot snapshot = (Snapshot) join.getRight();
        if (!(snapshot.getPeriod() instanceof RexCall call)
                || !CLOCK.contains(call.getOperator().getName())) {
            requireView(snapshot);
            throw noPast();
        }
        requireView(snapshot);
        PlanNode left = free(lowering.lower(join.getLeft(), scope));
        PlanNode right = lowering.lower(snapshot.getInput());
        return now(type(join.getJoinType()), left, right, beside(left, right).lower(join.getCondition()));
    }

    Lowered lower(Correlate correlate, Scope scope) {
        Snapshot snapshot = java.util.Objects.requireNonNull(snapshot(correlate.getRight()));
        JoinType type = type(correlate.getJoinType());
        RowScope row = new RowScope(lowering, Lowered.free(free(lowering.lower(correlate.getLeft(), scope))), scope);
        PlanNode left = row.node();
        PlanNode right = lowering.lower(snapshot.getInput());
        ExpressionLowering both = row.beside(right);
        List<Expression> parts = new ArrayList<>();
        if (correlate.getRight() instanceof LogicalFilter filter) {
            RelOptUtil.conjunctions(filter.getCondition()).forEach(part -> parts.add(both.lower(part)));
        }
        if (!stream(snapshot)) {
            return now(type, left, right, Queries.all(parts));
        }
        if (!(snapshot.getPeriod() instanceof RexFieldAccess time)) {
            throw invalid(
                    "a stream is joined as of the time of the other side's rows",
                    "write FOR SYSTEM_TIME AS OF s.ROWTIME, where s is the left of the join");
        }
        int rowtime = right.rowType().indexOf(SystemColumns.ROWTIME.name());
        Expression version = Columns.at(rowtime, right.rowType());
        Expression match = Queries.compare(
                ScalarFunction.GREATER_OR_EQUAL,
                both.lower(time),
                new Column(left.rowType().size() + rowtime, version.type(), version.nullable()));
        return nearest(type, left, right, Queries.all(parts), match);
    }

    /** A bounded query reads all there is at one moment, so what is there then is all that can be met. */
    private Lowered now(JoinType type, PlanNode left, PlanNode right, @Nullable Expression on) {
        return Lowered.free(Nodes.join(left, endless ? FormLookups.lookedUp(right) : right, type, on));
    }

    private Lowered nearest(JoinType type, PlanNode left, PlanNode right, @Nullable Expression on, Expression match) {
        int own = left.rowType().size();
        if (!(match instanceof Call call) || call.arguments().size() != 2) {
            throw notComparable();
        }
        Expression a = call.arguments().get(0);
        Expression b = call.arguments().get(1);
        boolean leftFirst = isOf(a, 0, own);
        Expression ofLeft = leftFirst ? a : b;
        Expression ofRight = leftFirst ? b : a;
        if (!isOf(ofLeft, 0, own) || !isOf(ofRight, own, own + right.rowType().size())) {
            throw notComparable();
        }
        boolean after = switch (call.function()) {
            case GREATER, GREATER_OR_EQUAL -> !leftFirst;
            case LESS, LESS_OR_EQUAL -> leftFirst;
            default -> throw notComparable();
        };
        boolean strict = call.function() == ScalarFunction.GREATER || call.function() == ScalarFunction.LESS;
        DataType common = common(ofLeft.type(), ofRight.type());
        Timed timedLeft = timed(left, common == null ? ofLeft : Coercion.to(common, ofLeft));
        Expression shifted = Columns.substitute(ofRight, i -> Columns.at(i - own, right.rowType()));
        Timed timedRight = timed(right, common == null ? shifted : Coercion.to(common, shifted));
        int added = timedLeft.node().rowType().size() - own;
        PlanNode rightNode = timedRight.node();
        Expression condition = on == null
                ? null
                : Columns.substitute(on, i -> {
                    if (i < own) {
                        return Columns.at(i, left.rowType());
                    }
                    Column column = Columns.at(i - own, right.rowType());
                    return new Column(i + added, column.type(), column.nullable());
                });
        PlanNode joined = Nodes.join(
                timedLeft.node(),
                rightNode,
                type,
                condition,
                new AsOf(timedLeft.column(), timedRight.column(), after, strict));
        return Lowered.free(narrowed(joined, own, added, right.rowType().size()));
    }

    private static PlanNode narrowed(PlanNode joined, int left, int added, int right) {
        List<Integer> wanted = new ArrayList<>(IntStream.range(0, left).boxed().toList());
        IntStream.range(0, right).map(i -> left + added + i).forEach(wanted::add);
        return Nodes.project(
                joined,
                Columns.at(wanted, joined.rowType()),
                wanted.stream().map(i -> joined.rowType().field(i).name()).toList());
    }

    /** A node that has an expression as a column. */
    private record Timed(PlanNode node, int column) {}

    private static Timed timed(PlanNode node, Expression time) {
        if (time instanceof Column column) {
            return new Timed(node, column.index());
        }
        int size = node.rowType().size();
        List<Expression> expressions =
                new ArrayList<>(Columns.at(IntStream.range(0, size).boxed().toList(), node.rowType()));
        expressions.add(time);
        List<String> names = new ArrayList<>(Nodes.names(node.rowType()));
        names.add("$time");
        return new Timed(Nodes.project(node, expressions, names), size);
    }

    /** Returns the type in which two times are compared, or null where both are as they must be. */
    private static @Nullable DataType common(DataType left, DataType right) {
        if (left instanceof TimestampType a && right instanceof TimestampType b && a.zoned() == b.zoned()) {
            return null;
        }
        if (left instanceof IntegerType && right instanceof IntegerType) {
            return DataType.BIGINT;
        }
        if (moment(left) && moment(right)) {
            return DataType.TIMESTAMP;
        }
        throw invalid(
                "MATCH_CONDITION compares " + left + " with " + right,
                "compare two times, or two whole numbers; CAST makes one of the other");
    }

    private static boolean moment(DataType type) {
        return type.equals(DataType.DATE) || (type instanceof TimestampType time && !time.zoned());
    }

    private static boolean isOf(Expression expression, int from, int to) {
        BitSet columns = Columns.of(expression);
        return !columns.isEmpty() && columns.nextSetBit(0) >= from && columns.length() <= to;
    }

    private static ExpressionLowering beside(PlanNode left, PlanNode right) {
        return new ExpressionLowering(
                Nodes.join(left, right, JoinType.INNER, null).rowType(),
                reference -> {
                    throw unsupported("a join as of a time in a subquery that refers to the query around it");
                },
                query -> null);
    }

    private static PlanNode free(Lowered side) {
        if (side.correlated()) {
            throw unsupported("a join as of a time in a subquery that refers to the query around it");
        }
        return side.narrowed().node();
    }

    private static boolean stream(Snapshot snapshot) {
        return snapshot.getInput() instanceof TableScan scan
                && scan.getTable().unwrapOrThrow(CatalogTable.class).stream();
    }

    private static void requireView(Snapshot snapshot) {
        if (stream(snapshot)) {
            throw invalid(
                    "a stream is joined as of the time of the other side's rows",
                    "write FOR SYSTEM_TIME AS OF s.ROWTIME, where s is the left of the join");
        }
    }

    private static JoinType type(JoinRelType type) {
        return switch (type) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            default -> throw unsupported(type + " JOIN with FOR SYSTEM_TIME AS OF");
        };
    }

    private static MillraceException noPast() {
        return invalid(
                "a view has no past: it holds what is there now",
                "write FOR SYSTEM_TIME AS OF CURRENT_TIMESTAMP, or AS OF the time of the other side's rows");
    }

    private static MillraceException notComparable() {
        return invalid(
                "MATCH_CONDITION compares the time of a row of the left with that of one of the right",
                "write MATCH_CONDITION (l.ROWTIME >= r.ROWTIME), or with >, <= or <");
    }

    private static MillraceException invalid(String what, String hint) {
        return new MillraceException(ErrorCode.INVALID_STATEMENT, what, hint);
    }

    private static MillraceException unsupported(String what) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED, what + " is not supported", "write it with INNER or LEFT JOIN in FROM");
    }
}
