package io.millrace.server.query;

import java.util.List;
import java.util.Random;

/** Makes up queries with joins, subqueries and set operations over {@link Tables}. */
final class JoinQueries {

    private static final List<String> KINDS = List.of("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");

    private static final List<String> ON = List.of(
            "l.a = r.a",
            "l.a = r.a AND l.s = r.s",
            "l.a = r.a AND l.b < r.b",
            "l.s = r.s AND l.a <> r.a",
            "l.a IS NOT DISTINCT FROM r.a",
            "l.a IS NOT DISTINCT FROM r.a AND l.b = r.b",
            "l.a + 1 = r.b",
            "l.b = r.a",
            "l.a = r.a AND l.b = 2",
            "l.a = r.a AND r.b > 1",
            "l.a = r.a AND l.b + r.b > 4");

    private static final List<String> ON_WITHOUT_KEYS =
            List.of("l.b < r.b", "l.a > r.a AND l.s = 's1'", "TRUE", "l.a + l.b = r.a + r.b + 1", "l.b > 3");

    /** Conditions of a join with subqueries of one side's columns, and of both sides'. */
    private static final List<String> ON_WITH_QUERIES = List.of(
            "l.a = r.a AND r.b = (SELECT MAX(q.b) FROM t3 q WHERE q.a = r.a)",
            "l.a = r.a AND EXISTS (SELECT 1 FROM t3 q WHERE q.s = l.s AND q.b = 2)",
            "l.a = r.a AND EXISTS (SELECT 1 FROM t3 q WHERE q.s = l.s AND q.b = r.b)",
            "l.s = r.s AND NOT EXISTS (SELECT 1 FROM t3 q WHERE q.a = l.a AND q.b < r.b)",
            "l.a = r.a AND l.b IN (SELECT q.b FROM t3 q WHERE q.s = r.s)",
            "l.s = r.s AND l.b NOT IN (SELECT q.b FROM t3 q WHERE q.a = r.a)",
            "l.a = r.a AND r.b < (SELECT COUNT(*) FROM t3 q WHERE q.s = l.s AND q.b > r.b)",
            "l.a = r.a AND (l.b = r.b OR NOT EXISTS (SELECT 1 FROM t3 q WHERE q.a = l.a AND q.s = r.s))",
            "l.a = r.a AND r.b >= ALL (SELECT q.b FROM t3 q WHERE q.s = l.s)",
            "l.a = r.a AND l.b > (SELECT MIN(q.b) FROM t3 q WHERE q.a = l.a) AND r.s IN (SELECT q.s FROM t3 q WHERE"
                    + " q.b = l.b)",
            "l.a = r.a AND EXISTS (SELECT 1 FROM t3 q WHERE q.s = l.s AND q.b IN (SELECT p.b FROM t2 p WHERE p.a ="
                    + " r.a))",
            "l.b + 1 < (SELECT COUNT(*) FROM t3 q WHERE q.s = r.s)",
            "l.a + r.a IN (SELECT b FROM t3 WHERE b IS NOT NULL)",
            "l.a + r.a IN (SELECT b FROM t3)",
            "l.a = r.a AND l.b IN (SELECT q.b FROM t3 q WHERE q.s = r.s) AND r.b IN (SELECT q.b FROM t3 q WHERE q.s ="
                    + " l.s)",
            "l.a IN (SELECT q.a FROM t3 q WHERE q.b = (SELECT MAX(p.b) FROM t2 p WHERE p.s = r.s AND p.a = l.a))");

    private static final List<String> WHERE = List.of(
            "",
            "",
            "",
            " WHERE l.b > 1",
            " WHERE r.b IS NULL",
            " WHERE l.a = 1 OR r.a = 2",
            " WHERE l.a < r.b",
            " WHERE l.s IS NULL AND r.a > 0");

    /** Subqueries as conditions; {@code l} is around them. */
    private static final List<String> CONDITIONS = List.of(
            "l.a IN (SELECT a FROM t2)",
            "l.a NOT IN (SELECT a FROM t2)",
            "l.a NOT IN (SELECT a FROM t2 WHERE a IS NOT NULL)",
            "l.a NOT IN (SELECT a FROM t2 WHERE b > 90)",
            "l.a IN (SELECT r.a FROM t2 r WHERE r.s = l.s)",
            "l.a NOT IN (SELECT r.a FROM t2 r WHERE r.s = l.s)",
            "l.a NOT IN (SELECT r.a FROM t2 r WHERE r.b > l.b)",
            "(l.a IN (SELECT a FROM t2 WHERE b = 3)) IS NULL",
            "l.b = 1 OR l.a IN (SELECT b FROM t2 WHERE b < 2)",
            "NOT (l.b = 1 OR l.a IN (SELECT b FROM t2 WHERE b < 2))",
            "(l.a, l.b) IN (SELECT a, b FROM t2)",
            "(l.a, l.b) NOT IN (SELECT a, b FROM t2 WHERE a > 0)",
            "EXISTS (SELECT 1 FROM t2 WHERE b = 4)",
            "NOT EXISTS (SELECT 1 FROM t2 WHERE b = 4 AND a = 2)",
            "EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a)",
            "EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a AND r.b > l.b)",
            "NOT EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a AND r.b > l.b)",
            "NOT EXISTS (SELECT 1 FROM t2 r WHERE r.b > l.b)",
            "EXISTS (SELECT r.a FROM t2 r WHERE r.a = l.a GROUP BY r.a HAVING COUNT(*) > 3)",
            "l.s = 's1' OR EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a AND r.s = 's2')",
            "EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a AND r.b > 2 LIMIT 1)",
            "l.b IN (SELECT r.b FROM t2 r WHERE r.a = l.a ORDER BY r.b DESC NULLS LAST LIMIT 2)",
            "l.b > (SELECT MIN(b) FROM t2)",
            "l.b > (SELECT AVG(r.a) FROM t2 r WHERE r.s = l.s)",
            "l.b = (SELECT COUNT(*) FROM t2 r WHERE r.s = l.s AND r.b = l.b)",
            "l.b < (SELECT COUNT(*) FROM t2 r WHERE r.b < l.a)",
            "l.a > ANY (SELECT b FROM t2)",
            "l.a > ALL (SELECT b FROM t2 WHERE b < 3)",
            "l.a <= ALL (SELECT r.b FROM t2 r WHERE r.a = l.a)",
            "l.a <> ANY (SELECT r.b FROM t2 r WHERE r.a = l.a)",
            "l.b = ANY (SELECT a FROM t2)",
            "l.b <> ALL (SELECT a FROM t2 WHERE s = 's1')",
            "EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a AND r.b IN (SELECT q.b FROM t3 q WHERE q.s = r.s))",
            "EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a AND EXISTS (SELECT 1 FROM t3 q WHERE q.a = r.a AND q.b = l.b))",
            "l.a IN (SELECT r.a FROM t2 r LEFT JOIN t3 q ON r.b = q.b AND q.s = l.s WHERE q.a IS NULL)",
            "l.a IN (SELECT a FROM t2 UNION SELECT b FROM t3 WHERE s = l.s)");

    /** Subqueries as values. */
    private static final List<String> VALUES = List.of(
            "(SELECT MAX(b) FROM t2)",
            "(SELECT COUNT(*) FROM t2 r WHERE r.a = l.a)",
            "(SELECT COUNT(*) + MAX(r.b) FROM t2 r WHERE r.a = l.a)",
            "(SELECT SUM(r.b) FROM t2 r WHERE r.a = l.a AND r.s = l.s)",
            "(SELECT COUNT(r.b) FROM t2 r WHERE r.a < l.a)",
            "(SELECT MAX(r.b) FROM t2 r WHERE r.a = l.a HAVING COUNT(*) > 2)",
            "(SELECT DISTINCT r.a FROM t2 r WHERE r.a = l.a)",
            "(SELECT DISTINCT r.a + l.b FROM t2 r WHERE r.a = l.a)",
            "(SELECT r.b FROM t2 r WHERE r.a = l.a ORDER BY r.b DESC NULLS LAST LIMIT 1)",
            "(SELECT r.s FROM t2 r WHERE r.b > l.b ORDER BY r.b NULLS LAST, r.s NULLS LAST LIMIT 1 OFFSET 1)",
            "(SELECT COUNT(*) FROM (SELECT r.b FROM t2 r WHERE r.a = l.a LIMIT 2) q)",
            "l.a IN (SELECT b FROM t2)",
            "l.a NOT IN (SELECT r.b FROM t2 r WHERE r.s = l.s)",
            "EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a AND r.b = l.b)",
            "l.b > ALL (SELECT r.b FROM t2 r WHERE r.a = l.a)",
            "l.b < ANY (SELECT r.b FROM t2 r WHERE r.a > 1)",
            "CASE WHEN l.a > 1 THEN (SELECT MIN(a) FROM t3) ELSE 7 END");

    private static final List<String> OTHERS = List.of(
            "SELECT a, s FROM t1 INTERSECT SELECT a, s FROM t2",
            "SELECT a, s FROM t1 INTERSECT ALL SELECT a, s FROM t2",
            "SELECT a, s FROM t1 EXCEPT SELECT a, s FROM t2",
            "SELECT a, s FROM t1 EXCEPT ALL SELECT a, s FROM t2",
            "SELECT a, b FROM t1 EXCEPT ALL SELECT a, b FROM t2 WHERE a > 1",
            "SELECT a FROM t1 EXCEPT SELECT b FROM t2 INTERSECT SELECT a FROM t3",
            "SELECT a, s, COUNT(*), SUM(b) FROM t1 GROUP BY ROLLUP(a, s)",
            "SELECT a, s, COUNT(*), GROUPING(a, s) FROM t1 GROUP BY CUBE(a, s)",
            "SELECT a, s, MAX(b) FROM t1 GROUP BY GROUPING SETS ((a), (s), (a, s))",
            "SELECT a, COUNT(*), GROUPING(a) FROM t1 WHERE b > 100 GROUP BY GROUPING SETS ((a), ())",
            "SELECT l.a, x.n FROM t1 l, LATERAL (SELECT COUNT(*) AS n FROM t2 r WHERE r.a = l.a) x",
            "SELECT l.a, x.b FROM t1 l, LATERAL (SELECT r.b FROM t2 r WHERE r.a = l.a AND r.b > l.b) x",
            "SELECT l.a, x.b FROM t1 l LEFT JOIN LATERAL (SELECT r.b FROM t2 r WHERE r.a = l.a AND r.b > l.b) x ON"
                    + " TRUE",
            "SELECT l.a, x.m FROM t1 l LEFT JOIN LATERAL (SELECT r.s, MAX(r.b) AS m FROM t2 r WHERE r.a = l.a GROUP BY"
                    + " r.s) x ON TRUE",
            "SELECT l.a, x.b, x.s FROM t1 l, LATERAL (SELECT r.b, r.s FROM t2 r WHERE r.a = l.a ORDER BY r.b DESC NULLS"
                    + " LAST, r.s NULLS LAST LIMIT 2) x",
            "SELECT l.a, l.s, x.b FROM t1 l LEFT JOIN LATERAL (SELECT r.b FROM t2 r WHERE r.a = l.a AND r.s = l.s ORDER"
                    + " BY r.b NULLS FIRST LIMIT 1) x ON TRUE",
            "SELECT l.b, x.a, x.s FROM t1 l, LATERAL (SELECT r.a, r.s FROM t2 r WHERE r.b < l.b ORDER BY r.s NULLS"
                    + " LAST, r.a NULLS LAST LIMIT 2 OFFSET 1) x",
            "SELECT l.a, x.s, x.n FROM t1 l, LATERAL (SELECT r.s, COUNT(*) AS n FROM t2 r WHERE r.a = l.a GROUP BY r.s"
                    + " ORDER BY n DESC, r.s NULLS LAST LIMIT 1) x",
            "SELECT l.a, COUNT(*), SUM(x.b) FROM t1 l, LATERAL (SELECT r.b FROM t2 r WHERE r.s = l.s ORDER BY r.b NULLS"
                    + " LAST, r.a NULLS LAST LIMIT 3) x GROUP BY l.a",
            "SELECT * FROM (SELECT a, b FROM t1) l SEMI JOIN (SELECT a, s FROM t2) r ON l.a = r.a",
            "SELECT * FROM (SELECT a, s, b FROM t1) l SEMI JOIN t2 r USING (a, s)",
            "SELECT l.a, l.b, l.s FROM t1 l ANTI JOIN t2 r ON l.a = r.a AND l.b < r.b",
            "SELECT l.a, l.b, l.s FROM t1 l ANTI JOIN t2 r USING (a, s)",
            "SELECT l.a, r.b FROM t1 l JOIN t2 r ON l.a = r.a SEMI JOIN t3 q ON q.b = r.b AND q.s = l.s",
            "SELECT l.a, r.b FROM t1 l ANTI JOIN t3 q ON q.a = l.a AND q.s = l.s LEFT JOIN t2 r ON r.a = l.a",
            "SELECT * FROM (SELECT a, b FROM t1) l NATURAL JOIN (SELECT a, s FROM t2) r",
            "SELECT * FROM (SELECT a, s, b FROM t1) l NATURAL LEFT JOIN (SELECT a, s, ts FROM t2) r",
            "SELECT l.b, r.b FROM t1 l JOIN t2 r USING (a, s) WHERE a > 0 AND s <> 's1'",
            "SELECT l.b, r.b FROM t1 l FULL JOIN t2 r USING (a) WHERE a > 1",
            "SELECT * EXCLUDE (ts, b) FROM t1",
            "SELECT l.* EXCLUDE (ts) FROM t1 l JOIN t2 r ON l.a = r.a",
            "SELECT * REPLACE (a + b AS b) FROM t1",
            "SELECT a + 1 AS c, s, COUNT(*), SUM(b) FROM t1 GROUP BY ALL",
            "SELECT DISTINCT ON (a) a, b, s FROM t1 ORDER BY a, b DESC NULLS LAST, s NULLS FIRST LIMIT 100",
            "SELECT DISTINCT ON (a, s) a, s, b FROM t1 ORDER BY s, a, b NULLS LAST LIMIT 100",
            "SELECT q.s, COUNT(*) FROM (SELECT DISTINCT ON (a) a, s FROM t1 ORDER BY a, s NULLS LAST LIMIT 100) q"
                    + " GROUP BY q.s",
            "SELECT DISTINCT l.a, r.s FROM t1 l, t2 r WHERE l.a = r.a",
            "SELECT r.s, COUNT(*), SUM(l.b) FROM t1 l LEFT JOIN t2 r ON l.a = r.a GROUP BY r.s",
            "SELECT COUNT(*) FROM t1 l FULL JOIN t2 r ON l.a = r.a AND l.s = r.s");

    private final Random random;

    JoinQueries(Random random) {
        this.random = random;
    }

    String next() {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> join();
            case 3 -> joinOfGroups();
            case 4 -> threeWay();
            case 5 -> "SELECT l.a, l.b, l.s FROM t1 l WHERE " + any(CONDITIONS);
            case 6 -> "SELECT l.a, l.b, l.s FROM t1 l WHERE " + any(CONDITIONS) + " AND " + any(CONDITIONS);
            case 7 -> "SELECT l.a, l.b, l.s, " + any(VALUES) + " FROM t1 l";
            default -> any(OTHERS);
        };
    }

    private String join() {
        List<String> on = random.nextInt(4) == 0 ? ON_WITHOUT_KEYS : ON;
        return "SELECT l.a, l.b, l.s, r.a, r.b, r.s FROM t1 l " + any(KINDS) + " t2 r ON " + any(on) + any(WHERE);
    }

    /** Groups change as rows come. */
    private String joinOfGroups() {
        String groups = "(SELECT a, COUNT(*) AS b, MAX(s) AS s FROM t2 GROUP BY a)";
        String sums = "(SELECT s, SUM(b) AS b, MIN(a) AS a FROM t1 GROUP BY s)";
        boolean both = random.nextBoolean();
        return "SELECT l.a, l.b, l.s, r.a, r.b, r.s FROM " + (both ? sums : "t1") + " l " + any(KINDS) + " " + groups
                + " r ON " + any(ON) + any(WHERE);
    }

    private String threeWay() {
        return "SELECT l.a, r.b, q.s FROM t1 l " + any(KINDS) + " t2 r ON " + any(ON) + " " + any(KINDS) + " t3 q ON "
                + any(List.of("q.a = r.a", "q.b = l.b AND q.s = r.s", "q.a = l.a AND q.b > r.b"));
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Every condition and value by itself, so that none is left to chance. */
    static List<String> each() {
        List<String> all = new java.util.ArrayList<>(OTHERS);
        CONDITIONS.forEach(c -> all.add("SELECT l.a, l.b, l.s FROM t1 l WHERE " + c));
        VALUES.forEach(v -> all.add("SELECT l.a, l.b, l.s, " + v + " FROM t1 l"));
        for (String kind : KINDS) {
            ON.forEach(on -> all.add("SELECT l.a, l.b, l.s, r.a, r.b, r.s FROM t1 l " + kind + " t2 r ON " + on));
            ON_WITHOUT_KEYS.forEach(
                    on -> all.add("SELECT l.a, l.b, l.s, r.a, r.b, r.s FROM t1 l " + kind + " t2 r ON " + on));
        }
        return all;
    }

    /**
     * A query in the words of both.
     *
     * @param plain the same without subqueries in ON of outer joins, which DuckDB does not have
     */
    record Worded(String sql, String plain) {}

    /** Joins with subqueries in ON, in each kind. */
    static List<Worded> withQueriesInOn() {
        String columns = "SELECT l.a AS la, l.b AS lb, l.s AS ls, r.a AS ra, r.b AS rb, r.s AS rs";
        List<Worded> all = new java.util.ArrayList<>();
        for (String on : ON_WITH_QUERIES) {
            String left = columns + " FROM t1 l LEFT JOIN LATERAL (SELECT * FROM t2 r WHERE " + on + ") r ON TRUE";
            List<String> plain = List.of(
                    columns + " FROM t1 l, t2 r WHERE " + on,
                    left,
                    columns + " FROM t2 r LEFT JOIN LATERAL (SELECT * FROM t1 l WHERE " + on + ") l ON TRUE",
                    left + " UNION ALL SELECT NULL, NULL, NULL, r.a, r.b, r.s FROM t2 r"
                            + " WHERE NOT EXISTS (SELECT 1 FROM t1 l WHERE " + on + ")");
            for (int kind = 0; kind < KINDS.size(); kind++) {
                all.add(new Worded(columns + " FROM t1 l " + KINDS.get(kind) + " t2 r ON " + on, plain.get(kind)));
            }
        }
        return all;
    }
}
