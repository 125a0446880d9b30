package io.millrace.plan.expression;

/** A unit of date and time, as EXTRACT, FLOOR and TIMESTAMPDIFF name it in a VARCHAR literal. */
public enum TimeUnit {
    MICROSECOND,
    MILLISECOND,
    SECOND,
    MINUTE,
    HOUR,
    DAY,
    WEEK,
    MONTH,
    QUARTER,
    YEAR,
    DECADE,
    CENTURY,
    MILLENNIUM,
    /** Day of the week, 1 for Sunday; EXTRACT only, as are the next. */
    DOW,
    /** Day of the week, 1 for Monday. */
    ISODOW,
    DOY,
    ISOYEAR,
    /** Seconds since 1970. */
    EPOCH
}
