package io.millrace.server.query;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Joins and subqueries answer as DuckDB does, all at once and in steps, however the steps are cut. */
class JoinsAgreeTest {

    private static final int ROUNDS = 60;

    private final Agreement agreement = new Agreement();

    @Test
    void eachFormAnswersAsDuckDbDoes() throws SQLException {
        for (String sql : JoinQueries.each()) {
            agreement.attempt(sql, sql.hashCode());
        }
        agreement.report("forms");
    }

    @Test
    void randomQueriesAnswerAsDuckDbDoes() throws SQLException {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            agreement.attempt(new JoinQueries(new Random(seed)).next(), seed);
        }
        agreement.report("random queries");
    }

    @Test
    void subqueriesInOnAnswerAsInLateral() throws SQLException {
        List<JoinQueries.Worded> all = JoinQueries.withQueriesInOn();
        for (int i = 0; i < all.size(); i += 9) {
            compare(all.get(i));
        }
        agreement.report("subqueries in ON");
    }

    @Test
    @Tag("slow")
    void allSubqueriesInOnAnswerAsInLateral() throws SQLException {
        for (JoinQueries.Worded query : JoinQueries.withQueriesInOn()) {
            compare(query);
        }
        agreement.report("all subqueries in ON");
    }

    private void compare(JoinQueries.Worded query) throws SQLException {
        agreement.attempt(query.sql(), query.plain(), query.sql().hashCode());
    }

    /** Groups that are there when they have an odd number of rows: keys by the hundred lose all rows and get some again. */
    @Test
    void keysThatComeAndGoAnswerAsDuckDbDoes() throws SQLException {
        String odd = "(SELECT %s, COUNT(*) AS n FROM %s GROUP BY %s HAVING MOD(COUNT(*), 2) = 1)";
        for (String keys : List.of("a", "s", "a, s", "b, a")) {
            for (String kind : List.of("JOIN", "LEFT JOIN", "FULL JOIN")) {
                String on = Arrays.stream(keys.split(", "))
                        .map(key -> "l." + key + " = r." + key)
                        .collect(Collectors.joining(" AND "));
                String sql =
                        "SELECT l.n AS ln, r.n AS rn, l." + keys.charAt(0) + " FROM " + odd.formatted(keys, "t1", keys)
                                + " l " + kind + " " + odd.formatted(keys, "t2", keys) + " r ON " + on;
                comeAndGo(sql, sql.hashCode());
            }
        }
        comeAndGo(
                "SELECT l.a, l.b, r.b, l.ts FROM t1 l JOIN t2 r ON l.a = r.a"
                        + " AND l.ts BETWEEN r.ts - INTERVAL '20' SECOND AND r.ts + INTERVAL '20' SECOND",
                1);
        agreement.report("keys that come and go");
    }

    private void comeAndGo(String sql, long seed) throws SQLException {
        Random random = new Random(seed);
        Tables tables = Tables.random(random, 1200, 150, 12, 150);
        agreement.attempt(sql, () -> {
            try (DuckTables duck = new DuckTables(tables)) {
                Map<String, Integer> expected = duck.answer(sql);
                Agreement.inSteps(tables, sql, 1 + random.nextInt(40), false, random, expected, "in steps, " + sql);
                Agreement.inSteps(tables, sql, 20 + random.nextInt(40), true, random, expected, "restarted, " + sql);
                agreement.count(expected);
            }
        });
    }
}
