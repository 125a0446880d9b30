package io.millrace.format.json;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.NumberScanner;
import io.millrace.spi.row.Utf8;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The words of JSON in a record's bytes. Every method takes the place where something starts and returns
 * the place after it, or throws a {@link RowFailure}; what it passed over is proven to be valid.
 */
final class JsonScanner {

    /** Most objects and arrays inside each other, the outermost counted. */
    static final int DEPTH_MAX = 512;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final NumberScanner number = new NumberScanner();
    private final Unescaper unescaper = new Unescaper();
    private byte[] data = {};
    private int start;
    private int end;
    private int depth;
    private boolean escaped;

    void data(byte[] bytes) {
        data = bytes;
    }

    void record(int from, int to) {
        start = from;
        end = to;
    }

    byte[] data() {
        return data;
    }

    int end() {
        return end;
    }

    void startDocument() {
        depth = 0;
    }

    void enter(int at) {
        if (++depth > DEPTH_MAX) {
            throw reject(ErrorCode.LIMIT_EXCEEDED, at, "more than " + DEPTH_MAX + " values inside each other");
        }
    }

    void leave() {
        depth--;
    }

    /** Returns the byte at a place, 0 (which JSON has nowhere) behind the record's end. */
    byte byteAt(int at) {
        return at < end ? data[at] : 0;
    }

    int whitespace(int from) {
        int at = from;
        while (at < end && data[at] <= ' ' && isBlank(data[at])) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    /** Passes over one character that has to be there. */
    int expect(int at, char expected, String where) {
        if (byteAt(at) != expected) {
            throw malformed(at, "expected '" + expected + "' " + where);
        }
        return at + 1;
    }

    int literal(int at, String word) {
        int stop = at + word.length();
        boolean matches = stop <= end;
        for (int i = 1; matches && i < word.length(); i++) {
            matches = data[at + i] == word.charAt(i);
        }
        if (!matches) {
            throw malformed(at, "expected '" + word + "'");
        }
        return stop;
    }

    /** Passes over a number, which {@link #number()} then holds. */
    int number(int at) {
        int stop = number.scan(data, at, end);
        if (stop < 0) {
            throw malformed(at, "expected a value");
        }
        return stop;
    }

    NumberScanner number() {
        return number;
    }

    /** Passes over the rest of a string, from behind its opening quote, and notes whether it holds escapes. */
    int string(int from) {
        byte[] bytes = data;
        int stop = end;
        int wordsEnd = bytes.length - 8;
        int at = from;
        escaped = false;
        while (at < stop) {
            if (at <= wordsEnd) {
                long marks = special((long) LONGS.get(bytes, at));
                if (marks == 0) {
                    at += 8;
                    continue;
                }
                at += Long.numberOfTrailingZeros(marks) >>> 3;
                if (at >= stop) {
                    break;
                }
            }
            if (bytes[at] == '"') {
                return at + 1;
            }
            at = unusual(bytes, at);
        }
        throw malformed(stop, "expected the end of a string");
    }

    /**
     * Marks the bytes that end a string or need a closer look: quote, backslash, control, not ASCII. The lowest mark is
     * right; those above it may be of others, since a difference borrows from the next byte where it finds one.
     */
    private static long special(long word) {
        long quote = word ^ (ONES * '"');
        long backslash = word ^ (ONES * '\\');
        // Of bytes with the high bit set the differences say nothing, but they are marked themselves.
        return ((quote - ONES) | (backslash - ONES) | (word - ONES * ' ') | word) & HIGH_BITS;
    }

    private int unusual(byte[] bytes, int at) {
        byte value = bytes[at];
        if (value == '\\') {
            escaped = true;
            return escape(at);
        }
        if (value < 0) {
            int length = Utf8.sequenceLength(bytes, at, end);
            if (length == 0) {
                throw malformed(at, "not UTF-8");
            }
            return at + length;
        }
        if (value < ' ') {
            throw malformed(at, "a control character in a string");
        }
        return at + 1;
    }

    private int escape(int at) {
        switch (byteAt(at + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return at + 2;
            }
            case 'u' -> {
                int unit = hex(at + 2);
                if (!Character.isSurrogate((char) unit)) {
                    return at + 6;
                }
                boolean paired = unit < 0xDC00
                        && byteAt(at + 6) == '\\'
                        && byteAt(at + 7) == 'u'
                        && Character.isLowSurrogate((char) hex(at + 8));
                if (!paired) {
                    throw malformed(at, "half a surrogate pair");
                }
                return at + 12;
            }
            default -> throw malformed(at, "an unknown escape in a string");
        }
    }

    private int hex(int at) {
        int value = at + 4 <= end ? Unescaper.hex(data, at) : -1;
        if (value < 0) {
            throw malformed(at, "expected four hexadecimal digits");
        }
        return value;
    }

    /** Tells whether the last string holds escapes, so that {@link #unescape} gives its value. */
    boolean escaped() {
        return escaped;
    }

    /** Decodes a valid string's content into {@link #scratch()} and returns how many bytes it has there. */
    int unescape(int from, int to) {
        return unescaper.unescape(data, from, to);
    }

    byte[] scratch() {
        return unescaper.bytes();
    }

    /** Returns the text of a valid string's content. */
    String text(int from, int to, boolean hasEscapes) {
        return hasEscapes ? unescaper.text(data, from, to) : new String(data, from, to - from, StandardCharsets.UTF_8);
    }

    /** Passes over a value of any kind. */
    int skip(int at) {
        return switch (byteAt(at)) {
            case '"' -> string(at + 1);
            case '{' -> skipObject(at);
            case '[' -> skipArray(at);
            case 't' -> literal(at, "true");
            case 'f' -> literal(at, "false");
            case 'n' -> literal(at, "null");
            default -> number(at);
        };
    }

    private int skipObject(int from) {
        enter(from);
        int at = whitespace(from + 1);
        if (byteAt(at) != '}') {
            at = skip(key(at));
            for (at = whitespace(at); byteAt(at) == ','; at = whitespace(at)) {
                at = skip(key(whitespace(at + 1)));
            }
        }
        leave();
        return expect(at, '}', "after an object's last value");
    }

    /** Passes over a key and its colon to where the value starts. */
    int key(int at) {
        int stop = string(expect(at, '"', "before a key"));
        return whitespace(expect(whitespace(stop), ':', "after a key"));
    }

    private int skipArray(int from) {
        enter(from);
        int at = whitespace(from + 1);
        if (byteAt(at) != ']') {
            at = skip(at);
            for (at = whitespace(at); byteAt(at) == ','; at = whitespace(at)) {
                at = skip(whitespace(at + 1));
            }
        }
        leave();
        return expect(at, ']', "after an array's last value");
    }

    RowFailure malformed(int at, String what) {
        String place = at >= end ? "the record ends early, " + what : what;
        return reject(ErrorCode.INVALID_VALUE, at, "malformed JSON: " + place);
    }

    RowFailure reject(ErrorCode code, int at, String what) {
        return new RowFailure(code, what + " (byte " + (Math.min(at, end) - start) + ")");
    }
}
