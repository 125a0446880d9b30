package io.millrace.sql.rewrite;

import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Aggregate;
import io.millrace.plan.PlanNode.Changes;
import io.millrace.plan.PlanNode.Consolidate;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Over;
import io.millrace.plan.PlanNode.Project;
import io.millrace.plan.PlanNode.Repeat;
import io.millrace.plan.PlanNode.Scan;
import io.millrace.plan.PlanNode.Sort;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.plan.PlanNode.UnionAll;
import io.millrace.plan.PlanNode.Unnest;
import io.millrace.plan.PlanNode.Values;
import io.millrace.plan.PlanNode.Window;
import io.millrace.plan.PlanNode.WindowAggregate;
import io.millrace.plan.Rowtime;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.Expression.Literal;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.connector.SystemColumns;
import io.millrace.spi.type.DataType;
import java.util.function.BiPredicate;

/** Which columns are their rows' ROWTIME: no row follows whose value is below the bound. */
public final class Lineage {

    private Lineage() {}

    /** Returns whether a column of a node is its rows' ROWTIME. */
    public static boolean isRowtime(PlanNode node, int column) {
        if (column < 0 || column >= node.rowType().size()) {
            return false;
        }
        return switch (node) {
            case Scan scan -> isRowtime(scan, column);
            case Values values -> false;
            case Filter filter -> isRowtime(filter.input(), column);
            case Project project ->
                isRowtime(project.input(), project.expressions().get(column));
            case Window window -> isRowtime(window, column);
            // A window's rows come when the bound is at its end.
            case WindowAggregate aggregate ->
                !aggregate.emission().early() && column == aggregate.keys().size() + 1;
            case Aggregate aggregate -> false;
            case Over over -> column < over.input().rowType().size() && isRowtime(over.input(), column);
            case TopN top -> column == top.timeColumn() && isRowtime(top.input(), column);
            case Match match -> time(match, column);
            case UnionAll union -> union.inputs().stream().allMatch(input -> isRowtime(input, column));
            case Sort sort -> false;
            case Join join when lookup(join) -> isRowtime(comes(join), comingColumn(join, column));
            case Join join -> join.asOf() == null ? bounded(join, column) : asOf(join, column, Lineage::isRowtime);
            case Unnest unnest -> column < unnest.input().rowType().size() && isRowtime(unnest.input(), column);
            case Repeat repeat -> isRowtime(repeat.input(), column);
            case Consolidate consolidate -> false;
            case Changes changes -> column > 0 && isRowtime(changes.input(), column - 1);
        };
    }

    /** Returns whether there is a bound for the column at run time: ROWTIME, and what grows with it. */
    public static boolean bounded(PlanNode node, int column) {
        return switch (node) {
            case Scan scan -> isRowtime(scan, column);
            case Values values -> false;
            case Filter filter -> bounded(filter.input(), column);
            case Project project ->
                bounded(project.input(), project.expressions().get(column));
            case Window window ->
                column < window.input().rowType().size()
                        ? bounded(window.input(), column) && (column == window.timeColumn() || !session(window))
                        : bounded(window.input(), window.timeColumn());
            case WindowAggregate aggregate ->
                !aggregate.emission().early()
                        && column >= aggregate.keys().size()
                        && column <= aggregate.keys().size() + 1;
            case Aggregate aggregate ->
                aggregate.closing() != null
                        && !aggregate.closing().emission().early()
                        && aggregate.closing().key() == column;
            case TopN top -> column == top.timeColumn();
            case UnionAll union -> union.inputs().stream().allMatch(input -> bounded(input, column));
            case Sort sort -> sort.keys().isEmpty() && bounded(sort.input(), column);
            case Over over ->
                !over.order().isEmpty()
                        && over.order().getFirst().column() == column
                        && isRowtime(over.input(), column);
            case Match match -> time(match, column);
            case Join join when lookup(join) -> bounded(comes(join), comingColumn(join, column));
            case Join join -> join.asOf() == null ? bounded(join, column) : asOf(join, column, Lineage::bounded);
            case Unnest unnest -> column < unnest.input().rowType().size() && bounded(unnest.input(), column);
            case Repeat repeat -> bounded(repeat.input(), column);
            case Consolidate consolidate -> false;
            case Changes changes -> column > 0 && bounded(changes.input(), column - 1);
        };
    }

    private static boolean lookup(Join join) {
        return Plan.lookedUp(join.left()) || Plan.lookedUp(join.right());
    }

    /** Returns the side of a lookup whose rows come; they are put out in the step that they come in. */
    private static PlanNode comes(Join join) {
        return Plan.lookedUp(join.left()) ? join.right() : join.left();
    }

    private static int comingColumn(Join join, int column) {
        return Plan.lookedUp(join.left()) ? column - join.left().rowType().size() : column;
    }

    private static boolean time(Match match, int column) {
        return MatchColumns.ofOrder(match, column)
                && isRowtime(match.input(), match.order().getFirst().column());
    }

    /** A row of a join is made of kept rows too; where they are forgotten by a time, that time has a bound. */
    private static boolean bounded(Join join, int column) {
        int own = join.left().rowType().size();
        return join.times().stream()
                .anyMatch(time -> (time.left() == column && time.freesLeft())
                        || (own + time.right() == column && time.freesRight()));
    }

    /** A row of the left waits for its partner by its time, where that comes before. */
    private static boolean asOf(Join join, int column, BiPredicate<PlanNode, Integer> ofLeft) {
        return join.asOf() != null
                && !join.asOf().after()
                && join.asOf().left() == column
                && ofLeft.test(join.left(), column);
    }

    private static boolean bounded(PlanNode input, Expression expression) {
        return switch (expression) {
            case Column column -> bounded(input, column.index());
            case Call call ->
                switch (call.function()) {
                    case FLOOR, CEIL, STEP, PLUS, MINUS ->
                        call.type() instanceof DataType.TimestampType
                                && bounded(input, call.arguments().getFirst())
                                && call.arguments().stream().skip(1).allMatch(Literal.class::isInstance);
                    default -> false;
                };
            default -> false;
        };
    }

    /** The rows of a session come when it has ended, those of other windows as they are. */
    private static boolean isRowtime(Window window, int column) {
        int own = window.input().rowType().size();
        return session(window)
                ? column == own + 1 && isRowtime(window.input(), window.timeColumn())
                : column < own && isRowtime(window.input(), column);
    }

    private static boolean session(Window window) {
        return window.window() instanceof WindowSpec.Session;
    }

    static boolean isRowtime(Scan scan, int column) {
        String name = scan.rowType().field(column).name();
        // What is kept may call any column ROWTIME.
        return scan.rowtime() instanceof Rowtime.Changing changing
                ? name.equals(changing.time())
                : name.equals(SystemColumns.ROWTIME.name())
                        || (scan.rowtime() instanceof Rowtime.EventTime time
                                && time.column().equals(name));
    }

    private static boolean isRowtime(PlanNode input, Expression expression) {
        return switch (expression) {
            case Column column -> isRowtime(input, column.index());
            case Call call
            when call.function() == ScalarFunction.PLUS
                    && interval(call.arguments().get(1)) ->
                closingKey(input, call.arguments().get(0));
            case Call call
            when call.function() == ScalarFunction.MINUS
                    && isMicrosecond(call.arguments().get(1)) ->
                input instanceof WindowAggregate
                        && isRowtime(input, call.arguments().get(0));
            default -> false;
        };
    }

    /** Returns whether an expression is the key by whose growing an aggregate's groups close. */
    private static boolean closingKey(PlanNode node, Expression expression) {
        if (!(expression instanceof Column column)) {
            return false;
        }
        return switch (node) {
            case Aggregate a ->
                a.closing() != null
                        && !a.closing().emission().early()
                        && a.closing().key() == column.index();
            case Filter filter -> closingKey(filter.input(), expression);
            case Project project ->
                closingKey(project.input(), project.expressions().get(column.index()));
            default -> false;
        };
    }

    private static boolean interval(Expression expression) {
        return expression instanceof Literal literal && literal.type() instanceof DataType.IntervalType;
    }

    private static boolean isMicrosecond(Expression expression) {
        return expression.equals(FormWindows.MICROSECOND);
    }
}
