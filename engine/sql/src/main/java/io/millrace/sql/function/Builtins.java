package io.millrace.sql.function;

import static io.millrace.sql.function.Parameter.ANY;
import static io.millrace.sql.function.Parameter.ARRAY;
import static io.millrace.sql.function.Parameter.BIGINT;
import static io.millrace.sql.function.Parameter.BYTES;
import static io.millrace.sql.function.Parameter.DATETIME;
import static io.millrace.sql.function.Parameter.DECIMAL;
import static io.millrace.sql.function.Parameter.DOUBLE;
import static io.millrace.sql.function.Parameter.INTEGER;
import static io.millrace.sql.function.Parameter.NUMBER;
import static io.millrace.sql.function.Parameter.STRING;
import static io.millrace.sql.function.Parameter.TEXT;
import static io.millrace.sql.function.Parameter.TIMESTAMP;
import static io.millrace.sql.function.Parameter.WHOLE;

import io.millrace.plan.expression.ScalarFunction;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.jspecify.annotations.Nullable;

/** The functions that go by a plain name, one line each. */
public final class Builtins {

    static final List<Builtin> NUMBERS = List.of(
            Builtin.of("ABS", ScalarFunction.ABS, ReturnTypes.ARG0_NULLABLE, NUMBER),
            Builtin.of("SIGN", ScalarFunction.SIGN, ReturnTypes.ARG0_NULLABLE, NUMBER),
            Builtin.of("ROUND", ScalarFunction.ROUND, ReturnTypes.ARG0_NULLABLE, 1, NUMBER, INTEGER),
            Builtin.of("TRUNCATE", ScalarFunction.TRUNCATE, ReturnTypes.ARG0_NULLABLE, 1, NUMBER, INTEGER),
            Builtin.of("TRUNC", ScalarFunction.TRUNCATE, ReturnTypes.ARG0_NULLABLE, 1, NUMBER, INTEGER),
            Builtin.of("SQRT", ScalarFunction.SQRT, Results.DOUBLE, DOUBLE),
            Builtin.of("EXP", ScalarFunction.EXP, Results.DOUBLE, DOUBLE),
            Builtin.of("LN", ScalarFunction.LN, Results.DOUBLE, DOUBLE),
            Builtin.of("LOG10", ScalarFunction.LOG10, Results.DOUBLE, DOUBLE),
            Builtin.of("POWER", ScalarFunction.POWER, Results.DOUBLE, DOUBLE, DOUBLE),
            Builtin.of("POW", ScalarFunction.POWER, Results.DOUBLE, DOUBLE, DOUBLE),
            Builtin.of("SIN", ScalarFunction.SIN, Results.DOUBLE, DOUBLE),
            Builtin.of("COS", ScalarFunction.COS, Results.DOUBLE, DOUBLE),
            Builtin.of("TAN", ScalarFunction.TAN, Results.DOUBLE, DOUBLE),
            Builtin.of("ASIN", ScalarFunction.ASIN, Results.DOUBLE, DOUBLE),
            Builtin.of("ACOS", ScalarFunction.ACOS, Results.DOUBLE, DOUBLE),
            Builtin.of("ATAN", ScalarFunction.ATAN, Results.DOUBLE, DOUBLE),
            Builtin.of("ATAN2", ScalarFunction.ATAN2, Results.DOUBLE, DOUBLE, DOUBLE),
            Builtin.of("CBRT", ScalarFunction.CBRT, Results.DOUBLE, DOUBLE),
            Builtin.of("COT", ScalarFunction.COT, Results.DOUBLE, DOUBLE),
            Builtin.of("SINH", ScalarFunction.SINH, Results.DOUBLE, DOUBLE),
            Builtin.of("COSH", ScalarFunction.COSH, Results.DOUBLE, DOUBLE),
            Builtin.of("TANH", ScalarFunction.TANH, Results.DOUBLE, DOUBLE),
            Builtin.of("ASINH", ScalarFunction.ASINH, Results.DOUBLE, DOUBLE),
            Builtin.of("ACOSH", ScalarFunction.ACOSH, Results.DOUBLE, DOUBLE),
            Builtin.of("ATANH", ScalarFunction.ATANH, Results.DOUBLE, DOUBLE),
            Builtin.of("DIV", ScalarFunction.DIV, Results.WHOLE_DECIMAL, DECIMAL, DECIMAL),
            Builtin.of("GCD", ScalarFunction.GCD, Results.COMMON, DECIMAL, DECIMAL),
            Builtin.of("LCM", ScalarFunction.LCM, Results.COMMON, DECIMAL, DECIMAL),
            Builtin.of("FACTORIAL", ScalarFunction.FACTORIAL, Results.WHOLE_DECIMAL, WHOLE),
            Builtin.of("SCALE", ScalarFunction.SCALE, Results.INTEGER, DECIMAL),
            Builtin.of("MIN_SCALE", ScalarFunction.MIN_SCALE, Results.INTEGER, DECIMAL),
            Builtin.of("BITAND", ScalarFunction.BITAND, Results.COMMON, WHOLE, WHOLE),
            Builtin.of("BITOR", ScalarFunction.BITOR, Results.COMMON, WHOLE, WHOLE),
            Builtin.of("BITXOR", ScalarFunction.BITXOR, Results.COMMON, WHOLE, WHOLE),
            Builtin.of("BITNOT", ScalarFunction.BITNOT, ReturnTypes.ARG0_NULLABLE, WHOLE),
            Builtin.of("LEFTSHIFT", ScalarFunction.SHIFT_LEFT, Results.SHIFTED, WHOLE, WHOLE),
            Builtin.of("RIGHTSHIFT", ScalarFunction.SHIFT_RIGHT, Results.SHIFTED, WHOLE, WHOLE),
            Builtin.of("WIDTH_BUCKET", ScalarFunction.WIDTH_BUCKET, Results.INTEGER, NUMBER, NUMBER, NUMBER, INTEGER));

    static final List<Builtin> TEXTS = List.of(
            Builtin.of("CHAR_LENGTH", ScalarFunction.CHAR_LENGTH, Results.INTEGER, TEXT),
            Builtin.of("CHARACTER_LENGTH", ScalarFunction.CHAR_LENGTH, Results.INTEGER, TEXT),
            Builtin.of("LENGTH", ScalarFunction.CHAR_LENGTH, Results.INTEGER, TEXT),
            Builtin.of("OCTET_LENGTH", ScalarFunction.OCTET_LENGTH, Results.INTEGER, STRING),
            Builtin.of("UPPER", ScalarFunction.UPPER, Results.TEXT, TEXT),
            Builtin.of("LOWER", ScalarFunction.LOWER, Results.TEXT, TEXT),
            Builtin.of("INITCAP", ScalarFunction.INITCAP, Results.TEXT, TEXT),
            Builtin.of("SUBSTRING", ScalarFunction.SUBSTRING, Results.TEXT, 2, TEXT, INTEGER, INTEGER),
            Builtin.of("SUBSTR", ScalarFunction.SUBSTRING, Results.TEXT, 2, TEXT, INTEGER, INTEGER),
            Builtin.of("STRPOS", ScalarFunction.POSITION, Results.INTEGER, TEXT, TEXT)
                    .ordered(1, 0),
            Builtin.of("REPLACE", ScalarFunction.REPLACE, Results.TEXT, TEXT, TEXT, TEXT),
            Builtin.of("TRANSLATE", ScalarFunction.TRANSLATE, Results.TEXT, TEXT, TEXT, TEXT),
            Builtin.of("ENCODE", ScalarFunction.ENCODE, Results.TEXT, BYTES, TEXT),
            Builtin.of("DECODE", ScalarFunction.DECODE, Results.BYTES, TEXT, TEXT),
            Builtin.of("REGEXP_EXTRACT", ScalarFunction.REGEXP_EXTRACT, Results.TEXT_OR_NULL, 2, TEXT, TEXT, INTEGER),
            Builtin.of("LEFT", ScalarFunction.LEFT, Results.TEXT, TEXT, INTEGER),
            Builtin.of("RIGHT", ScalarFunction.RIGHT, Results.TEXT, TEXT, INTEGER),
            Builtin.of("LPAD", ScalarFunction.LPAD, Results.TEXT, 2, TEXT, INTEGER, TEXT),
            Builtin.of("RPAD", ScalarFunction.RPAD, Results.TEXT, 2, TEXT, INTEGER, TEXT),
            Builtin.of("REPEAT", ScalarFunction.REPEAT, Results.TEXT, TEXT, INTEGER),
            Builtin.of("REVERSE", ScalarFunction.REVERSE, Results.TEXT, TEXT),
            Builtin.of("SPLIT_PART", ScalarFunction.SPLIT_PART, Results.TEXT, TEXT, TEXT, INTEGER),
            Builtin.of("STARTS_WITH", ScalarFunction.STARTS_WITH, Results.BOOLEAN, TEXT, TEXT),
            Builtin.of("MD5", ScalarFunction.MD5, Results.TEXT, STRING),
            Builtin.of("SHA1", ScalarFunction.SHA1, Results.TEXT, STRING),
            Builtin.of("SHA224", ScalarFunction.SHA224, Results.TEXT, STRING),
            Builtin.of("SHA256", ScalarFunction.SHA256, Results.TEXT, STRING),
            Builtin.of("SHA384", ScalarFunction.SHA384, Results.TEXT, STRING),
            Builtin.of("SHA512", ScalarFunction.SHA512, Results.TEXT, STRING),
            Builtin.of("ASCII", ScalarFunction.ASCII, Results.INTEGER, TEXT),
            Builtin.of("CHR", ScalarFunction.CHR, Results.TEXT, INTEGER),
            Builtin.of("LTRIM", ScalarFunction.TRIM_LEADING, Results.TEXT, 1, TEXT, TEXT),
            Builtin.of("RTRIM", ScalarFunction.TRIM_TRAILING, Results.TEXT, 1, TEXT, TEXT),
            Builtin.of("BTRIM", ScalarFunction.TRIM_BOTH, Results.TEXT, 1, TEXT, TEXT));

    /** TSDIFF and CHAR_TO_TIMESTAMP are of Kinesis Analytics. */
    static final List<Builtin> TIMES = List.of(
            Builtin.of("NOW", ScalarFunction.CURRENT_TIMESTAMP, Results.NOW),
            Builtin.of("PROCTIME", ScalarFunction.CURRENT_TIMESTAMP, Results.NOW),
            Builtin.of("MAKE_DATE", ScalarFunction.MAKE_DATE, Results.DATE, INTEGER, INTEGER, INTEGER),
            Builtin.of("MAKE_TIME", ScalarFunction.MAKE_TIME, Results.TIME, INTEGER, INTEGER, DOUBLE),
            Builtin.of("UNIX_TIMESTAMP", ScalarFunction.UNIX_MILLIS, Results.BIGINT, TIMESTAMP),
            Builtin.of("UNIX_MILLIS", ScalarFunction.UNIX_MILLIS, Results.BIGINT, TIMESTAMP),
            Builtin.of("TIMESTAMP_MILLIS", ScalarFunction.TIMESTAMP_OF_MILLIS, Results.TIMESTAMP, BIGINT),
            Builtin.of("TIMESTAMP_SECONDS", ScalarFunction.TIMESTAMP_OF_SECONDS, Results.TIMESTAMP, NUMBER),
            Builtin.of("PARSE_TIMESTAMP", ScalarFunction.PARSE_TIMESTAMP, Results.TIMESTAMP, TEXT, TEXT)
                    .ordered(1, 0),
            Builtin.of("CHAR_TO_TIMESTAMP", ScalarFunction.PARSE_TIMESTAMP, Results.TIMESTAMP, TEXT, TEXT)
                    .ordered(1, 0),
            Builtin.of("FORMAT_TIMESTAMP", ScalarFunction.FORMAT_TIMESTAMP, Results.TEXT, TEXT, TIMESTAMP)
                    .ordered(1, 0),
            Builtin.of("TIMESTAMP_TO_CHAR", ScalarFunction.FORMAT_TIMESTAMP, Results.TEXT, TEXT, TIMESTAMP)
                    .ordered(1, 0),
            Builtin.of("DATE_FORMAT", ScalarFunction.FORMAT_TIMESTAMP, Results.TEXT, TIMESTAMP, TEXT),
            Builtin.of(
                            "DATE_TRUNC",
                            ScalarFunction.FLOOR,
                            ReturnTypes.ARG1.andThen(SqlTypeTransforms.TO_NULLABLE),
                            TEXT,
                            DATETIME)
                    .ordered(1, 0),
            Builtin.of("DATE_PART", ScalarFunction.EXTRACT, Results.BIGINT, TEXT, DATETIME));

    static final List<Builtin> COLLECTIONS = List.of(
            Builtin.of("ARRAY_CONTAINS", ScalarFunction.ARRAY_CONTAINS, Results.BOOLEAN, ARRAY, ANY),
            Builtin.of("ARRAY_TO_STRING", ScalarFunction.ARRAY_TO_STRING, Results.TEXT, 2, ARRAY, TEXT, TEXT),
            Builtin.of("STRING_TO_ARRAY", ScalarFunction.STRING_TO_ARRAY, Results.PARTS, 2, TEXT, TEXT, TEXT));

    static final List<Builtin> ALL =
            Stream.of(NUMBERS, TEXTS, TIMES, COLLECTIONS).flatMap(List::stream).toList();

    private static final Map<String, Builtin> BY_NAME = Builtin.byName(ALL);

    private Builtins() {}

    /** Returns what the validator sees of the function of this name. */
    public static SqlOperator named(String name) {
        return Objects.requireNonNull(BY_NAME.get(name)).operator();
    }

    /** Returns the function that an operator is, or null. The parser knows some by itself: the name counts. */
    public static @Nullable Builtin find(SqlOperator operator) {
        return operator instanceof SqlFunction ? BY_NAME.get(operator.getName()) : null;
    }
}
