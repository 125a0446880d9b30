package io.millrace.sql.lower;

import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.lower.Scope.Reference;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;

/** Joins of FROM, and LATERAL. */
final class JoinLowering {

    private final PlanLowering lowering;

    JoinLowering(PlanLowering lowering) {
        this.lowering = lowering;
    }

    Lowered lower(LogicalJoin join, Scope scope) {
        Lowered left = lowering.lower(join.getLeft(), scope);
        Lowered right = lowering.lower(join.getRight(), scope);
        RexNode on = join.getCondition();
        boolean refers = OuterReferences.of(on).stream().anyMatch(scope.references()::contains);
        JoinType type = type(join.getJoinType());
        if (left.correlated() || right.correlated() || refers) {
            if (type == JoinType.FULL) {
                throw unsupported("FULL JOIN in a subquery that refers to the query around it");
            }
            left = type == JoinType.RIGHT ? left : lowering.crossed(left, scope);
            right = type == JoinType.RIGHT ? lowering.crossed(right, scope) : right;
        }
        SubqueriesOfOn queries = new SubqueriesOfOn(lowering, scope, type, left.narrowed(), right.narrowed(), on);
        if (type == JoinType.FULL && queries.ofPairs()) {
            return full(queries, on, scope);
        }
        if (type != JoinType.INNER) {
            queries.compute();
        }
        return joined(type, queries, on, scope);
    }

    /** Joins by LEFT, and puts the rows of the right that meet none beside nothing. */
    private Lowered full(SubqueriesOfOn queries, RexNode on, Scope scope) {
        SubqueriesOfOn ofLeft = queries.of(JoinType.LEFT);
        ofLeft.compute();
        PlanNode met = joined(JoinType.LEFT, ofLeft, on, scope).node();
        SubqueriesOfOn ofRight = queries.of(JoinType.RIGHT);
        ofRight.compute();
        PlanNode mayMeet = ofRight.left().node();
        PlanNode kept = ofRight.right().node();
        int leftSize = mayMeet.rowType().size();
        int rightSize = kept.rowType().size();
        List<Expression> parts = new ArrayList<>(ofRight.paired());
        parts.add(condition(ofRight, on, order(ofRight), List.of(), scope));
        PlanNode turned = Nodes.join(kept, mayMeet, JoinType.INNER, null);
        List<Expression> tests = parts.stream()
                .map(part -> Columns.move(part, i -> i < leftSize ? rightSize + i : i - leftSize, turned.rowType()))
                .toList();
        PlanNode alone = Nodes.join(kept, mayMeet, JoinType.ANTI, Queries.all(tests));
        RowType type = Nodes.join(queries.left().node(), queries.right().node(), JoinType.FULL, null)
                .rowType();
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < queries.left().width(); i++) {
            columns.add(new Expression.Literal(null, type.field(i).type()));
        }
        columns.addAll(
                Columns.at(IntStream.range(0, queries.right().width()).boxed().toList(), alone.rowType()));
        PlanNode besideNothing = Nodes.project(alone, columns, Nodes.names(type));
        return Lowered.free(new PlanNode.UnionAll(
                Nodes.NO_ID, List.of(PlanLowering.aligned(met, type), PlanLowering.aligned(besideNothing, type))));
    }

    /** Returns where the columns of both inputs are in what joins them. */
    private static List<Integer> order(SubqueriesOfOn queries) {
        List<Integer> order = new ArrayList<>(
                IntStream.range(0, queries.left().width()).boxed().toList());
        int behind = queries.left().node().rowType().size();
        IntStream.range(0, queries.right().width()).map(i -> behind + i).forEach(order::add);
        return order;
    }

    /** Joins two queries: their columns, behind them those of the scope, as they are on the side that has all rows. */
    private Lowered joined(JoinType type, SubqueriesOfOn queries, RexNode on, Scope scope) {
        Lowered left = queries.left();
        Lowered right = queries.right();
        boolean outerOfLeft = type != JoinType.RIGHT && left.correlated();
        List<Expression> parts = new ArrayList<>();
        if (left.correlated() && right.correlated()) {
            parts.addAll(Queries.same(left.node(), left.scope(), right.node(), right.scope()));
        }
        parts.addAll(queries.paired());
        List<Integer> order = order(queries);
        int behind = left.node().rowType().size();
        int width = order.size();
        if (outerOfLeft) {
            order.addAll(left.scope());
        } else {
            right.scope().forEach(place -> order.add(behind + place));
        }
        List<Integer> places = IntStream.range(width, order.size()).boxed().toList();
        boolean above =
                type == JoinType.INNER && !OuterReferences.subqueries(on).isEmpty();
        if (!above) {
            parts.add(condition(queries, on, order, places, scope));
        }
        PlanNode node = Nodes.join(left.node(), right.node(), type, Queries.all(parts));
        Lowered result = new Lowered(ordered(node, order), width, places);
        if (!above) {
            return result;
        }
        RowScope rows = new RowScope(lowering, result, scope);
        Expression condition = rows.lower(on);
        rows.node(new PlanNode.Filter(Nodes.NO_ID, rows.node(), condition));
        return rows.lowered().narrowed();
    }

    /** Translates ON over the columns as the validator has them, and moves it to where they are. */
    private Expression condition(
            SubqueriesOfOn queries, RexNode on, List<Integer> order, List<Integer> places, Scope scope) {
        PlanNode left = queries.left().node();
        RowType inputs =
                Nodes.join(left, queries.right().node(), JoinType.INNER, null).rowType();
        List<Integer> columns = new ArrayList<>(order);
        Map<RexSubQuery, Integer> values = new HashMap<>();
        for (RexSubQuery query : OuterReferences.subqueries(on)) {
            values.put(query, columns.size());
            columns.add(queries.place(query, left.rowType().size()));
        }
        List<Field> fields = columns.stream().map(inputs::field).toList();
        RowType type = new RowType(fields);
        ExpressionLowering expressions = new ExpressionLowering(
                type,
                reference -> Columns.at(places.get(scope.references().indexOf(reference)), type),
                query -> Columns.at(Objects.requireNonNull(values.get(query)), type));
        return Columns.move(expressions.lower(on), columns::get, inputs);
    }

    private static PlanNode ordered(PlanNode node, List<Integer> order) {
        boolean exact =
                order.equals(IntStream.range(0, node.rowType().size()).boxed().toList());
        return exact
                ? node
                : Nodes.project(
                        node,
                        Columns.at(order, node.rowType()),
                        order.stream().map(i -> node.rowType().field(i).name()).toList());
    }

    /** LATERAL: the right is computed of rows of the left. */
    Lowered lower(LogicalCorrelate correlate, Scope scope) {
        Lowered left = lowering.lower(correlate.getLeft(), scope);
        RelNode rel = correlate.getRight();
        JoinType type = type(correlate.getJoinType());
        Lowered direct = new Unnesting(lowering).beside(left, rel, type, scope);
        if (direct != null) {
            return direct;
        }
        Set<Reference> references = OuterReferences.of(rel);
        Lowered rows = left;
        if (references.stream().anyMatch(scope.references()::contains)) {
            rows = lowering.crossed(left, scope);
        }
        Set<Reference> known = new LinkedHashSet<>(references);
        known.removeIf(reference -> !reference.id().equals(correlate.getCorrelationId())
                && !scope.references().contains(reference));
        RowScope row = new RowScope(lowering, rows, scope);
        Scope inner = row.inner(known);
        Lowered right = lowering.lower(rel, inner).narrowed();
        List<Integer> outer = right.correlated() ? row.places(inner) : List.of();
        PlanNode node = Nodes.join(
                rows.node(),
                right.node(),
                type,
                Queries.all(Queries.same(rows.node(), outer, right.node(), right.scope())));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, rows.width()).boxed().toList());
        int behind = rows.node().rowType().size();
        IntStream.range(0, right.width()).map(i -> behind + i).forEach(order::add);
        int width = order.size();
        order.addAll(rows.scope());
        return new Lowered(
                ordered(node, order),
                width,
                IntStream.range(width, order.size()).boxed().toList());
    }

    private static JoinType type(JoinRelType type) {
        return switch (type) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case RIGHT -> JoinType.RIGHT;
            case FULL -> JoinType.FULL;
            case SEMI -> JoinType.SEMI;
            case ANTI -> JoinType.ANTI;
            default -> throw unsupported(type + " JOIN");
        };
    }

    private static MillraceException unsupported(String what) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED, what + " is not supported", "write the query with joins in FROM alone");
    }
}
