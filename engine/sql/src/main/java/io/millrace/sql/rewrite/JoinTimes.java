package io.millrace.sql.rewrite;

import io.millrace.plan.JoinKey;
import io.millrace.plan.JoinTime;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode.Join;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.Expression.Call;
import io.millrace.spi.type.DataType.TimestampType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out how far apart the times of a join's pairs may lie, where both have bounds: so old rows can be forgotten. */
final class JoinTimes {

    private final Join join;
    private final int own;
    private final List<JoinTime> times = new ArrayList<>();

    private JoinTimes(Join join) {
        this.join = join;
        this.own = join.left().rowType().size();
    }

    static Join apply(Join join) {
        if (join.asOf() != null || Plan.updating(join.left()) || Plan.updating(join.right())) {
            return join;
        }
        JoinTimes found = new JoinTimes(join);
        join.keys().forEach(found::key);
        Conditions.parts(Conditions.orTrue(join.condition())).forEach(found::comparison);
        return found.times.isEmpty()
                ? join
                : Nodes.join(join, join.left(), join.right(), join.keys(), join.condition(), found.times);
    }

    private void key(JoinKey key) {
        if (!key.nullsMatch() && bounded(key.left(), key.right())) {
            limit(key.left(), key.right(), 0, 0);
        }
    }

    private boolean bounded(int left, int right) {
        return join.left().rowType().field(left).type() instanceof TimestampType
                && Lineage.bounded(join.left(), left)
                && Lineage.bounded(join.right(), right);
    }

    private void comparison(Expression part) {
        if (!(part instanceof Call call) || call.arguments().size() != 2) {
            return;
        }
        Expression a = call.arguments().get(0);
        Expression b = call.arguments().get(1);
        switch (call.function()) {
            case LESS_OR_EQUAL -> notAfter(a, b, 0);
            case LESS -> notAfter(a, b, 1);
            case GREATER_OR_EQUAL -> notAfter(b, a, 0);
            case GREATER -> notAfter(b, a, 1);
            case EQUAL -> {
                notAfter(a, b, 0);
                notAfter(b, a, 0);
            }
            default -> {}
        }
    }

    /** Takes in that one expression is not after another less some microseconds. */
    private void notAfter(Expression early, Expression late, long less) {
        TimeDifference difference = TimeDifference.of(early, late);
        if (difference == null) {
            return;
        }
        // minuend - subtrahend + constant + less <= 0
        long constant;
        try {
            constant = Math.addExact(difference.constant(), less);
        } catch (ArithmeticException e) {
            return;
        }
        int first = difference.minuend();
        int second = difference.subtrahend();
        if (first < own && second >= own) {
            // left + constant <= right
            if (bounded(first, second - own)) {
                limit(first, second - own, constant, JoinTime.OPEN_ABOVE);
            }
        } else if (first >= own && second < own && bounded(second, first - own) && constant != Long.MIN_VALUE) {
            // right <= left - constant
            limit(second, first - own, JoinTime.OPEN_BELOW, -constant);
        }
    }

    private void limit(int left, int right, long lower, long upper) {
        JoinTime known = find(left, right);
        if (known == null) {
            times.add(new JoinTime(left, right, lower, upper));
            return;
        }
        times.set(
                times.indexOf(known),
                new JoinTime(left, right, Math.max(lower, known.lower()), Math.min(upper, known.upper())));
    }

    private @Nullable JoinTime find(int left, int right) {
        for (JoinTime time : times) {
            if (time.left() == left && time.right() == right) {
                return time;
            }
        }
        return null;
    }
}
