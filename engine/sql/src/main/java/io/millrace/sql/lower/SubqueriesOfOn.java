package io.millrace.sql.lower;

import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.sql.error.SqlErrors;
import io.millrace.sql.lower.Scope.Reference;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Subqueries in ON of an outer join: each is computed beside the rows of the input that it is of, so that the join finds it
 * as a column.
 *
 * <pre>
 *   a LEFT JOIN b ON b.x IN (SELECT …)      Join LEFT on $in
 *                                      →      a
 *                                             Project b.*, $in = b.x IN …
 * </pre>
 *
 * <p>One that is of columns of both inputs is computed for all pairs of them that there may be, and these stand beside the
 * rows of the input whose rows need not all come.
 *
 * <pre>
 *   a LEFT JOIN b ON EXISTS (… a.x … b.y)   Join LEFT on a.x = $x AND $exists
 *                                      →      a
 *                                             Join on b.y = $y
 *                                               b
 *                                               $x, $y, $exists     of each pair of a.x and b.y once
 * </pre>
 */
final class SubqueriesOfOn {

    private final PlanLowering lowering;
    private final Scope scope;
    private final JoinType type;
    private final RexNode on;
    private final Lowered ownLeft;
    private final Lowered ownRight;
    private final int leftFields;
    private final Map<RexSubQuery, Value> values = new HashMap<>();
    private final List<Integer> pairedLeft = new ArrayList<>();
    private final List<Integer> pairedRight = new ArrayList<>();
    private Lowered left;
    private Lowered right;

    /** Where a subquery's value is: in a column of one of the inputs. */
    private record Value(boolean ofLeft, int column) {}

    SubqueriesOfOn(PlanLowering lowering, Scope scope, JoinType type, Lowered left, Lowered right, RexNode on) {
        this.lowering = lowering;
        this.scope = scope;
        this.type = type;
        this.on = on;
        this.ownLeft = left;
        this.ownRight = right;
        this.left = left;
        this.right = right;
        this.leftFields = left.width();
    }

    /** Returns the same for another type of join, nothing being computed. */
    SubqueriesOfOn of(JoinType other) {
        return new SubqueriesOfOn(lowering, scope, other, ownLeft, ownRight, on);
    }

    /** Returns whether some subquery is of columns of both inputs. */
    boolean ofPairs() {
        return OuterReferences.subqueries(on).stream()
                .map(this::fields)
                .anyMatch(fields -> ofLeft(fields) && ofRight(fields));
    }

    /** Puts the values of the condition's subqueries behind the inputs. */
    void compute() {
        for (RexSubQuery query : OuterReferences.subqueries(on)) {
            List<Integer> fields = fields(query);
            if (ofLeft(fields) && ofRight(fields)) {
                pairs(query, fields);
            } else {
                beside(query, ofLeft(fields));
            }
        }
    }

    private boolean ofLeft(List<Integer> fields) {
        return !fields.isEmpty() && fields.getFirst() < leftFields;
    }

    private boolean ofRight(List<Integer> fields) {
        return !fields.isEmpty() && fields.getLast() >= leftFields;
    }

    /** Returns the columns of the inputs that a subquery is of, in their order. */
    private List<Integer> fields(RexSubQuery query) {
        TreeSet<Integer> fields = new TreeSet<>();
        query.getOperands()
                .forEach(operand -> RelOptUtil.InputFinder.bits(operand).forEachInt(fields::add));
        for (Reference reference : OuterReferences.of(query)) {
            if (!scope.references().contains(reference)) {
                fields.add(reference.field());
            }
        }
        return List.copyOf(fields);
    }

    private void beside(RexSubQuery query, boolean ofLeft) {
        int first = ofLeft ? 0 : leftFields;
        Lowered rows = ofLeft ? left : right;
        if (OuterReferences.of(query).stream().anyMatch(scope.references()::contains)) {
            rows = lowering.crossed(rows, scope).narrowed();
        }
        RowScope computed = new RowScope(lowering, rows, scope, field -> field - first);
        Expression value = computed.lower(RexUtil.shift(query, -first));
        PlanNode node = Queries.with(computed.node(), List.of(value));
        values.put(query, new Value(ofLeft, node.rowType().size() - 1));
        with(ofLeft, new Lowered(node, rows.width(), rows.scope()));
    }

    private void with(boolean ofLeft, Lowered rows) {
        left = ofLeft ? rows : left;
        right = ofLeft ? right : rows;
    }

    private void pairs(RexSubQuery query, List<Integer> fields) {
        if (!scope.isEmpty()) {
            throw SqlErrors.unsupported(
                    "a subquery in ON of an outer join that is of columns of both sides, within a subquery that refers"
                            + " to the query around it, is not supported",
                    "compute it in a subquery in FROM, and compare its column in ON",
                    query.getParserPosition());
        }
        boolean toLeft = type == JoinType.RIGHT;
        PlanNode pairs = valued(query, fields);
        Lowered rows = toLeft ? left : right;
        int first = rows.node().rowType().size();
        List<Integer> own = new ArrayList<>();
        List<Integer> ownPaired = new ArrayList<>();
        for (int place = 0; place < fields.size(); place++) {
            int field = fields.get(place);
            boolean fieldOfLeft = field < leftFields;
            int column = fieldOfLeft ? field : field - leftFields;
            if (fieldOfLeft == toLeft) {
                own.add(column);
                ownPaired.add(place);
            } else {
                (toLeft ? pairedRight : pairedLeft).add(column);
                (toLeft ? pairedLeft : pairedRight).add(first + place);
            }
        }
        PlanNode node = Nodes.join(
                rows.node(), pairs, JoinType.INNER, Queries.all(Queries.same(rows.node(), own, pairs, ownPaired)));
        values.put(query, new Value(toLeft, first + fields.size()));
        with(toLeft, new Lowered(node, rows.width(), rows.scope()));
    }

    /** Returns the pairs of some columns that the rest of the condition lets meet, each once, and the subquery's value for them. */
    private PlanNode valued(RexSubQuery query, List<Integer> fields) {
        PlanNode both = Nodes.join(ownLeft.node(), ownRight.node(), JoinType.INNER, null);
        ExpressionLowering expressions = new ExpressionLowering(both.rowType());
        List<Expression> parts = RelOptUtil.conjunctions(on).stream()
                .filter(part -> OuterReferences.subqueries(part).isEmpty())
                .map(expressions::lower)
                .toList();
        PlanNode meeting = Nodes.join(ownLeft.node(), ownRight.node(), JoinType.INNER, Queries.all(parts));
        PlanNode pairs = Queries.distinct(Queries.columns(meeting, fields));
        RowScope computed = new RowScope(lowering, Lowered.free(pairs), Scope.NONE, fields::indexOf);
        RexNode moved = query.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef input) {
                return new RexInputRef(fields.indexOf(input.getIndex()), input.getType());
            }
        });
        Expression value = computed.lower(moved);
        PlanNode node = Queries.with(computed.node(), List.of(value));
        List<Integer> wanted =
                new ArrayList<>(IntStream.range(0, fields.size()).boxed().toList());
        wanted.add(node.rowType().size() - 1);
        return Queries.columns(node, wanted);
    }

    Lowered left() {
        return left;
    }

    Lowered right() {
        return right;
    }

    /** Returns what must be equal of the inputs, so that a row meets the values that belong to its pair. */
    List<Expression> paired() {
        return Queries.same(left.node(), pairedLeft, right.node(), pairedRight);
    }

    /**
     * Returns the column of the join's inputs that holds a subquery's value, or −1.
     *
     * @param behind where the right input's columns start
     */
    int place(RexSubQuery query, int behind) {
        Value value = values.get(query);
        return value == null ? -1 : value.ofLeft() ? value.column() : behind + value.column();
    }
}
