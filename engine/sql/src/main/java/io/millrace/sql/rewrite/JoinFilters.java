package io.millrace.sql.rewrite;

import io.millrace.plan.AskedRows;
import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Filter;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.expression.Expression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tests rows before they are joined where what is asked is of one side alone, and no row is kept for want of a pair. */
final class JoinFilters {

    private final Join join;
    private final int own;
    private final List<Expression> left = new ArrayList<>();
    private final List<Expression> right = new ArrayList<>();
    private final List<Expression> rest = new ArrayList<>();

    private JoinFilters(Join join) {
        this.join = join;
        this.own = join.left().rowType().size();
    }

    /** Returns a join with what its condition says of one side said below. */
    static PlanNode ofCondition(Join join) {
        if (join.condition() == null || nearest(join)) {
            return join;
        }
        JoinType type = join.type();
        JoinFilters filters = new JoinFilters(join);
        filters.split(
                Conditions.parts(join.condition()),
                type == JoinType.INNER || type == JoinType.RIGHT || type == JoinType.SEMI,
                type != JoinType.RIGHT && type != JoinType.FULL && !asked(join));
        return filters.joined(filters.rest.isEmpty() ? null : Conditions.all(filters.rest));
    }

    /** Returns a join with a filter above it, moved down as far as may be. */
    static PlanNode below(List<Expression> parts, Join join) {
        JoinType type = join.type();
        JoinFilters filters = new JoinFilters(join);
        filters.split(
                parts,
                type == JoinType.INNER || type == JoinType.LEFT || type.leftOnly(),
                !nearest(join) && !asked(join) && (type == JoinType.INNER || type == JoinType.RIGHT));
        if (type != JoinType.INNER || nearest(join)) {
            PlanNode joined = filters.joined(join.condition());
            return filters.rest.isEmpty() ? joined : new Filter(Nodes.NO_ID, joined, Conditions.all(filters.rest));
        }
        List<Expression> all = new ArrayList<>(Conditions.parts(Conditions.orTrue(join.condition())));
        all.addAll(filters.rest);
        return filters.joined(all.isEmpty() ? null : Conditions.all(all));
    }

    /** Which row is the nearest is found out before anything is asked of it. */
    private static boolean nearest(Join join) {
        return join.asOf() != null;
    }

    /** What is asked for is kept, and is tested when it is used: a test may hang on the time. */
    private static boolean asked(Join join) {
        return AskedRows.scan(join.right()) != null;
    }

    private void split(List<Expression> parts, boolean leftFirst, boolean rightFirst) {
        for (Expression part : parts) {
            BitSet columns = Columns.of(part);
            if (leftFirst && columns.length() <= own) {
                left.add(part);
            } else if (rightFirst && (columns.isEmpty() || columns.nextSetBit(0) >= own)) {
                right.add(Columns.substitute(
                        part, i -> Columns.at(i - own, join.right().rowType())));
            } else {
                rest.add(part);
            }
        }
    }

    private PlanNode joined(@Nullable Expression condition) {
        return Nodes.join(
                join,
                Simplify.filtered(join.left(), left),
                Simplify.filtered(join.right(), right),
                join.keys(),
                condition,
                join.times());
    }
}
