package io.millrace.runtime.expression;

import static io.millrace.plan.expression.ScalarFunction.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.expression.Expression;
import io.millrace.plan.expression.ScalarFunction;
import io.millrace.plan.expression.TimeUnit;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the functions mean, by hand-written tables that every engine must satisfy. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MeaningTest {

    private static final DataType BOOLEAN = DataType.BOOLEAN;
    private static final DataType INTEGER = DataType.INTEGER;
    private static final DataType BIGINT = DataType.BIGINT;
    private static final DataType DOUBLE = DataType.DOUBLE;
    private static final DataType VARCHAR = DataType.VARCHAR;
    private static final DataType TIMESTAMP = DataType.TIMESTAMP;
    private static final DataType MONTHS = new IntervalType(true);
    private static final DataType MICROS = new IntervalType(false);
    private static final Object UNKNOWN = new Trial.Null(BOOLEAN);
    private static final Object NO_INT = new Trial.Null(INTEGER);
    private static final Object NO_TEXT = new Trial.Null(VARCHAR);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-07-01T22:30:00.123456Z");
    private static final EvaluationContext CONTEXT =
            new EvaluationContext(io.millrace.spi.row.JavaValues.micros(NOW), List.of(), BERLIN);

    private final Set<ScalarFunction> covered = EnumSet.noneOf(ScalarFunction.class);
    private Trial trial;

    abstract ExpressionEngine engine();

    @BeforeAll
    void prepare() {
        trial = new Trial(engine());
    }

    @AfterAll
    void everyFunctionHasARow() {
        assertThat(EnumSet.complementOf(EnumSet.copyOf(covered))).isEmpty();
    }

    private void row(ScalarFunction function, DataType type, Object expected, Object... arguments) {
        covered.add(function);
        Object actual = trial.evaluate(CONTEXT, values -> new Expression.Call(function, values, type, true), arguments);
        assertThat(actual)
                .as("%s%s as %s", function, Arrays.deepToString(arguments), type)
                .isEqualTo(expected);
        Object ofConstants =
                trial.evaluate(CONTEXT, 1, values -> new Expression.Call(function, values, type, true), arguments);
        assertThat(ofConstants)
                .as("%s%s as %s, the first a column", function, Arrays.deepToString(arguments), type)
                .isEqualTo(expected);
    }

    private void cast(Object expected, DataType type, Object value) {
        Object actual = trial.evaluate(CONTEXT, values -> new Expression.Cast(values.get(0), type, true, false), value);
        assertThat(actual).as("cast of %s to %s", value, type).isEqualTo(expected);
        Object safe = trial.evaluate(CONTEXT, values -> new Expression.Cast(values.get(0), type, true, true), value);
        assertThat(safe)
                .as("safe cast of %s to %s", value, type)
                .isEqualTo(expected instanceof ErrorCode ? null : expected);
    }

    private static BigDecimal dec(String text) {
        return new BigDecimal(text);
    }

    private static LocalDateTime ts(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    @Test
    void threeValuedLogic() {
        row(AND, BOOLEAN, true, true, true);
        row(AND, BOOLEAN, false, true, false);
        row(AND, BOOLEAN, false, false, UNKNOWN);
        row(AND, BOOLEAN, false, UNKNOWN, false);
        row(AND, BOOLEAN, null, UNKNOWN, true);
        row(AND, BOOLEAN, null, true, UNKNOWN);
        row(AND, BOOLEAN, null, UNKNOWN, UNKNOWN);
        row(AND, BOOLEAN, false, true, UNKNOWN, false);
        row(OR, BOOLEAN, false, false, false);
        row(OR, BOOLEAN, true, false, true);
        row(OR, BOOLEAN, true, true, UNKNOWN);
        row(OR, BOOLEAN, true, UNKNOWN, true);
        row(OR, BOOLEAN, null, UNKNOWN, false);
        row(OR, BOOLEAN, null, false, UNKNOWN);
        row(OR, BOOLEAN, true, false, UNKNOWN, true);
        row(NOT, BOOLEAN, false, true);
        row(NOT, BOOLEAN, true, false);
        row(NOT, BOOLEAN, null, UNKNOWN);
        Object[] truths = {true, false, UNKNOWN};
        boolean[][] tests = {
            {false, false, true},
            {true, true, false},
            {true, false, false},
            {false, true, false},
            {false, true, true},
            {true, false, true}
        };
        for (int i = 0; i < 3; i++) {
            row(IS_NULL, BOOLEAN, tests[0][i], truths[i]);
            row(IS_NOT_NULL, BOOLEAN, tests[1][i], truths[i]);
            row(IS_TRUE, BOOLEAN, tests[2][i], truths[i]);
            row(IS_FALSE, BOOLEAN, tests[3][i], truths[i]);
            row(IS_NOT_TRUE, BOOLEAN, tests[4][i], truths[i]);
            row(IS_NOT_FALSE, BOOLEAN, tests[5][i], truths[i]);
        }
        row(NOT_NULL, INTEGER, 7, 7, "why");
        row(NOT_NULL, VARCHAR, "seven", "seven", "why");
        row(NOT_NULL, INTEGER, ErrorCode.NULL_NOT_ALLOWED, NO_INT, "why");
        row(NOT_NULL, VARCHAR, ErrorCode.NULL_NOT_ALLOWED, NO_TEXT, "why");
        row(IS_NOT_DISTINCT_FROM, BOOLEAN, true, NO_INT, NO_INT);
        row(IS_NOT_DISTINCT_FROM, BOOLEAN, false, NO_INT, 1);
        row(IS_NOT_DISTINCT_FROM, BOOLEAN, true, 1, 1);
        row(IS_DISTINCT_FROM, BOOLEAN, true, 1, NO_INT);
        row(IS_DISTINCT_FROM, BOOLEAN, false, NO_TEXT, NO_TEXT);
        row(IS_DISTINCT_FROM, BOOLEAN, true, "a", "b");
    }

    @Test
    void numbersByPatterns() {
        row(FORMAT_NUMBER, VARCHAR, " 1,234.50", dec("1234.5"), "9,999.99");
        row(FORMAT_NUMBER, VARCHAR, "-12.3", dec("-12.3"), "FM99.99");
        row(FORMAT_NUMBER, VARCHAR, " ##.#", 123, "99.9");
        row(FORMAT_NUMBER, VARCHAR, " 0.5", 0.5, "0.9");
        row(FORMAT_NUMBER, VARCHAR, ErrorCode.INVALID_ARGUMENT, 1, "9.9.9");
        row(FORMAT_NUMBER, VARCHAR, null, NO_INT, "9");
        DataType parsed = new DecimalType(6, 2);
        row(PARSE_NUMBER, parsed, dec("-1234.50"), "1,234.5-", "9G999D99S");
        row(PARSE_NUMBER, parsed, dec("12.00"), "$12", "L9999.99");
        row(PARSE_NUMBER, parsed, ErrorCode.INVALID_VALUE, "twelve", "9999.99");
        row(TRANSLATE, VARCHAR, "a2x5", "12345", "143", "ax");
        row(TRANSLATE, VARCHAR, "éb", "😀b", "😀", "é");
        row(ENCODE, VARCHAR, "00ff", new byte[] {0, -1}, "hex");
        row(ENCODE, VARCHAR, "YWI=", "ab", "BASE64");
        row(ENCODE, VARCHAR, "a\\\\\\000\\377", new byte[] {'a', '\\', 0, -1}, "escape");
        row(ENCODE, VARCHAR, ErrorCode.INVALID_ARGUMENT, "a", "rot13");
        row(OCTET_LENGTH, INTEGER, 1, new byte[] {1});
        row(DECODE, DataType.VARBINARY, ErrorCode.INVALID_VALUE, "0", "hex");
        row(DECODE, DataType.VARBINARY, ErrorCode.INVALID_VALUE, "YW", "base64");
        row(DECODE, DataType.VARBINARY, ErrorCode.INVALID_VALUE, "\\9", "escape");
        assertThat((byte[]) trial.evaluate(
                        CONTEXT,
                        values -> new Expression.Call(DECODE, values, DataType.VARBINARY, true),
                        "0 0FF",
                        "hex"))
                .containsExactly(0, 0xFF);
    }

    @Test
    void wholeNumbersAndBits() {
        DataType whole = new DecimalType(38, 0);
        row(DIV, whole, dec("-3"), dec("-7.5"), dec("2"));
        row(DIV, whole, ErrorCode.DIVISION_BY_ZERO, 1, 0);
        row(GCD, INTEGER, 6, -12, 18);
        row(GCD, INTEGER, 0, 0, 0);
        row(GCD, new DecimalType(5, 2), dec("0.25"), dec("1.50"), dec("0.25"));
        row(GCD, BIGINT, ErrorCode.NUMERIC_OVERFLOW, Long.MIN_VALUE, 0L);
        row(LCM, INTEGER, 36, -12, 18);
        row(LCM, INTEGER, 0, 0, 3);
        row(LCM, INTEGER, ErrorCode.NUMERIC_OVERFLOW, Integer.MAX_VALUE, 2);
        row(FACTORIAL, whole, dec("120"), 5);
        row(FACTORIAL, whole, dec("8683317618811886495518194401280000000"), 33L);
        row(FACTORIAL, whole, ErrorCode.NUMERIC_OVERFLOW, 34);
        row(FACTORIAL, whole, ErrorCode.INVALID_ARGUMENT, -1);
        row(SCALE, INTEGER, 2, dec("8.40"));
        row(SCALE, INTEGER, 0, 8);
        row(MIN_SCALE, INTEGER, 1, dec("8.40"));
        row(MIN_SCALE, INTEGER, 0, dec("800.00"));
        row(BITAND, INTEGER, 8, 12, 10);
        row(BITOR, BIGINT, 14L, 12L, 10);
        row(BITXOR, INTEGER, -7, 12, -11);
        row(BITNOT, BIGINT, -1L, 0L);
        row(SHIFT_LEFT, INTEGER, Integer.MIN_VALUE, 1, 31);
        row(SHIFT_LEFT, INTEGER, 2, 1, 33);
        row(SHIFT_LEFT, BIGINT, 1L << 33, 1L, 33);
        row(SHIFT_LEFT, DataType.TINYINT, -128, new Trial.Typed(DataType.TINYINT, 1), 7);
        row(SHIFT_RIGHT, INTEGER, -1, -1, 4);
        row(SHIFT_RIGHT, INTEGER, 1, 16, 4);
        row(CBRT, DOUBLE, -3.0, -27.0);
        row(COT, DOUBLE, Double.POSITIVE_INFINITY, 0.0);
        row(SINH, DOUBLE, 0.0, 0.0);
        row(COSH, DOUBLE, 1.0, 0.0);
        row(COSH, DOUBLE, Double.POSITIVE_INFINITY, 1e6);
        row(TANH, DOUBLE, -1.0, -1e6);
        row(ASINH, DOUBLE, 0.881373587019543, 1.0);
        row(ASINH, DOUBLE, -1e-20, -1e-20);
        row(ACOSH, DOUBLE, 0.0, 1.0);
        row(ACOSH, DOUBLE, ErrorCode.INVALID_ARGUMENT, 0.5);
        row(ATANH, DOUBLE, 0.5493061443340548, 0.5);
        row(ATANH, DOUBLE, Double.NEGATIVE_INFINITY, -1.0);
        row(ATANH, DOUBLE, ErrorCode.INVALID_ARGUMENT, 2.0);
    }

    @Test
    void arraysAsPostgresHasThem() {
        DataType ints = new ArrayType(INTEGER, true);
        Object none = new Trial.Null(ints);
        Object some = new Trial.Typed(ints, Arrays.asList(1, null, 1));
        row(ARRAY_APPEND, ints, Arrays.asList(1, null), List.of(1), NO_INT);
        row(ARRAY_APPEND, ints, List.of(3), none, 3);
        row(ARRAY_PREPEND, ints, List.of(0, 1), 0, List.of(1));
        row(ARRAY_CAT, ints, List.of(1, 2), List.of(1), List.of(2));
        row(ARRAY_CAT, ints, List.of(2), none, List.of(2));
        row(ARRAY_CAT, ints, null, none, none);
        row(ARRAY_REMOVE, ints, List.of(1, 1), some, NO_INT);
        row(ARRAY_REMOVE, ints, Arrays.asList((Object) null), some, 1);
        row(ARRAY_REMOVE, ints, null, none, 1);
        row(ARRAY_REPLACE, ints, List.of(1, 9, 1), some, NO_INT, 9);
        row(ARRAY_POSITION, INTEGER, 3, some, 1, 2);
        row(ARRAY_POSITION, INTEGER, 2, some, NO_INT);
        row(ARRAY_POSITION, INTEGER, null, some, 7);
        row(ARRAY_POSITION, INTEGER, ErrorCode.NULL_NOT_ALLOWED, some, 1, NO_INT);
        row(ARRAY_POSITIONS, ints, List.of(1, 3), some, 1);
        row(ARRAY_POSITIONS, ints, List.of(), some, 7);
        row(ARRAY_FILL, ints, Arrays.asList(null, null), NO_INT, List.of(2));
        row(ARRAY_FILL, ints, ErrorCode.INVALID_ARGUMENT, 1, List.of(1, 2));
        row(ARRAY_FILL, ints, ErrorCode.NULL_NOT_ALLOWED, 1, none);
        row(ARRAY_FILL, ints, ErrorCode.LIMIT_EXCEEDED, 1, List.of(Integer.MAX_VALUE));
        row(ARRAY_CONTAINS_ALL, BOOLEAN, true, some, List.of(1, 1, 1, 1));
        row(ARRAY_CONTAINS_ALL, BOOLEAN, false, some, some);
        row(ARRAY_CONTAINS_ALL, BOOLEAN, null, some, none);
        row(ARRAY_OVERLAPS, BOOLEAN, true, some, List.of(2, 1));
        row(ARRAY_OVERLAPS, BOOLEAN, false, some, List.of(2));
        row(TRIM_ARRAY, ints, List.of(1), List.of(1, 2, 3), 2);
        row(TRIM_ARRAY, ints, ErrorCode.INVALID_ARGUMENT, List.of(1, 2, 3), 4);
        row(ARRAY_SLICE, ints, List.of(2, 3), List.of(1, 2, 3), 2L, 9L);
        row(ARRAY_SLICE, ints, List.of(), List.of(1, 2, 3), 4L, Long.MAX_VALUE);
        row(ARRAY_SLICE, ints, List.of(1), List.of(1, 2, 3), Long.MIN_VALUE, 1L);
    }

    @Test
    void timesOfTheirParts() {
        row(MAKE_DATE, DataType.DATE, LocalDate.of(2024, 2, 29), 2024, 2, 29);
        row(MAKE_DATE, DataType.DATE, ErrorCode.INVALID_VALUE, 2026, 2, 29);
        row(MAKE_DATE, DataType.DATE, ErrorCode.INVALID_VALUE, 0, 1, 1);
        row(MAKE_DATE, DataType.DATE, ErrorCode.INVALID_VALUE, 2026, Integer.MAX_VALUE, 1);
        row(MAKE_TIME, DataType.TIME, LocalTime.of(13, 45, 1, 500_000_000), 13, 45, 1.5);
        row(MAKE_TIME, DataType.TIME, ErrorCode.INVALID_VALUE, 24, 0, 0.0);
        row(MAKE_TIME, DataType.TIME, ErrorCode.INVALID_VALUE, 1, 0, 60.0);
        row(MAKE_TIME, DataType.TIME, ErrorCode.INVALID_VALUE, 1, 0, Double.NaN);
    }

    @Test
    void laterOperandsAreNotEvaluatedOnceTheAnswerIsKnown() {
        assertThat(connected(AND, false, 0)).isEqualTo(false);
        assertThat(connected(AND, true, 0)).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
        assertThat(connected(AND, UNKNOWN, 0)).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
        assertThat(connected(OR, true, 0)).isEqualTo(true);
        assertThat(connected(OR, false, 0)).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
        assertThat(connected(OR, UNKNOWN, 1)).isEqualTo(true);
        assertThat(guarded(0)).isEqualTo(-1);
        assertThat(guarded(2)).isEqualTo(5);
        assertThat(guarded(NO_INT)).isEqualTo(null);
    }

    /** Evaluates {@code first AND|OR 10 / divisor > 0}. */
    private Object connected(ScalarFunction connective, Object first, Object divisor) {
        return trial.evaluate(
                CONTEXT,
                values -> new Expression.Call(
                        connective,
                        List.of(
                                values.get(0),
                                new Expression.Call(
                                        GREATER,
                                        List.of(quotient(values.get(1)), new Expression.Literal(0, INTEGER)),
                                        BOOLEAN,
                                        true)),
                        BOOLEAN,
                        true),
                first,
                divisor);
    }

    private static Expression quotient(Expression divisor) {
        return new Expression.Call(DIVIDE, List.of(new Expression.Literal(10, INTEGER), divisor), INTEGER, true);
    }

    /** Evaluates {@code CASE WHEN x = 0 THEN -1 ELSE 10 / x END}. */
    private Object guarded(Object divisor) {
        return trial.evaluate(
                CONTEXT,
                values -> new Expression.Case(
                        List.of(new Expression.Case.Branch(
                                new Expression.Call(
                                        EQUAL,
                                        List.of(values.get(0), new Expression.Literal(0, INTEGER)),
                                        BOOLEAN,
                                        true),
                                new Expression.Literal(-1, INTEGER))),
                        quotient(values.get(0)),
                        INTEGER,
                        true),
                divisor);
    }

    @Test
    void comparison() {
        row(EQUAL, BOOLEAN, true, 1, 1);
        row(EQUAL, BOOLEAN, null, 1, NO_INT);
        row(NOT_EQUAL, BOOLEAN, true, "a", "b");
        row(LESS, BOOLEAN, true, "a", "ab");
        row(LESS, BOOLEAN, true, "Z", "a");
        row(LESS, BOOLEAN, true, "\uFFFD", "😀"); // by code point, not by UTF-16 unit
        row(LESS, BOOLEAN, true, new byte[] {1}, new byte[] {-1});
        row(LESS_OR_EQUAL, BOOLEAN, true, LocalDate.of(2026, 1, 1), LocalDate.of(2026, 1, 1));
        row(GREATER, BOOLEAN, true, true, false);
        row(GREATER, BOOLEAN, true, ts("2026-01-01 00:00:00.000001"), ts("2026-01-01 00:00"));
        row(GREATER_OR_EQUAL, BOOLEAN, false, Duration.ofSeconds(-1), Duration.ZERO);
        row(EQUAL, BOOLEAN, true, Double.NaN, Double.NaN);
        row(GREATER, BOOLEAN, true, Double.NaN, Double.POSITIVE_INFINITY);
        row(LESS, BOOLEAN, false, Double.NaN, Double.NaN);
        row(LESS_OR_EQUAL, BOOLEAN, true, 1.0, Double.NaN);
        row(NOT_EQUAL, BOOLEAN, false, Double.NaN, Double.NaN);
        row(EQUAL, BOOLEAN, true, 0.0, -0.0);
        row(EQUAL, BOOLEAN, true, dec("1.50"), dec("1.5"));
        row(LESS, BOOLEAN, true, dec("1.49"), 2);
        row(EQUAL, BOOLEAN, true, 2, 2.0);
        row(GREATER, BOOLEAN, true, dec("12345678901234567890123456.7"), dec("12345678901234567890123456.6"));
        row(EQUAL, BOOLEAN, true, Period.ofMonths(12), Period.ofYears(1));
        row(GREATEST, INTEGER, 3, 1, 3, 2);
        row(GREATEST, INTEGER, null, 1, NO_INT, 2);
        row(GREATEST, VARCHAR, "b", "a", "b");
        row(LEAST, DOUBLE, 1.0, Double.NaN, 1.0);
        row(LEAST, INTEGER, 1, 3, 1, 2);
    }

    @Test
    void integersNeverOverflowSilently() {
        row(PLUS, INTEGER, 5, 2, 3);
        row(PLUS, INTEGER, ErrorCode.NUMERIC_OVERFLOW, Integer.MAX_VALUE, 1);
        row(PLUS, INTEGER, null, Integer.MAX_VALUE, NO_INT);
        row(PLUS, BIGINT, ErrorCode.NUMERIC_OVERFLOW, Long.MAX_VALUE, 1L);
        row(PLUS, DataType.TINYINT, ErrorCode.NUMERIC_OVERFLOW, tiny(127), tiny(1));
        row(PLUS, DataType.SMALLINT, 128, tiny(127), tiny(1));
        row(MINUS, BIGINT, ErrorCode.NUMERIC_OVERFLOW, Long.MIN_VALUE, 1L);
        row(MINUS, BIGINT, 2147483648L, Integer.MAX_VALUE, -1);
        row(MULTIPLY, BIGINT, ErrorCode.NUMERIC_OVERFLOW, 1L << 62, 2L);
        row(MULTIPLY, BIGINT, ErrorCode.NUMERIC_OVERFLOW, Long.MIN_VALUE, -1L);
        row(MULTIPLY, INTEGER, ErrorCode.NUMERIC_OVERFLOW, 65536, 65536);
        row(MULTIPLY, INTEGER, -6, 2, -3);
        row(DIVIDE, INTEGER, 2, 5, 2);
        row(DIVIDE, INTEGER, -2, -5, 2);
        row(DIVIDE, INTEGER, ErrorCode.DIVISION_BY_ZERO, 5, 0);
        row(DIVIDE, INTEGER, null, NO_INT, 0);
        row(DIVIDE, INTEGER, ErrorCode.NUMERIC_OVERFLOW, Integer.MIN_VALUE, -1);
        row(DIVIDE, BIGINT, ErrorCode.NUMERIC_OVERFLOW, Long.MIN_VALUE, -1L);
        row(MOD, INTEGER, -1, -5, 2);
        row(MOD, INTEGER, ErrorCode.DIVISION_BY_ZERO, 5, 0);
        row(MOD, BIGINT, 0L, Long.MIN_VALUE, -1L);
        row(NEGATE, INTEGER, ErrorCode.NUMERIC_OVERFLOW, Integer.MIN_VALUE);
        row(NEGATE, INTEGER, -5, 5);
        row(ABS, BIGINT, ErrorCode.NUMERIC_OVERFLOW, Long.MIN_VALUE);
        row(ABS, INTEGER, 5, -5);
        row(SIGN, INTEGER, -1, -7);
        row(SIGN, INTEGER, 0, 0);
        row(FLOOR, INTEGER, 7, 7);
        row(CEIL, BIGINT, 7L, 7L);
        row(ROUND, INTEGER, 1300, 1250, -2);
        row(ROUND, INTEGER, -1300, -1250, -2);
        row(ROUND, INTEGER, ErrorCode.NUMERIC_OVERFLOW, Integer.MAX_VALUE, -1);
        row(ROUND, INTEGER, 1250, 1250, 3);
        row(ROUND, BIGINT, 0L, 1250L, -30);
        row(TRUNCATE, INTEGER, -1200, -1250, -2);
        row(STEP, INTEGER, -10, -7, 5);
        row(STEP, INTEGER, 5, 7, 5);
        row(STEP, INTEGER, ErrorCode.DIVISION_BY_ZERO, 7, 0);
        row(STEP, INTEGER, ErrorCode.INVALID_ARGUMENT, 7, -5);
    }

    private static Object tiny(int value) {
        return new Trial.Typed(DataType.TINYINT, value);
    }

    @Test
    void decimalsAreExactInTheTypeOfTheCall() {
        row(PLUS, new DecimalType(5, 2), dec("3.75"), dec("1.25"), dec("2.50"));
        row(PLUS, new DecimalType(5, 2), dec("3.75"), dec("1.25"), dec("2.5"));
        row(PLUS, new DecimalType(5, 2), dec("4.25"), dec("1.25"), 3);
        row(PLUS, new DecimalType(3, 2), ErrorCode.NUMERIC_OVERFLOW, dec("9.99"), dec("0.01"));
        row(MINUS, new DecimalType(4, 1), dec("-1.3"), dec("1.25"), dec("2.50"));
        row(MULTIPLY, new DecimalType(6, 4), dec("3.1250"), dec("1.25"), dec("2.50"));
        row(MULTIPLY, new DecimalType(6, 1), dec("3.1"), dec("1.25"), dec("2.50"));
        row(
                MULTIPLY,
                new DecimalType(38, 0),
                dec("999999999999999998000000000000000001"),
                dec("999999999999999999"),
                dec("999999999999999999"));
        row(MULTIPLY, new DecimalType(18, 0), ErrorCode.NUMERIC_OVERFLOW, dec("999999999999999999"), dec("2"));
        row(
                MULTIPLY,
                new DecimalType(38, 0),
                ErrorCode.NUMERIC_OVERFLOW,
                dec("99999999999999999999"),
                dec("99999999999999999999"));
        row(DIVIDE, new DecimalType(10, 4), dec("0.3333"), dec("1"), dec("3"));
        row(DIVIDE, new DecimalType(10, 4), dec("-0.6667"), dec("-2"), dec("3"));
        row(DIVIDE, new DecimalType(10, 4), dec("2.5000"), dec("5.0"), 2);
        row(DIVIDE, new DecimalType(10, 4), ErrorCode.DIVISION_BY_ZERO, dec("5.0"), dec("0.00"));
        row(MOD, new DecimalType(5, 2), dec("-0.75"), dec("-5.25"), dec("1.5"));
        row(NEGATE, new DecimalType(5, 2), dec("-5.25"), dec("5.25"));
        row(ABS, new DecimalType(5, 2), dec("5.25"), dec("-5.25"));
        row(SIGN, new DecimalType(5, 2), dec("-1.00"), dec("-5.25"));
        row(FLOOR, new DecimalType(5, 0), dec("-6"), dec("-5.25"));
        row(CEIL, new DecimalType(5, 0), dec("-5"), dec("-5.25"));
        row(CEIL, BIGINT, 6L, dec("5.25"));
        row(ROUND, new DecimalType(5, 2), dec("5.30"), dec("5.25"), 1);
        row(ROUND, new DecimalType(5, 0), dec("-6"), dec("-5.50"));
        row(TRUNCATE, new DecimalType(5, 1), dec("-5.2"), dec("-5.29"), 1);
        row(STEP, new DecimalType(5, 2), dec("5.25"), dec("5.30"), dec("0.25"));
        row(GREATEST, new DecimalType(5, 2), dec("5.30"), dec("5.30"), dec("0.25"));
        row(SIGN, new DecimalType(22, 2), dec("-1.00"), dec("-12345678901234567890.25"));
    }

    @Test
    void floatingPointNumbers() {
        row(PLUS, DOUBLE, 0.30000000000000004, 0.1, 0.2);
        row(PLUS, DOUBLE, 3.5, 1, 2.5);
        row(PLUS, DataType.REAL, 0.3f, 0.1f, 0.2f);
        row(MULTIPLY, DataType.REAL, ErrorCode.NUMERIC_OVERFLOW, 1e38f, 1e38f);
        row(MULTIPLY, DOUBLE, Double.POSITIVE_INFINITY, 1e308, 10.0);
        row(DIVIDE, DOUBLE, ErrorCode.DIVISION_BY_ZERO, 1.0, 0.0);
        row(DIVIDE, DOUBLE, 0.5, 1.0, 2.0);
        row(MOD, DOUBLE, -1.5, -5.5, 2.0);
        row(ROUND, DOUBLE, 3.0, 2.5);
        row(ROUND, DOUBLE, -3.0, -2.5);
        row(ROUND, DOUBLE, 0.0, 0.49999999999999994);
        row(ROUND, DOUBLE, 1.01, 1.005, 2);
        row(ROUND, DOUBLE, 1200.0, 1249.0, -2);
        row(TRUNCATE, DOUBLE, -2.0, -2.9);
        row(TRUNCATE, DOUBLE, 1.25, 1.259, 2);
        row(FLOOR, DOUBLE, -3.0, -2.5);
        row(FLOOR, BIGINT, -3L, -2.5);
        row(CEIL, DOUBLE, 3.0, 2.5);
        row(CEIL, BIGINT, ErrorCode.NUMERIC_OVERFLOW, 1e19);
        row(SIGN, DOUBLE, -1.0, -0.1);
        row(SQRT, DOUBLE, 3.0, 9.0);
        row(SQRT, DOUBLE, ErrorCode.INVALID_ARGUMENT, -1.0);
        row(EXP, DOUBLE, 1.0, 0.0);
        row(EXP, DOUBLE, ErrorCode.NUMERIC_OVERFLOW, 1000.0);
        row(LN, DOUBLE, 0.0, 1.0);
        row(LN, DOUBLE, ErrorCode.NUMERIC_OVERFLOW, 0.0);
        row(LN, DOUBLE, ErrorCode.INVALID_ARGUMENT, -1.0);
        row(LOG10, DOUBLE, 3.0, 1000.0);
        row(POWER, DOUBLE, 1024.0, 2.0, 10.0);
        row(POWER, DOUBLE, ErrorCode.INVALID_ARGUMENT, -8.0, 0.5);
        row(SIN, DOUBLE, 0.0, 0.0);
        row(COS, DOUBLE, 1.0, 0.0);
        row(TAN, DOUBLE, 0.0, 0.0);
        row(ASIN, DOUBLE, ErrorCode.INVALID_ARGUMENT, 2.0);
        row(ACOS, DOUBLE, 0.0, 1.0);
        row(ATAN, DOUBLE, 0.0, 0.0);
        row(ATAN2, DOUBLE, Math.PI / 2, 1.0, 0.0);
        row(STEP, DOUBLE, 0.5, 0.7, 0.25);
        row(WIDTH_BUCKET, INTEGER, 3, 5.35, 0.024, 10.06, 5);
        row(WIDTH_BUCKET, INTEGER, 0, 11.0, 10.0, 0.0, 4);
        row(WIDTH_BUCKET, INTEGER, 5, 0.0, 10.0, 0.0, 4);
        row(WIDTH_BUCKET, INTEGER, 4, Math.nextDown(1.0), 0.0, 1.0, 4);
        row(WIDTH_BUCKET, INTEGER, 30, new BigDecimal("0.29"), 0, 1, 100);
        row(WIDTH_BUCKET, INTEGER, ErrorCode.INVALID_ARGUMENT, 1.0, 0.0, 0.0, 4);
        row(WIDTH_BUCKET, INTEGER, ErrorCode.INVALID_ARGUMENT, 1, 0, 2, 0);
    }

    @Test
    void textIsCountedInCharacters() {
        row(CONCAT, VARCHAR, "aé😀b", "aé", "😀b");
        row(CONCAT, VARCHAR, null, "a", NO_TEXT);
        row(CONCAT, DataType.VARBINARY, new byte[] {1, 2}, new byte[] {1}, new byte[] {2});
        row(CHAR_LENGTH, INTEGER, 3, "aé😀");
        row(OCTET_LENGTH, INTEGER, 7, "aé😀");
        row(OCTET_LENGTH, INTEGER, 2, new byte[] {1, 2});
        row(UPPER, VARCHAR, "ABC1", "aBc1");
        row(UPPER, VARCHAR, "STRASSE É", "straße é");
        row(LOWER, VARCHAR, "abc é", "ABC É");
        row(INITCAP, VARCHAR, "Hello, World 4ever Élan", "hELLO, wORLD 4EVER éLAN");
        row(TRIM_BOTH, VARCHAR, "a b", "  a b ", " ");
        row(TRIM_LEADING, VARCHAR, "a  ", "  a  ", " ");
        row(TRIM_TRAILING, VARCHAR, "  a", "  a  ", " ");
        row(TRIM_BOTH, VARCHAR, "b", "éab😀é", "é😀a");
        row(TRIM_BOTH, VARCHAR, "", "xxx", "x");
        row(REVERSE, VARCHAR, "😀éa", "aé😀");
        row(REPLACE, VARCHAR, "xbxb", "abab", "a", "x");
        row(REPLACE, VARCHAR, "abab", "abab", "", "x");
        row(REPLACE, VARCHAR, "ba", "aaa", "aa", "b");
        row(POSITION, INTEGER, 3, "😀", "éa😀");
        row(POSITION, INTEGER, 0, "z", "abc");
        row(POSITION, INTEGER, 1, "", "abc");
        row(STARTS_WITH, BOOLEAN, true, "abc", "ab");
        row(STARTS_WITH, BOOLEAN, false, "abc", "b");
        row(SPLIT_PART, VARCHAR, "b", "a,b,c", ",", 2);
        row(SPLIT_PART, VARCHAR, "", "a,b,", ",", 3);
        row(SPLIT_PART, VARCHAR, "", "a,b", ",", 9);
        row(SPLIT_PART, VARCHAR, "c", "a,b,c", ",", -1);
        row(SPLIT_PART, VARCHAR, "a", "a,b,c", ",", -3);
        row(SPLIT_PART, VARCHAR, "", "a,b,c", ",", -4);
        row(SPLIT_PART, VARCHAR, "a,b", "a,b", "", -1);
        row(SPLIT_PART, VARCHAR, "", "a,b", "", -2);
        row(SPLIT_PART, VARCHAR, "a,b", "a,b", "", 1);
        row(REPEAT, VARCHAR, "ababab", "ab", 3);
        row(REPEAT, VARCHAR, "", "ab", -1);
        row(REPEAT, VARCHAR, ErrorCode.LIMIT_EXCEEDED, "ab", Integer.MAX_VALUE);
        row(REPEAT, VARCHAR, ErrorCode.LIMIT_EXCEEDED, "ab", Long.MAX_VALUE);
        row(LPAD, VARCHAR, "xyxé", "é", 4, "xy");
        row(RPAD, VARCHAR, "éxyx", "é", 4, "xy");
        row(LPAD, VARCHAR, "ab", "abc", 2, "x");
        row(RPAD, VARCHAR, "ab", "abc", 2);
        row(LPAD, VARCHAR, "  a", "a", 3);
        row(LPAD, VARCHAR, "", "a", Long.MIN_VALUE, "x");
        row(LPAD, VARCHAR, "a", "a", 5, "");
        row(LPAD, VARCHAR, ErrorCode.LIMIT_EXCEEDED, "a", Integer.MAX_VALUE, "x");
        row(LEFT, VARCHAR, "é😀", "é😀c", 2);
        row(LEFT, VARCHAR, "é", "é😀c", -2);
        row(LEFT, VARCHAR, "", "ab", Long.MIN_VALUE);
        row(RIGHT, VARCHAR, "😀c", "é😀c", 2);
        row(RIGHT, VARCHAR, "c", "é😀c", -2);
        row(RIGHT, VARCHAR, "ab", "ab", Long.MAX_VALUE);
        row(RIGHT, VARCHAR, "", "ab", Long.MIN_VALUE);
        row(OVERLAY, VARCHAR, "aXYd", "abcd", "XY", 2, 2);
        row(OVERLAY, VARCHAR, "aXYd", "abcd", "XY", 2);
        row(OVERLAY, VARCHAR, "abcdX", "abcd", "X", 9, 1);
        row(OVERLAY, VARCHAR, ErrorCode.INVALID_ARGUMENT, "abcd", "X", 0, 1);
        row(OVERLAY, VARCHAR, "aX", "abcd", "X", 2L, Long.MAX_VALUE);
        row(MD5, VARCHAR, "900150983cd24fb0d6963f7d28e17f72", "abc");
        row(SHA1, VARCHAR, "a9993e364706816aba3e25717850c26c9cd0d89d", "abc");
        row(SHA224, VARCHAR, "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7", "abc");
        row(
                SHA384,
                VARCHAR,
                "54a59b9f22b0b80880d8427e548b7c23abd873486e1f035dce9cd697e85175033caa88e6d57bc35efae0b5afd3145f31",
                "a");
        row(
                SHA512,
                VARCHAR,
                "1f40fc92da241694750979ee6cf582f2d5d7d28e18335de05abc54d0560e0f53"
                        + "02860c652bf08d560252aa5e74210546f369fbbbce8c12cfc7957b2652fe9a75",
                "a");
        row(ASCII, INTEGER, 128512, "😀a");
        row(ASCII, INTEGER, 0, "");
        row(CHR, VARCHAR, "😀", 128512);
        row(CHR, VARCHAR, ErrorCode.INVALID_VALUE, 0);
        row(CHR, VARCHAR, ErrorCode.INVALID_VALUE, 0xD800);
        row(SHA256, VARCHAR, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "abc");
    }

    @Test
    void substringFollowsTheStandard() {
        row(SUBSTRING, VARCHAR, "bcd", "abcd", 2);
        row(SUBSTRING, VARCHAR, "bc", "abcd", 2, 2);
        row(SUBSTRING, VARCHAR, "abcd", "abcd", 0);
        row(SUBSTRING, VARCHAR, "a", "abcd", 0, 2);
        row(SUBSTRING, VARCHAR, "", "abcd", -5, 3);
        row(SUBSTRING, VARCHAR, "ab", "abcd", -1, 4);
        row(SUBSTRING, VARCHAR, "", "abcd", 9, 2);
        row(SUBSTRING, VARCHAR, "cd", "abcd", 3, Integer.MAX_VALUE);
        row(SUBSTRING, VARCHAR, "cd", "abcd", 3L, Long.MAX_VALUE);
        row(SUBSTRING, VARCHAR, "", "abcd", Long.MIN_VALUE, Long.MAX_VALUE);
        row(SUBSTRING, VARCHAR, "", "abcd", Long.MIN_VALUE, 0);
        row(SUBSTRING, VARCHAR, "", "abcd", 2, 0);
        row(SUBSTRING, VARCHAR, ErrorCode.INVALID_ARGUMENT, "abcd", 2, -1);
        row(SUBSTRING, VARCHAR, "😀", "é😀a", 2, 1);
        row(SUBSTRING, VARCHAR, null, "abcd", NO_INT, 1);
    }

    @Test
    void patterns() {
        row(LIKE, BOOLEAN, true, "abc", "abc");
        row(LIKE, BOOLEAN, false, "abc", "ab");
        row(LIKE, BOOLEAN, true, "abc", "a%");
        row(LIKE, BOOLEAN, true, "abc", "%c");
        row(LIKE, BOOLEAN, true, "abc", "%b%");
        row(LIKE, BOOLEAN, true, "abc", "%");
        row(LIKE, BOOLEAN, true, "", "%");
        row(LIKE, BOOLEAN, false, "", "_");
        row(LIKE, BOOLEAN, true, "a😀c", "a_c");
        row(LIKE, BOOLEAN, true, "aXbXc", "a%X%c");
        row(LIKE, BOOLEAN, false, "ac", "a%X%c");
        row(LIKE, BOOLEAN, false, "aXa", "aX%Xa");
        row(LIKE, BOOLEAN, true, "abcabd", "%ab_");
        row(LIKE, BOOLEAN, true, "a%c", "a\\%c", "\\");
        row(LIKE, BOOLEAN, false, "abc", "a\\%c", "\\");
        row(LIKE, BOOLEAN, true, "a_", "%!_", "!");
        row(LIKE, BOOLEAN, true, "a\nb", "a%b");
        row(LIKE, BOOLEAN, ErrorCode.INVALID_ARGUMENT, "a", "a!", "!");
        row(LIKE, BOOLEAN, ErrorCode.INVALID_ARGUMENT, "a", "a", "!!");
        row(LIKE, BOOLEAN, null, NO_TEXT, "a");
        row(ILIKE, BOOLEAN, true, "ABC", "a%");
        row(ILIKE, BOOLEAN, true, "Éa", "é_");
        row(ILIKE, BOOLEAN, false, "b", "a%");
        row(SIMILAR_TO, BOOLEAN, true, "abc", "a(b|x)c");
        row(SIMILAR_TO, BOOLEAN, true, "abbc", "ab{2}c");
        row(SIMILAR_TO, BOOLEAN, true, "a.c", "a.c");
        row(SIMILAR_TO, BOOLEAN, false, "abc", "a.c");
        row(SIMILAR_TO, BOOLEAN, true, "abc", "%b_");
        row(SIMILAR_TO, BOOLEAN, true, "x7", "[a-z][[:DIGIT:]]");
        row(SIMILAR_TO, BOOLEAN, true, "a%", "a!%", "!");
        row(SIMILAR_TO, BOOLEAN, false, "xabc", "abc");
        row(REGEXP_LIKE, BOOLEAN, true, "xabc", "b.$");
        row(REGEXP_LIKE, BOOLEAN, ErrorCode.INVALID_ARGUMENT, "x", "(");
        row(REGEXP_REPLACE, VARCHAR, "x-b-", "xabca", "[ac]+", "-");
        row(REGEXP_REPLACE, VARCHAR, "ba", "ab", "(a)(b)", "$2$1");
        row(REGEXP_REPLACE, VARCHAR, "ba", "ab", "(a)(b)", "\\2\\1");
        row(REGEXP_REPLACE, VARCHAR, "[ab]\\", "ab", "(a)(b)", "[\\&]\\\\");
        row(REGEXP_REPLACE, VARCHAR, ErrorCode.INVALID_ARGUMENT, "ab", "a", "\\7");
        row(REGEXP_REPLACE, VARCHAR, ErrorCode.INVALID_ARGUMENT, "ab", "a", "$7");
        row(REGEXP_LIKE, BOOLEAN, true, "a".repeat(1 << 15), "a".repeat(1 << 15));
        row(REGEXP_LIKE, BOOLEAN, ErrorCode.LIMIT_EXCEEDED, "a", "a".repeat((1 << 15) + 1));
        row(SIMILAR_TO, BOOLEAN, ErrorCode.LIMIT_EXCEEDED, "a", "a".repeat((1 << 15) + 1));
        row(REGEXP_COUNT, INTEGER, 2, "a1b22", "[0-9]+");
        row(REGEXP_COUNT, INTEGER, 0, "", "x");
        row(REGEXP_COUNT, INTEGER, ErrorCode.INVALID_ARGUMENT, "a", "(");
        row(REGEXP_COUNT, INTEGER, 1, "é1b22", "[0-9]+", 3);
        row(REGEXP_COUNT, INTEGER, 0, "1", "1", 9);
        row(REGEXP_COUNT, INTEGER, ErrorCode.INVALID_ARGUMENT, "1", "1", 0);
        row(REGEXP_REPLACE, VARCHAR, "a-ca", "abca", "[ab]", "-", 2, 1);
        row(REGEXP_REPLACE, VARCHAR, "a-c-", "abca", "[ab]", "-", 2, 0);
        row(REGEXP_REPLACE, VARCHAR, "abca", "abca", "[ab]", "-", 9, 1);
        row(REGEXP_REPLACE, VARCHAR, ErrorCode.INVALID_ARGUMENT, "a", "a", "-", 1, -1);
        row(REGEXP_SUBSTR, VARCHAR, "22", "a1b22", "[0-9]+", 1, 2, 0);
        row(REGEXP_SUBSTR, VARCHAR, "b", "é1b22", "([a-z])([0-9])", 1, 1, 1);
        row(REGEXP_SUBSTR, VARCHAR, null, "a1", "([a-z])", 1, 2, 0);
        row(REGEXP_SUBSTR, VARCHAR, null, "a1", "([a-z])", 1, 1, 2);
        row(REGEXP_SUBSTR, VARCHAR, ErrorCode.INVALID_ARGUMENT, "a1", "a", 1, 0, 0);
        row(REGEXP_INSTR, INTEGER, 2, "é1b22", "[0-9]+", 1, 1, false, 0);
        row(REGEXP_INSTR, INTEGER, 6, "é1b22", "[0-9]+", 1, 2, true, 0);
        row(REGEXP_INSTR, INTEGER, 0, "é1b22", "[0-9]+", 1, 3, true, 0);
        row(REGEXP_INSTR, INTEGER, ErrorCode.INVALID_ARGUMENT, "a", "a", 1, 1, false, -1);
        row(REGEXP_EXTRACT, VARCHAR, "12", "a12b345", "[0-9]+");
        row(REGEXP_EXTRACT, VARCHAR, "2", "a12b345", "([0-9])([0-9])", 2);
        row(REGEXP_EXTRACT, VARCHAR, null, "abc", "[0-9]");
        row(REGEXP_EXTRACT, VARCHAR, ErrorCode.INVALID_ARGUMENT, "abc", "b", 1);
    }

    @Test
    void timesAndIntervals() {
        row(PLUS, DataType.DATE, LocalDate.of(2026, 2, 28), LocalDate.of(2026, 1, 31), Period.ofMonths(1));
        row(PLUS, DataType.DATE, LocalDate.of(2026, 2, 1), LocalDate.of(2026, 1, 31), Duration.ofDays(1));
        row(PLUS, TIMESTAMP, ts("2026-01-31 01:00"), LocalDate.of(2026, 1, 31), Duration.ofHours(1));
        row(PLUS, DataType.TIME, LocalTime.of(1, 0), LocalTime.of(23, 0), Duration.ofHours(2));
        row(MINUS, DataType.TIME, LocalTime.of(23, 0), LocalTime.of(1, 0), Duration.ofHours(2));
        row(PLUS, TIMESTAMP, ts("2024-02-29 12:00"), ts("2023-02-28 12:00"), Duration.ofDays(366));
        row(MINUS, TIMESTAMP, ts("2024-02-29 12:00"), ts("2024-03-31 12:00"), Period.ofMonths(1));
        // a month later on the wall clock of Berlin, where summer time has begun
        row(
                PLUS,
                DataType.TIMESTAMP_WITH_TIME_ZONE,
                Instant.parse("2026-04-01T10:00:00Z"),
                Instant.parse("2026-03-01T11:00:00Z"),
                Period.ofMonths(1));
        row(PLUS, MICROS, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(2));
        row(MINUS, MONTHS, Period.ofMonths(-1), Period.ofMonths(1), Period.ofMonths(2));
        row(MINUS, MICROS, Duration.ofSeconds(90), ts("2026-01-01 00:01:30"), ts("2026-01-01 00:00"));
        row(MINUS, MONTHS, Period.ofMonths(-1), ts("2026-01-01 00:00"), ts("2026-02-28 00:00"));
        row(MINUS, MICROS, Duration.ofDays(31), LocalDate.of(2026, 2, 1), LocalDate.of(2026, 1, 1));
        row(MULTIPLY, MICROS, Duration.ofSeconds(3), Duration.ofSeconds(2), dec("1.5"));
        row(MULTIPLY, MICROS, Duration.ofSeconds(3), 1.5, Duration.ofSeconds(2));
        row(MULTIPLY, MONTHS, Period.ofMonths(6), Period.ofMonths(2), 3);
        row(MULTIPLY, MICROS, ErrorCode.NUMERIC_OVERFLOW, Duration.ofDays(100_000_000), 3);
        row(DIVIDE, MICROS, Duration.ofSeconds(1), Duration.ofSeconds(2), 2);
        row(DIVIDE, MONTHS, Period.ofMonths(2), Period.ofMonths(5), 2);
        row(DIVIDE, MONTHS, Period.ofMonths(3), Period.ofMonths(5), 2.0);
        row(DIVIDE, MICROS, ErrorCode.DIVISION_BY_ZERO, Duration.ofSeconds(2), 0);
        row(NEGATE, MICROS, Duration.ofSeconds(-2), Duration.ofSeconds(2));
        row(ABS, MONTHS, Period.ofMonths(2), Period.ofMonths(-2));
        row(SIGN, INTEGER, -1, Duration.ofSeconds(-2));
        row(STEP, TIMESTAMP, ts("2026-01-01 00:01:30"), ts("2026-01-01 00:01:44"), Duration.ofSeconds(15));
        row(STEP, TIMESTAMP, ts("1969-12-31 23:59:00"), ts("1969-12-31 23:59:59"), Duration.ofMinutes(1));
        row(STEP, TIMESTAMP, ts("2025-07-01 00:00"), ts("2026-01-15 00:00"), Period.ofMonths(9));
        row(STEP, TIMESTAMP, ErrorCode.DIVISION_BY_ZERO, ts("2026-01-15 00:00"), Duration.ZERO);
        row(CURRENT_TIMESTAMP, DataType.TIMESTAMP_WITH_TIME_ZONE, NOW);
        row(CURRENT_TIMESTAMP, new TimestampType(3, false), ts("2026-07-01 22:30:00.123"));
        row(LOCALTIMESTAMP, TIMESTAMP, ts("2026-07-02 00:30:00.123456"));
        row(CURRENT_DATE, DataType.DATE, LocalDate.of(2026, 7, 2));
        row(CURRENT_TIME, DataType.TIME, LocalTime.of(0, 30, 0, 123456000));
        row(UNIX_MILLIS, BIGINT, -1L, ts("1969-12-31 23:59:59.9995"));
        row(TIMESTAMP_OF_MILLIS, TIMESTAMP, ts("1970-01-01 00:00:01.5"), 1500L);
        row(TIMESTAMP_OF_MILLIS, TIMESTAMP, ErrorCode.NUMERIC_OVERFLOW, Long.MAX_VALUE);
        row(TIMESTAMP_OF_SECONDS, TIMESTAMP, ts("1970-01-01 00:00:01.5"), 1.5);
        row(TIMESTAMP_OF_SECONDS, TIMESTAMP, ts("1970-01-01 00:00:02"), 2L);
        row(TIMESTAMP_OF_SECONDS, TIMESTAMP, ts("1969-12-31 23:59:59.999999"), dec("-0.000001"));
        row(PARSE_TIMESTAMP, TIMESTAMP, ts("2026-01-31 13:45"), "31/01/2026 13:45", "dd/MM/yyyy HH:mm");
        row(PARSE_TIMESTAMP, TIMESTAMP, ts("2026-01-31 00:00"), "31 Jan 2026", "d MMM yyyy");
        row(PARSE_TIMESTAMP, TIMESTAMP, ts("2026-01-31 11:45"), "2026-01-31 13:45+0200", "yyyy-MM-dd HH:mmZ");
        row(PARSE_TIMESTAMP, TIMESTAMP, ErrorCode.INVALID_VALUE, "31 Foo 2026", "d MMM yyyy");
        row(PARSE_TIMESTAMP, TIMESTAMP, ErrorCode.INVALID_ARGUMENT, "31", "{");
        row(FORMAT_TIMESTAMP, VARCHAR, "Sat 31.01.26", ts("2026-01-31 13:45"), "EEE dd.MM.yy");
    }

    @Test
    void clocksOfOtherZones() {
        DataType zoned = DataType.TIMESTAMP_WITH_TIME_ZONE;
        row(AT_TIME_ZONE, TIMESTAMP, ts("2026-07-01 22:30:00.123456"), NOW, "UTC");
        row(AT_TIME_ZONE, TIMESTAMP, ts("2026-07-02 07:30:00.123456"), NOW, "Asia/Tokyo");
        row(AT_TIME_ZONE, new TimestampType(0, false), ts("2026-07-01 15:30:00"), NOW, "america/los_angeles");
        row(AT_TIME_ZONE, TIMESTAMP, ts("2026-07-01 14:30:00.123456"), NOW, "PST");
        row(AT_TIME_ZONE, TIMESTAMP, ts("2026-07-01 19:30:00.123456"), NOW, "+03:00"); // to the west
        row(AT_TIME_ZONE, zoned, NOW, ts("2026-07-02 00:30:00.123456"), "Europe/Berlin");
        row(AT_TIME_ZONE, zoned, NOW, ts("2026-07-01 22:30:00.123456"), "utc");
        row(AT_TIME_ZONE, zoned, Instant.parse("2026-10-25T01:30:00Z"), ts("2026-10-25 02:30"), "Europe/Berlin");
        row(AT_TIME_ZONE, zoned, Instant.parse("2026-03-29T01:30:00Z"), ts("2026-03-29 02:30"), "Europe/Berlin");
        row(AT_TIME_ZONE, zoned, null, ts("2026-03-29 02:30"), NO_TEXT);
        row(AT_TIME_ZONE, zoned, ErrorCode.INVALID_ARGUMENT, ts("2026-03-29 02:30"), "Middle/Earth");
        row(AT_TIME_ZONE, TIMESTAMP, ErrorCode.INVALID_ARGUMENT, NOW, "+99");
    }

    @Test
    void unitsOfTime() {
        LocalDateTime time = ts("2026-08-15 13:45:59.123456"); // a Saturday
        Object[][] parts = {
            {TimeUnit.MICROSECOND, 59_123_456L},
            {TimeUnit.MILLISECOND, 59_123L},
            {TimeUnit.SECOND, 59L},
            {TimeUnit.MINUTE, 45L},
            {TimeUnit.HOUR, 13L},
            {TimeUnit.DAY, 15L},
            {TimeUnit.WEEK, 33L},
            {TimeUnit.MONTH, 8L},
            {TimeUnit.QUARTER, 3L},
            {TimeUnit.YEAR, 2026L},
            {TimeUnit.DECADE, 202L},
            {TimeUnit.CENTURY, 21L},
            {TimeUnit.MILLENNIUM, 3L},
            {TimeUnit.DOW, 7L},
            {TimeUnit.ISODOW, 6L},
            {TimeUnit.DOY, 227L},
            {TimeUnit.ISOYEAR, 2026L},
            {TimeUnit.EPOCH, 1786801559L}
        };
        for (Object[] part : parts) {
            row(EXTRACT, BIGINT, part[1], part[0], time);
        }
        row(EXTRACT, BIGINT, 15L, TimeUnit.HOUR, Instant.parse("2026-08-15T13:45:59Z"));
        row(EXTRACT, BIGINT, 2L, TimeUnit.HOUR, Duration.ofHours(26));
        row(EXTRACT, BIGINT, 1L, TimeUnit.DAY, Duration.ofHours(26));
        row(EXTRACT, BIGINT, -2L, TimeUnit.HOUR, Duration.ofHours(-26));
        row(EXTRACT, BIGINT, 1L, TimeUnit.YEAR, Period.ofMonths(14));
        row(EXTRACT, BIGINT, 2L, TimeUnit.MONTH, Period.ofMonths(14));
        row(EXTRACT, BIGINT, 2L, TimeUnit.SECOND, LocalTime.of(1, 0, 2));
        row(EXTRACT, BIGINT, 1L, TimeUnit.WEEK, LocalDate.of(2024, 12, 30));
        row(EXTRACT, BIGINT, 2025L, TimeUnit.ISOYEAR, LocalDate.of(2024, 12, 30));
        row(EXTRACT, BIGINT, 20L, TimeUnit.CENTURY, LocalDate.of(2000, 12, 30));
        Object[][] roundings = {
            {TimeUnit.MILLISECOND, "2026-08-15 13:45:59.123", "2026-08-15 13:45:59.124"},
            {TimeUnit.SECOND, "2026-08-15 13:45:59", "2026-08-15 13:46:00"},
            {TimeUnit.HOUR, "2026-08-15 13:00:00", "2026-08-15 14:00:00"},
            {TimeUnit.DAY, "2026-08-15 00:00:00", "2026-08-16 00:00:00"},
            {TimeUnit.WEEK, "2026-08-10 00:00:00", "2026-08-17 00:00:00"},
            {TimeUnit.MONTH, "2026-08-01 00:00:00", "2026-09-01 00:00:00"},
            {TimeUnit.QUARTER, "2026-07-01 00:00:00", "2026-10-01 00:00:00"},
            {TimeUnit.YEAR, "2026-01-01 00:00:00", "2027-01-01 00:00:00"},
            {TimeUnit.DECADE, "2020-01-01 00:00:00", "2030-01-01 00:00:00"},
            {TimeUnit.CENTURY, "2001-01-01 00:00:00", "2101-01-01 00:00:00"},
            {TimeUnit.MILLENNIUM, "2001-01-01 00:00:00", "3001-01-01 00:00:00"}
        };
        for (Object[] rounding : roundings) {
            row(FLOOR, TIMESTAMP, ts((String) rounding[1]), time, rounding[0]);
            row(CEIL, TIMESTAMP, ts((String) rounding[2]), time, rounding[0]);
            row(CEIL, TIMESTAMP, ts((String) rounding[1]), ts((String) rounding[1]), rounding[0]);
        }
        row(FLOOR, TIMESTAMP, ts("1969-12-31 23:00"), ts("1969-12-31 23:59:59.999999"), TimeUnit.HOUR);
        row(FLOOR, DataType.DATE, LocalDate.of(2026, 8, 1), LocalDate.of(2026, 8, 15), TimeUnit.MONTH);
        row(FLOOR, DataType.TIME, LocalTime.of(13, 0), LocalTime.of(13, 45), TimeUnit.HOUR);
        row(CEIL, DataType.TIME, LocalTime.of(0, 0), LocalTime.of(23, 45), TimeUnit.HOUR);
        row(
                FLOOR,
                DataType.TIMESTAMP_WITH_TIME_ZONE,
                Instant.parse("2026-08-14T22:00:00Z"),
                Instant.parse("2026-08-15T13:45:59Z"),
                TimeUnit.DAY);
        row(FLOOR, MICROS, Duration.ofHours(-2), Duration.ofMinutes(-90), TimeUnit.HOUR);
        row(CEIL, MONTHS, Period.ofMonths(24), Period.ofMonths(13), TimeUnit.YEAR);
        row(TIMESTAMP_DIFF, BIGINT, 1L, TimeUnit.MONTH, ts("2026-01-31 00:00"), ts("2026-03-30 00:00"));
        row(TIMESTAMP_DIFF, BIGINT, 278L, TimeUnit.MONTH, ts("2000-12-31 13:00"), ts("2024-03-01 00:00"));
        row(TIMESTAMP_DIFF, BIGINT, -1L, TimeUnit.HOUR, ts("2026-01-31 02:00"), ts("2026-01-31 00:30"));
        row(TIMESTAMP_DIFF, BIGINT, 4L, TimeUnit.QUARTER, ts("2025-01-31 00:00"), ts("2026-01-31 00:00"));
        row(TIMESTAMP_DIFF, BIGINT, null, TimeUnit.DAY, ts("2025-01-31 00:00"), new Trial.Null(TIMESTAMP));
    }

    @Test
    void casts() {
        cast(ErrorCode.NUMERIC_OVERFLOW, DataType.TINYINT, 128);
        cast(127, DataType.TINYINT, 127);
        cast(1, INTEGER, 1.9);
        cast(-1, INTEGER, dec("-1.9"));
        cast(ErrorCode.NUMERIC_OVERFLOW, INTEGER, 3e9);
        cast(ErrorCode.NUMERIC_OVERFLOW, BIGINT, Double.NaN);
        cast(ErrorCode.NUMERIC_OVERFLOW, BIGINT, 9.223372036854775807E18);
        cast(Long.MIN_VALUE, BIGINT, -9.223372036854775808E18);
        cast(4611686018427387904L, BIGINT, 4611686018427387904.0);
        cast(dec("1.3"), new DecimalType(3, 1), dec("1.25"));
        cast(ErrorCode.NUMERIC_OVERFLOW, new DecimalType(2, 1), dec("9.95"));
        cast(dec("12.00"), new DecimalType(4, 2), 12);
        cast(ErrorCode.NUMERIC_OVERFLOW, new DecimalType(4, 2), 123);
        cast(dec("0.1"), new DecimalType(3, 1), 0.1);
        cast(dec("0.10000000000000000000"), new DecimalType(22, 20), 0.1f);
        cast(ErrorCode.NUMERIC_OVERFLOW, new DecimalType(3, 1), Double.POSITIVE_INFINITY);
        cast(1.25, DOUBLE, dec("1.25"));
        cast(0.1f, DataType.REAL, 0.1);
        cast(ErrorCode.NUMERIC_OVERFLOW, DataType.REAL, 1e300);
        cast(Float.POSITIVE_INFINITY, DataType.REAL, Double.POSITIVE_INFINITY);
        cast(1, INTEGER, true);
        cast(true, BOOLEAN, -2);
        cast(false, BOOLEAN, dec("0.00"));
        cast("true", VARCHAR, true);
        cast("12.50", VARCHAR, dec("12.50"));
        cast("0.1", VARCHAR, 0.1);
        cast("2026-01-31 13:45:00.5", VARCHAR, ts("2026-01-31 13:45:00.5"));
        cast("2026-07-02 00:30:00.123456+02", VARCHAR, NOW);
        cast("1 day 01:00:00", VARCHAR, Duration.ofHours(25));
        cast("\\x01ff", VARCHAR, new byte[] {1, -1});
        cast("12", new CharacterType(2, false), 123);
        cast("ab ", new CharacterType(3, true), "ab");
        cast("{1,2}", VARCHAR, List.of(1, 2));
        cast(42, INTEGER, " 42 ");
        cast(ErrorCode.INVALID_VALUE, INTEGER, "4x");
        cast(ErrorCode.NUMERIC_OVERFLOW, INTEGER, "4000000000");
        cast(LocalDate.of(2026, 1, 31), DataType.DATE, "2026-01-31");
        cast(ErrorCode.INVALID_VALUE, DataType.DATE, "2026-02-30");
        cast(LocalDate.of(1969, 12, 31), DataType.DATE, ts("1969-12-31 23:00"));
        cast(ts("2026-01-31 00:00"), TIMESTAMP, LocalDate.of(2026, 1, 31));
        cast(LocalTime.of(23, 0), DataType.TIME, ts("1969-12-31 23:00"));
        cast(ts("1970-01-01 23:00"), TIMESTAMP, LocalTime.of(23, 0));
        cast(ts("2026-07-02 00:30:00.123456"), TIMESTAMP, NOW);
        cast(LocalDate.of(2026, 7, 2), DataType.DATE, NOW);
        cast(NOW, DataType.TIMESTAMP_WITH_TIME_ZONE, ts("2026-07-02 00:30:00.123456"));
        cast(ts("1969-12-31 23:59:59.999"), new TimestampType(3, false), ts("1969-12-31 23:59:59.9999"));
        cast(Period.ofMonths(14), MONTHS, "1-2");
        cast(null, INTEGER, NO_TEXT);
        cast(List.of("1", "2"), new ArrayType(VARCHAR, true), List.of(1, 2));
        cast(ErrorCode.INVALID_VALUE, new ArrayType(INTEGER, true), List.of("1", "x"));
    }

    @Test
    void collectionsAndRows() {
        DataType ints = new ArrayType(INTEGER, true);
        row(ARRAY, ints, Arrays.asList(1, null), 1, NO_INT);
        row(ITEM, INTEGER, 2, List.of(1, 2), 2);
        row(ITEM, INTEGER, null, List.of(1, 2), 3);
        row(ITEM, INTEGER, null, List.of(1, 2), 0);
        DataType map = new MapType(VARCHAR, INTEGER, true);
        row(MAP, map, Map.of("a", 1), "a", 1);
        row(MAP, map, ErrorCode.NULL_NOT_ALLOWED, NO_TEXT, 1);
        row(ITEM, INTEGER, 1, new Trial.Typed(map, Map.of("a", 1)), "a");
        row(ITEM, INTEGER, null, new Trial.Typed(map, Map.of("a", 1)), "b");
        row(CARDINALITY, INTEGER, 2, List.of(1, 2));
        row(CARDINALITY, INTEGER, 1, new Trial.Typed(map, Map.of("a", 1)));
        row(ARRAY_CONTAINS, BOOLEAN, true, List.of(1, 2), 2);
        row(ARRAY_CONTAINS, BOOLEAN, false, List.of(1, 2), 3);
        row(ARRAY_CONTAINS, BOOLEAN, null, new Trial.Typed(ints, Arrays.asList(1, null)), 3);
        row(ARRAY_CONTAINS, BOOLEAN, true, new Trial.Typed(ints, Arrays.asList(null, 3)), 3);
        row(ARRAY_CONTAINS, BOOLEAN, null, List.of(1, 2), NO_INT);
        DataType texts = new ArrayType(VARCHAR, false);
        row(STRING_TO_ARRAY, texts, List.of("a", "", "b"), "a,,b", ",");
        row(STRING_TO_ARRAY, texts, List.of(), "", ",");
        row(STRING_TO_ARRAY, texts, List.of("ab"), "ab", "");
        row(STRING_TO_ARRAY, texts, null, NO_TEXT, ",");
        row(REGEXP_SPLIT, texts, List.of("a", "b"), "a12b", "[0-9]+");
        row(REGEXP_SPLIT, texts, List.of("a", "b"), "ab", "");
        row(REGEXP_SPLIT, texts, List.of("", "b", ""), "xbx", "x");
        row(REGEXP_SPLIT, texts, ErrorCode.INVALID_ARGUMENT, "a", "(");
        row(ARRAY_TO_STRING, VARCHAR, "1-3", new Trial.Typed(ints, Arrays.asList(1, null, 3)), "-");
        row(ARRAY_TO_STRING, VARCHAR, "1-x-3", new Trial.Typed(ints, Arrays.asList(1, null, 3)), "-", "x");
        row(ARRAY_TO_STRING, VARCHAR, "1-3", new Trial.Typed(ints, Arrays.asList(1, null, 3)), "-", NO_TEXT);
        row(ARRAY_TO_STRING, VARCHAR, null, List.of(1), NO_TEXT);
        DataType known = new ArrayType(VARCHAR, true);
        row(STRING_TO_ARRAY, known, Arrays.asList("a", null, "b"), "a,,b", ",", "");
        row(STRING_TO_ARRAY, texts, List.of("a", "é", "😀"), "aé😀", NO_TEXT);
        row(REGEXP_MATCH, known, Arrays.asList("a", null), "xa", "(a)(b)?");
        row(REGEXP_MATCH, known, List.of("a"), "xa", "a");
        row(REGEXP_MATCH, known, null, "xa", "b");
        DataType lists = new ArrayType(known, false);
        row(REGEXP_MATCHES, lists, List.of(List.of("a"), List.of("b")), "a1b", "[a-z]", 9);
        row(REGEXP_MATCHES, lists, List.of(List.of("a")), "a1b", "[a-z]", 1);
        row(REGEXP_MATCHES, lists, List.of(), "1", "[a-z]", 1);
        DataType numbers = new ArrayType(DataType.BIGINT, false);
        row(GENERATE_SERIES, numbers, List.of(1L, 3L, 5L), 1L, 6L, 2L);
        row(GENERATE_SERIES, numbers, List.of(2L, 1L), 2L, 1L, -1L);
        row(GENERATE_SERIES, numbers, List.of(Long.MAX_VALUE), Long.MAX_VALUE, Long.MAX_VALUE, 1L);
        row(GENERATE_SERIES, numbers, ErrorCode.INVALID_VALUE, 1L, 2L, 0L);
        row(GENERATE_SERIES, numbers, ErrorCode.LIMIT_EXCEEDED, 1L, 1_000_001L, 1L);
        RowType pair = RowType.of(Field.nullable("a", INTEGER), Field.nullable("b", VARCHAR));
        row(ROW, pair, Arrays.asList(1, null), 1, NO_TEXT);
        row(EQUAL, BOOLEAN, true, List.of(1, 2), List.of(1, 2));
        row(LESS, BOOLEAN, true, List.of(1, 2), List.of(1, 3));
        Object nested = trial.evaluate(
                CONTEXT,
                values -> new Expression.FieldAccess(values.get(0), 1, true),
                new Trial.Typed(pair, Arrays.asList(1, "x")));
        assertThat(nested).isEqualTo("x");
        assertThat(trial.evaluate(
                        CONTEXT, values -> new Expression.FieldAccess(values.get(0), 1, true), new Trial.Null(pair)))
                .isNull();
    }

    @Test
    void json() {
        String text = "{\"a\": {\"b\": [1, \"é\", null, {\"c d\": true}]}, \"e\": 1.50}";
        row(JSON_VALUE, VARCHAR, "1", text, "$.a.b[0]");
        row(JSON_VALUE, VARCHAR, "é", text, "lax $.a.b[1]");
        row(JSON_VALUE, VARCHAR, null, text, "$.a.b[2]");
        row(JSON_VALUE, VARCHAR, "true", text, "$.a.b[3]['c d']");
        row(JSON_VALUE, VARCHAR, "1.50", text, "$.e");
        row(JSON_VALUE, VARCHAR, null, text, "$.a");
        row(JSON_VALUE, VARCHAR, null, text, "$.x");
        row(JSON_VALUE, VARCHAR, null, "no json", "$.x");
        row(JSON_VALUE, VARCHAR, "1", "{\"x\": 1, \"x\": 2} ", "$.x");
        row(JSON_VALUE, VARCHAR, "a\"\u00e9\ud83d\ude00", "[\"a\\\"\\u00e9\\ud83d\\ude00\"]", "$[0]");
        row(JSON_VALUE, VARCHAR, "2", "{\"\\u0078\": 2}", "$.x");
        row(JSON_VALUE, VARCHAR, ErrorCode.INVALID_ARGUMENT, text, "a.b");
        row(JSON_QUERY, VARCHAR, "[1, \"é\", null, {\"c d\": true}]", text, "$.a.b");
        row(JSON_QUERY, VARCHAR, "\"é\"", text, "$.a.b[1]");
        row(JSON_QUERY, VARCHAR, "1.50", text, "$.e");
        row(JSON_QUERY, VARCHAR, null, text, "$.a.b[9]");
        row(JSON_EXISTS, BOOLEAN, true, text, "$.a.b[2]");
        row(JSON_EXISTS, BOOLEAN, false, text, "$.a.c");
        row(JSON_EXISTS, BOOLEAN, false, "{", "$.a.c");
        row(JSON_QUERY, VARCHAR, "{\"c d\": true}", text, "$.a.b[last]");
        row(JSON_VALUE, VARCHAR, "true", text, "$.a.b[ last ]['c d']");
        row(JSON_VALUE, VARCHAR, "é", text, "$.a.b[last - 2]");
        row(JSON_VALUE, VARCHAR, null, text, "$.a.b[last-4]");
        row(JSON_VALUE, VARCHAR, null, "[]", "$[last]");
        row(JSON_VALUE, VARCHAR, "3", "[[1, 2], [3 ]]", "$[last][last]");
        row(JSON_FOUND, VARCHAR, "VALUE", text, "$.e");
        row(JSON_FOUND, VARCHAR, "NULL", text, "$.a.b[2]");
        row(JSON_FOUND, VARCHAR, "NESTED", text, "$.a.b");
        row(JSON_FOUND, VARCHAR, "EMPTY", text, "$.a.b[4]");
        row(JSON_FOUND, VARCHAR, "ERROR", "{\"e\": 1", "$.e");
        row(JSON_FOUND, VARCHAR, null, NO_TEXT, "$.e");
        row(JSON_FOUND, VARCHAR, ErrorCode.INVALID_ARGUMENT, text, "e");
    }

    @Test
    void partsOfJson() {
        String text = "{\"a\": {\"b\": [1, \"é\", null]}, \"0\": \"zero\", \"n\": null}";
        row(JSON_PART, VARCHAR, "{\"b\": [1, \"é\", null]}", text, "a");
        row(JSON_PART, VARCHAR, "\"zero\"", text, "0");
        row(JSON_PART, VARCHAR, "null", text, "n");
        row(JSON_PART, VARCHAR, null, text, "x");
        row(JSON_PART, VARCHAR, null, text, 0);
        row(JSON_PART, VARCHAR, "\"é\"", "[1, \"é\", null]", 1);
        row(JSON_PART, VARCHAR, "null", "[1, \"é\", null]", -1);
        row(JSON_PART, VARCHAR, null, "[1]", -2);
        row(JSON_PART, VARCHAR, null, "[1]", Long.MIN_VALUE);
        row(JSON_PART, VARCHAR, null, "[1]", "0");
        row(JSON_PART, VARCHAR, null, "no json", "a");
        row(JSON_PART_TEXT, VARCHAR, "zero", text, "0");
        row(JSON_PART_TEXT, VARCHAR, null, text, "n");
        row(JSON_PART_TEXT, VARCHAR, "{\"b\": [1, \"é\", null]}", text, "a");
        row(JSON_PART_TEXT, VARCHAR, "é", "[1, \"é\", null]", -2);
        row(JSON_PART_TEXT, VARCHAR, null, NO_TEXT, "a");
        row(IS_JSON, BOOLEAN, true, "{\"a\": [1]}", "VALUE");
        row(IS_JSON, BOOLEAN, true, " 1 ", "VALUE");
        row(IS_JSON, BOOLEAN, false, "1 2", "VALUE");
        row(IS_JSON, BOOLEAN, false, "{\"a\": [1]", "VALUE");
        row(IS_JSON, BOOLEAN, false, "", "VALUE");
        row(IS_JSON, BOOLEAN, true, "{}", "OBJECT");
        row(IS_JSON, BOOLEAN, false, "[]", "OBJECT");
        row(IS_JSON, BOOLEAN, true, "[]", "ARRAY");
        row(IS_JSON, BOOLEAN, true, "null", "SCALAR");
        row(IS_JSON, BOOLEAN, false, "{}", "SCALAR");
        row(IS_JSON, BOOLEAN, null, NO_TEXT, "VALUE");
        row(IS_JSON, BOOLEAN, ErrorCode.INVALID_ARGUMENT, "1", "NUMBER");
    }

    /** A fault behind what is found counts as one before it does. */
    @Test
    void textThatIsNoJsonHasNothing() {
        for (String text : List.of("{\"a\": 1, oops}", "{\"a\": 1", "{\"a\": 1} x", "{\"a\": 1,}", "oops {\"a\": 1}")) {
            row(JSON_VALUE, VARCHAR, null, text, "$.a");
            row(JSON_QUERY, VARCHAR, null, text, "$.a");
            row(JSON_EXISTS, BOOLEAN, false, text, "$.a");
            row(JSON_FOUND, VARCHAR, "ERROR", text, "$.a");
            row(JSON_PART, VARCHAR, null, text, "a");
            row(JSON_PART_TEXT, VARCHAR, null, text, "a");
            row(IS_JSON, BOOLEAN, false, text, "VALUE");
        }
    }

    @Test
    void valuesAsJson() {
        row(TO_JSON, VARCHAR, "1", 1);
        row(TO_JSON, VARCHAR, "true", true);
        row(TO_JSON, VARCHAR, "\"a\\\"b\\\\c\\nd\"", "a\"b\\c\nd");
        row(TO_JSON, VARCHAR, null, NO_TEXT);
        row(TO_JSON, VARCHAR, "\"NaN\"", Double.NaN);
        row(TO_JSON, VARCHAR, "[1,null]", new Trial.Typed(new ArrayType(INTEGER, true), Arrays.asList(1, null)));
        RowType pair = RowType.of(Field.nullable("a", INTEGER), Field.nullable("b \"c\"", VARCHAR));
        row(TO_JSON, VARCHAR, "{\"a\":1,\"b \\\"c\\\"\":null}", new Trial.Typed(pair, Arrays.asList(1, null)));
        row(TO_JSON, VARCHAR, "{\"a\":1}", new Trial.Typed(new MapType(VARCHAR, INTEGER, true), Map.of("a", 1)));
    }
}
