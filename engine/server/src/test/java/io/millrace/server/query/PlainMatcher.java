package io.millrace.server.query;

import io.millrace.server.query.RowPatternQuery.Key;
import io.millrace.server.query.RowPatternQuery.MatchSoFar;
import io.millrace.server.query.RowPatternQuery.Measure;
import io.millrace.server.query.RowPatternQuery.Pattern;
import io.millrace.server.query.RowPatternQuery.RowsPerMatch;
import io.millrace.server.query.RowPatternQuery.SortColumn;
import io.millrace.server.query.RowPatternQuery.Term;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the matches of a row pattern by trying, at each row, all ways to match in the order of preference, one after the
 * other, as the standard defines them. It is slow, and knows of nothing but the rows, all of which it has.
 */
final class PlainMatcher {

    private static final long TRIALS_MAX = 400_000;

    private final RowPatternQuery query;
    private final Map<String, Integer> answer = new TreeMap<>();
    private final Map<String, Object> columns;
    private int failures;
    private long trials = TRIALS_MAX;

    private List<List<@Nullable Object>> rows = List.of();
    private final List<String> variables = new ArrayList<>();
    private final List<Boolean> hidden = new ArrayList<>();
    private boolean hiding;
    private int start;
    private long number;

    /** @param failures how many matches had no row to go on at, or would have been found again */
    record Answer(Map<String, Integer> rows, int failures) {}

    private PlainMatcher(RowPatternQuery query) {
        this.query = query;
        this.columns = query.columns();
    }

    /** Returns the answer, or null where trying takes too long. */
    static @Nullable Answer answer(RowPatternQuery query, List<List<@Nullable Object>> rows) {
        PlainMatcher matcher = new PlainMatcher(query);
        Map<List<@Nullable Object>, List<List<@Nullable Object>>> partitions = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> key = new ArrayList<>();
            query.partition().forEach(part -> key.add(part.term().value().apply(row)));
            partitions.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
        }
        for (List<List<@Nullable Object>> partition : partitions.values()) {
            partition.sort(order(query.order()));
            matcher.search(partition);
        }
        return matcher.trials <= 0 ? null : new Answer(matcher.answer, matcher.failures);
    }

    private static Comparator<List<@Nullable Object>> order(List<SortColumn> columns) {
        return columns.stream()
                .map(PlainMatcher::order)
                .reduce(Comparator::thenComparing)
                .orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private static Comparator<List<@Nullable Object>> order(SortColumn by) {
        Comparator<Object> values = (left, right) -> ((Comparable<Object>) left).compareTo(right);
        Comparator<Object> directed = by.descending() ? values.reversed() : values;
        Comparator<Object> all = by.nullsFirst() ? Comparator.nullsFirst(directed) : Comparator.nullsLast(directed);
        int column = Tables.COLUMNS.indexOf(by.column());
        return (left, right) -> all.compare(left.get(column), right.get(column));
    }

    private void search(List<List<@Nullable Object>> partition) {
        rows = partition;
        number = 0;
        int matchedUpTo = 0;
        for (int at = 0; at < rows.size() && trials > 0; ) {
            start = at;
            variables.clear();
            hidden.clear();
            number++;
            if ((!query.fromStart() || at == 0)
                    && match(query.pattern(), at, end -> !query.toEnd() || end == rows.size())) {
                put();
                matchedUpTo = Math.max(matchedUpTo, at + Math.max(1, variables.size()));
                at = next();
            } else {
                number--;
                if (query.perMatch() == RowsPerMatch.UNMATCHED && at >= matchedUpTo) {
                    SoFar nothing = new SoFar(at);
                    put(
                            at,
                            measure -> measure.name().equals(RowPatternQuery.MATCHED_AT)
                                    ? measure.term().value().apply(nothing)
                                    : null);
                }
                at++;
            }
        }
    }

    /** Returns whether the rows from this one on match, and what they leave matches the rest. */
    private boolean match(Pattern pattern, int at, IntPredicate rest) {
        if (--trials <= 0) {
            return false;
        }
        return switch (pattern) {
            case Pattern.Variable v -> row(v.name(), at, rest);
            case Pattern.Sequence s -> sequence(s.parts(), at, rest);
            case Pattern.Choice c -> c.parts().stream().anyMatch(part -> match(part, at, rest));
            case Pattern.Permuted p -> permuted(p.parts(), at, rest);
            case Pattern.Hidden h -> hidden(h.part(), at, rest);
            case Pattern.Repeated r -> repeated(r, 0, at, rest);
        };
    }

    private boolean row(String variable, int at, IntPredicate rest) {
        if (at >= rows.size() || tooLate(at)) {
            return false;
        }
        variables.add(variable);
        hidden.add(hiding);
        Term condition = query.conditions().get(variable);
        if ((condition == null || Boolean.TRUE.equals(condition.value().apply(new SoFar(at)))) && rest.test(at + 1)) {
            return true;
        }
        variables.removeLast();
        hidden.removeLast();
        return false;
    }

    private boolean tooLate(int at) {
        return query.withinSeconds() != RowPatternQuery.ANY_TIME
                && Duration.between(time(start), time(at)).compareTo(Duration.ofSeconds(query.withinSeconds())) > 0;
    }

    private LocalDateTime time(int at) {
        return (LocalDateTime) rows.get(at).getLast();
    }

    private boolean sequence(List<Pattern> parts, int at, IntPredicate rest) {
        return parts.isEmpty()
                ? rest.test(at)
                : match(parts.getFirst(), at, end -> sequence(parts.subList(1, parts.size()), end, rest));
    }

    /** PERMUTE(a, b, c) is (a b c | a c b | b a c | …). */
    private boolean permuted(List<Pattern> parts, int at, IntPredicate rest) {
        if (parts.isEmpty()) {
            return rest.test(at);
        }
        for (int i = 0; i < parts.size(); i++) {
            List<Pattern> others = new ArrayList<>(parts);
            Pattern first = others.remove(i);
            if (match(first, at, end -> permuted(others, end, rest))) {
                return true;
            }
        }
        return false;
    }

    private boolean hidden(Pattern part, int at, IntPredicate rest) {
        boolean before = hiding;
        hiding = true;
        boolean found = match(part, at, end -> {
            hiding = before;
            boolean rested = rest.test(end);
            hiding = true;
            return rested;
        });
        hiding = before;
        return found;
    }

    /** A turn that takes no row, where there may be any number, is the last one. */
    private boolean repeated(Pattern.Repeated r, int turns, int at, IntPredicate rest) {
        if (turns < r.least()) {
            return match(r.part(), at, end -> repeated(r, turns + 1, end, rest));
        }
        boolean endless = r.most() == Pattern.UNLIMITED;
        if (!endless && turns == r.most()) {
            return rest.test(at);
        }
        IntPredicate again = from -> match(
                r.part(), from, end -> endless && end == from ? rest.test(end) : repeated(r, turns + 1, end, rest));
        return r.reluctant() ? rest.test(at) || again.test(at) : again.test(at) || rest.test(at);
    }

    private int next() {
        if (variables.isEmpty()) {
            return start + 1;
        }
        List<Integer> of =
                new SoFar(start + variables.size() - 1).mapped(query.skip().variables(), true);
        int next = switch (query.skip().row()) {
            case "NEXT" -> start + 1;
            case "FIRST" -> of.isEmpty() ? -1 : of.getFirst();
            case "LAST" -> of.isEmpty() ? -1 : of.getLast();
            default -> start + variables.size();
        };
        if (next <= start) {
            failures++;
            return start + 1;
        }
        return next;
    }

    private void put() {
        if (variables.isEmpty() || !query.allRows()) {
            if (!variables.isEmpty() || query.perMatch() != RowsPerMatch.ALL_OMITTED) {
                putMatched(start + Math.max(0, variables.size() - 1));
            }
            return;
        }
        for (int i = 0; i < variables.size(); i++) {
            if (!hidden.get(i)) {
                putMatched(start + i);
            }
        }
    }

    private void putMatched(int at) {
        SoFar match = new SoFar(at);
        put(at, measure -> measure.term().value().apply(match));
    }

    private interface Measured {
        @Nullable
        Object of(Measure measure);
    }

    private void put(int at, Measured measured) {
        List<@Nullable Object> values = new ArrayList<>();
        List<@Nullable Object> row = rows.get(at);
        Key wanted = query.wantedKey();
        Object counted = measured.of(query.measures().getFirst());
        if ((wanted != null && wanted.term().value().apply(row) == null)
                || (query.above() == RowPatternQuery.Above.FIRST_MATCHES
                        && (counted == null || (Long) counted > RowPatternQuery.FIRST_MATCHES))) {
            return;
        }
        for (Object column : columns.values()) {
            values.add(
                    switch (column) {
                        case Key key -> key.term().value().apply(row);
                        case Measure measure -> measured.of(measure);
                        default -> row.get((Integer) column);
                    });
        }
        answer.merge(QueryRuns.text(values), 1, Integer::sum);
    }

    /** The match as it is when its row at {@code here} is the current one. */
    private final class SoFar implements MatchSoFar {

        private final int here;

        SoFar(int here) {
            this.here = here;
        }

        @Override
        public @Nullable List<@Nullable Object> row(int place) {
            return place < 0 || place >= rows.size() ? null : rows.get(place);
        }

        @Override
        public @Nullable String variable(int place) {
            return place < start || place >= start + variables.size() ? null : variables.get(place - start);
        }

        @Override
        public List<Integer> mapped(Set<String> of, boolean whole) {
            List<Integer> mapped = new ArrayList<>();
            int last = whole ? variables.size() - 1 : Math.min(here - start, variables.size() - 1);
            for (int i = 0; i <= last; i++) {
                if (of.isEmpty() || of.contains(variables.get(i))) {
                    mapped.add(start + i);
                }
            }
            return mapped;
        }

        @Override
        public int here() {
            return here;
        }

        @Override
        public long number() {
            return number;
        }
    }
}
