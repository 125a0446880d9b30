package io.millrace.spi.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The form that nearly all timestamps in data have, {@code yyyy-MM-dd(T| )HH:mm:ss[.f…][Z]}, read with a few
 * operations on words and no objects. Whatever has another form or is wrong is left to {@link TimeParser}.
 *
 * <pre>
 *   first word  │ y y y y - M M - │
 *   second word │ d d T H H : m m │
 *   rest        │ : s s .f… Z
 * </pre>
 */
final class PlainTimestamp {

    /** What {@link #parse} returns for text of another form. */
    static final long NONE = Long.MIN_VALUE;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long DAY_DIGITS = 0x00FF_FF00_FFFF_FFFFL;
    private static final long DAY_MARKS = 0x2D00_002D_0000_0000L;
    private static final long TIME_DIGITS = 0xFFFF_00FF_FF00_FFFFL;
    private static final long COLON = 0x0000_FF00_0000_0000L;
    private static final long COLON_MARK = 0x0000_3A00_0000_0000L;
    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long ABOVE_NINE = 0x7676_7676_7676_7676L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final int LENGTH_MIN = 19;
    /** Days before each month of a year that starts in March. */
    private static final int[] DAYS_BEFORE = {306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275};

    private static final int[] DAYS_IN = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private PlainTimestamp() {}

    /** Tells whether the text says that it is UTC. */
    static boolean isUtc(byte[] text, int end) {
        return end > 0 && text[end - 1] == 'Z';
    }

    /** Returns microseconds since 1970, or {@link #NONE}. */
    static long parse(byte[] text, int start, int end) {
        if (end - start < LENGTH_MIN) {
            return NONE;
        }
        long day = (long) LONGS.get(text, start);
        long time = (long) LONGS.get(text, start + 8);
        byte separator = text[start + 10];
        boolean marked = (day & ~DAY_DIGITS) == DAY_MARKS
                && (time & COLON) == COLON_MARK
                && (separator == 'T' || separator == ' ')
                && text[start + 16] == ':';
        day = (day ^ ZEROS) & DAY_DIGITS;
        time = (time ^ ZEROS) & TIME_DIGITS;
        int tens = text[start + 17] - '0';
        int ones = text[start + 18] - '0';
        boolean digits = ((day | (day + ABOVE_NINE) | time | (time + ABOVE_NINE)) & HIGH_BITS) == 0
                && tens >= 0
                && tens <= 5
                && ones >= 0
                && ones <= 9;
        if (!marked || !digits) {
            return NONE;
        }
        long dayPairs = day * 10 + (day >>> 8);
        long timePairs = time * 10 + (time >>> 8);
        int year = pair(dayPairs, 0) * 100 + pair(dayPairs, 2);
        int epochDay = epochDay(year, pair(dayPairs, 5), pair(timePairs, 0));
        int hour = pair(timePairs, 3);
        int minute = pair(timePairs, 6);
        int fraction = fraction(text, start + LENGTH_MIN, end);
        if (epochDay == Integer.MIN_VALUE || hour > 23 || minute > 59 || fraction < 0) {
            return NONE;
        }
        long seconds = epochDay * 86_400L + hour * 3600L + minute * 60L + tens * 10L + ones;
        return seconds * 1_000_000 + fraction;
    }

    private static int pair(long pairs, int at) {
        return (int) (pairs >>> (8 * at)) & 0xFF;
    }

    /** Returns days since 1970-01-01; years run from March to February, so that a leap day comes last. */
    private static int epochDay(int year, int month, int day) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (year == 0 || month < 1 || month > 12 || day < 1 || day > DAYS_IN[month - 1]) {
            return Integer.MIN_VALUE;
        }
        if (day == 29 && month == 2 && !leap) {
            return Integer.MIN_VALUE;
        }
        int shifted = month <= 2 ? year - 1 : year;
        int days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400;
        return days + DAYS_BEFORE[month - 1] + day - 1 - 719_468;
    }

    /** Returns the microseconds of the fraction, if there is one, or -1 where something else follows. */
    private static int fraction(byte[] text, int from, int end) {
        int stop = isUtc(text, end) ? end - 1 : end;
        if (from == stop) {
            return 0;
        }
        if (text[from] != '.' || from + 1 == stop) {
            return -1;
        }
        int micros = 0;
        for (int i = 0; i < 6; i++) {
            int at = from + 1 + i;
            int digit = at < stop ? text[at] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            micros = micros * 10 + digit;
        }
        for (int at = from + 7; at < stop; at++) {
            if (text[at] < '0' || text[at] > '9') {
                return -1;
            }
        }
        return micros;
    }
}
