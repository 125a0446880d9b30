package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.function.FunctionJar;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Table functions that users make in Java, as a client sees them. */
class UserTableFunctionsTest {

    private static final String PAIRS = """
        package com.example;
        import io.millrace.spi.function.TableFunction;
        import java.util.*;
        public final class Pairs implements TableFunction {
            public record Pair(String key, Integer value) {}
            public List<Pair> apply(String text) {
                List<Pair> pairs = new ArrayList<>();
                for (String part : text.split(",")) {
                    String[] sides = part.split("=");
                    pairs.add(new Pair(sides[0], sides.length < 2 ? null : Integer.valueOf(sides[1])));
                }
                return text.isEmpty() ? List.of() : pairs;
            }
        }
        """;

    private static final String NUMBERS = """
        package com.example;
        import io.millrace.spi.function.TableFunction;
        import java.util.*;
        import java.util.stream.*;
        public final class Numbers implements TableFunction {
            public List<Long> apply(long first, long last) {
                return LongStream.rangeClosed(first, last).boxed().toList();
            }
        }
        """;

    private static final String HOLES = """
        package com.example;
        import io.millrace.spi.function.TableFunction;
        import java.util.*;
        public final class Holes implements TableFunction {
            public record Hole(String name, int depth) {}
            public List<Hole> apply(String text) {
                return switch (text) {
                    case "none" -> null;
                    case "gap" -> Arrays.asList(new Hole("a", 1), null, new Hole(null, 2));
                    case "error" -> throw new AssertionError("boom");
                    case "deep" -> apply(text);
                    default -> Collections.nCopies(text.length(), new Hole(text, text.length()));
                };
            }
        }
        """;

    @TempDir
    private Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        Path jar = FunctionJar.of(directory.resolve("functions.jar"), PAIRS, NUMBERS, HOLES);
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run(
                "CREATE FUNCTION pairs AS 'com.example.Pairs' USING JAR '" + jar + "'",
                "CREATE FUNCTION holes AS 'com.example.Holes' USING JAR '" + jar + "'",
                "CREATE FUNCTION numbers AS 'com.example.Numbers' USING JAR '" + jar + "'",
                "CREATE STREAM s (id INTEGER, x VARCHAR)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void insert() {
        engine.run("INSERT INTO s VALUES (1, 'a=1,b=2'), (2, ''), (3, 'c'), (4, NULL), (5, 'd=x')");
    }

    @Test
    void rowsStandBesideThoseTheyAreMadeOf() {
        engine.run("INSERT INTO s VALUES (1, 'a=1,b=2'), (2, ''), (3, 'c'), (4, NULL)");
        assertThat(engine.rows("SELECT id, k, v FROM s, LATERAL TABLE(pairs(s.x)) AS p(k, v) ORDER BY id, k"))
                .containsExactly("1|a|1", "1|b|2", "3|c|null");
        assertThat(engine.rows("SELECT id, p.key, p.\"value\" FROM s LEFT JOIN LATERAL TABLE(pairs(s.x)) AS p ON TRUE"
                        + " ORDER BY id, p.key"))
                .containsExactly("1|a|1", "1|b|2", "2|null|null", "3|c|null", "4|null|null");
        assertThat(engine.rows("SELECT id, n FROM s CROSS JOIN LATERAL TABLE(numbers(id, 2)) AS t(n) ORDER BY id, n"))
                .containsExactly("1|1", "1|2", "2|2");
    }

    @Test
    void nullForAListOrForARowIsNoReasonToFail() {
        engine.run("INSERT INTO s VALUES (1, 'none'), (2, 'gap'), (3, 'xy')");
        assertThat(engine.rows("SELECT id, p.name, p.depth FROM s, LATERAL TABLE(holes(s.x)) AS p"))
                .containsExactlyInAnyOrder("2|a|1", "2|null|null", "2|null|2", "3|xy|2", "3|xy|2");
        assertThat(engine.failure("SELECT * FROM TABLE(holes('error')) AS p").getMessage())
                .contains("function 'holes' failed", "boom");
        assertThat(engine.failure("SELECT * FROM TABLE(holes('deep')) AS p").getMessage())
                .contains("function 'holes' failed", "StackOverflowError");
        assertThat(engine.rows("SELECT * FROM TABLE(holes('a')) AS p")).containsExactly("a|1");
    }

    @Test
    void aFunctionOfConstantsIsARelation() {
        assertThat(engine.rows("SELECT SUM(n) AS total FROM TABLE(numbers(1, 100)) AS t(n)"))
                .containsExactly("5050");
        assertThat(engine.rows("SELECT * FROM TABLE(pairs('z=26,y=25')) AS p ORDER BY 2"))
                .containsExactly("y|25", "z|26");
        assertThat(engine.rows("SELECT a.n, b.n FROM TABLE(numbers(1, 2)) AS a(n), TABLE(numbers(1, 3)) AS b(n)"
                        + " WHERE a.n * 2 < b.n"))
                .containsExactly("1|3");
    }

    @Test
    void endlessQueriesCallItForEachRowAndErrorsNameIt() {
        engine.run(
                "CREATE STREAM out (id INTEGER, k VARCHAR)",
                "CREATE PUMP p AS INSERT INTO out SELECT STREAM id, p.key FROM s, LATERAL TABLE(pairs(s.x)) AS p",
                "CREATE MATERIALIZED VIEW v AS SELECT p.key, SUM(p.\"value\" * n) AS total FROM"
                        + " (SELECT x, COUNT(*) AS n FROM s WHERE id < 5 GROUP BY x) AS q,"
                        + " LATERAL TABLE(pairs(q.x)) AS p GROUP BY p.key");
        insert();
        engine.restart();
        engine.run("INSERT INTO s VALUES (6, 'b=2,a=1'), (4, 'a=1,b=2')");
        assertThat(engine.awaitRows("SELECT id, k FROM out ORDER BY id, k", 7))
                .containsExactly("1|a", "1|b", "3|c", "4|a", "4|b", "6|a", "6|b");
        engine.await("SELECT * FROM v ORDER BY 1", rows -> rows.equals(java.util.List.of("a|2", "b|4", "c|null")));
        assertThat(engine.awaitRows("SELECT ERROR_NAME, MESSAGE FROM error_stream", 1))
                .containsExactly("FUNCTION_FAILED|function 'pairs' failed: java.lang.NumberFormatException:"
                        + " For input string: \"x\"");
    }

    @Test
    void theCatalogSaysThatItGivesRows() {
        assertThat(engine.rows("SELECT proname, prokind, proretset FROM pg_proc WHERE proname IN ('pairs')"))
                .containsExactly("pairs|f|true");
        assertThat(engine.rows("SHOW FUNCTIONS")).contains("numbers|(first BIGINT, last BIGINT)|user");
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT k FROM s, LATERAL TABLE(pairs(s.x)) AS p(k, v)");
        assertThat(engine.failure("DROP FUNCTION pairs").getMessage()).contains("used by materialized view v");
        assertThat(engine.rows("SHOW CREATE FUNCTION pairs").getFirst()).startsWith("CREATE FUNCTION pairs AS");
    }

    @Test
    void aCallInAnExpressionIsRefusedWithAWayOut() {
        MillraceException refused = engine.failure("SELECT pairs(x) FROM s");
        assertThat(refused.describe()).contains("'pairs' gives rows, and is called in FROM");
        assertThat(refused.hint()).contains("LATERAL TABLE(pairs(…))");
        assertThat(engine.failure("SELECT * FROM s, LATERAL TABLE(pairs(s.id)) AS p")
                        .code())
                .isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(engine.failure("SELECT * FROM TABLE(nothing(1)) AS p").code())
                .isEqualTo(ErrorCode.UNDEFINED_FUNCTION);
        assertThat(engine.failure("CREATE FUNCTION f AS 'com.example.Pairs$Pair' USING JAR '"
                                + directory.resolve("functions.jar") + "'")
                        .describe())
                .contains("class com.example.Pairs$Pair cannot be made");
    }
}
