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
    AND(FunctionKind.LOGIC, NullInput.CALLED),
    /** Two or more: TRUE where any is TRUE, else NULL where any is NULL, else FALSE. */
    OR(FunctionKind.LOGIC, NullInput.CALLED),
    NOT(FunctionKind.LOGIC),
    /** Never NULL; so are the next seven. */
    IS_NULL(FunctionKind.LOGIC, NullInput.CALLED),
    IS_NOT_NULL(FunctionKind.LOGIC, NullInput.CALLED),
    IS_TRUE(FunctionKind.LOGIC, NullInput.CALLED),
    IS_FALSE(FunctionKind.LOGIC, NullInput.CALLED),
    IS_NOT_TRUE(FunctionKind.LOGIC, NullInput.CALLED),
    IS_NOT_FALSE(FunctionKind.LOGIC, NullInput.CALLED),
    /** Equal, where two NULLs are equal. */
    IS_NOT_DISTINCT_FROM(FunctionKind.COMPARISON, NullInput.CALLED),
    IS_DISTINCT_FROM(FunctionKind.COMPARISON, NullInput.CALLED),
    /** A value, and as a constant the reason to give where it is NULL, which is an error of the row. */
    NOT_NULL(FunctionKind.LOGIC, NullInput.CALLED),

    // Comparison of two values of any one type: text by code point, binary by unsigned bytes.
    EQUAL(FunctionKind.COMPARISON),
    NOT_EQUAL(FunctionKind.COMPARISON),
    LESS(FunctionKind.COMPARISON),
    LESS_OR_EQUAL(FunctionKind.COMPARISON),
    GREATER(FunctionKind.COMPARISON),
    GREATER_OR_EQUAL(FunctionKind.COMPARISON),

    // Arithmetic. Integers overflow with an error, never silently. Decimals keep their own precision and scale, as a
    // product of rounded factors would be another, and the result takes the type of the call.

    /** Two numbers; two intervals; a date, time or timestamp and an interval, in this order. */
    PLUS(FunctionKind.ARITHMETIC),
    /** Two numbers; two intervals; a date, time or timestamp and an interval; two of those of one type, giving
     * an interval. */
    MINUS(FunctionKind.ARITHMETIC),
    /** Two numbers; an interval and a number. */
    MULTIPLY(FunctionKind.ARITHMETIC),
    /** Two numbers, integers truncating towards zero; an interval and a number. */
    DIVIDE(FunctionKind.ARITHMETIC),
    /** Remainder with the sign of the dividend. */
    MOD(FunctionKind.NUMBER),
    NEGATE(FunctionKind.ARITHMETIC),
    ABS(FunctionKind.ARITHMETIC),
    SIGN(FunctionKind.ARITHMETIC),
    /** Rounded down; of a date or timestamp with a {@link TimeUnit} name as second argument: to the unit. */
    FLOOR(FunctionKind.ARITHMETIC),
    /** Rounded up; second argument as with FLOOR. */
    CEIL(FunctionKind.ARITHMETIC),
    /** Half away from zero; optional second argument: digits after the point. */
    ROUND(FunctionKind.NUMBER),
    /** Towards zero; optional second argument: digits after the point. */
    TRUNCATE(FunctionKind.NUMBER),
    /** DOUBLE to DOUBLE; so are the next. */
    SQRT(FunctionKind.NUMBER),
    EXP(FunctionKind.NUMBER),
    LN(FunctionKind.NUMBER),
    LOG10(FunctionKind.NUMBER),
    CBRT(FunctionKind.NUMBER),
    SINH(FunctionKind.NUMBER),
    COSH(FunctionKind.NUMBER),
    TANH(FunctionKind.NUMBER),
    ASINH(FunctionKind.NUMBER),
    ACOSH(FunctionKind.NUMBER),
    ATANH(FunctionKind.NUMBER),
    COT(FunctionKind.NUMBER),
    /** Two of DOUBLE. */
    POWER(FunctionKind.NUMBER),
    SIN(FunctionKind.NUMBER),
    COS(FunctionKind.NUMBER),
    TAN(FunctionKind.NUMBER),
    ASIN(FunctionKind.NUMBER),
    ACOS(FunctionKind.NUMBER),
    ATAN(FunctionKind.NUMBER),
    /** Two of DOUBLE. */
    ATAN2(FunctionKind.NUMBER),
    /** Two exact numbers: the quotient, truncated towards zero. */
    DIV(FunctionKind.NUMBER),
    /** Two exact numbers: the greatest number that both are multiples of, 0 of two zeros. */
    GCD(FunctionKind.NUMBER),
    /** Two exact numbers: the least number other than 0 that is a multiple of both, 0 where one is 0. */
    LCM(FunctionKind.NUMBER),
    /** Integer: the product of all from 1 to it. */
    FACTORIAL(FunctionKind.NUMBER),
    /** Exact number: digits after the point. */
    SCALE(FunctionKind.NUMBER),
    /** Exact number: digits after the point without zeros at the end. */
    MIN_SCALE(FunctionKind.NUMBER),
    /** Two integers, bit by bit; so are the next. */
    BITAND(FunctionKind.NUMBER),
    BITOR(FunctionKind.NUMBER),
    BITXOR(FunctionKind.NUMBER),
    /** Integer: all bits turned. */
    BITNOT(FunctionKind.NUMBER),
    /** Two integers: the first moved by so many bits, counted modulo 64 for BIGINT and 32 for the others. */
    SHIFT_LEFT(FunctionKind.NUMBER),
    /** As SHIFT_LEFT, with copies of the sign coming in. */
    SHIFT_RIGHT(FunctionKind.NUMBER),
    /**
     * A number, two bounds and a count: in which of so many parts of equal width between the bounds the number is, 0 before
     * the first bound, and one more than the count from the second on.
     */
    WIDTH_BUCKET(FunctionKind.NUMBER),
    /**
     * Rounded down to a multiple of the second argument. Numbers, or a timestamp and an interval; a
     * timestamp's multiples count from 1970-01-01.
     */
    STEP(FunctionKind.ARITHMETIC),
    /** Two or more of one type: the greatest; NULL where any is NULL. */
    GREATEST(FunctionKind.COMPARISON),
    /** Two or more of one type: the least; NULL where any is NULL. */
    LEAST(FunctionKind.COMPARISON),

    // Text. Positions and lengths count characters (code points), from 1.
    CONCAT(FunctionKind.TEXT),
    CHAR_LENGTH(FunctionKind.TEXT),
    OCTET_LENGTH(FunctionKind.TEXT),
    UPPER(FunctionKind.TEXT),
    LOWER(FunctionKind.TEXT),
    INITCAP(FunctionKind.TEXT),
    /** Text, characters to take away, from the left, right or both ends. */
    TRIM_BOTH(FunctionKind.TEXT),
    TRIM_LEADING(FunctionKind.TEXT),
    TRIM_TRAILING(FunctionKind.TEXT),
    /** Text, start, optional length. */
    SUBSTRING(FunctionKind.TEXT),
    /** What to find, text: first place, 0 where it is not in it. */
    POSITION(FunctionKind.TEXT),
    /** Text, what replaces, start, length. */
    OVERLAY(FunctionKind.TEXT),
    /** Text, what to find, what replaces each. */
    REPLACE(FunctionKind.TEXT),
    /** Text, pattern with % and _, optional escape character. */
    LIKE(FunctionKind.TEXT),
    /** As LIKE, whatever the case. */
    ILIKE(FunctionKind.TEXT),
    /** Text, SQL regular expression, optional escape character. */
    SIMILAR_TO(FunctionKind.REGEX),
    /** Text, Java regular expression: whether it is found anywhere. */
    REGEXP_LIKE(FunctionKind.REGEX),
    /**
     * Text, Java regular expression, what replaces each match; or with the place to begin at and the number of the match to
     * replace, 0 for each.
     */
    REGEXP_REPLACE(FunctionKind.REGEX),
    /** Text, Java regular expression, optional group: first match or its group; NULL where there is none. */
    REGEXP_EXTRACT(FunctionKind.REGEX),
    LEFT(FunctionKind.TEXT),
    RIGHT(FunctionKind.TEXT),
    /** Text, length, optional filling text. */
    LPAD(FunctionKind.TEXT),
    RPAD(FunctionKind.TEXT),
    REPEAT(FunctionKind.TEXT),
    REVERSE(FunctionKind.TEXT),
    /** Text, separator, place from 1: that part; empty where there is none. */
    SPLIT_PART(FunctionKind.TEXT),
    STARTS_WITH(FunctionKind.TEXT),
    MD5(FunctionKind.TEXT),
    SHA1(FunctionKind.TEXT),
    SHA224(FunctionKind.TEXT),
    SHA256(FunctionKind.TEXT),
    SHA384(FunctionKind.TEXT),
    SHA512(FunctionKind.TEXT),
    /** Text: the number of its first character in Unicode, 0 where there is none. */
    ASCII(FunctionKind.TEXT),
    /** Number in Unicode: the character. */
    CHR(FunctionKind.TEXT),
    /** Text, regular expression, optional place to begin at: how often it matches. */
    REGEXP_COUNT(FunctionKind.REGEX),
    /** Text, regular expression, place to begin at, number of the match, group: the text there, NULL where there is none. */
    REGEXP_SUBSTR(FunctionKind.REGEX),
    /**
     * Text, regular expression, place to begin at, number of the match, whether the place behind it is asked for, group: its
     * place, 0 where there is none.
     */
    REGEXP_INSTR(FunctionKind.REGEX),
    /** Text, regular expression: ARRAY of the groups of the first match, or all of it; NULL where there is none. */
    REGEXP_MATCH(FunctionKind.REGEX),
    /** Text, regular expression, how many at most: ARRAY of what REGEXP_MATCH gives of each match. */
    REGEXP_MATCHES(FunctionKind.REGEX),
    /** Text, characters, characters: each of the first replaced by the one in its place, or left out. */
    TRANSLATE(FunctionKind.TEXT),
    /** Bytes, name of an encoding: text. */
    ENCODE(FunctionKind.TEXT),
    /** Text, name of an encoding: bytes. */
    DECODE(FunctionKind.TEXT),
    /** Number, {@link NumberPattern}: text. */
    FORMAT_NUMBER(FunctionKind.TEXT),
    /** Text, {@link NumberPattern}: DECIMAL. */
    PARSE_NUMBER(FunctionKind.TEXT),

    // Date and time.

    /** TimeUnit name, and a date, time, timestamp or interval: BIGINT. */
    EXTRACT(FunctionKind.TIME),
    /** Start of the step, the same for all its rows; for a bounded query its start. */
    CURRENT_TIMESTAMP(FunctionKind.CLOCK),
    CURRENT_DATE(FunctionKind.CLOCK),
    CURRENT_TIME(FunctionKind.CLOCK),
    LOCALTIMESTAMP(FunctionKind.CLOCK),
    /** TimeUnit name, two timestamps: whole units from the first to the second, BIGINT. */
    TIMESTAMP_DIFF(FunctionKind.TIME),
    /** Year, month, day: DATE. */
    MAKE_DATE(FunctionKind.TIME),
    /** Hour, minute, seconds as DOUBLE: TIME. */
    MAKE_TIME(FunctionKind.TIME),
    /** Timestamp to milliseconds since 1970, BIGINT. */
    UNIX_MILLIS(FunctionKind.TIME),
    /** Milliseconds since 1970 to TIMESTAMP. */
    TIMESTAMP_OF_MILLIS(FunctionKind.TIME),
    /** Seconds since 1970, of any number type, to TIMESTAMP. */
    TIMESTAMP_OF_SECONDS(FunctionKind.TIME),
    /** Text, java.time pattern: TIMESTAMP. */
    PARSE_TIMESTAMP(FunctionKind.TIME),
    /** Timestamp, java.time pattern: text. */
    FORMAT_TIMESTAMP(FunctionKind.TIME),
    /**
     * Timestamp, name of a time zone: of a wall clock reading the instant at which that zone's clocks show it, of an
     * instant what they show.
     */
    AT_TIME_ZONE(FunctionKind.TIME),

    // Collections and rows.

    /** Elements, or an empty list: ARRAY. */
    ARRAY(FunctionKind.COLLECTION, NullInput.CALLED),
    /** Keys and values in turn: MAP. */
    MAP(FunctionKind.COLLECTION, NullInput.CALLED),
    /** One argument per field: ROW. */
    ROW(FunctionKind.COLLECTION, NullInput.CALLED),
    /** Array and place from 1, or map and key: the element, NULL where there is none. */
    ITEM(FunctionKind.COLLECTION),
    CARDINALITY(FunctionKind.COLLECTION),
    /** Array, value: whether an element equals it, three-valued. */
    ARRAY_CONTAINS(FunctionKind.COLLECTION),
    /** Array, element: with it at the end. NULL is an array of nothing, and an element like others; so it is in the next. */
    ARRAY_APPEND(FunctionKind.ARRAY, NullInput.CALLED),
    /** Element, array: with it at the start. */
    ARRAY_PREPEND(FunctionKind.ARRAY, NullInput.CALLED),
    /** Two arrays: all elements of both; NULL where both are. */
    ARRAY_CAT(FunctionKind.ARRAY, NullInput.CALLED),
    /** Array, element: without those that are the same as it; NULL where the array is. */
    ARRAY_REMOVE(FunctionKind.ARRAY, NullInput.CALLED),
    /** Array, element, element: the second in place of each that is the same as the first; NULL where the array is. */
    ARRAY_REPLACE(FunctionKind.ARRAY, NullInput.CALLED),
    /** Array, element, optional place to begin at: its first place, NULL where it is not there. */
    ARRAY_POSITION(FunctionKind.ARRAY, NullInput.CALLED),
    /** Array, element: all its places; NULL where the array is. */
    ARRAY_POSITIONS(FunctionKind.ARRAY, NullInput.CALLED),
    /** Value, array of one size: so many of it. */
    ARRAY_FILL(FunctionKind.ARRAY, NullInput.CALLED),
    /** Two arrays: whether each element of the second is in the first; NULL is in none. */
    ARRAY_CONTAINS_ALL(FunctionKind.ARRAY),
    /** Two arrays: whether an element is in both. */
    ARRAY_OVERLAPS(FunctionKind.ARRAY),
    /** Array, count: without so many at the end. */
    TRIM_ARRAY(FunctionKind.ARRAY),
    /** Array, first place, last place: what is there of it. */
    ARRAY_SLICE(FunctionKind.ARRAY),
    /**
     * Text, separator, optional text that stands for NULL: the parts between separators, none of an empty text, the whole for an
     * empty separator, each character for NULL.
     */
    STRING_TO_ARRAY(FunctionKind.ARRAY, NullInput.CALLED),
    /** Text, regular expression: the parts between its matches. */
    REGEXP_SPLIT(FunctionKind.REGEX),
    /** Array, separator, optional text: the elements as text, without those that are NULL or with the text for them. */
    ARRAY_TO_STRING(FunctionKind.ARRAY, NullInput.CALLED),
    /** First, last and step, two BIGINT or two TIMESTAMP and an interval: ARRAY from the first, up to the last at most. */
    GENERATE_SERIES(FunctionKind.ARRAY),

    // JSON text.

    /** JSON text, path ($.a.b[0]): the scalar there as text, NULL where there is none. */
    JSON_VALUE(FunctionKind.JSON),
    /** JSON text, path: the part there as JSON text, NULL where there is none. */
    JSON_QUERY(FunctionKind.JSON),
    /** JSON text, path: whether something is there. */
    JSON_EXISTS(FunctionKind.JSON),
    /** JSON text, path: VALUE, NULL, NESTED, EMPTY where nothing is there, or ERROR where the text is no JSON. */
    JSON_FOUND(FunctionKind.JSON),
    /** JSON text, name of a field or place of an element from 0, from the end where below zero: the part there, or NULL. */
    JSON_PART(FunctionKind.JSON),
    /** As {@code JSON_PART}: a scalar as text without quotes, null as NULL. */
    JSON_PART_TEXT(FunctionKind.JSON),
    /** Text, VALUE, OBJECT, ARRAY or SCALAR: whether it is JSON of that kind. */
    IS_JSON(FunctionKind.JSON),
    /** A value of any type: JSON text. */
    TO_JSON(FunctionKind.JSON);

    private final FunctionKind kind;
    private final NullInput nullInput;

    ScalarFunction(FunctionKind kind) {
        this(kind, NullInput.RETURNS_NULL);
    }

    ScalarFunction(FunctionKind kind, NullInput nullInput) {
        this.kind = kind;
        this.nullInput = nullInput;
    }

    /** Returns what it is about. */
    public FunctionKind kind() {
        return kind;
    }

    /** Returns what it does where an argument is NULL. */
    public NullInput nullInput() {
        return nullInput;
    }

    /** Returns whether its value is the time of the step, which no row tells. */
    public boolean ofStep() {
        return kind == FunctionKind.CLOCK;
    }
}
