package io.millrace.server.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up queries for the first rows of partitions over {@link Tables}. */
final class TopNQueries {

    private static final List<String> PARTITIONS =
            List.of("", "PARTITION BY a ", "PARTITION BY s ", "PARTITION BY a, s ", "PARTITION BY a + b ");

    /** Orders that end with all columns, so that ties are between equal rows. */
    private static final List<String> TOTAL = List.of(
            "b DESC NULLS LAST, a NULLS FIRST, s NULLS FIRST, ts NULLS FIRST",
            "b NULLS FIRST, s DESC NULLS LAST, a NULLS LAST, ts NULLS LAST",
            "ts DESC NULLS LAST, b NULLS LAST, a NULLS LAST, s NULLS LAST",
            "s NULLS LAST, a DESC NULLS FIRST, b NULLS LAST, ts NULLS LAST");

    private static final List<String> PEERS =
            List.of("b DESC NULLS LAST", "a NULLS FIRST", "s NULLS LAST, b NULLS FIRST", "a + b NULLS LAST");

    /** Rows that come in the order of time. */
    private static final String BY_TIME = "ts NULLS LAST, b NULLS LAST, a NULLS LAST, s NULLS LAST";

    private static final List<String> PLACES =
            List.of("<= 1", "= 1", "<= 3", "< 3", "BETWEEN 2 AND 4", "= 2", "<= 40", "> 1 AND r.p <= 20");

    private static final List<String> CHANGING = List.of(
            "(SELECT a, s, COUNT(*) AS b, MAX(ts) AS ts FROM t1 GROUP BY a, s)",
            "(SELECT s, MIN(a) AS a, COUNT(*) AS b, MIN(ts) AS ts FROM t1 GROUP BY s)",
            "(SELECT l.a, r.b, l.s, r.ts FROM t1 l LEFT JOIN t2 r ON l.a = r.a AND l.s = r.s)");

    private final Random random;

    TopNQueries(Random random) {
        this.random = random;
    }

    String next() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> numbered("t1", "", any(TOTAL));
            case 2, 3 -> numbered(any(CHANGING), "", any(TOTAL));
            case 4 -> ranked("t1");
            case 5 -> ranked(any(CHANGING));
            case 6 -> numbered("t1", " WHERE ts IS NOT NULL", BY_TIME);
            case 7 -> limited();
            case 8 -> above();
            default -> qualified();
        };
    }

    private String numbered(String rows, String where, String order) {
        return top(rows, where, "ROW_NUMBER()", order);
    }

    private String ranked(String rows) {
        return top(rows, "", random.nextBoolean() ? "RANK()" : "DENSE_RANK()", any(PEERS));
    }

    private String top(String rows, String where, String rank, String order) {
        return "SELECT r.a, r.b, r.s, r.ts" + any(List.of("", ", r.p")) + " FROM (SELECT a, b, s, ts, " + rank
                + " OVER (" + any(PARTITIONS) + "ORDER BY " + order + ") AS p FROM " + rows + " x" + where
                + ") r WHERE r.p " + any(PLACES) + any(List.of("", "", " AND r.a > 0", " AND r.s = 's1'"));
    }

    private String limited() {
        return "SELECT x.a, x.b, x.s, x.ts FROM (SELECT a, b, s, ts FROM "
                + any(List.of("t1", CHANGING.getFirst(), CHANGING.getLast())) + " y ORDER BY " + any(TOTAL) + " LIMIT "
                + any(List.of("1", "5", "25")) + any(List.of("", " OFFSET 2")) + ") x";
    }

    private String above() {
        String top = numbered(any(List.of("t1", CHANGING.getFirst())), "", any(TOTAL));
        return random.nextBoolean()
                ? "SELECT q.s, COUNT(*), SUM(q.b), MIN(q.a) FROM (" + top + ") q GROUP BY q.s"
                : "SELECT q.s, q.b, l.b FROM (" + top + ") q " + any(List.of("JOIN", "LEFT JOIN"))
                        + " t2 l ON l.a = q.a AND l.s = q.s";
    }

    private String qualified() {
        return "SELECT a, b, s, ts FROM t1 WHERE ts IS NOT NULL QUALIFY ROW_NUMBER() OVER (PARTITION BY "
                + any(List.of("a", "a, s", "date_trunc('minute', ts)", "date_trunc('minute', ts), a")) + " ORDER BY "
                + any(TOTAL) + ") <= " + (1 + random.nextInt(3));
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Forms that are not left to chance. */
    static List<String> each() {
        List<String> all = new ArrayList<>();
        for (String places : PLACES) {
            for (String rank : List.of("ROW_NUMBER()", "RANK()", "DENSE_RANK()")) {
                String order = rank.equals("ROW_NUMBER()") ? TOTAL.getFirst() : PEERS.getFirst();
                for (String rows : List.of("t1", CHANGING.get(1))) {
                    all.add("SELECT r.a, r.b, r.s, r.p FROM (SELECT a, b, s, ts, " + rank
                            + " OVER (PARTITION BY a ORDER BY " + order + ") AS p FROM " + rows + " x) r WHERE r.p "
                            + places);
                }
            }
        }
        return all;
    }
}
