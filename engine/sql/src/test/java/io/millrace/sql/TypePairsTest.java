package io.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which types meet without a CAST. As in PostgreSQL, but that COALESCE and CASE take no text constant beside another
 * type.
 */
final class TypePairsTest {

    private final SqlPlanner planner = new CalciteSqlPlanner(TestingCatalog.of(
            "CREATE STREAM s (i INTEGER, b BIGINT, d DOUBLE, n DECIMAL(10, 2), t VARCHAR, c CHAR(3), f BOOLEAN,"
                    + " ts TIMESTAMP, dt DATE, tm TIME);"));

    private void plan(String expression) {
        planner.plan("SELECT STREAM " + expression + " AS x FROM s", List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d = '1.5'",
                "i < '7'",
                "f = 'true'",
                "ts > '2026-01-01'",
                "ts > '2026-01-01 00:00:00'",
                "dt = '2026-01-01'",
                "dt = ts",
                "tm = '01:02:03'",
                "i = d",
                "n = b",
                "t = c",
                "c = 'a'",
                "d + '1'",
                "'1' + 1",
                "ts + INTERVAL '1' DAY",
                "t || 1",
                "t || d",
                "1 || t",
                "t || ts",
                "t || f",
                "CASE WHEN f THEN 1 ELSE d END",
                "d IN (1, 2)",
                "d IN ('1', '2')",
                "d BETWEEN '1' AND '2'",
                "ts BETWEEN '2026-01-01' AND '2026-01-02'",
                "COALESCE(d, 1)",
                "COALESCE(t, 'x')",
                "COALESCE(ts, dt)",
                "COALESCE(d, NULL)",
                "GREATEST(d, 1)",
                "d <> NULL",
                "ABS('1')",
                "TO_TIMESTAMP(t)"
            })
    void meet(String expression) {
        assertThatCode(() -> plan(expression)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        d = 'abc' | 'abc' is not a number, and stands where DOUBLE is needed
        d = t | VARCHAR stands where DOUBLE is needed
        t = d | VARCHAR stands where DOUBLE is needed
        i < '7.5' | '7.5' is not an integer, and stands where INTEGER is needed
        f = t | VARCHAR stands where BOOLEAN is needed
        f = 'maybe' | 'maybe' is not a truth value, and stands where BOOLEAN is needed
        f = i | '=' does not apply to <BOOLEAN> = <INTEGER>
        f = 1 | '=' does not apply to <BOOLEAN> = <INTEGER>
        ts > 'soon' | 'soon' is not a timestamp, and stands where TIMESTAMP(6) is needed
        ts > t | VARCHAR stands where TIMESTAMP(6) is needed
        dt = i | '=' does not apply to <DATE> = <INTEGER>
        d + t | VARCHAR stands where DOUBLE is needed
        d + 'x' | 'x' is not a number, and stands where DOUBLE is needed
        t + t | VARCHAR stands where a number is needed
        - t | VARCHAR stands where a number is needed
        i * f | '*' does not apply to <INTEGER> * <BOOLEAN>
        ts + 1 | '+' does not apply to <TIMESTAMP(6)> + <INTEGER>
        CASE WHEN f THEN d ELSE t END | DOUBLE stands where VARCHAR is needed
        CASE WHEN f THEN d ELSE 'x' END | DOUBLE stands where VARCHAR is needed
        CASE i WHEN 'x' THEN 1 END | 'x' is not an integer, and stands where INTEGER is needed
        d IN ('x') | 'x' is not a number, and stands where DOUBLE is needed
        d NOT IN ('x') | 'x' is not a number, and stands where DOUBLE is needed
        d IN (1, t) | VARCHAR stands where DOUBLE is needed
        t IN (1, 2) | VARCHAR stands where INTEGER is needed
        t IN ('a', 1) | INTEGER stands where VARCHAR is needed
        d BETWEEN 1 AND 'x' | 'x' is not a number, and stands where DOUBLE is needed
        d BETWEEN t AND 2 | VARCHAR stands where DOUBLE is needed
        t BETWEEN 1 AND 2 | VARCHAR stands where INTEGER is needed
        COALESCE(d, 'x') | DOUBLE stands where VARCHAR is needed
        COALESCE(d, t) | DOUBLE stands where VARCHAR is needed
        NULLIF(d, 'x') | 'x' is not a number, and stands where DOUBLE is needed
        NULLIF(d, t) | VARCHAR stands where DOUBLE is needed
        GREATEST(d, 't') | 'GREATEST' does not apply to DOUBLE, VARCHAR
        UPPER(d) | DOUBLE stands where VARCHAR is needed
        ABS(t) | VARCHAR stands where a number is needed
        d LIKE '1%' | DOUBLE stands where VARCHAR is needed
        d IS DISTINCT FROM 'x' | 'x' is not a number, and stands where DOUBLE is needed
        d IS DISTINCT FROM t | VARCHAR stands where DOUBLE is needed
        f AND 'true' | 'AND' does not apply to <BOOLEAN> AND <VARCHAR>
        NOT i | 'NOT' does not apply to NOT<INTEGER>
        SQRT(t) | VARCHAR stands where a number is needed
        """)
    void needACast(String expression, String reason) {
        MillraceException failure = catchThrowableOfType(MillraceException.class, () -> plan(expression));
        assertThat(failure.code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(failure.position()).isNotNull();
        assertThat(failure.hint()).isNotNull();
        assertThat(failure.describe()).contains(reason);
    }

    @Test
    void theHintIsWhatToWrite() {
        MillraceException failure = catchThrowableOfType(MillraceException.class, () -> plan("d * t"));
        assertThat(failure.hint()).isEqualTo("convert it: CAST(t AS DOUBLE)");
        assertThatCode(() -> plan("d * CAST(t AS DOUBLE)")).doesNotThrowAnyException();
    }
}
