package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.MillraceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A view of a query holds what the query answers, whatever the query is made of, also over restarts. */
class ViewsAnswerTest {

    private static final String TUMBLE = "TABLE(TUMBLE(%s, DESCRIPTOR(at), INTERVAL '5' SECOND))";

    private static final List<String> QUERIES = List.of(
            "SELECT k, COUNT(*) AS n, SUM(amt) AS s, MIN(amt) AS lo, MAX(amt) AS hi, AVG(amt) AS mean FROM o GROUP BY"
                    + " k",
            "SELECT k, COUNT(*) FILTER (WHERE amt > 5) AS n, COUNT(DISTINCT amt) AS d, SUM(DISTINCT amt) AS s FROM o"
                    + " GROUP BY k",
            "SELECT COUNT(*) AS n, SUM(amt) AS s FROM o WHERE amt > 1000",
            "SELECT k, VAR_POP(amt) AS v, STDDEV_SAMP(amt) AS s, COVAR_POP(id, amt) AS c FROM o GROUP BY k",
            "SELECT k, STRING_AGG(CAST(id AS VARCHAR), ',' ORDER BY id) AS ids, ARRAY_AGG(id ORDER BY id DESC) AS a"
                    + " FROM o GROUP BY k",
            "SELECT k, ARG_MAX(id, at) AS last, ARG_MIN(id, at) AS first FROM o GROUP BY k",
            "SELECT k, PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY amt) AS m, MODE() WITHIN GROUP (ORDER BY amt) AS o"
                    + " FROM o GROUP BY k",
            "SELECT k, BOOL_AND(amt > 2) AS b, BOOL_OR(amt > 7) AS c, BIT_OR(amt) AS d FROM o GROUP BY k",
            "SELECT k, id % 2 AS odd, COUNT(*) AS n, GROUPING(k, id % 2) AS g FROM o GROUP BY ROLLUP(k, id % 2)",
            "SELECT k, amt, COUNT(*) AS n FROM o GROUP BY CUBE(k, amt)",
            "SELECT k, COUNT(*) AS n FROM o GROUP BY GROUPING SETS ((k), ())",
            "SELECT DISTINCT k, amt FROM o",
            "SELECT k, COUNT(*) AS n FROM o GROUP BY k HAVING COUNT(*) > 5 AND MAX(amt) < 9",
            "SELECT n, COUNT(*) AS ks FROM (SELECT k, COUNT(*) AS n FROM o GROUP BY k) x GROUP BY n",
            "SELECT o.id, o.k, p.paid FROM o JOIN p ON o.id = p.id",
            "SELECT o.id AS oid, p.id AS pid, o.amt, p.paid FROM o LEFT JOIN p ON o.id = p.id AND o.amt > p.paid",
            "SELECT o.id AS oid, p.id AS pid FROM o RIGHT JOIN p ON o.id = p.id",
            "SELECT o.id AS oid, p.id AS pid, o.k FROM o FULL JOIN p ON o.id = p.id AND o.k IS NOT DISTINCT FROM p.k",
            "SELECT o.id, p.paid FROM o, p WHERE o.amt = p.paid",
            "SELECT o.k, SUM(p.paid) AS s FROM o LEFT JOIN p USING (id) GROUP BY o.k",
            "SELECT a.id, b.id AS other, p.paid FROM o a JOIN o b ON a.k = b.k AND a.id < b.id JOIN p ON p.id = b.id",
            "SELECT id FROM o WHERE id IN (SELECT id FROM p WHERE paid > 3)",
            "SELECT id FROM o WHERE id NOT IN (SELECT id FROM p WHERE id IS NOT NULL)",
            "SELECT id FROM o WHERE EXISTS (SELECT 1 FROM p WHERE p.id = o.id AND p.paid < o.amt)",
            "SELECT id FROM o WHERE NOT EXISTS (SELECT 1 FROM p WHERE p.id = o.id)",
            "SELECT id, (SELECT COUNT(*) FROM p WHERE p.id = o.id) AS n FROM o",
            "SELECT id, (SELECT MAX(paid) FROM p WHERE p.id = o.id) AS m FROM o WHERE amt > 4",
            "SELECT id FROM o WHERE amt > (SELECT AVG(amt) FROM o)",
            "SELECT id FROM o WHERE amt >= ALL (SELECT paid FROM p WHERE p.id = o.id)",
            "SELECT id FROM o WHERE amt = ANY (SELECT paid FROM p)",
            "SELECT id FROM o UNION SELECT id FROM p",
            "SELECT id, k FROM o UNION ALL SELECT id, k FROM p",
            "SELECT id, k FROM o INTERSECT SELECT id, k FROM p",
            "SELECT id FROM o INTERSECT ALL SELECT id FROM p",
            "SELECT id FROM o EXCEPT SELECT id FROM p",
            "SELECT id FROM o EXCEPT ALL SELECT id FROM p",
            "SELECT k, COUNT(*) AS n FROM o GROUP BY k INTERSECT SELECT k, COUNT(*) FROM p GROUP BY k",
            "SELECT k, COUNT(*) AS n FROM o GROUP BY k EXCEPT ALL SELECT k, COUNT(*) FROM p GROUP BY k",
            "SELECT k, SUM(n) AS n FROM (SELECT k, COUNT(*) AS n FROM o GROUP BY k UNION ALL SELECT k, -COUNT(*) FROM"
                    + " p GROUP BY k) x GROUP BY k",
            "SELECT id, amt FROM (SELECT id, amt FROM o ORDER BY amt DESC NULLS LAST, id NULLS LAST LIMIT 5) x",
            "SELECT k, id, amt FROM (SELECT k, id, amt, ROW_NUMBER() OVER (PARTITION BY k ORDER BY amt DESC NULLS"
                    + " LAST, id, at) AS r FROM o) x WHERE r <= 2",
            "SELECT k, id, amt FROM o QUALIFY RANK() OVER (PARTITION BY k ORDER BY amt DESC NULLS LAST) <= 2",
            "SELECT k, n FROM (SELECT k, COUNT(*) AS n FROM o GROUP BY k) x QUALIFY ROW_NUMBER() OVER (ORDER BY n"
                    + " DESC, k) <= 2",
            "SELECT k, id, at FROM o QUALIFY ROW_NUMBER() OVER (PARTITION BY k ORDER BY at) = 1",
            "SELECT window_start, k, COUNT(*) AS n FROM " + TUMBLE.formatted("TABLE o")
                    + " GROUP BY window_start, window_end, k EMIT ON UPDATE",
            "SELECT window_start, window_end, SUM(amt) AS s FROM TABLE(HOP(TABLE o, DESCRIPTOR(at), INTERVAL '2'"
                    + " SECOND, INTERVAL '5' SECOND)) GROUP BY window_start, window_end EMIT ON UPDATE",
            "SELECT window_start, window_end, SUM(amt) AS s FROM TABLE(CUMULATE(TABLE o, DESCRIPTOR(at), INTERVAL '2'"
                    + " SECOND, INTERVAL '7' SECOND)) GROUP BY window_start, window_end EMIT ON UPDATE",
            "SELECT window_start, window_end, k, COUNT(*) AS n FROM TABLE(SESSION(TABLE o PARTITION BY k,"
                    + " DESCRIPTOR(at), INTERVAL '2' SECOND)) GROUP BY window_start, window_end, k EMIT ON UPDATE",
            "SELECT window_start, COUNT(*) AS n, SUM(amt) AS s FROM "
                    + TUMBLE.formatted("(SELECT at, amt FROM o UNION ALL SELECT at, paid FROM p)")
                    + " GROUP BY window_start, window_end EMIT ON UPDATE",
            "SELECT window_start, COUNT(*) AS n FROM " + TUMBLE.formatted("(SELECT k, MAX(at) AS at FROM o GROUP BY k)")
                    + " GROUP BY window_start, window_end",
            "SELECT window_start, id, paid FROM "
                    + TUMBLE.formatted("(SELECT o.at, o.id, p.paid FROM o LEFT JOIN p ON o.id = p.id)"),
            "SELECT window_start, COUNT(DISTINCT k) AS n, COUNT(*) FILTER (WHERE amt > 3) AS f FROM "
                    + TUMBLE.formatted("TABLE o") + " GROUP BY window_start, window_end EMIT ON UPDATE",
            "SELECT id, x FROM o CROSS JOIN UNNEST(ARRAY[amt, id]) AS u(x)",
            "SELECT id, x.n FROM o, LATERAL (SELECT COUNT(*) AS n FROM p WHERE p.k = o.k) x",
            "SELECT * FROM (SELECT k, amt FROM o) PIVOT (SUM(amt) AS s, COUNT(*) AS n FOR k IN ('a' AS a, 'b' AS b))",
            "SELECT * FROM (SELECT id, amt, id * 2 AS twice FROM o) UNPIVOT (v FOR c IN (amt AS 'amt', twice AS"
                    + " 'twice'))",
            "WITH x AS (SELECT k, SUM(amt) AS s FROM o GROUP BY k), y AS (SELECT k, SUM(paid) AS s FROM p GROUP BY k)"
                    + " SELECT x.k, x.s, y.s AS paid FROM x FULL JOIN y ON x.k = y.k",
            "SELECT CASE WHEN amt > 5 THEN 'large' ELSE 'small' END AS size, COUNT(*) AS n FROM o GROUP BY 1",
            "SELECT v.name, COUNT(o.id) AS n FROM (VALUES ('a', 'Ada'), ('b', 'Bob'), ('x', 'Xi')) AS v(k, name)"
                    + " LEFT JOIN o ON o.k = v.k GROUP BY v.name",
            "SELECT a.k, a.n, b.n AS other FROM (SELECT k, COUNT(*) AS n FROM o GROUP BY k) a LEFT JOIN (SELECT k,"
                    + " COUNT(*) AS n FROM p GROUP BY k) b ON a.k = b.k WHERE b.n IS NULL OR a.n > b.n",
            "SELECT l.id, l.amt, r.n FROM o l LEFT ASOF JOIN (SELECT k, id, COUNT(*) AS n, MAX(at) AS at FROM p GROUP"
                    + " BY k, id) r MATCH_CONDITION l.at >= r.at ON l.k = r.k",
            "SELECT l.k, l.n, r.id, r.paid FROM (SELECT k, COUNT(*) AS n, MAX(at) AS at FROM o GROUP BY k) l ASOF JOIN"
                    + " p r MATCH_CONDITION l.at > r.at ON l.k = r.k",
            "SELECT l.k, l.n, r.n AS other FROM (SELECT k, id, COUNT(*) AS n, MIN(at) AS at FROM o GROUP BY k, id) l"
                + " LEFT ASOF JOIN (SELECT k, COUNT(*) AS n, MAX(at) AS at FROM p GROUP BY k) r MATCH_CONDITION l.at"
                + " <= r.at ON l.k = r.k",
            "SELECT l.id, r.id AS other FROM o l LEFT ASOF JOIN p r MATCH_CONDITION l.amt >= r.paid ON l.k = r.k",
            "SELECT k, amt, other FROM (SELECT l.k, l.amt, r.paid AS other FROM o l ASOF JOIN p r MATCH_CONDITION"
                    + " l.amt < r.paid ON l.k = r.k) x",
            "SELECT k, SUM(n) AS s FROM (SELECT l.k, r.n FROM o l ASOF JOIN (SELECT k, COUNT(*) AS n, MIN(at) AS at"
                    + " FROM p GROUP BY k) r MATCH_CONDITION l.at > r.at ON l.k = r.k) x GROUP BY k",
            "SELECT o.id, p.paid FROM o JOIN p ON o.id = p.id AND p.at BETWEEN o.at - INTERVAL '3' SECOND AND o.at +"
                    + " INTERVAL '3' SECOND");

    @TempDir
    Path directory;

    @Test
    void eachViewHoldsWhatItsQueryAnswers() {
        Random random = new Random(7);
        Map<String, String> views = new LinkedHashMap<>();
        List<String> failures = new ArrayList<>();
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run(
                    "CREATE STREAM o (id INTEGER, k VARCHAR, amt INTEGER, at TIMESTAMP, WATERMARK FOR at AS at -"
                            + " INTERVAL '5' SECOND) WITH (shards = 2)",
                    "CREATE STREAM p (id INTEGER, k VARCHAR, paid INTEGER, at TIMESTAMP, WATERMARK FOR at AS at -"
                            + " INTERVAL '5' SECOND)");
            insert(engine, random, 0);
            for (String query : QUERIES) {
                try {
                    engine.run("CREATE MATERIALIZED VIEW v" + views.size() + " AS " + query);
                    views.put("v" + views.size(), query);
                } catch (MillraceException e) {
                    failures.add(query + "\n  " + e.getMessage());
                }
            }
            for (int part = 1; part < 6; part++) {
                insert(engine, random, part);
            }
            engine.restart();
            for (int part = 6; part < 9; part++) {
                insert(engine, random, part);
            }
            int filled = 0;
            for (Map.Entry<String, String> view : views.entrySet()) {
                List<String> expected = sorted(engine.rows(view.getValue().replace(" EMIT ON UPDATE", "")));
                filled += expected.isEmpty() ? 0 : 1;
                try {
                    engine.await(
                            "SELECT * FROM " + view.getKey(),
                            rows -> sorted(rows).equals(expected));
                } catch (AssertionError e) {
                    failures.add(view.getValue() + "\n  should be " + expected + "\n  " + e.getMessage());
                }
            }
            System.out.println(filled + " of " + views.size() + " answers had rows");
            assertThat(failures).isEmpty();
            assertThat(filled).isGreaterThan(QUERIES.size() * 9 / 10);
        }
    }

    @Test
    void aNewViewAnswersAtOnceWithWhatIsRetained() {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run("CREATE STREAM n (i INTEGER) WITH (shards = 3)", "CREATE STREAM none (i INTEGER)");
            List<String> records = new ArrayList<>();
            for (int i = 0; i < 40_000; i++) {
                records.add("{\"i\": " + i + "}");
            }
            engine.put("n", records.toArray(String[]::new));
            engine.run("CREATE MATERIALIZED VIEW kept AS SELECT i % 10 AS d, COUNT(*) AS c FROM n GROUP BY i % 10");
            assertThat(engine.rows("SELECT COUNT(*), SUM(c) FROM kept")).containsExactly("10|40000");
            engine.run(
                    "CREATE MATERIALIZED VIEW above AS SELECT SUM(c) AS c FROM kept",
                    "CREATE MATERIALIZED VIEW empty AS SELECT i FROM none",
                    "CREATE MATERIALIZED VIEW few AS SELECT i FROM n LIMIT 3");
            assertThat(engine.rows("SELECT c FROM above")).containsExactly("40000");
            assertThat(engine.rows("SELECT i FROM empty")).isEmpty();
            assertThat(engine.rows("SELECT i FROM few")).hasSize(3);
        }
    }

    @Test
    void aNewViewThatIsCancelledGoesOnFilling() {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run("CREATE STREAM n (i INTEGER)");
            String[] records = new String[20_000];
            for (int i = 0; i < records.length; i++) {
                records[i] = "{\"i\": " + i + "}";
            }
            engine.put("n", records);
            String each = "SELECT SUM(g) AS c FROM n, GENERATE_SERIES(1, 1000) AS g";
            engine.cancelled("CREATE MATERIALIZED VIEW kept AS " + each);
            engine.await("SELECT c FROM kept", rows -> rows.equals(List.of("10010000000")));
        }
    }

    /** Whoever waits for the first is told nothing by the second. */
    @Test
    void aNewViewThatIsDroppedAndMadeAnewIsNotWaitedFor() throws Exception {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            engine.run("CREATE STREAM n (i INTEGER)", "CREATE STREAM none (i INTEGER)");
            String[] records = new String[20_000];
            Arrays.fill(records, "{\"i\": 1}");
            engine.put("n", records);
            CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> engine.tag(
                    "CREATE MATERIALIZED VIEW kept AS SELECT SUM(g) AS c FROM n, GENERATE_SERIES(1, 3000) AS g"));
            engine.await("SHOW MATERIALIZED VIEWS", rows -> !rows.isEmpty());
            engine.run("DROP MATERIALIZED VIEW kept", "CREATE MATERIALIZED VIEW kept AS SELECT i FROM none");
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo("CREATE MATERIALIZED VIEW");
        }
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static void insert(EngineFixture engine, Random random, int part) {
        for (String stream : List.of("o", "p")) {
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                rows.add("(" + random.nextInt(12) + ", "
                        + (random.nextInt(6) == 0 ? "NULL" : "'" + "abc".charAt(random.nextInt(3)) + "'") + ", "
                        + (random.nextInt(7) == 0 ? "NULL" : random.nextInt(10)) + ", TIMESTAMP '2026-01-01 00:00:"
                        + (10 + 4 * part + random.nextInt(4)) + "." + (100 + random.nextInt(900)) + "')");
            }
            engine.run("INSERT INTO " + stream + " VALUES " + String.join(", ", rows));
        }
    }
}
