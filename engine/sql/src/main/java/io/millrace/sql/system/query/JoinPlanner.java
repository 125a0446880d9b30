package io.millrace.sql.system.query;

import io.millrace.sql.system.query.FromCompiler.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Lets conditions sink into a FROM, each as deep as the columns it looks at are known. */
final class JoinPlanner {

    private JoinPlanner() {}

    static RowPlan plan(Part part, List<Conjunct> conditions) {
        return switch (part) {
            case Part.Thing thing ->
                new ScanPlan(thing.source(), thing.from(), thing.to(), thing.lateral(), conditions);
            case Part.Join join ->
                switch (join.type()) {
                    case INNER, CROSS, COMMA -> inner(join, conditions);
                    case LEFT -> left(join, conditions);
                    case RIGHT -> right(join, conditions);
                    case FULL ->
                        new JoinPlan(
                                plan(join.left(), List.of()),
                                plan(join.right(), List.of()),
                                true,
                                true,
                                join.on(),
                                conditions);
                    default -> throw new IllegalArgumentException("join " + join.type());
                };
        };
    }

    private static RowPlan inner(Part.Join join, List<Conjunct> conditions) {
        List<Conjunct> all = new ArrayList<>(join.on());
        all.addAll(conditions);
        List<Conjunct> left =
                take(all, c -> c.within(join.left().from(), join.left().to()));
        List<Conjunct> right =
                take(all, c -> c.within(join.right().from(), join.right().to()));
        return new JoinPlan(plan(join.left(), left), plan(join.right(), right), false, false, all, List.of());
    }

    private static RowPlan left(Part.Join join, List<Conjunct> conditions) {
        List<Conjunct> after = new ArrayList<>(conditions);
        List<Conjunct> left =
                take(after, c -> c.within(join.left().from(), join.left().to()));
        List<Conjunct> on = new ArrayList<>(join.on());
        List<Conjunct> right = take(on, c -> ownOf(c, join.right()));
        return new JoinPlan(plan(join.left(), left), plan(join.right(), right), true, false, on, after);
    }

    private static RowPlan right(Part.Join join, List<Conjunct> conditions) {
        List<Conjunct> after = new ArrayList<>(conditions);
        List<Conjunct> right = take(after, c -> ownOf(c, join.right()));
        List<Conjunct> on = new ArrayList<>(join.on());
        List<Conjunct> left = take(on, c -> ownOf(c, join.left()));
        return new JoinPlan(plan(join.left(), left), plan(join.right(), right), false, true, on, after);
    }

    private static boolean ownOf(Conjunct conjunct, Part part) {
        return !conjunct.used().isEmpty() && conjunct.within(part.from(), part.to());
    }

    /** Takes out of a list what passes. */
    private static List<Conjunct> take(List<Conjunct> conjuncts, Predicate<Conjunct> test) {
        List<Conjunct> taken = conjuncts.stream().filter(test).toList();
        conjuncts.removeAll(taken);
        return taken;
    }
}
