package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;

/** What the functions of text refuse. */
public final class TextLimits {

    /** Most bytes or characters that a function may make out of less. */
    public static final int LENGTH_MAX = 1 << 20;

    private TextLimits() {}

    /** Fails with {@code LIMIT_EXCEEDED} where a text of that length must not be made. */
    public static void check(long length) {
        if (length > LENGTH_MAX) {
            throw new RowFailure(ErrorCode.LIMIT_EXCEEDED, "text would be longer than " + LENGTH_MAX);
        }
    }

    /** Fails where a text has become longer than it was and than is allowed. */
    public static void checkGrown(long length, long before) {
        if (length > before) {
            check(length);
        }
    }

    /** Returns the code point of an escape character. */
    public static int escape(String escape) {
        if (escape.codePointCount(0, escape.length()) != 1) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "escape '" + escape + "' is not one character");
        }
        return escape.codePointAt(0);
    }

    /** Returns the failure for a pattern that ends with its escape character. */
    public static RowFailure danglingEscape(String pattern) {
        return new RowFailure(ErrorCode.INVALID_ARGUMENT, "pattern '" + pattern + "' ends with its escape character");
    }
}
