package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.runtime.spill.Workspace;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that may use little memory gives the same answer as one that may use all there is. */
class SpilledQueriesTest {

    private static final int ROWS = 60_000;
    private static final long DISK = 1L << 30;

    private static final List<String> IN_ANY_ORDER = List.of(
            "SELECT a, COUNT(*), SUM(b), MIN(s), MAX(ts) FROM t1 GROUP BY a",
            "SELECT s, COUNT(DISTINCT b), AVG(b), COUNT(*) FILTER (WHERE a > 100) FROM t1 GROUP BY s",
            "SELECT a, b, s, COUNT(*) FROM t1 GROUP BY a, b, s",
            "SELECT DISTINCT a, s FROM t2",
            "SELECT s, ARRAY_AGG(b ORDER BY b), STDDEV_POP(b) FROM t3 GROUP BY s",
            "SELECT a, LISTAGG(CAST(b AS VARCHAR), ',') FROM t1 GROUP BY a",
            "SELECT a, b FROM t1 INTERSECT SELECT a, b FROM t2",
            "SELECT a FROM t1 EXCEPT SELECT a FROM t2",
            "SELECT l.a, l.b, r.b, r.s FROM t1 l JOIN t2 r ON l.a = r.a",
            "SELECT l.a, l.b, r.b, r.s FROM t1 l LEFT JOIN t2 r ON l.a = r.a",
            "SELECT l.a, l.b, r.b, r.s FROM t1 l RIGHT JOIN t2 r ON l.s = r.s AND l.b < r.b",
            "SELECT l.a, l.b, r.b, r.s FROM t1 l FULL JOIN t2 r ON l.a = r.a AND l.s = r.s",
            "SELECT a, b FROM t1 WHERE a IN (SELECT a FROM t2 WHERE b > 100)",
            "SELECT a, b FROM t1 l WHERE NOT EXISTS (SELECT 1 FROM t2 r WHERE r.a = l.a AND r.b < l.b)",
            "SELECT l.s, COUNT(*) FROM t1 l JOIN t2 r ON l.a = r.a JOIN t3 u ON u.s = r.s GROUP BY l.s");

    private static final List<String> IN_ORDER = List.of(
            "SELECT a, b, s, ts FROM t1 ORDER BY a, b DESC, s NULLS FIRST, ts",
            "SELECT s, b, ts, a FROM t1 ORDER BY s DESC, b, ts, a LIMIT 7000 OFFSET 1234",
            "SELECT s, b, ts, a FROM t1 ORDER BY ts, s, b, a OFFSET 5000",
            "SELECT a, COUNT(*) FROM t1 GROUP BY a ORDER BY 2 DESC, 1");

    @TempDir
    Path directory;

    private Workspace small() {
        return new Workspace(0, 40_000, directory, DISK);
    }

    @Test
    void givesTheSameRows() {
        QueryRuns runs = new QueryRuns(Tables.wide(new Random(1), ROWS));
        for (String sql : IN_ANY_ORDER) {
            Workspace small = small();
            List<String> rows = runs.rows(sql, small);
            assertThat(rows.stream().sorted())
                    .as(sql)
                    .isNotEmpty()
                    .containsExactlyElementsOf(runs.rows(sql, Workspace.unlimited()).stream()
                            .sorted()
                            .toList());
            assertThat(List.of(small.heldBytes(), small.diskBytes())).as(sql).containsOnly(0L);
            assertThat(small.spilledBytes()).as(sql).isPositive();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void givesThemInTheSameOrder() {
        QueryRuns runs = new QueryRuns(Tables.wide(new Random(2), ROWS));
        for (String sql : IN_ORDER) {
            Workspace small = small();
            assertThat(runs.rows(sql, small)).as(sql).isEqualTo(runs.rows(sql, Workspace.unlimited()));
            assertThat(small.spilledBytes()).as(sql).isPositive();
        }
    }

    @Test
    void sortsBetweenEqualRowsAsTheyCame() {
        QueryRuns runs = new QueryRuns(Tables.wide(new Random(3), ROWS));
        String sql = "SELECT b, s FROM t1 ORDER BY a IS NULL";
        assertThat(runs.rows(sql, small())).isEqualTo(runs.rows(sql, Workspace.unlimited()));
    }

    @Test
    void saysWhatCannotBePutAside() {
        QueryRuns runs = new QueryRuns(Tables.wide(new Random(4), ROWS));
        assertThat(failure(runs, "SELECT COUNT(*) FROM t1 l JOIN t2 r ON l.b < r.b AND l.a > r.a", small()))
                .hasMessageContaining("a join without equal keys needs more than");
        assertThat(failure(
                        runs,
                        "SELECT COUNT(*) FROM t1 l JOIN (SELECT 1 AS k, t2.* FROM t2) r ON l.a - l.a + 1 = r.k"
                                + " WHERE l.b < r.b",
                        small()))
                .hasMessageContaining("a join of rows with the same key needs more than");
        assertThat(files()).isEmpty();
    }

    @Test
    void endsWhereTheDiskMayNotTakeMore() {
        QueryRuns runs = new QueryRuns(Tables.wide(new Random(5), ROWS));
        Workspace workspace = new Workspace(0, 40_000, directory, 100_000);
        assertThat(failure(runs, "SELECT a, b, s, ts FROM t1 ORDER BY s", workspace))
                .hasMessageStartingWith("queries would put more than 100000 bytes of rows aside in ");
        assertThat(List.of(workspace.heldBytes(), workspace.diskBytes())).containsOnly(0L);
        assertThat(files()).isEmpty();
    }

    private MillraceException failure(QueryRuns runs, String sql, Workspace workspace) {
        MillraceException failure = catchThrowableOfType(MillraceException.class, () -> runs.rows(sql, workspace));
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        assertThat(failure.hint()).contains("query-memory");
        return failure;
    }

    private List<Path> files() {
        try (Stream<Path> list = Files.list(directory)) {
            return list.toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
