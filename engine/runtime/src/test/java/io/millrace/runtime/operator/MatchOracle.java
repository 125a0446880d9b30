package io.millrace.runtime.operator;

import io.millrace.plan.AfterMatch;
import io.millrace.plan.AggregateCall;
import io.millrace.plan.MatchValue;
import io.millrace.plan.MatchedRows;
import io.millrace.plan.PlanNode;
import io.millrace.plan.RowPattern;
import io.millrace.plan.RowPlace;
import io.millrace.plan.RowsPerMatch;
import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.runtime.Scenario;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds matches the way the standard tells them: at each row it tries all ways to match in the order of preference, one after
 * the other, and looks up each value from the start. It knows nothing of how the operator works.
 */
final class MatchOracle {

    private final PlanNode.Match node;
    private final MatchedRows wanted;
    private final List<String> output = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private List<List<@Nullable Object>> rows = List.of();
    private final List<Integer> labels = new ArrayList<>();
    private final List<Boolean> hidden = new ArrayList<>();
    private int start;
    private long number;
    private boolean excluding;
    private long budget;

    private MatchOracle(PlanNode.Match node, long budget) {
        this.node = node;
        this.wanted = node.rows();
        this.budget = budget;
    }

    /** What was found, or null where looking would take too long. */
    record Answer(Map<String, Integer> rows, int failures) {}

    /** Returns the rows put out, each with how often it comes. */
    static @Nullable Answer answer(PlanNode.Match node, List<List<@Nullable Object>> rows, long budget) {
        MatchOracle oracle = new MatchOracle(node, budget);
        Map<List<@Nullable Object>, List<List<@Nullable Object>>> partitions = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> key = new ArrayList<>();
            node.partition().forEach(column -> key.add(row.get(column)));
            partitions.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        partitions.values().forEach(oracle::search);
        if (oracle.budget <= 0) {
            return null;
        }
        Map<String, Integer> sum = new TreeMap<>();
        oracle.output.forEach(row -> sum.merge(row, 1, Integer::sum));
        return new Answer(sum, oracle.failures.size());
    }

    private void search(List<List<@Nullable Object>> partition) {
        rows = partition;
        number = 0;
        int at = 0;
        int matched = 0;
        while (at < rows.size() && budget > 0) {
            start = at;
            number++;
            labels.clear();
            hidden.clear();
            boolean found = (!wanted.fromStart() || at == 0)
                    && match(wanted.pattern(), at, end -> !wanted.toEnd() || end == rows.size());
            if (!found) {
                number--;
                if (wanted.unmatched() && at >= matched) {
                    putUnmatched(rows.get(at));
                }
                at++;
                continue;
            }
            put();
            matched = Math.max(matched, start + Math.max(1, labels.size()));
            at = next();
        }
    }

    private boolean match(RowPattern pattern, int at, IntPredicate rest) {
        if (--budget <= 0) {
            return false;
        }
        return switch (pattern) {
            case RowPattern.Variable v -> row(v.variable(), at, rest);
            case RowPattern.Sequence s -> sequence(s.parts(), at, rest);
            case RowPattern.Alternation a -> a.parts().stream().anyMatch(part -> match(part, at, rest));
            case RowPattern.Permutation p -> permutation(p.parts(), at, rest);
            case RowPattern.Quantified q -> quantified(q, 0, at, rest);
            case RowPattern.Excluded e -> {
                boolean before = excluding;
                excluding = true;
                boolean found = match(e.part(), at, end -> {
                    excluding = before;
                    boolean matched = rest.test(end);
                    excluding = true;
                    return matched;
                });
                excluding = before;
                yield found;
            }
        };
    }

    private boolean row(int variable, int at, IntPredicate rest) {
        if (at >= rows.size()) {
            return false;
        }
        if (wanted.withinMicros() != MatchedRows.ANY_TIME) {
            Duration length = Duration.between((LocalDateTime) rows.get(start).getFirst(), (LocalDateTime)
                    rows.get(at).getFirst());
            if (length.toNanos() / 1000 > wanted.withinMicros()) {
                return false;
            }
        }
        labels.add(variable);
        hidden.add(excluding);
        Expression condition = wanted.variables().get(variable).condition();
        List<MatchValue> values = wanted.variables().get(variable).values();
        boolean fits = condition == null
                || Boolean.TRUE.equals(evaluate(condition, v -> value(values.get(v), labels.size() - 1)));
        if (fits && rest.test(at + 1)) {
            return true;
        }
        labels.removeLast();
        hidden.removeLast();
        return false;
    }

    private boolean sequence(List<RowPattern> parts, int at, IntPredicate rest) {
        return parts.isEmpty()
                ? rest.test(at)
                : match(parts.getFirst(), at, end -> sequence(parts.subList(1, parts.size()), end, rest));
    }

    private boolean permutation(List<RowPattern> parts, int at, IntPredicate rest) {
        if (parts.isEmpty()) {
            return rest.test(at);
        }
        for (int i = 0; i < parts.size(); i++) {
            List<RowPattern> others = new ArrayList<>(parts);
            RowPattern part = others.remove(i);
            if (match(part, at, end -> permutation(others, end, rest))) {
                return true;
            }
        }
        return false;
    }

    /** A turn without rows, of a loop without an end, is the last one. */
    private boolean quantified(RowPattern.Quantified q, int turns, int at, IntPredicate rest) {
        boolean unlimited = q.most() == RowPattern.UNLIMITED;
        boolean must = turns < q.least();
        if (must) {
            return match(q.part(), at, end -> quantified(q, turns + 1, end, rest));
        }
        boolean may = unlimited || turns < q.most();
        IntPredicate more = from -> may
                && match(
                        q.part(),
                        from,
                        end -> unlimited && end == from ? rest.test(end) : quantified(q, turns + 1, end, rest));
        return q.reluctant() ? rest.test(at) || more.test(at) : more.test(at) || rest.test(at);
    }

    private int next() {
        if (labels.isEmpty()) {
            return start + 1;
        }
        AfterMatch after = wanted.after();
        int target = switch (after.target()) {
            case PAST_LAST_ROW -> start + labels.size();
            case NEXT_ROW -> start + 1;
            case FIRST -> {
                int place = 0;
                while (place < labels.size() && !after.variables().contains(labels.get(place))) {
                    place++;
                }
                yield place == labels.size() ? -1 : start + place;
            }
            case LAST -> {
                int place = labels.size() - 1;
                while (place >= 0 && !after.variables().contains(labels.get(place))) {
                    place--;
                }
                yield place < 0 ? -1 : start + place;
            }
        };
        if (target <= start) {
            failures.add("skip");
            return start + 1;
        }
        return target;
    }

    private void put() {
        if (!wanted.allRows() || labels.isEmpty()) {
            if (!labels.isEmpty() || wanted.perMatch() != RowsPerMatch.ALL_OMITTING_EMPTY) {
                put(rows.get(start), labels.size() - 1);
            }
            return;
        }
        for (int i = 0; i < labels.size(); i++) {
            if (!hidden.get(i)) {
                put(rows.get(start + i), i);
            }
        }
    }

    private void putUnmatched(List<@Nullable Object> row) {
        long found = number;
        labels.clear();
        number = 0;
        put(row, -1);
        number = found;
    }

    private void put(List<@Nullable Object> row, int current) {
        List<@Nullable Object> values = new ArrayList<>();
        node.columns().forEach(column -> values.add(row.get(column)));
        node.measures()
                .forEach(m -> values.add(evaluate(m, v -> value(node.values().get(v), current))));
        output.add(Scenario.text(values));
    }

    private interface Values {
        @Nullable
        Object of(int value);
    }

    private @Nullable Object value(MatchValue value, int current) {
        return switch (value) {
            case MatchValue.At at -> {
                int row = find(at.place(), current);
                yield row < 0 || row >= rows.size() ? null : rows.get(row).get(at.column());
            }
            case MatchValue.Here here -> rows.get(start + Math.max(0, current)).get(here.column());
            case MatchValue.Exists e -> {
                int row = find(e.place(), current);
                yield row >= 0 && row < rows.size();
            }
            case MatchValue.Classifier c -> {
                int row = find(c.place(), current);
                yield row < start || row >= start + labels.size()
                        ? null
                        : wanted.variables().get(labels.get(row - start)).name();
            }
            case MatchValue.Matched m -> number > 0;
            case MatchValue.MatchNumber n -> number;
            case MatchValue.Aggregated a -> aggregate(a, a.whole() ? labels.size() - 1 : current);
        };
    }

    /** Returns the row's place in the partition, or a negative number for none. */
    private int find(RowPlace place, int current) {
        int last = place.whole() ? labels.size() - 1 : current;
        List<Integer> mapped = mapped(place.variables(), last);
        if (place.skipped() >= mapped.size()) {
            return Integer.MIN_VALUE;
        }
        int index = (int) (place.first() ? place.skipped() : mapped.size() - 1 - place.skipped());
        return (int) (mapped.get(index) + place.offset());
    }

    private List<Integer> mapped(List<Integer> variables, int last) {
        List<Integer> mapped = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            if (variables.contains(labels.get(i))) {
                mapped.add(start + i);
            }
        }
        return mapped;
    }

    private @Nullable Object aggregate(MatchValue.Aggregated aggregated, int last) {
        AggregateCall call = aggregated.call();
        List<Integer> mapped = mapped(aggregated.variables(), last);
        if (call.arguments().isEmpty()) {
            return (long) mapped.size();
        }
        LongStream values = mapped.stream()
                .map(row -> rows.get(row).get(call.arguments().getFirst()))
                .filter(Objects::nonNull)
                .mapToLong(v -> (Long) v);
        return switch (call.function()) {
            case COUNT -> values.count();
            case SUM -> values.boxed().reduce(Long::sum).orElse(null);
            case MIN -> values.boxed().reduce(Long::min).orElse(null);
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object evaluate(Expression expression, Values values) {
        return switch (expression) {
            case Expression.Literal literal -> literal.value();
            case Expression.Column column -> values.of(column.index());
            case Expression.Call call -> {
                Object left = evaluate(call.arguments().get(0), values);
                Object right = evaluate(call.arguments().get(1), values);
                if (call.function() == ScalarFunction.AND) {
                    yield Boolean.FALSE.equals(left) || Boolean.FALSE.equals(right)
                            ? Boolean.FALSE
                            : left == null || right == null ? null : Boolean.TRUE;
                }
                if (left == null || right == null) {
                    yield null;
                }
                int order = ((Comparable<Object>) left).compareTo(right);
                yield switch (call.function()) {
                    case LESS -> order < 0;
                    case GREATER_OR_EQUAL -> order >= 0;
                    case EQUAL -> order == 0;
                    default -> throw new IllegalArgumentException(call.toString());
                };
            }
            default -> throw new IllegalArgumentException(expression.toString());
        };
    }
}
