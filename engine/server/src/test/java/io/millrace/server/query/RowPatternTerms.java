package io.millrace.server.query;

import io.millrace.server.query.RowPatternQuery.MatchSoFar;
import io.millrace.server.query.RowPatternQuery.RowTerm;
import io.millrace.server.query.RowPatternQuery.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up the conditions and measures of row patterns. */
final class RowPatternTerms {

    private static final List<RowTerm> NUMBERS = List.of(
            new RowTerm("%sa", row -> number(row.get(0))),
            new RowTerm("%sb", row -> number(row.get(1))),
            new RowTerm("%sa + %sb", row -> plus(number(row.get(0)), number(row.get(1)))),
            new RowTerm("COALESCE(%sb, 7)", row -> row.get(1) == null ? (Long) 7L : number(row.get(1))));

    /** What the columns of a variable are that no row is mapped to. */
    private static final List<@Nullable Object> NO_ROW = Arrays.asList(null, null, null, null);

    private static final RowTerm TEXT = new RowTerm("%ss", row -> row.get(2));

    private static final List<RowTerm> FILTERS = List.of(
            new RowTerm("%sb > 1", row -> greater(number(row.get(1)), 1L)),
            new RowTerm("%sa < %sb", row -> greater(number(row.get(1)), number(row.get(0)))),
            new RowTerm("%ss = 's1'", row -> row.get(2) == null ? null : "s1".equals(row.get(2))),
            new RowTerm("%sa IS NOT NULL", row -> row.get(0) != null));

    private final Random random;
    private final List<String> used;
    private final Map<String, Set<String>> subsets;

    /**
     * @param used variables of the pattern
     * @param subsets names of several of them
     */
    RowPatternTerms(Random random, List<String> used, Map<String, Set<String>> subsets) {
        this.random = random;
        this.used = used;
        this.subsets = subsets;
    }

    /** Returns a variable or the name of several. */
    String name() {
        int place = random.nextInt(used.size() + subsets.size());
        return place < used.size()
                ? used.get(place)
                : subsets.keySet().iterator().next();
    }

    /** Returns what a name stands for; no name for any. */
    Set<String> variables(String name) {
        return name.isEmpty() ? Set.of() : subsets.getOrDefault(name, Set.of(name));
    }

    Term condition(String own) {
        Term first = comparison(own);
        return switch (random.nextInt(5)) {
            case 0 -> {
                Term second = comparison(own);
                yield new Term(
                        "(" + first.sql() + " OR " + second.sql() + ")",
                        match -> or(first.value().apply(match), second.value().apply(match)));
            }
            case 1 ->
                new Term("NOT (" + first.sql() + ")", match -> not(first.value().apply(match)));
            default -> first;
        };
    }

    private Term comparison(String own) {
        Term value = column(any(List.of("", own)), any(NUMBERS.subList(0, 2)));
        return switch (random.nextInt(9)) {
            case 0 -> {
                Term name = classifier(false);
                String other = any(used);
                yield new Term(name.sql() + " = '" + other + "'", match -> {
                    Object is = name.value().apply(match);
                    return is == null ? null : is.equals(other);
                });
            }
            case 1 -> {
                Term other = any(List.of(number(false), aggregate(false)));
                yield new Term(other.sql() + " IS NULL", match -> other.value().apply(match) == null);
            }
            case 2, 3 -> compared(value, any(List.of(number(false), aggregate(false))));
            case 4 -> compared(aggregate(false), literal());
            case 5 -> compared(value, number(false));
            case 6 ->
                random.nextBoolean()
                        ? compared(new Term("MATCH_NUMBER()", MatchSoFar::number), literal())
                        : compared(navigated(TEXT, false), navigated(TEXT, false));
            default -> compared(value, literal());
        };
    }

    private Term literal() {
        long number = random.nextInt(4);
        return new Term(String.valueOf(number), match -> number);
    }

    private Term compared(Term left, Term right) {
        boolean less = random.nextBoolean();
        BiPredicate<Object, Object> compare = less ? (l, r) -> order(l, r) < 0 : (l, r) -> order(l, r) >= 0;
        return new Term(left.sql() + (less ? " < " : " >= ") + right.sql(), match -> {
            Object l = left.value().apply(match);
            Object r = right.value().apply(match);
            return l == null || r == null ? null : compare.test(l, r);
        });
    }

    @SuppressWarnings("unchecked") // both are numbers, or both text
    private static int order(Object left, Object right) {
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** @param allRows whether what is so far may differ from what is in the end */
    Term measure(boolean allRows) {
        return switch (random.nextInt(7)) {
            case 0 -> navigated(TEXT, allRows);
            case 1, 6 -> number(allRows);
            case 2, 3 -> aggregate(allRows);
            case 4 -> classifier(allRows);
            default -> {
                Term left = number(allRows);
                Term right = aggregate(allRows);
                yield new Term(
                        left.sql() + " + " + right.sql(),
                        match -> plus((Long) left.value().apply(match), (Long)
                                right.value().apply(match)));
            }
        };
    }

    private Term number(boolean mayBeFinal) {
        return navigated(any(NUMBERS), mayBeFinal);
    }

    private Term navigated(RowTerm column, boolean mayBeFinal) {
        String name = random.nextInt(3) == 0 ? "" : name();
        return switch (random.nextInt(4)) {
            case 0 -> column(name, column);
            case 1 -> {
                int rows = random.nextInt(3);
                boolean next = random.nextBoolean();
                yield offset(next, rows, column(name, column).sql(), Place.last(variables(name), 0, false), column);
            }
            default -> {
                boolean whole = mayBeFinal && random.nextInt(3) == 0;
                boolean first = random.nextBoolean();
                int skipped = random.nextInt(3);
                String sql =
                        (first ? "FIRST(" : "LAST(") + sql(name, column) + (skipped == 0 ? "" : ", " + skipped) + ")";
                Place place = new Place(variables(name), first, skipped, whole);
                if (random.nextInt(4) == 0) {
                    yield offset(
                            random.nextBoolean(), 1, sql, new Place(variables(name), first, skipped, false), column);
                }
                yield new Term((whole ? "FINAL " : "") + sql, match -> at(match, place.in(match), column));
            }
        };
    }

    private static Term offset(boolean next, int rows, String of, Place place, RowTerm column) {
        String sql = (next ? "NEXT(" : "PREV(") + of + (rows == 1 ? "" : ", " + rows) + ")";
        return new Term(sql, match -> {
            Integer found = place.in(match);
            return at(match, found == null ? null : (Integer) (next ? found + rows : found - rows), column);
        });
    }

    private Term column(String name, RowTerm column) {
        Place place = Place.last(variables(name), 0, false);
        return new Term(sql(name, column), match -> {
            Integer found = place.in(match);
            return column.value().apply(found == null ? NO_ROW : Objects.requireNonNull(match.row(found)));
        });
    }

    private static @Nullable Object at(MatchSoFar match, @Nullable Integer place, RowTerm column) {
        List<@Nullable Object> row = place == null ? null : match.row(place);
        return row == null ? null : column.value().apply(row);
    }

    private Term classifier(boolean mayBeFinal) {
        String name = random.nextBoolean() ? "" : name();
        String plain = "CLASSIFIER(" + name + ")";
        boolean whole = mayBeFinal && random.nextInt(3) == 0;
        int skipped = random.nextInt(2);
        String skip = skipped == 0 ? "" : ", " + skipped;
        return switch (random.nextInt(5)) {
            case 0 -> {
                Place place = new Place(variables(name), true, skipped, whole);
                yield new Term((whole ? "FINAL " : "") + "FIRST(" + plain + skip + ")", place::variable);
            }
            case 1 -> {
                Place place = Place.last(variables(name), skipped, whole);
                yield new Term((whole ? "FINAL " : "") + "LAST(" + plain + skip + ")", place::variable);
            }
            case 2 -> {
                Place place = Place.last(variables(name), 0, false);
                boolean next = random.nextBoolean();
                yield new Term((next ? "NEXT(" : "PREV(") + plain + ")", match -> {
                    Integer found = place.in(match);
                    return found == null ? null : match.variable(next ? found + 1 : found - 1);
                });
            }
            default -> new Term(plain, Place.last(variables(name), 0, false)::variable);
        };
    }

    private Term aggregate(boolean mayBeFinal) {
        String name = random.nextInt(3) == 0 ? "" : name();
        boolean whole = mayBeFinal && random.nextInt(3) == 0;
        RowTerm filter = random.nextBoolean() ? any(FILTERS) : null;
        RowTerm of = any(NUMBERS);
        String argument = sql(name, of);
        Function<List<Long>, @Nullable Object> sum =
                values -> values.stream().reduce(Long::sum).orElse(null);
        return switch (random.nextInt(7)) {
            case 0 ->
                aggregate("COUNT(" + (name.isEmpty() ? "*" : name + ".*") + ")", name, row -> 1L, filter, whole, v ->
                        (long) v.size());
            case 1 -> aggregate("COUNT(" + argument + ")", name, of.value(), filter, whole, v -> (long) v.size());
            case 2 ->
                aggregate(
                        "MIN(" + argument + ")",
                        name,
                        of.value(),
                        filter,
                        whole,
                        v -> v.stream().reduce(Long::min).orElse(null));
            case 3 ->
                aggregate(
                        "MAX(" + argument + ")",
                        name,
                        of.value(),
                        filter,
                        whole,
                        v -> v.stream().reduce(Long::max).orElse(null));
            case 4 ->
                aggregate(
                        "COUNT(DISTINCT " + argument + ")",
                        name,
                        of.value(),
                        filter,
                        whole,
                        v -> v.stream().distinct().count());
            case 5 ->
                aggregate(
                        "SUM(DISTINCT " + argument + ")",
                        name,
                        of.value(),
                        filter,
                        whole,
                        v -> v.stream().distinct().reduce(Long::sum).orElse(null));
            default -> aggregate("SUM(" + argument + ")", name, of.value(), filter, whole, sum);
        };
    }

    private Term aggregate(
            String sql,
            String name,
            Function<List<@Nullable Object>, @Nullable Object> of,
            @Nullable RowTerm filter,
            boolean whole,
            Function<List<Long>, @Nullable Object> aggregate) {
        String filtered = filter == null ? "" : " FILTER (WHERE " + sql(name, filter) + ")";
        Set<String> variables = variables(name);
        return new Term((whole ? "FINAL " : "") + sql + filtered, match -> {
            List<Long> values = new ArrayList<>();
            for (int place : match.mapped(variables, whole)) {
                List<@Nullable Object> row = Objects.requireNonNull(match.row(place));
                Object value = of.apply(row);
                if (value != null
                        && (filter == null || Boolean.TRUE.equals(filter.value().apply(row)))) {
                    values.add((Long) value);
                }
            }
            return aggregate.apply(values);
        });
    }

    private static String sql(String name, RowTerm term) {
        return term.sql().replace("%s", name.isEmpty() ? "" : name + ".");
    }

    /** A row of the match: of those of some variables the first or last, or the one so many of them further. */
    private record Place(Set<String> variables, boolean first, int skipped, boolean whole) {

        static Place last(Set<String> variables, int skipped, boolean whole) {
            return new Place(variables, false, skipped, whole);
        }

        @Nullable
        Integer in(MatchSoFar match) {
            List<Integer> mapped = match.mapped(variables, whole);
            return skipped >= mapped.size() ? null : (first ? mapped : mapped.reversed()).get(skipped);
        }

        @Nullable
        Object variable(MatchSoFar match) {
            Integer place = in(match);
            return place == null ? null : match.variable(place);
        }
    }

    private static @Nullable Long number(@Nullable Object value) {
        return value == null ? null : (Long) ((Number) value).longValue();
    }

    private static @Nullable Long plus(@Nullable Long left, @Nullable Long right) {
        return left == null || right == null ? null : (Long) (left + right);
    }

    private static @Nullable Boolean greater(@Nullable Long left, @Nullable Long right) {
        return left == null || right == null ? null : (Boolean) (left > right);
    }

    private static @Nullable Object or(@Nullable Object left, @Nullable Object right) {
        return Boolean.TRUE.equals(left) || Boolean.TRUE.equals(right)
                ? Boolean.TRUE
                : left == null || right == null ? null : Boolean.FALSE;
    }

    private static @Nullable Object not(@Nullable Object value) {
        return value == null ? null : !((Boolean) value);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
