package io.millrace.server.postgres.copy;

import java.nio.charset.StandardCharsets;

/**
 * PostgreSQL's text form: a line is a record, a delimiter stands between fields, and a backslash before what would
 * be misread. A line of {@code \.} alone ends the data.
 */
final class TextRecords extends Records {

    private final byte delimiter;
    private final byte[] nullText;
    private final boolean[] special = new boolean[256];
    private final boolean[] escaped;
    private final boolean[] foreign;

    TextRecords(CopyOptions options, int fieldsMax) {
        super(fieldsMax);
        this.delimiter = options.delimiter();
        this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
        this.escaped = new boolean[fieldsMax];
        this.foreign = new boolean[fieldsMax];
        for (int b : new int[] {delimiter, '\n', '\r', '\\'}) {
            special[b] = true;
        }
    }

    @Override
    int find(byte[] data, int from, int to, boolean last) {
        begin();
        int start = from;
        int at = from;
        boolean marked = false;
        while (true) {
            while (at < to && !special[data[at] & 0xFF]) {
                at++;
            }
            if (at == to) {
                return last && to > from ? record(data, from, start, to, to, marked) : INCOMPLETE;
            }
            byte found = data[at];
            if (found == delimiter) {
                field(start, at, marked);
                marked = false;
                start = ++at;
            } else if (found == '\n') {
                return record(data, from, start, at, at + 1, marked);
            } else if (found == '\\') {
                if (at + 1 == to) {
                    return last ? record(data, from, start, to, to, marked) : INCOMPLETE;
                }
                marked = true;
                at += 2;
            } else if (at + 1 == to && !last) {
                return INCOMPLETE;
            } else if (at + 1 == to || data[at + 1] == '\n') {
                return record(data, from, start, at, Math.min(to, at + 2), marked);
            } else {
                line++;
                throw new CopyException(BAD_FORMAT, "literal carriage return found in data: write it as \\r", null);
            }
        }
    }

    private void field(int start, int end, boolean marked) {
        if (count() < escaped.length) {
            escaped[count()] = marked;
        }
        add(start, end);
    }

    private int record(byte[] data, int from, int start, int end, int next, boolean marked) {
        line++;
        if (marked && end - from == 2 && data[from + 1] == '.') {
            finish();
            return next;
        }
        field(start, end, marked);
        return next;
    }

    @Override
    boolean isNull(byte[] data, int field) {
        return same(data, field, nullText);
    }

    /** Returns whether the field's value has bytes that were written as numbers and are not checked as UTF-8. */
    boolean foreign(int field) {
        return foreign[field];
    }

    @Override
    void value(byte[] data, int field) {
        foreign[field] = false;
        if (!escaped[field]) {
            return;
        }
        int out = start(field);
        int end = end(field);
        for (int at = start(field); at < end; at++) {
            byte value = data[at];
            if (value == '\\' && at + 1 < end) {
                at++;
                int digits = numberLength(data, at, end);
                if (digits > 0) {
                    value = number(data, at, digits);
                    foreign[field] |= value < 0;
                    at += digits - 1;
                } else {
                    value = plain(data[at]);
                }
            }
            data[out++] = value;
        }
        slice(field, start(field), out);
    }

    /** Returns how many characters a byte written as a number has: up to three octal digits, x and two others. */
    private static int numberLength(byte[] data, int at, int end) {
        int length = 0;
        if (data[at] == 'x') {
            while (length < 2 && at + 1 + length < end && Character.digit(data[at + 1 + length], 16) >= 0) {
                length++;
            }
            return length == 0 ? 0 : length + 1;
        }
        while (length < 3 && at + length < end && data[at + length] >= '0' && data[at + length] <= '7') {
            length++;
        }
        return length;
    }

    private static byte number(byte[] data, int at, int length) {
        boolean hex = data[at] == 'x';
        int value = 0;
        for (int i = hex ? 1 : 0; i < length; i++) {
            value = value * (hex ? 16 : 8) + Character.digit(data[at + i], hex ? 16 : 8);
        }
        return (byte) value;
    }

    private static byte plain(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            default -> letter;
        };
    }
}
