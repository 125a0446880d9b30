package io.millrace.plan.expression;

/** Marks that stand before the letters of a month, a day or a half of a day in a pattern for times: how it is written. */
public final class NameStyle {

    /** In capitals. */
    public static final char CAPITAL = '\uE001';

    /** In small letters. */
    public static final char SMALL = '\uE002';

    /** With blanks behind it, so that all have the same length. */
    public static final char FILLED = '\uE003';

    private NameStyle() {}
}
