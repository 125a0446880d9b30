package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.engine.Engine;
import io.millrace.server.engine.EngineSettings;
import io.millrace.server.engine.FunctionRights;
import io.millrace.server.session.SqlSession;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.function.FunctionJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that users make, in Java and in SQL, as a client sees them. */
class UserFunctionsTest {

    private static final String DISTANCE = """
        package com.example;
        import io.millrace.spi.function.ScalarFunction;
        public final class Distance implements ScalarFunction {
            public double apply(double x, double y) { return Math.hypot(x, y); }
        }
        """;

    private static final String TYPES = """
        package com.example;
        import io.millrace.spi.function.*;
        import java.math.BigDecimal;
        import java.time.*;
        import java.util.*;
        import org.jspecify.annotations.Nullable;
        public final class Types implements ScalarFunction {
            public record Point(int x, String label) {}
            public Point apply(int x, long big, boolean flag, String text, byte[] bytes,
                    @Digits(precision = 10, scale = 2) BigDecimal amount, LocalDate day, LocalDateTime at,
                    List<Integer> numbers, Point point, @Nullable String maybe) {
                return new Point(x + numbers.size() + point.x() + bytes.length,
                        text + big + flag + amount + day + at + point.label() + maybe);
            }
        }
        """;

    private static final String MOODY = """
        package com.example;
        import io.millrace.spi.function.ScalarFunction;
        public final class Moody implements ScalarFunction {
            public int apply(int x) throws Exception {
                if (x % 2 == 1) { throw new java.io.IOException("odd: " + x); }
                return x * 10;
            }
        }
        """;

    private static final String DICE = """
        package com.example;
        import io.millrace.spi.function.*;
        @NotDeterministic
        public final class Dice implements ScalarFunction {
            private long rolled;
            public long apply(long x) { return x + ++rolled; }
        }
        """;

    @TempDir
    private Path directory;

    private EngineFixture engine;
    private Path jar;

    @BeforeEach
    void open() {
        jar = FunctionJar.of(directory.resolve("functions.jar"), DISTANCE, TYPES, MOODY, DICE);
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM s (x INTEGER, y DOUBLE, t VARCHAR)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void java(String name, String className) {
        engine.run("CREATE FUNCTION " + name + " AS 'com.example." + className + "' USING JAR '" + jar + "'");
    }

    private void insert() {
        engine.run("INSERT INTO s VALUES (3, 4, 'a'), (2, 1, 'b'), (NULL, 2, 'c'), (6, 8, 'd')");
    }

    @Test
    void aFunctionInJavaIsCalledInBoundedAndEndlessQueries() {
        java("distance", "Distance");
        insert();
        assertThat(engine.rows("SELECT t, distance(x, y) FROM s WHERE distance(x, y) > 4 ORDER BY t"))
                .containsExactly("a|5.0", "d|10.0");
        assertThat(engine.rows("SELECT STREAM distance(x, y) FROM s LIMIT 4"))
                .containsExactly("5.0", Double.toString(Math.hypot(2, 1)), "null", "10.0");
        assertThat(engine.rows("SELECT Distance(3, 4)")).containsExactly("5.0");
        assertThat(engine.rows("SELECT MAX(distance(x, y)), COUNT(distance(x, y)) FROM s"))
                .containsExactly("10.0|3");
    }

    @Test
    void everyTypeGoesInAndOut() {
        java("types", "Types");
        engine.run("CREATE STREAM one (n INTEGER, p ROW(x INTEGER, label VARCHAR))");
        engine.put("one", "{\"n\": 1, \"p\": {\"x\": 7, \"label\": \"p\"}}");
        String call = "types(n, 5, n = 1, 'é', CAST(X'0102' AS VARBINARY), 12.345, DATE '2026-01-31',"
                + " TIMESTAMP '2026-01-31 10:00:00', ARRAY[1, 2], p, CAST(NULL AS VARCHAR))";
        assertThat(engine.rows("SELECT " + call + " FROM one"))
                .containsExactly("[12, é5true12.352026-01-312026-01-31T10:00pnull]");
        assertThat(engine.rows("SELECT (" + call + ").x FROM one")).containsExactly("12");
    }

    @Test
    void whatItThrowsIsAnErrorOfTheRowThatNamesTheFunction() {
        java("moody", "Moody");
        engine.run(
                "CREATE STREAM out (x INTEGER)",
                "CREATE PUMP p AS INSERT INTO out SELECT STREAM moody(x) FROM s",
                "INSERT INTO s (x) VALUES (1), (2), (3), (4)");
        assertThat(engine.awaitRows("SELECT x FROM out", 2)).containsExactly("20", "40");
        assertThat(engine.awaitRows("SELECT ERROR_NAME, MESSAGE FROM error_stream", 2))
                .containsExactly(
                        "FUNCTION_FAILED|function 'moody' failed: java.io.IOException: odd: 1",
                        "FUNCTION_FAILED|function 'moody' failed: java.io.IOException: odd: 3");
    }

    @Test
    void aFunctionInSqlStandsForItsExpression() {
        engine.run(
                "CREATE FUNCTION product(a DOUBLE, b DOUBLE) RETURNS DOUBLE RETURN a * b",
                "CREATE FUNCTION twice(n INTEGER) RETURNS BIGINT AS $$ SELECT product(N, 2) + 1 - 1; $$",
                "CREATE FUNCTION answer() RETURNS INTEGER RETURN 42");
        insert();
        assertThat(engine.rows("SELECT product(x, y), twice(x) FROM s ORDER BY t"))
                .containsExactly("12.0|6", "2.0|4", "null|null", "48.0|12");
        assertThat(engine.rows("SELECT twice(answer())")).containsExactly("84");
        assertThat(engine.rows("SHOW CREATE FUNCTION twice"))
                .containsExactly(
                        "CREATE FUNCTION twice(n INTEGER) RETURNS BIGINT\nAS $$ SELECT product(N, 2) + 1 - 1; $$");
    }

    @Test
    void mistakesInAFunctionInSqlAreToldWithTheirPlace() {
        MillraceException unknown = engine.failure("CREATE FUNCTION f(a INTEGER) RETURNS INTEGER AS $$\n  a + c $$");
        assertThat(unknown.describe()).contains("no column named 'c'");
        assertThat(unknown.position()).hasToString("line 2, column 7");
        assertThat(engine.failure("CREATE FUNCTION f(a INTEGER) RETURNS INTEGER RETURN a || 'x'")
                        .getMessage())
                .contains("function 'f' gives INTEGER, and its expression is VARCHAR");
        assertThat(engine.failure("CREATE FUNCTION f(a INTEGER) RETURNS INTEGER RETURN f(a)")
                        .code())
                .isEqualTo(ErrorCode.UNDEFINED_FUNCTION);
        assertThat(engine.failure("CREATE FUNCTION f(a INTEGER) RETURNS BIGINT RETURN SUM(a)")
                        .getMessage())
                .contains("more than an expression");
        assertThat(engine.failure("CREATE FUNCTION Md5(a INTEGER) RETURNS BIGINT RETURN a")
                        .getMessage())
                .contains("built in");
    }

    @Test
    void argumentsOfOtherTypesAreRefused() {
        java("distance", "Distance");
        assertThat(engine.failure("SELECT distance(t, y) FROM s").code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(engine.failure("SELECT distance(y) FROM s").getMessage()).containsIgnoringCase("distance");
    }

    @Test
    void functionsAndWhatCallsThemAreThereAfterARestart() throws IOException {
        java("distance", "Distance");
        engine.run(
                "CREATE FUNCTION far(a DOUBLE, b DOUBLE) RETURNS BOOLEAN RETURN distance(a, b) > 5",
                "CREATE STREAM out (t VARCHAR)",
                "CREATE PUMP p AS INSERT INTO out SELECT STREAM t FROM s WHERE far(x, y)");
        Files.delete(jar);
        engine.restart();
        insert();
        assertThat(engine.awaitRows("SELECT t FROM out", 1)).containsExactly("d");
        assertThat(engine.rows("SHOW FUNCTIONS"))
                .contains("distance|(x DOUBLE, y DOUBLE)|user", "far|(a DOUBLE, b DOUBLE)|user");
    }

    @Test
    void aFunctionInUseIsNeitherDroppedNorChanged() {
        java("distance", "Distance");
        engine.run(
                "CREATE FUNCTION far(a DOUBLE, b DOUBLE) RETURNS BOOLEAN AS $$distance(a, b) > 5$$",
                "CREATE MATERIALIZED VIEW v AS SELECT t FROM s WHERE FAR(x, y)");
        assertThat(engine.failure("DROP FUNCTION distance").getMessage()).contains("used by function far");
        assertThat(engine.failure("DROP FUNCTION far").getMessage()).contains("used by materialized view v");
        assertThat(engine.failure("CREATE OR REPLACE FUNCTION far(a DOUBLE) RETURNS BOOLEAN RETURN TRUE")
                        .code())
                .isEqualTo(ErrorCode.WRONG_STATE);
        engine.run("DROP MATERIALIZED VIEW v", "DROP FUNCTION far", "DROP FUNCTION distance");
        assertThat(engine.failure("SELECT distance(1, 2)").code()).isEqualTo(ErrorCode.UNDEFINED_FUNCTION);
        assertThat(directory.resolve("data/functions")).isEmptyDirectory();
    }

    @Test
    void aReplacedFunctionIsTheNewOne() {
        java("distance", "Distance");
        assertThat(engine.rows("SELECT distance(3, 4)")).containsExactly("5.0");
        FunctionJar.of(jar, DISTANCE.replace("Math.hypot(x, y)", "x + y"));
        engine.run("CREATE OR REPLACE FUNCTION distance AS 'com.example.Distance' USING JAR '" + jar + "'");
        assertThat(engine.rows("SELECT distance(3, 4)")).containsExactly("7.0");
        engine.restart();
        assertThat(engine.rows("SELECT distance(3, 4)")).containsExactly("7.0");
    }

    @Test
    void twoJarsMayHaveClassesOfOneName() {
        java("distance", "Distance");
        Path other = FunctionJar.of(directory.resolve("other.jar"), DISTANCE.replace("Math.hypot(x, y)", "x + y"));
        engine.run("CREATE FUNCTION manhattan AS 'com.example.Distance' USING JAR '" + other + "'");
        insert();
        assertThat(engine.rows("SELECT distance(x, y) FROM s WHERE t = 'a'")).containsExactly("5.0");
        assertThat(engine.rows("SELECT manhattan(x, y) FROM s WHERE t = 'a'")).containsExactly("7.0");
        assertThat(engine.failure("SELECT manhattan(x, y), distance(x, y) FROM s")
                        .getMessage())
                .contains("class of the name of another function's");
    }

    @Test
    void whatIsNotDeterministicIsComputedOnceAndNotOfRowsThatUpdate() {
        java("dice", "Dice");
        engine.run("CREATE FUNCTION doubled(a BIGINT) RETURNS BIGINT RETURN a + a");
        insert();
        assertThat(engine.rows("SELECT n FROM (SELECT dice(x) AS n FROM s) AS q WHERE n > 0 ORDER BY n"))
                .containsExactly("4", "4", "9");
        assertThat(engine.failure("SELECT doubled(dice(x)) FROM s").getMessage())
                .contains("another value each time");
        assertThat(engine.failure(
                                "SELECT STREAM dice(n) FROM (SELECT COUNT(*) AS n FROM s GROUP BY t) AS q EMIT CHANGES")
                        .getMessage())
                .contains("'dice' is not deterministic");
    }

    @Test
    void whoeverIsNotAllowedCreatesFunctionsInSqlOnly() {
        engine.close();
        try (Engine guarded = Engine.open(
                        directory.resolve("guarded"),
                        EngineSettings.DEFAULT.withRights(FunctionRights.of("ada, bob")));
                SqlSession eve = guarded.open("eve", "test");
                SqlSession ada = guarded.open("ada", "test")) {
            String create = "CREATE FUNCTION distance AS 'com.example.Distance' USING JAR '" + jar + "'";
            MillraceException refused = Assertions.catchThrowableOfType(
                    MillraceException.class,
                    () -> eve.execute(eve.prepare(create, List.of()), List.of()).close());
            assertThat(refused.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
            String inSql = "CREATE FUNCTION one() RETURNS INTEGER RETURN 1";
            eve.execute(eve.prepare(inSql, List.of()), List.of()).close();
            ada.execute(ada.prepare(create, List.of()), List.of()).close();
        } finally {
            engine = EngineFixture.open(directory.resolve("data"));
        }
        assertThat(FunctionRights.of("none")).isEqualTo(new FunctionRights(false, Set.of()));
    }

    @Test
    void whatCannotBeAFunctionIsToldApart() {
        assertThat(engine.failure("CREATE FUNCTION f AS 'com.example.Distance' USING JAR '/no/such.jar'")
                        .getMessage())
                .contains("there is no jar /no/such.jar");
        assertThat(engine.failure("CREATE FUNCTION f AS 'com.example.No' USING JAR '" + jar + "'")
                        .getMessage())
                .contains("has no class com.example.No");
        assertThat(engine.failure("CREATE FUNCTION f AS 'java.lang.String' USING JAR '" + jar + "'")
                        .getMessage())
                .contains("class java.lang.String is no function");
        assertThat(engine.failure("CREATE FUNCTION f AS 'com.example.Dice' USING JAR '" + jar + "' CHECKSUM '00'")
                        .getMessage())
                .contains("has another checksum");
        assertThat(engine.rows("SHOW FUNCTIONS")).noneMatch(row -> row.endsWith("|user"));
        assertThat(directory.resolve("data/functions")).isEmptyDirectory();
    }
}
