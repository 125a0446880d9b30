package io.millrace.server.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.runtime.Environment;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.Workers;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.query.RunningQuery;
import io.millrace.runtime.spill.Workspace;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
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
            "SELECT l.s, COUNT(*) FROM t1 l JOIN t2 r ON l.a = r.a JOIN t3 u ON u.s = r.s GROUP BY l.s",
            "SELECT l.a, r.a, r.b FROM t1 l LEFT JOIN t2 r ON l.a = r.b",
            "SELECT l.b, r.a FROM t1 l RIGHT JOIN t2 r ON l.b = CAST(r.a AS DECIMAL(20, 2))",
            "SELECT l.a, r.b FROM t1 l JOIN t2 r ON CAST(l.a AS DOUBLE) = CAST(r.b AS REAL)",
            "SELECT l.a, l.s, r.a, r.s FROM t1 l FULL JOIN t2 r ON l.a IS NOT DISTINCT FROM r.a"
                    + " AND l.s IS NOT DISTINCT FROM r.s",
            "SELECT a, b FROM t1 WHERE a NOT IN (SELECT a FROM t2 WHERE a IS NOT NULL)",
            "SELECT a, s, COUNT(*), SUM(b) FROM t1 GROUP BY ROLLUP(a, s)",
            "SELECT COUNT(*), MIN(b) FROM t1 GROUP BY ARRAY[a, CAST(b AS INTEGER)]",
            "SELECT l.x, r.x FROM (SELECT a, ARRAY[s, NULL, s || s] AS x FROM t1) l LEFT JOIN"
                    + " (SELECT a, (b, s) AS x FROM t2) r ON l.a = r.a");

    private static final List<String> IN_ORDER = List.of(
            "SELECT a, b, s, ts FROM t1 ORDER BY a, b DESC, s NULLS FIRST, ts",
            "SELECT s, b, ts, a FROM t1 ORDER BY s DESC, b, ts, a LIMIT 7000 OFFSET 1234",
            "SELECT s, b, ts, a FROM t1 ORDER BY ts, s, b, a OFFSET 5000",
            "SELECT a, COUNT(*) FROM t1 GROUP BY a ORDER BY 2 DESC, 1",
            "SELECT b, ARRAY[s, NULL, s || s], (a, s), b > 100, CAST(b AS DECIMAL(30, 5)) FROM t1 ORDER BY b, s, a,"
                    + " ts");

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
                .hasMessageStartingWith("queries would put more than 100000 bytes aside in ");
        assertThat(List.of(workspace.heldBytes(), workspace.diskBytes())).containsOnly(0L);
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingWhereverTheDiskIsFull() {
        QueryRuns runs = new QueryRuns(Tables.wide(new Random(6), ROWS));
        int failed = 0;
        for (long disk = 10_000; disk < 1_500_000; disk += 37_000) {
            for (String sql : List.of(
                    "SELECT l.a, l.b, r.b FROM t1 l LEFT JOIN t2 r ON l.a = r.a",
                    "SELECT a, s, COUNT(*) FROM t1 GROUP BY a, s",
                    "SELECT a, b, s, ts FROM t1 ORDER BY s")) {
                Workspace workspace = new Workspace(0, 40_000, directory, disk);
                try {
                    runs.rows(sql, workspace);
                } catch (MillraceException e) {
                    failed++;
                }
                assertThat(List.of(workspace.heldBytes(), workspace.diskBytes()))
                        .as("%s with %s bytes of disk", sql, disk)
                        .containsOnly(0L);
            }
        }
        assertThat(failed).isGreaterThan(20);
        assertThat(files()).isEmpty();
    }

    @Test
    void keepsNothingWhenSomebodyFailsOnARejectedRow() {
        Workspace workspace = small();
        MemorySource source = new MemorySource(RowType.of(Field.nullable("a", DataType.INTEGER)), "0");
        for (int row = 0; row < ROWS; row++) {
            source.add("0", row);
        }
        source.addMalformed("0", "no row");
        Environment environment = new Environment(
                new InterpretedExpressions(),
                scan -> source,
                () -> Instant.EPOCH,
                (step, entries) -> {
                    throw new MillraceException(
                            ErrorCode.INVALID_VALUE, entries.getFirst().reason());
                },
                List.of(),
                ZoneOffset.UTC,
                workspace,
                null,
                Workspace.unlimited(),
                Workers.alone());
        QueryRuns runs = new QueryRuns(Tables.wide(new Random(7), 4));
        RunningQuery query = RunningQuery.open(
                runs.plan("SELECT a, COUNT(*) FROM t1 GROUP BY a"), environment, StartPosition.EARLIEST);
        assertThatThrownBy(query::next).hasMessage("no row");
        assertThat(workspace.heldBytes() + workspace.diskBytes()).isPositive();
        query.close();
        assertThat(List.of(workspace.heldBytes(), workspace.diskBytes())).containsOnly(0L);
        assertThat(files()).isEmpty();
    }

    @Test
    void looksAtFewLargeGroupsToo() {
        QueryRuns runs = new QueryRuns(Tables.wide(new Random(8), 3_000));
        Workspace workspace = new Workspace(0, 1 << 20, directory, DISK);
        String sql = "SELECT COUNT(*) FROM (SELECT REPEAT(s, 500) AS long FROM t1 GROUP BY REPEAT(s, 500))";
        assertThat(runs.rows(sql, workspace)).isEqualTo(runs.rows(sql, Workspace.unlimited()));
        assertThat(workspace.spilledBytes()).isPositive();
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
