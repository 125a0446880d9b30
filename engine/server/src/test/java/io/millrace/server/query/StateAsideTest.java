package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.spill.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries that go on answer the same where most of their state lies on disk, also when it is stored and read back. */
class StateAsideTest {

    /** Empty joins hold more than empty groups. */
    private static final long MEMORY_OF_GROUPS = 60_000;

    private static final long MEMORY_OF_JOINS = 250_000;
    private static final long ROUNDS = 20;

    @TempDir
    Path directory;

    private int aside;
    private int asked;

    @Test
    void groups() {
        for (String sql : List.of(
                "SELECT a, b, COUNT(*), SUM(b), MAX(s) FROM t1 GROUP BY a, b",
                "SELECT s, COUNT(DISTINCT a), ARRAY_AGG(b ORDER BY b) FROM t1 GROUP BY s",
                "SELECT DISTINCT a, b, s FROM t1",
                "SELECT n, COUNT(*) FROM (SELECT a, b, COUNT(*) AS n FROM t1 GROUP BY a, b) GROUP BY n",
                "SELECT a, s, MAX(n) FROM (SELECT a, s, b, COUNT(*) AS n FROM t1 GROUP BY a, s, b) GROUP BY a, s")) {
            check(sql, sql.hashCode(), MEMORY_OF_GROUPS);
        }
        assertThat(aside).isEqualTo(asked);
    }

    @Test
    void randomQueries() {
        long first = Long.getLong("seed", 1);
        for (long seed = first; seed < first + ROUNDS; seed++) {
            Random random = new Random(seed);
            check(
                    seed % 3 == 0 ? new TopNQueries(random).next() : new JoinQueries(random).next(),
                    seed,
                    MEMORY_OF_JOINS);
        }
        System.out.println("state aside: " + aside + " of " + asked + " runs put some on disk");
        assertThat(aside).isGreaterThan(asked / 4);
    }

    @Test
    void aStepThatIsRepeatedPutsTheSameRowsOutInTheSameOrder() {
        int repeated = 0;
        for (long seed = 1; seed <= 12; seed++) {
            Random random = new Random(seed);
            String sql = seed % 2 == 0
                    ? new JoinQueries(random).next()
                    : "SELECT s, COUNT(*), LAST_VALUE(n), ARRAY_AGG(b) FROM (SELECT a, b, s, COUNT(*) AS n FROM t1"
                            + " GROUP BY a, b, s) GROUP BY s";
            Tables tables = Tables.random(random, 300);
            long memory = seed % 2 == 0 ? MEMORY_OF_JOINS : MEMORY_OF_GROUPS;
            Workspace little = new Workspace(memory, 1, directory, 1L << 30, "state-memory");
            QueryRuns withLittle = new QueryRuns(tables, little);
            QueryRuns withMuch = new QueryRuns(tables);
            boolean littleFirst = seed % 4 < 2;
            repeated += new RepeatedSteps(
                            tables, littleFirst ? withLittle : withMuch, littleFirst ? withMuch : withLittle, sql)
                    .run(10, random);
            aside += little.spilledBytes() > 0 ? 1 : 0;
        }
        assertThat(repeated).isGreaterThan(30);
        assertThat(aside).isGreaterThan(4);
    }

    private void check(String sql, long seed, long memory) {
        Tables tables = Tables.random(new Random(seed), 300);
        String name = "seed " + seed + ": " + sql;
        Map<String, Integer> expected = new QueryRuns(tables).streamed(sql, 40, false, new Random(seed));
        for (boolean restarts : new boolean[] {false, true}) {
            Workspace space = new Workspace(memory, 1, directory, 1L << 30, "state-memory");
            assertThat(new QueryRuns(tables, space).streamed(sql, 40, restarts, new Random(seed)))
                    .as("%s, restarted: %s", name, restarts)
                    .isEqualTo(expected);
            asked++;
            aside += space.spilledBytes() > 0 ? 1 : 0;
        }
    }
}
