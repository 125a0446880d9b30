package io.millrace.sql.system.query;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Pairs of rows, found by hash where a condition is an equality between the two sides. */
final class JoinPlan implements RowPlan {

    private final RowPlan left;
    private final RowPlan right;
    private final boolean keepLeft;
    private final boolean keepRight;
    private final List<Expression> leftKeys = new ArrayList<>();
    private final List<Expression> rightKeys = new ArrayList<>();
    private final List<Conjunct> conditions = new ArrayList<>();
    private final List<Conjunct> conditionsAfter;

    /**
     * Joins.
     *
     * @param keepLeft whether a left row without a partner stays
     * @param conditions which pairs are partners
     * @param conditionsAfter which rows stay after that
     */
    JoinPlan(
            RowPlan left,
            RowPlan right,
            boolean keepLeft,
            boolean keepRight,
            List<Conjunct> conditions,
            List<Conjunct> conditionsAfter) {
        this.left = left;
        this.right = right;
        this.keepLeft = keepLeft;
        this.keepRight = keepRight;
        this.conditionsAfter = List.copyOf(conditionsAfter);
        conditions.forEach(this::place);
    }

    private void place(Conjunct conjunct) {
        Conjunct.Equality equality = conjunct.equality();
        if (equality == null || right.lateral()) {
            conditions.add(conjunct);
        } else if (ofLeft(equality.usedByA()) && ofRight(equality.usedByB())) {
            leftKeys.add(equality.a());
            rightKeys.add(equality.b());
        } else if (ofLeft(equality.usedByB()) && ofRight(equality.usedByA())) {
            leftKeys.add(equality.b());
            rightKeys.add(equality.a());
        } else {
            conditions.add(conjunct);
        }
    }

    private boolean ofLeft(java.util.BitSet used) {
        return Conjunct.within(used, left.from(), left.to());
    }

    private boolean ofRight(java.util.BitSet used) {
        return !used.isEmpty() && Conjunct.within(used, right.from(), right.to());
    }

    @Override
    public int from() {
        return left.from();
    }

    @Override
    public int to() {
        return right.to();
    }

    @Override
    public boolean lateral() {
        return left.lateral() || (right.lateral() && left.from() > 0);
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer, @Nullable Object[] before) {
        List<@Nullable Object[]> lefts = left.rows(context, outer, before);
        if (lefts.isEmpty() && !keepRight) {
            return lefts;
        }
        List<@Nullable Object[]> joined = right.lateral()
                ? laterally(lefts, context, outer)
                : new Pairs(context, outer, right.rows(context, outer, before)).of(lefts);
        joined.removeIf(row -> !Filters.pass(conditionsAfter, new Frame(context, row, outer)));
        return joined;
    }

    private List<@Nullable Object[]> laterally(List<@Nullable Object[]> lefts, Context context, @Nullable Frame outer) {
        List<@Nullable Object[]> joined = new ArrayList<>();
        for (@Nullable Object[] row : lefts) {
            int before = joined.size();
            for (@Nullable Object[] both : right.rows(context, outer, row)) {
                if (Filters.pass(conditions, new Frame(context, both, outer))) {
                    joined.add(both);
                }
            }
            if (keepLeft && joined.size() == before) {
                joined.add(row);
            }
        }
        return joined;
    }

    /** One run of the join. */
    private final class Pairs {

        private final Context context;
        private final @Nullable Frame outer;
        private final List<@Nullable Object[]> rights;
        private final Map<List<Object>, List<@Nullable Object[]>> hashed = new HashMap<>();
        private final Set<@Nullable Object[]> matched = java.util.Collections.newSetFromMap(new IdentityHashMap<>());

        Pairs(Context context, @Nullable Frame outer, List<@Nullable Object[]> rights) {
            this.context = context;
            this.outer = outer;
            this.rights = rights;
            if (!leftKeys.isEmpty()) {
                for (@Nullable Object[] row : rights) {
                    List<Object> key = key(rightKeys, row);
                    if (key != null) {
                        hashed.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
                    }
                }
            }
        }

        /** Returns the values to hash, or null where one is NULL and equals nothing. */
        private @Nullable List<Object> key(List<Expression> keys, @Nullable Object[] row) {
            Frame frame = new Frame(context, row, outer);
            List<Object> values = new ArrayList<>(keys.size());
            for (Expression expression : keys) {
                Object value = Values.key(expression.value(frame));
                if (value == null) {
                    return null;
                }
                values.add(value);
            }
            return values;
        }

        private List<@Nullable Object[]> candidates(@Nullable Object[] row) {
            if (leftKeys.isEmpty()) {
                return rights;
            }
            List<Object> key = key(leftKeys, row);
            return key == null ? List.of() : hashed.getOrDefault(key, List.of());
        }

        List<@Nullable Object[]> of(List<@Nullable Object[]> lefts) {
            List<@Nullable Object[]> joined = new ArrayList<>();
            for (@Nullable Object[] row : lefts) {
                int before = joined.size();
                for (@Nullable Object[] partner : candidates(row)) {
                    pair(row, partner, joined);
                }
                if (keepLeft && joined.size() == before) {
                    joined.add(row);
                }
            }
            if (keepRight) {
                rights.stream().filter(row -> !matched.contains(row)).forEach(joined::add);
            }
            return joined;
        }

        private void pair(@Nullable Object[] row, @Nullable Object[] partner, List<@Nullable Object[]> joined) {
            @Nullable Object[] both = row.clone();
            System.arraycopy(partner, right.from(), both, right.from(), right.to() - right.from());
            if (Filters.pass(conditions, new Frame(context, both, outer))) {
                joined.add(both);
                matched.add(partner);
            }
        }
    }
}
