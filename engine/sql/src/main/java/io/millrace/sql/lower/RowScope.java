package io.millrace.sql.lower;

import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Column;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.sql.lower.Scope.Reference;
import io.millrace.sql.rewrite.Columns;
import io.millrace.sql.rewrite.Nodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;

/**
 * The rows that expressions are computed of: a query's columns, behind them those of its scope, and behind these the
 * values of subqueries as they are found.
 */
final class RowScope {

    private final PlanLowering lowering;
    private final Scope scope;
    private final PlanNode base;
    private final int width;
    private final List<Integer> outer;
    private final IntUnaryOperator fields;
    private final Map<RexSubQuery, Expression> values = new HashMap<>();
    private PlanNode node;

    RowScope(PlanLowering lowering, Lowered rows, Scope scope) {
        this(lowering, rows, scope, field -> field);
    }

    /** @param fields where the columns of these rows are that references mean */
    RowScope(PlanLowering lowering, Lowered rows, Scope scope, IntUnaryOperator fields) {
        this.lowering = lowering;
        this.scope = scope;
        this.base = rows.node();
        this.node = rows.node();
        this.width = rows.width();
        this.outer = rows.scope();
        this.fields = fields;
    }

    PlanLowering lowering() {
        return lowering;
    }

    PlanNode node() {
        return node;
    }

    void node(PlanNode extended) {
        node = extended;
    }

    /** Returns the same rows as they are now, as a query. */
    Lowered lowered() {
        return new Lowered(node, width, outer);
    }

    /** Returns an expression's meaning; its subqueries become columns. */
    Expression lower(RexNode expression) {
        for (RexSubQuery query : OuterReferences.subqueries(expression)) {
            if (!values.containsKey(query)) {
                values.put(query, new Subqueries(this).value(query));
            }
        }
        return expressions().lower(expression);
    }

    private ExpressionLowering expressions() {
        return new ExpressionLowering(node.rowType(), this::column, values::get);
    }

    /** Returns what lowers expressions whose columns stand from this place on; references mean these rows. */
    ExpressionLowering shifted(int first) {
        return new ExpressionLowering(node.rowType(), this::column, values::get, first);
    }

    /** Returns what lowers expressions of a join's right input beside these rows; references mean these rows. */
    ExpressionLowering beside(PlanNode right) {
        RowType both = Nodes.join(node, right, JoinType.INNER, null).rowType();
        return new ExpressionLowering(
                both,
                reference -> Columns.at(place(reference), both),
                values::get,
                node.rowType().size());
    }

    private Column column(Reference reference) {
        return Columns.at(place(reference), node.rowType());
    }

    /** Returns the column that a reference means: one of this query's scope, or one of its own. */
    private int place(Reference reference) {
        int known = scope.references().indexOf(reference);
        return known >= 0 && !outer.isEmpty() ? outer.get(known) : fields.applyAsInt(reference.field());
    }

    /** Returns what a subquery of these rows sees. */
    Scope inner(Set<Reference> references) {
        List<Reference> all = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (Reference reference : references) {
            all.add(reference);
            fields.add(node.rowType().field(place(reference)));
        }
        return all.isEmpty() ? Scope.NONE : new Scope(all, fields, () -> distinct(all));
    }

    private PlanNode distinct(List<Reference> references) {
        List<Integer> places = references.stream().map(this::place).toList();
        List<String> names =
                IntStream.range(0, places.size()).mapToObj(i -> "$outer" + i).toList();
        return Queries.distinct(Nodes.project(base, Columns.at(places, base.rowType()), names));
    }

    /** Returns the places here of what an inner scope refers to. */
    List<Integer> places(Scope inner) {
        return inner.references().stream().map(this::place).toList();
    }
}
