package io.millrace.sql.lower;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.plan.expression.Expression.Case;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.spi.type.DataType;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;

/** Subqueries in expressions: joins of the rows around them with what they give. */
final class Subqueries {

    private final RowScope row;

    Subqueries(RowScope row) {
        this.row = row;
    }

    /** A subquery translated, and where the columns lie that it shares with the rows around it. */
    private record Inner(Lowered query, Scope scope, List<Integer> outer) {

        PlanNode node() {
            return query.node();
        }

        /** Returns the places of the shared columns here; none where it does not refer outward after all. */
        List<Integer> shared() {
            return query.scope();
        }

        List<Integer> outerShared() {
            return query.correlated() ? outer : List.of();
        }
    }

    private Inner inner(RelNode rel) {
        Scope scope = row.inner(OuterReferences.of(rel));
        return new Inner(row.lowering().lower(rel, scope).narrowed(), scope, row.places(scope));
    }

    /** Keeps the rows for which a subquery that stands alone as a condition is TRUE; says false where it is no such. */
    boolean filter(RexNode condition) {
        if (condition instanceof RexSubQuery query && query.getKind() == SqlKind.EXISTS) {
            exists(query, JoinType.SEMI);
            return true;
        }
        if (condition instanceof RexSubQuery query && query.getKind() == SqlKind.IN) {
            in(query, JoinType.SEMI, false);
            return true;
        }
        if (condition.getKind() != SqlKind.NOT
                || !(((org.apache.calcite.rex.RexCall) condition).getOperands().getFirst()
                        instanceof RexSubQuery query)) {
            return false;
        }
        if (query.getKind() == SqlKind.EXISTS) {
            exists(query, JoinType.ANTI);
            return true;
        }
        return query.getKind() == SqlKind.IN && notIn(query);
    }

    private void exists(RexSubQuery query, JoinType type) {
        DirectJoin direct = DirectJoin.find(query.rel);
        if (direct != null) {
            row.node(direct.join(row, type, List.of()));
            return;
        }
        Inner inner = inner(query.rel);
        PlanNode right = row.lowering().once(Queries.columns(inner.node(), inner.shared()));
        List<Integer> shared = IntStream.range(0, inner.shared().size()).boxed().toList();
        row.node(Nodes.join(
                row.node(), right, type, Queries.all(Queries.same(row.node(), inner.outerShared(), right, shared))));
    }

    /**
     * @param unknown whether a pair of which it is not known that it differs counts as equal
     */
    private void in(RexSubQuery query, JoinType type, boolean unknown) {
        List<Expression> operands = query.getOperands().stream().map(row::lower).toList();
        DirectJoin direct = unknown ? null : DirectJoin.find(query.rel);
        if (direct != null) {
            row.node(direct.join(row, type, operands));
            return;
        }
        Inner inner = inner(query.rel);
        PlanNode right = row.lowering().once(inner.node());
        List<Expression> equal = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            equal.add(Queries.compare(ScalarFunction.EQUAL, operands.get(i), Queries.ofRight(row.node(), right, i)));
        }
        List<Expression> parts = new ArrayList<>(Queries.same(row.node(), inner.outerShared(), right, inner.shared()));
        Expression all = Queries.all(equal);
        if (all != null && unknown) {
            parts.add(Queries.test(ScalarFunction.IS_NOT_FALSE, all));
        } else {
            parts.addAll(equal);
        }
        row.node(Nodes.join(row.node(), right, type, Queries.all(parts)));
    }

    private boolean notIn(RexSubQuery query) {
        boolean nullable = query.getType().isNullable();
        if (nullable && query.getOperands().size() == 1) {
            return false;
        }
        in(query, JoinType.ANTI, nullable);
        return true;
    }

    /** Returns the value of a subquery, as an expression of the rows, which get more columns for it. */
    Expression value(RexSubQuery query) {
        return switch (query.getKind()) {
            case SCALAR_QUERY -> scalar(query);
            case EXISTS -> existsValue(query);
            case IN -> inValue(query);
            case SOME -> some(query);
            default ->
                throw SqlErrors.unsupported(
                        query.getOperator().getName() + " of a query is not supported",
                        "join the query in FROM",
                        query.getParserPosition());
        };
    }

    private Expression scalar(RexSubQuery query) {
        Expression direct = ofAggregate(query.rel);
        if (direct != null) {
            return direct;
        }
        Inner inner = inner(query.rel);
        if (singleRow(query.rel) && !inner.query().correlated()) {
            return beside(JoinType.INNER, inner.node(), List.of(), List.of(), 0);
        }
        PlanNode single = single(inner, LimitPerRow.one(query.rel));
        int keys = inner.shared().size();
        return inner.query().correlated()
                ? beside(JoinType.LEFT, single, inner.outerShared(), keys(keys), keys)
                : beside(JoinType.INNER, single, List.of(), List.of(), 0);
    }

    /** Returns what the subquery shares with the rows around it, and behind it its one value. */
    private PlanNode single(Inner inner, boolean limited) {
        if (limited && inner.query().correlated()) {
            List<Integer> places = new ArrayList<>(inner.shared());
            places.add(0);
            return Queries.columns(inner.node(), places);
        }
        PlanNode rows = inner.query().correlated() ? asked(inner) : inner.node();
        return Queries.aggregate(rows, inner.shared(), List.of(Queries.of(AggregateFunction.SINGLE_VALUE, 0, rows)));
    }

    /** Returns the subquery's rows that a row around it asks for: those nobody sees must not be errors. */
    private PlanNode asked(Inner inner) {
        PlanNode wanted = inner.scope().rows().get();
        return Nodes.join(
                inner.node(),
                wanted,
                JoinType.SEMI,
                Queries.all(Queries.same(
                        inner.node(), inner.shared(), wanted, keys(inner.scope().size()))));
    }

    private static List<Integer> keys(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** Joins a node beside the rows and returns one of its columns there. */
    private Column beside(JoinType type, PlanNode node, List<Integer> outer, List<Integer> shared, int column) {
        int place = row.node().rowType().size() + column;
        row.node(Nodes.join(row.node(), node, type, Queries.all(Queries.same(row.node(), outer, node, shared))));
        return Columns.at(place, row.node().rowType());
    }

    private static boolean singleRow(RelNode rel) {
        RelNode below = rel;
        while (below instanceof LogicalProject project) {
            below = project.getInput();
        }
        return below instanceof LogicalAggregate aggregate
                && aggregate.getGroupSets().size() == 1
                && aggregate.getGroupSet().isEmpty();
    }

    /**
     * Returns the value of an aggregate without GROUP BY that refers outward: the groups by what it refers to,
     * joined beside the rows; what is over no rows is known without them. Null where it is not of this form.
     */
    private @org.jspecify.annotations.Nullable Expression ofAggregate(RelNode rel) {
        List<LogicalProject> projects = new ArrayList<>();
        RelNode below = rel;
        while (below instanceof LogicalProject project) {
            projects.addFirst(project);
            below = project.getInput();
        }
        if (!singleRow(rel)
                || OuterReferences.of(rel).isEmpty()
                || projects.stream()
                        .flatMap(project -> project.getProjects().stream())
                        .anyMatch(e -> !OuterReferences.subqueries(e).isEmpty())) {
            return null;
        }
        LogicalAggregate aggregate = (LogicalAggregate) below;
        Inner input = inner(aggregate.getInput());
        if (!input.query().correlated()) {
            return null;
        }
        AggregateInput rows = new AggregateInput(input.node());
        List<AggregateCall> calls = row.lowering().calls(aggregate, rows);
        UserCalls.refuseOverNone(calls);
        PlanNode groups = Queries.aggregate(rows.node(), input.shared(), calls);
        int keys = input.shared().size();
        int first = row.node().rowType().size() + keys;
        beside(JoinType.LEFT, groups, input.outerShared(), keys(keys), 0);
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            values.add(overNone(calls.get(i), Columns.at(first + i, row.node().rowType())));
        }
        for (LogicalProject project : projects) {
            values = projected(project, values);
        }
        return values.getFirst();
    }

    private static Expression overNone(AggregateCall call, Expression value) {
        return call.function() == AggregateFunction.COUNT || call.function() == AggregateFunction.SUM0
                ? Queries.orZero(value)
                : value;
    }

    /** Computes a projection of values that stand behind the rows; references outward mean the rows themselves. */
    private List<Expression> projected(LogicalProject project, List<Expression> values) {
        int first = row.node().rowType().size();
        row.node(Queries.with(row.node(), values));
        ExpressionLowering expressions = row.shifted(first);
        return project.getProjects().stream().map(expressions::lower).toList();
    }

    private Expression existsValue(RexSubQuery query) {
        Inner inner = inner(query.rel);
        if (!inner.query().correlated()) {
            PlanNode counted = Queries.aggregate(inner.node(), List.of(), List.of(Queries.count(List.of())));
            return Queries.less(Queries.zero(), beside(JoinType.INNER, counted, List.of(), List.of(), 0));
        }
        PlanNode found =
                Queries.with(Queries.distinct(Queries.columns(inner.node(), inner.shared())), List.of(Queries.TRUE));
        int keys = inner.shared().size();
        return Queries.test(
                ScalarFunction.IS_NOT_NULL, beside(JoinType.LEFT, found, inner.outerShared(), keys(keys), keys));
    }

    private Expression inValue(RexSubQuery query) {
        List<Expression> operands = query.getOperands().stream().map(row::lower).toList();
        boolean nullable = query.getType().isNullable();
        if (nullable && operands.size() > 1) {
            throw SqlErrors.unsupported(
                    "IN of several columns that may be NULL is supported only as a condition of its own",
                    "write it with EXISTS",
                    query.getParserPosition());
        }
        Expression matched = matched(operands, inner(query.rel));
        if (!nullable) {
            return matched;
        }
        Counted counted = counted(inner(query.rel), List.of());
        return threeValued(matched, operands.getFirst(), counted);
    }

    private Expression matched(List<Expression> operands, Inner inner) {
        PlanNode found = Queries.with(Queries.distinct(inner.node()), List.of(Queries.TRUE));
        List<Expression> parts = new ArrayList<>(Queries.same(row.node(), inner.outerShared(), found, inner.shared()));
        for (int i = 0; i < operands.size(); i++) {
            parts.add(Queries.compare(ScalarFunction.EQUAL, operands.get(i), Queries.ofRight(row.node(), found, i)));
        }
        int place = row.node().rowType().size() + found.rowType().size() - 1;
        row.node(Nodes.join(row.node(), found, JoinType.LEFT, Queries.all(parts)));
        return Queries.test(
                ScalarFunction.IS_NOT_NULL, Columns.at(place, row.node().rowType()));
    }

    /** How many values there are to compare with, how many of them are not NULL, and other aggregates of them. */
    private record Counted(Expression all, Expression known, List<Expression> others) {}

    private Counted counted(Inner inner, List<AggregateFunction> functions) {
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(Queries.count(List.of()));
        calls.add(Queries.count(List.of(0)));
        functions.forEach(function -> calls.add(Queries.of(function, 0, inner.node())));
        PlanNode groups = Queries.aggregate(inner.node(), inner.shared(), calls);
        int keys = inner.shared().size();
        int first = row.node().rowType().size() + keys;
        beside(inner.query().correlated() ? JoinType.LEFT : JoinType.INNER, groups, inner.outerShared(), keys(keys), 0);
        List<Expression> columns = IntStream.range(first, first + calls.size())
                .<Expression>mapToObj(i -> Columns.at(i, row.node().rowType()))
                .toList();
        return new Counted(
                Queries.orZero(columns.get(0)), Queries.orZero(columns.get(1)), columns.subList(2, columns.size()));
    }

    /** FALSE over no values, TRUE where one matches, else NULL where one may. */
    private static Expression threeValued(Expression matched, Expression operand, Counted counted) {
        Call none = Queries.compare(ScalarFunction.EQUAL, counted.all(), Queries.zero());
        Expression unsure = Queries.any(
                List.of(Queries.test(ScalarFunction.IS_NULL, operand), Queries.less(counted.known(), counted.all())));
        return new Case(
                List.of(
                        new Case.Branch(none, Queries.FALSE),
                        new Case.Branch(matched, Queries.TRUE),
                        new Case.Branch(unsure, Queries.UNKNOWN)),
                Queries.FALSE,
                DataType.BOOLEAN,
                true);
    }

    /** {@code x > ANY (…)}: greater than the least of them. */
    private Expression some(RexSubQuery query) {
        Expression operand = row.lower(query.getOperands().getFirst());
        SqlKind comparison = ((SqlQuantifyOperator) query.getOperator()).comparisonKind;
        List<AggregateFunction> extremes = switch (comparison) {
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> List.of(AggregateFunction.MIN);
            case LESS_THAN, LESS_THAN_OR_EQUAL -> List.of(AggregateFunction.MAX);
            default -> List.of(AggregateFunction.MIN, AggregateFunction.MAX);
        };
        Counted counted = counted(inner(query.rel), extremes);
        List<Expression> comparisons = counted.others().stream()
                .<Expression>map(other -> Queries.compare(function(comparison), operand, other))
                .toList();
        return threeValued(Queries.any(comparisons), operand, counted);
    }

    private static ScalarFunction function(SqlKind comparison) {
        return switch (comparison) {
            case GREATER_THAN -> ScalarFunction.GREATER;
            case GREATER_THAN_OR_EQUAL -> ScalarFunction.GREATER_OR_EQUAL;
            case LESS_THAN -> ScalarFunction.LESS;
            case LESS_THAN_OR_EQUAL -> ScalarFunction.LESS_OR_EQUAL;
            case EQUALS -> ScalarFunction.EQUAL;
            case NOT_EQUALS -> ScalarFunction.NOT_EQUAL;
            default -> throw new IllegalStateException("quantified " + comparison);
        };
    }
}
