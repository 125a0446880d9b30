package io.millrace.server.query;

import io.millrace.server.query.RowPatternQuery.Above;
import io.millrace.server.query.RowPatternQuery.Key;
import io.millrace.server.query.RowPatternQuery.Measure;
import io.millrace.server.query.RowPatternQuery.Pattern;
import io.millrace.server.query.RowPatternQuery.RowTerm;
import io.millrace.server.query.RowPatternQuery.RowsPerMatch;
import io.millrace.server.query.RowPatternQuery.Skip;
import io.millrace.server.query.RowPatternQuery.SortColumn;
import io.millrace.server.query.RowPatternQuery.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes up queries for row patterns over {@link Tables}, with all that MATCH_RECOGNIZE has. */
final class RandomRowPatterns {

    private static final List<String> NAMES = List.of("u", "v", "w", "x");

    private static final List<List<Key>> PARTITIONS = List.of(
            List.of(),
            List.of(key("a", "a", row -> row.get(0))),
            List.of(key("s", "s", row -> row.get(2))),
            List.of(key("a + b", "g", RandomRowPatterns::sum)),
            List.of(key("COALESCE(s, 'none')", "g", row -> row.get(2) == null ? "none" : row.get(2))),
            List.of(key("s IS NULL", null, row -> row.get(2) == null)),
            List.of(
                    key("a > 1", "g", row -> row.get(0) == null ? null : (Integer) row.get(0) > 1),
                    key("s", "s", row -> row.get(2))),
            List.of(
                    key("b / 2", null, row -> row.get(1) == null ? null : (Long) row.get(1) / 2),
                    key("a", "a", row -> row.get(0))));

    /** Orders of all columns, so that rows that are peers are equal. The first two are by time. */
    private static final List<List<SortColumn>> ORDERS = List.of(
            List.of(by("ts", false, false), by("b", false, true), by("a", false, true), by("s", true, false)),
            List.of(by("ts", false, true), by("s", true, false), by("a", true, true), by("b", false, false)),
            List.of(by("b", true, false), by("ts", false, false), by("a", false, true), by("s", false, false)),
            List.of(by("s", false, true), by("ts", true, false), by("b", true, true), by("a", false, false)));

    private final Random random;
    private final RowPatternTerms terms;
    private final List<String> used = new ArrayList<>();
    private final Map<String, Set<String>> subsets = new LinkedHashMap<>();

    RandomRowPatterns(Random random) {
        this.random = random;
        this.terms = new RowPatternTerms(random, used, subsets);
    }

    private static Key key(String sql, @Nullable String name, KeyValue value) {
        return new Key(new RowTerm(sql, value::of), name);
    }

    private interface KeyValue {
        @Nullable
        Object of(List<@Nullable Object> row);
    }

    private static @Nullable Object sum(List<@Nullable Object> row) {
        return row.get(0) == null || row.get(1) == null ? null : (Integer) row.get(0) + (Long) row.get(1);
    }

    private static SortColumn by(String column, boolean descending, boolean nullsFirst) {
        return new SortColumn(column, descending, nullsFirst);
    }

    RowPatternQuery next() {
        boolean byTime = random.nextInt(5) > 0;
        List<SortColumn> whole = ORDERS.get((byTime ? 0 : 2) + random.nextInt(2));
        List<SortColumn> order = random.nextInt(3) == 0 ? whole.subList(0, 1 + random.nextInt(3)) : whole;
        RowsPerMatch perMatch = any(List.of(RowsPerMatch.values()));
        Pattern pattern = pattern(3, 1 + random.nextInt(NAMES.size()), perMatch != RowsPerMatch.UNMATCHED);
        used.addAll(new TreeSet<>(pattern.variables()));
        if (used.size() > 1 && random.nextBoolean()) {
            subsets.put("y", new TreeSet<>(List.of(used.getFirst(), used.getLast())));
        }
        List<Measure> measures = measures(order.getFirst().column(), perMatch != RowsPerMatch.ONE);
        return new RowPatternQuery(
                any(PARTITIONS),
                order,
                measures,
                perMatch,
                skip(),
                pattern,
                random.nextInt(12) == 0,
                random.nextInt(12) == 0,
                byTime && random.nextInt(3) == 0 ? random.nextInt(12) : RowPatternQuery.ANY_TIME,
                subsets,
                conditions(),
                selected(measures),
                any(List.of(Above.NOTHING, Above.NOTHING, Above.FIRST_MATCHES, Above.KEY)));
    }

    private Pattern pattern(int depth, int variables, boolean mayHide) {
        return switch (depth == 0 ? 0 : random.nextInt(9)) {
            case 0, 1 -> new Pattern.Variable(NAMES.get(random.nextInt(variables)));
            case 2, 3 -> new Pattern.Sequence(parts(depth, variables, mayHide));
            case 4 -> new Pattern.Choice(parts(depth, variables, mayHide));
            case 5 -> new Pattern.Permuted(parts(1, variables, mayHide));
            case 6 ->
                mayHide
                        ? new Pattern.Hidden(pattern(depth - 1, variables, true))
                        : pattern(depth - 1, variables, false);
            default -> {
                int least = random.nextInt(3);
                int most = random.nextBoolean() ? Pattern.UNLIMITED : Math.max(1, least + random.nextInt(3));
                yield new Pattern.Repeated(pattern(depth - 1, variables, mayHide), least, most, random.nextBoolean());
            }
        };
    }

    private List<Pattern> parts(int depth, int variables, boolean mayHide) {
        List<Pattern> parts = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i >= 0; i--) {
            parts.add(pattern(depth - 1, variables, mayHide));
        }
        return parts;
    }

    /** Returns some columns that are read, or null for all. */
    private @Nullable Set<String> selected(List<Measure> measures) {
        if (random.nextBoolean()) {
            return null;
        }
        Set<String> selected = new TreeSet<>();
        selected.add(any(measures).name());
        for (String name : List.of("a", "b", "s", "ts", "g", "n", RowPatternQuery.MATCHED_AT, "m0", "m1", "m2", "m3")) {
            if (random.nextBoolean()) {
                selected.add(name);
            }
        }
        return selected;
    }

    private Skip skip() {
        String name = terms.name();
        Set<String> variables = terms.variables(name);
        return switch (random.nextInt(6)) {
            case 0 -> new Skip("TO NEXT ROW", "NEXT", Set.of());
            case 1 -> new Skip("TO FIRST " + name, "FIRST", variables);
            case 2 -> new Skip("TO LAST " + name, "LAST", variables);
            case 3 -> new Skip("TO " + name, "LAST", variables);
            default -> new Skip("PAST LAST ROW", "PAST LAST", Set.of());
        };
    }

    private Map<String, Term> conditions() {
        Map<String, Term> conditions = new LinkedHashMap<>();
        for (String variable : used) {
            if (random.nextInt(5) > 0) {
                conditions.put(variable, terms.condition(variable));
            }
        }
        if (conditions.isEmpty()) {
            conditions.put(used.getFirst(), terms.condition(used.getFirst()));
        }
        return conditions;
    }

    private List<Measure> measures(String firstOrder, boolean allRows) {
        List<Measure> measures = new ArrayList<>();
        int column = Tables.COLUMNS.indexOf(firstOrder);
        measures.add(new Measure("n", new Term("MATCH_NUMBER()", match -> match.number())));
        measures.add(new Measure(
                RowPatternQuery.MATCHED_AT,
                new Term(
                        "MATCH_ROWTIME()",
                        match -> Objects.requireNonNull(match.row(match.here())).get(column))));
        for (int i = 0; i < 4; i++) {
            measures.add(new Measure("m" + i, terms.measure(allRows)));
        }
        return measures;
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
