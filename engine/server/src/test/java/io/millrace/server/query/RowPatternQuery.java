package io.millrace.server.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A MATCH_RECOGNIZE over {@code t1} of {@link Tables}: as SQL, and as {@link PlainMatcher} reads it. */
record RowPatternQuery(
        List<Key> partition,
        List<SortColumn> order,
        List<Measure> measures,
        RowsPerMatch perMatch,
        Skip skip,
        Pattern pattern,
        boolean fromStart,
        boolean toEnd,
        int withinSeconds,
        Map<String, Set<String>> subsets,
        Map<String, Term> conditions,
        @Nullable Set<String> selected,
        Above above) {

    static final int ANY_TIME = -1;

    /** What is asked of the rows of matches. */
    enum Above {
        NOTHING,
        FIRST_MATCHES,
        KEY
    }

    static final long FIRST_MATCHES = 3;

    /** The measure that is MATCH_ROWTIME(): rows in no match have it as well. */
    static final String MATCHED_AT = "matched_at";

    /** An expression: its text, and what it is in a match. */
    record Term(String sql, Function<MatchSoFar, @Nullable Object> value) {}

    /** An expression over a row alone. {@code %s} in its text stands before the names of columns. */
    record RowTerm(String sql, Function<List<@Nullable Object>, @Nullable Object> value) {}

    /** @param name what it is called in the output, or null where it is not there */
    record Key(RowTerm term, @Nullable String name) {}

    record SortColumn(String column, boolean descending, boolean nullsFirst) {}

    record Measure(String name, Term term) {}

    /** @param row PAST LAST, NEXT, FIRST or LAST, the last two of the rows of {@code variables} */
    record Skip(String sql, String row, Set<String> variables) {}

    enum RowsPerMatch {
        ONE("ONE ROW PER MATCH"),
        ALL("ALL ROWS PER MATCH"),
        ALL_SHOWN("ALL ROWS PER MATCH SHOW EMPTY MATCHES"),
        ALL_OMITTED("ALL ROWS PER MATCH OMIT EMPTY MATCHES"),
        UNMATCHED("ALL ROWS PER MATCH WITH UNMATCHED ROWS");

        private final String sql;

        RowsPerMatch(String sql) {
            this.sql = sql;
        }
    }

    /** A match as far as it has come, seen from one of its rows. Rows are counted in the partition. */
    interface MatchSoFar {

        /** Returns the row at this place, or null where the partition has none. */
        @Nullable
        List<@Nullable Object> row(int place);

        /** Returns the variable that the row at this place is mapped to, or null where the match has no such row. */
        @Nullable
        String variable(int place);

        /** Returns the places of the rows that are mapped to one of these, or to any where there are none, up to the current row or of the whole match. */
        List<Integer> mapped(Set<String> variables, boolean whole);

        /** Returns the place of the current row: the one at which an empty match is. */
        int here();

        long number();
    }

    sealed interface Pattern {

        record Variable(String name) implements Pattern {}

        record Sequence(List<Pattern> parts) implements Pattern {}

        record Choice(List<Pattern> parts) implements Pattern {}

        record Permuted(List<Pattern> parts) implements Pattern {}

        record Hidden(Pattern part) implements Pattern {}

        /** @param most how often at most, or {@link #UNLIMITED} */
        record Repeated(Pattern part, int least, int most, boolean reluctant) implements Pattern {}

        int UNLIMITED = -1;

        default String sql() {
            return switch (this) {
                case Variable v -> v.name;
                case Sequence s -> joined(s.parts, "(", " ");
                case Choice c -> joined(c.parts, "(", " | ");
                case Permuted p -> joined(p.parts, "PERMUTE(", ", ");
                case Hidden h -> "{- " + h.part.sql() + " -}";
                case Repeated r ->
                    (r.part instanceof Variable ? r.part.sql() : "(" + r.part.sql() + ")")
                            + quantifier(r.least, r.most)
                            + (r.reluctant ? "?" : "");
            };
        }

        private static String joined(List<Pattern> parts, String before, String between) {
            return parts.stream().map(Pattern::sql).collect(Collectors.joining(between, before, ")"));
        }

        private static String quantifier(int least, int most) {
            if (most == UNLIMITED) {
                return least == 0 ? "*" : least == 1 ? "+" : "{" + least + ",}";
            }
            if (least == 0) {
                return most == 1 ? "?" : "{," + most + "}";
            }
            return least == most ? "{" + least + "}" : "{" + least + "," + most + "}";
        }

        /** Returns the names in it, each once. */
        default Set<String> variables() {
            return switch (this) {
                case Variable v -> Set.of(v.name);
                case Sequence s -> variables(s.parts);
                case Choice c -> variables(c.parts);
                case Permuted p -> variables(p.parts);
                case Hidden h -> h.part.variables();
                case Repeated r -> r.part.variables();
            };
        }

        private static Set<String> variables(List<Pattern> parts) {
            return parts.stream().flatMap(part -> part.variables().stream()).collect(Collectors.toSet());
        }
    }

    boolean allRows() {
        return perMatch != RowsPerMatch.ONE;
    }

    /** Returns whether rows of one partition may have the same place in the order. */
    boolean ties() {
        return order.size() < Tables.COLUMNS.size();
    }

    /** Returns the key that has a name, where its rows are asked for to have it. */
    @Nullable
    Key wantedKey() {
        return above != Above.KEY
                ? null
                : partition.stream()
                        .filter(key -> key.name() != null)
                        .findFirst()
                        .orElse(null);
    }

    /** Returns whether a query that goes on may have it: it takes rows by time, and never sees a partition's end. */
    boolean maySearchForEver() {
        return order.getFirst().column().equals("ts") && !order.getFirst().descending() && !fromStart && !toEnd;
    }

    /** Returns the columns of rows it puts out, each by its place in the table, or as a key or a measure. */
    Map<String, Object> columns() {
        Map<String, Object> all = new LinkedHashMap<>();
        partition.stream().filter(key -> key.name() != null).forEach(key -> all.put(String.valueOf(key.name()), key));
        if (allRows()) {
            order.forEach(by -> all.putIfAbsent(by.column(), Tables.COLUMNS.indexOf(by.column())));
        }
        measures.forEach(measure -> all.put(measure.name(), measure));
        if (allRows()) {
            Tables.COLUMNS.fields().forEach(f -> all.putIfAbsent(f.name(), Tables.COLUMNS.indexOf(f.name())));
        }
        if (selected != null) {
            all.keySet().retainAll(selected);
        }
        return all;
    }

    String sql() {
        List<String> clauses = new ArrayList<>();
        if (!partition.isEmpty()) {
            clauses.add(list(
                    "PARTITION BY ",
                    partition.stream().map(RowPatternQuery::key).toList()));
        }
        clauses.add(list(
                "ORDER BY ", order.stream().map(RowPatternQuery::sortColumn).toList()));
        clauses.add(list(
                "MEASURES ",
                measures.stream().map(m -> m.term().sql() + " AS " + m.name()).toList()));
        clauses.add(perMatch.sql);
        clauses.add("AFTER MATCH SKIP " + skip.sql());
        clauses.add("PATTERN (" + (fromStart ? "^ " : "") + pattern.sql() + (toEnd ? " $" : "") + ")");
        if (withinSeconds != ANY_TIME) {
            clauses.add("WITHIN INTERVAL '" + withinSeconds + "' SECOND");
        }
        if (!subsets.isEmpty()) {
            clauses.add(list(
                    "SUBSET ",
                    subsets.entrySet().stream()
                            .map(e -> e.getKey() + " = (" + String.join(", ", e.getValue()) + ")")
                            .toList()));
        }
        clauses.add(list(
                "DEFINE ",
                conditions.entrySet().stream()
                        .map(e -> e.getKey() + " AS " + e.getValue().sql())
                        .toList()));
        return "SELECT " + (selected == null ? "*" : String.join(", ", columns().keySet()))
                + " FROM (SELECT a, b, s, ts FROM t1 WHERE ts IS NOT NULL) MATCH_RECOGNIZE ("
                + String.join(" ", clauses)
                + ")"
                + where();
    }

    private String where() {
        Key key = wantedKey();
        return key != null
                ? " WHERE " + key.name() + " IS NOT NULL"
                : above == Above.FIRST_MATCHES ? " WHERE n <= " + FIRST_MATCHES : "";
    }

    private static String key(Key key) {
        String sql = key.term().sql().replace("%s", "");
        return key.name() == null || key.name().equals(sql) ? sql : sql + " AS " + key.name();
    }

    private static String sortColumn(SortColumn by) {
        return by.column() + (by.descending() ? " DESC" : "") + (by.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
    }

    private static String list(String before, List<String> parts) {
        return before + String.join(", ", parts);
    }
}
