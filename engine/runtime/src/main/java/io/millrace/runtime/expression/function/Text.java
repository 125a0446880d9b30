package io.millrace.runtime.expression.function;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Utf8Buffer;
import java.util.Arrays;
import java.util.Locale;

/** Text as slices of UTF-8. What is all ASCII takes a path without decoding. */
public final class Text {

    private Text() {}

    public static boolean equal(byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
        return Arrays.equals(a, aStart, aEnd, b, bStart, bEnd);
    }

    /** Compares by unsigned bytes, which for UTF-8 is by code point. */
    public static int compare(byte[] a, int aStart, int aEnd, byte[] b, int bStart, int bEnd) {
        return Arrays.compareUnsigned(a, aStart, aEnd, b, bStart, bEnd);
    }

    /** Counts characters. */
    public static int length(byte[] text, int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            if ((text[i] & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    static boolean isAscii(byte[] text, int start, int end) {
        int bits = 0;
        for (int i = start; i < end; i++) {
            bits |= text[i];
        }
        return bits >= 0;
    }

    private static String string(byte[] text, int start, int end) {
        return new String(text, start, end - start, java.nio.charset.StandardCharsets.UTF_8);
    }

    public static void upper(byte[] text, int start, int end, Slice out) {
        if (!isAscii(text, start, end)) {
            out.set(string(text, start, end).toUpperCase(Locale.ROOT));
            return;
        }
        Utf8Buffer buffer = out.begin();
        int at = buffer.reserve(end - start);
        byte[] bytes = buffer.bytes();
        for (int i = start; i < end; i++) {
            byte c = text[i];
            bytes[at++] = (byte) (c >= 'a' && c <= 'z' ? c - 32 : c);
        }
        out.finish();
    }

    public static void lower(byte[] text, int start, int end, Slice out) {
        if (!isAscii(text, start, end)) {
            out.set(string(text, start, end).toLowerCase(Locale.ROOT));
            return;
        }
        Utf8Buffer buffer = out.begin();
        int at = buffer.reserve(end - start);
        byte[] bytes = buffer.bytes();
        for (int i = start; i < end; i++) {
            byte c = text[i];
            bytes[at++] = (byte) (c >= 'A' && c <= 'Z' ? c + 32 : c);
        }
        out.finish();
    }

    /** Takes characters away that are among others, from either end or both. */
    public static void trim(
            byte[] text,
            int start,
            int end,
            byte[] characters,
            int charactersStart,
            int charactersEnd,
            boolean leading,
            boolean trailing,
            Slice out) {
        int from = start;
        int to = end;
        while (leading && from < to) {
            int next = next(text, from, to);
            if (!contains(characters, charactersStart, charactersEnd, text, from, next)) {
                break;
            }
            from = next;
        }
        while (trailing && to > from) {
            int previous = previous(text, from, to);
            if (!contains(characters, charactersStart, charactersEnd, text, previous, to)) {
                break;
            }
            to = previous;
        }
        out.set(text, from, to);
    }

    /** Tells whether one of the characters is this one. */
    private static boolean contains(byte[] characters, int start, int end, byte[] text, int from, int to) {
        for (int at = start; at < end; ) {
            int next = next(characters, at, end);
            if (Arrays.equals(characters, at, next, text, from, to)) {
                return true;
            }
            at = next;
        }
        return false;
    }

    /** Returns where the character after the one at a place starts. */
    static int next(byte[] text, int at, int end) {
        int next = at + 1;
        while (next < end && (text[next] & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    private static int previous(byte[] text, int start, int at) {
        int previous = at - 1;
        while (previous > start && (text[previous] & 0xC0) == 0x80) {
            previous--;
        }
        return previous;
    }

    /** Returns where the character of a number, from 0, starts, at most the end. */
    private static int skip(byte[] text, int start, int end, long characters) {
        int at = start;
        for (long i = 0; i < characters && at < end; i++) {
            at = next(text, at, end);
        }
        return at;
    }

    /** Cuts from a character, counted from 1, to the end. */
    public static void substring(byte[] text, int start, int end, long from, Slice out) {
        out.set(text, skip(text, start, end, from - 1 < from ? from - 1 : 0), end);
    }

    /** Cuts so many characters from one, counted from 1; characters before the first count and are not there. */
    public static void substring(byte[] text, int start, int end, long from, long length, Slice out) {
        notNegative(length);
        long until = from > 0 && length > Long.MAX_VALUE - from ? Long.MAX_VALUE : from + length;
        long first = Math.max(from, 1);
        int at = skip(text, start, end, first - 1);
        out.set(text, at, skip(text, at, end, Math.max(until, first) - first));
    }

    private static void notNegative(long length) {
        if (length < 0) {
            throw new RowFailure(ErrorCode.INVALID_ARGUMENT, "negative length " + length);
        }
    }

    /** Returns the characters before the first place of a part, plus one; 0 where it is nowhere. */
    public static int position(byte[] part, int partStart, int partEnd, byte[] text, int start, int end) {
        int at = indexOf(text, start, end, part, partStart, partEnd);
        return at < 0 ? 0 : length(text, start, at) + 1;
    }

    /** Returns where a part first starts, or -1. */
    static int indexOf(byte[] text, int start, int end, byte[] part, int partStart, int partEnd) {
        int length = partEnd - partStart;
        if (length == 0) {
            return start;
        }
        byte first = part[partStart];
        if (length == 1) {
            return indexOf(text, start, end, first);
        }
        for (int at = start; at <= end - length; at++) {
            if (text[at] == first && Arrays.equals(text, at, at + length, part, partStart, partEnd)) {
                return at;
            }
        }
        return -1;
    }

    static int indexOf(byte[] text, int start, int end, byte wanted) {
        for (int at = start; at < end; at++) {
            if (text[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    /** Tells whether the text starts with a part. */
    public static boolean startsWith(byte[] text, int start, int end, byte[] part, int partStart, int partEnd) {
        int length = partEnd - partStart;
        return end - start >= length && Arrays.equals(text, start, start + length, part, partStart, partEnd);
    }

    public static void left(byte[] text, int start, int end, long count, Slice out) {
        long kept = count >= 0 ? count : length(text, start, end) + count;
        out.set(text, start, skip(text, start, end, kept));
    }

    public static void right(byte[] text, int start, int end, long count, Slice out) {
        long dropped = count >= 0 ? length(text, start, end) - count : -Math.max(count, -Long.MAX_VALUE);
        out.set(text, skip(text, start, end, dropped), end);
    }

    /** Replaces each place of a part, from the left. */
    public static void replace(
            byte[] text,
            int start,
            int end,
            byte[] part,
            int partStart,
            int partEnd,
            byte[] replacement,
            int replacementStart,
            int replacementEnd,
            Slice out) {
        int found = partStart == partEnd ? -1 : indexOf(text, start, end, part, partStart, partEnd);
        if (found < 0) {
            out.set(text, start, end);
            return;
        }
        Utf8Buffer buffer = out.begin();
        int at = start;
        while (found >= 0) {
            buffer.append(text, at, found).append(replacement, replacementStart, replacementEnd);
            at = found + partEnd - partStart;
            TextLimits.checkGrown((long) buffer.length() + end - at, end - start);
            found = indexOf(text, at, end, part, partStart, partEnd);
        }
        buffer.append(text, at, end);
        TextLimits.checkGrown(buffer.length(), end - start);
        out.finish();
    }

    public static void reverse(byte[] text, int start, int end, Slice out) {
        Utf8Buffer buffer = out.begin();
        for (int to = end; to > start; ) {
            int from = previous(text, start, to);
            buffer.append(text, from, to);
            to = from;
        }
        out.finish();
    }

    public static void repeat(byte[] text, int start, int end, long count, Slice out) {
        Utf8Buffer buffer = out.begin();
        int length = end - start;
        if (count > 0 && length > 0) {
            TextLimits.check(count > TextLimits.LENGTH_MAX / length ? Long.MAX_VALUE : count * length);
            for (long i = 0; i < count; i++) {
                buffer.append(text, start, end);
            }
        }
        out.finish();
    }

    /** Pads to so many characters, at the left or the right, or cuts to them. */
    public static void pad(
            byte[] text,
            int start,
            int end,
            long length,
            byte[] filling,
            int fillingStart,
            int fillingEnd,
            boolean atLeft,
            Slice out) {
        TextLimits.check(length);
        long missing = Math.max(0, length) - length(text, start, end);
        if (missing <= 0 || fillingStart == fillingEnd) {
            out.set(text, start, skip(text, start, end, length));
            return;
        }
        Utf8Buffer buffer = out.begin();
        if (!atLeft) {
            buffer.append(text, start, end);
        }
        int at = fillingStart;
        for (long i = 0; i < missing; i++) {
            int next = next(filling, at, fillingEnd);
            buffer.append(filling, at, next);
            at = next == fillingEnd ? fillingStart : next;
        }
        if (atLeft) {
            buffer.append(text, start, end);
        }
        out.finish();
    }

    /** Cuts the part of a number, from 1 or from the end with -1, between separators. */
    public static void part(
            byte[] text, int start, int end, byte[] separator, int from, int to, long place, Slice out) {
        long number =
                numberOfPart(place, from == to ? 1 : place > 0 ? 0 : parts(text, start, end, separator, from, to));
        int at = start;
        for (long i = 1; ; i++) {
            int found = from == to ? -1 : indexOf(text, at, end, separator, from, to);
            if (i == number) {
                out.set(text, at, found < 0 ? end : found);
                return;
            }
            if (found < 0 || number < 1) {
                out.set(text, end, end);
                return;
            }
            at = found + to - from;
        }
    }

    /** Returns the number from 1 of a part that may be counted from the end of so many; below 1 where there is none. */
    public static long numberOfPart(long place, long parts) {
        if (place == 0) {
            throw new RowFailure(
                    ErrorCode.INVALID_ARGUMENT, "parts are counted from 1, or from the end with -1, not 0");
        }
        return place > 0 ? place : parts + 1 + place;
    }

    private static long parts(byte[] text, int start, int end, byte[] separator, int from, int to) {
        long parts = 1;
        int at = indexOf(text, start, end, separator, from, to);
        while (at >= 0) {
            parts++;
            at = indexOf(text, at + to - from, end, separator, from, to);
        }
        return parts;
    }

    /** Cuts to so many characters, or pads with blanks. */
    public static void fit(byte[] text, int start, int end, int length, boolean fixed, Slice out) {
        if (!fixed && end - start <= length) {
            out.set(text, start, end);
            return;
        }
        int cut = skip(text, start, end, length);
        int missing = fixed ? length - length(text, start, cut) : 0;
        if (missing == 0) {
            out.set(text, start, cut);
            return;
        }
        Utf8Buffer buffer = out.begin().append(text, start, cut);
        int at = buffer.reserve(missing);
        Arrays.fill(buffer.bytes(), at, at + missing, (byte) ' ');
        out.finish();
    }

    /** Cuts to so many bytes, or pads with zeros. */
    public static void fitBinary(byte[] bytes, int start, int end, int length, boolean fixed, Slice out) {
        if (end - start > length || (fixed && end - start < length)) {
            out.set(Arrays.copyOfRange(bytes, start, start + length));
            return;
        }
        out.set(bytes, start, end);
    }
}
