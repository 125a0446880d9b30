package io.millrace.plan.expression;

/**
 * The built-in functions and operators, by what they mean.
 *
 * <p>Unless said otherwise the result is NULL where any argument is. Where a function is written for
 * several types, all arguments have the same type, except where listed; the planner adds casts. Errors
 * (division by zero, overflow) are errors of the row.
 */
public enum ScalarFunction {

    // Logic, three-valued.

    /** Two or more: FALSE where any is FALSE, else NULL where any is NULL, else TRUE. */
    AND,
    /** Two or more: TRUE where any is TRUE, else NULL where any is NULL, else FALSE. */
    OR,
    NOT,
    /** Never NULL; so are the next seven. */
    IS_NULL,
    IS_NOT_NULL,
    IS_TRUE,
    IS_FALSE,
    IS_NOT_TRUE,
    IS_NOT_FALSE,
    /** Equal, where two NULLs are equal. */
    IS_NOT_DISTINCT_FROM,
    IS_DISTINCT_FROM,
    /** A value, and as a constant the reason to give where it is NULL, which is an error of the row. */
    NOT_NULL,

    // Comparison of two values of any one type: text by code point, binary by unsigned bytes.
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,

    // Arithmetic. Integers overflow with an error, never silently. Decimals keep their own precision and scale, as a
    // product of rounded factors would be another, and the result takes the type of the call.

    /** Two numbers; two intervals; a date, time or timestamp and an interval, in this order. */
    PLUS,
    /** Two numbers; two intervals; a date, time or timestamp and an interval; two of those of one type, giving
     * an interval. */
    MINUS,
    /** Two numbers; an interval and a number. */
    MULTIPLY,
    /** Two numbers, integers truncating towards zero; an interval and a number. */
    DIVIDE,
    /** Remainder with the sign of the dividend. */
    MOD,
    NEGATE,
    ABS,
    SIGN,
    /** Rounded down; of a date or timestamp with a {@link TimeUnit} name as second argument: to the unit. */
    FLOOR,
    /** Rounded up; second argument as with FLOOR. */
    CEIL,
    /** Half away from zero; optional second argument: digits after the point. */
    ROUND,
    /** Towards zero; optional second argument: digits after the point. */
    TRUNCATE,
    /** DOUBLE to DOUBLE; so are the next. */
    SQRT,
    EXP,
    LN,
    LOG10,
    CBRT,
    SINH,
    COSH,
    TANH,
    ASINH,
    ACOSH,
    ATANH,
    COT,
    /** Two of DOUBLE. */
    POWER,
    SIN,
    COS,
    TAN,
    ASIN,
    ACOS,
    ATAN,
    /** Two of DOUBLE. */
    ATAN2,
    /** Two exact numbers: the quotient, truncated towards zero. */
    DIV,
    /** Two exact numbers: the greatest number that both are multiples of, 0 of two zeros. */
    GCD,
    /** Two exact numbers: the least number other than 0 that is a multiple of both, 0 where one is 0. */
    LCM,
    /** Integer: the product of all from 1 to it. */
    FACTORIAL,
    /** Exact number: digits after the point. */
    SCALE,
    /** Exact number: digits after the point without zeros at the end. */
    MIN_SCALE,
    /** Two integers, bit by bit; so are the next. */
    BITAND,
    BITOR,
    BITXOR,
    /** Integer: all bits turned. */
    BITNOT,
    /** Two integers: the first moved by so many bits, counted modulo 64 for BIGINT and 32 for the others. */
    SHIFT_LEFT,
    /** As SHIFT_LEFT, with copies of the sign coming in. */
    SHIFT_RIGHT,
    /**
     * A number, two bounds and a count: in which of so many parts of equal width between the bounds the number is, 0 before
     * the first bound, and one more than the count from the second on.
     */
    WIDTH_BUCKET,
    /**
     * Rounded down to a multiple of the second argument. Numbers, or a timestamp and an interval; a
     * timestamp's multiples count from 1970-01-01.
     */
    STEP,
    /** Two or more of one type: the greatest; NULL where any is NULL. */
    GREATEST,
    /** Two or more of one type: the least; NULL where any is NULL. */
    LEAST,

    // Text. Positions and lengths count characters (code points), from 1.
    CONCAT,
    CHAR_LENGTH,
    OCTET_LENGTH,
    UPPER,
    LOWER,
    INITCAP,
    /** Text, characters to take away, from the left, right or both ends. */
    TRIM_BOTH,
    TRIM_LEADING,
    TRIM_TRAILING,
    /** Text, start, optional length. */
    SUBSTRING,
    /** What to find, text: first place, 0 where it is not in it. */
    POSITION,
    /** Text, what replaces, start, length. */
    OVERLAY,
    /** Text, what to find, what replaces each. */
    REPLACE,
    /** Text, pattern with % and _, optional escape character. */
    LIKE,
    /** As LIKE, whatever the case. */
    ILIKE,
    /** Text, SQL regular expression, optional escape character. */
    SIMILAR_TO,
    /** Text, Java regular expression: whether it is found anywhere. */
    REGEXP_LIKE,
    /**
     * Text, Java regular expression, what replaces each match; or with the place to begin at and the number of the match to
     * replace, 0 for each.
     */
    REGEXP_REPLACE,
    /** Text, Java regular expression, optional group: first match or its group; NULL where there is none. */
    REGEXP_EXTRACT,
    LEFT,
    RIGHT,
    /** Text, length, optional filling text. */
    LPAD,
    RPAD,
    REPEAT,
    REVERSE,
    /** Text, separator, place from 1: that part; empty where there is none. */
    SPLIT_PART,
    STARTS_WITH,
    MD5,
    SHA1,
    SHA224,
    SHA256,
    SHA384,
    SHA512,
    /** Text: the number of its first character in Unicode, 0 where there is none. */
    ASCII,
    /** Number in Unicode: the character. */
    CHR,
    /** Text, regular expression, optional place to begin at: how often it matches. */
    REGEXP_COUNT,
    /** Text, regular expression, place to begin at, number of the match, group: the text there, NULL where there is none. */
    REGEXP_SUBSTR,
    /**
     * Text, regular expression, place to begin at, number of the match, whether the place behind it is asked for, group: its
     * place, 0 where there is none.
     */
    REGEXP_INSTR,
    /** Text, regular expression: ARRAY of the groups of the first match, or all of it; NULL where there is none. */
    REGEXP_MATCH,
    /** Text, regular expression, how many at most: ARRAY of what REGEXP_MATCH gives of each match. */
    REGEXP_MATCHES,
    /** Text, characters, characters: each of the first replaced by the one in its place, or left out. */
    TRANSLATE,
    /** Bytes, name of an encoding: text. */
    ENCODE,
    /** Text, name of an encoding: bytes. */
    DECODE,
    /** Number, {@link NumberPattern}: text. */
    FORMAT_NUMBER,
    /** Text, {@link NumberPattern}: DECIMAL. */
    PARSE_NUMBER,

    // Date and time.

    /** TimeUnit name, and a date, time, timestamp or interval: BIGINT. */
    EXTRACT,
    /** Start of the step, the same for all its rows; for a bounded query its start. */
    CURRENT_TIMESTAMP,
    CURRENT_DATE,
    CURRENT_TIME,
    LOCALTIMESTAMP,
    /** TimeUnit name, two timestamps: whole units from the first to the second, BIGINT. */
    TIMESTAMP_DIFF,
    /** Year, month, day: DATE. */
    MAKE_DATE,
    /** Hour, minute, seconds as DOUBLE: TIME. */
    MAKE_TIME,
    /** Timestamp to milliseconds since 1970, BIGINT. */
    UNIX_MILLIS,
    /** Milliseconds since 1970 to TIMESTAMP. */
    TIMESTAMP_OF_MILLIS,
    /** Seconds since 1970, of any number type, to TIMESTAMP. */
    TIMESTAMP_OF_SECONDS,
    /** Text, java.time pattern: TIMESTAMP. */
    PARSE_TIMESTAMP,
    /** Timestamp, java.time pattern: text. */
    FORMAT_TIMESTAMP,
    /**
     * Timestamp, name of a time zone: of a wall clock reading the instant at which that zone's clocks show it, of an
     * instant what they show.
     */
    AT_TIME_ZONE,

    // Collections and rows.

    /** Elements, or an empty list: ARRAY. */
    ARRAY,
    /** Keys and values in turn: MAP. */
    MAP,
    /** One argument per field: ROW. */
    ROW,
    /** Array and place from 1, or map and key: the element, NULL where there is none. */
    ITEM,
    CARDINALITY,
    /** Array, value: whether an element equals it, three-valued. */
    ARRAY_CONTAINS,
    /** Array, element: with it at the end. NULL is an array of nothing, and an element like others; so it is in the next. */
    ARRAY_APPEND,
    /** Element, array: with it at the start. */
    ARRAY_PREPEND,
    /** Two arrays: all elements of both; NULL where both are. */
    ARRAY_CAT,
    /** Array, element: without those that are the same as it; NULL where the array is. */
    ARRAY_REMOVE,
    /** Array, element, element: the second in place of each that is the same as the first; NULL where the array is. */
    ARRAY_REPLACE,
    /** Array, element, optional place to begin at: its first place, NULL where it is not there. */
    ARRAY_POSITION,
    /** Array, element: all its places; NULL where the array is. */
    ARRAY_POSITIONS,
    /** Value, array of one size: so many of it. */
    ARRAY_FILL,
    /** Two arrays: whether each element of the second is in the first; NULL is in none. */
    ARRAY_CONTAINS_ALL,
    /** Two arrays: whether an element is in both. */
    ARRAY_OVERLAPS,
    /** Array, count: without so many at the end. */
    TRIM_ARRAY,
    /** Array, first place, last place: what is there of it. */
    ARRAY_SLICE,
    /**
     * Text, separator, optional text that stands for NULL: the parts between separators, none of an empty text, the whole for an
     * empty separator, each character for NULL.
     */
    STRING_TO_ARRAY,
    /** Text, regular expression: the parts between its matches. */
    REGEXP_SPLIT,
    /** Array, separator, optional text: the elements as text, without those that are NULL or with the text for them. */
    ARRAY_TO_STRING,
    /** First, last and step, two BIGINT or two TIMESTAMP and an interval: ARRAY from the first, up to the last at most. */
    GENERATE_SERIES,

    // JSON text.

    /** JSON text, path ($.a.b[0]): the scalar there as text, NULL where there is none. */
    JSON_VALUE,
    /** JSON text, path: the part there as JSON text, NULL where there is none. */
    JSON_QUERY,
    /** JSON text, path: whether something is there. */
    JSON_EXISTS,
    /** JSON text, path: VALUE, NULL, NESTED, EMPTY where nothing is there, or ERROR where the text is no JSON. */
    JSON_FOUND,
    /** JSON text, name of a field or place of an element from 0, from the end where below zero: the part there, or NULL. */
    JSON_PART,
    /** As {@code JSON_PART}: a scalar as text without quotes, null as NULL. */
    JSON_PART_TEXT,
    /** Text, VALUE, OBJECT, ARRAY or SCALAR: whether it is JSON of that kind. */
    IS_JSON,
    /** A value of any type: JSON text. */
    TO_JSON;

    /** Returns whether its value is the time of the step, which no row tells. */
    public boolean ofStep() {
        return switch (this) {
            case CURRENT_TIMESTAMP, CURRENT_DATE, CURRENT_TIME, LOCALTIMESTAMP -> true;
            default -> false;
        };
    }
}
