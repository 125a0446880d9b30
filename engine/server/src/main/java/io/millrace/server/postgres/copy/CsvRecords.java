package io.millrace.server.postgres.copy;

import java.nio.charset.StandardCharsets;

/**
 * CSV as PostgreSQL reads it: quotes may stand anywhere in a field, what is between them is taken as it is, line
 * ends included. A line of {@code \.} alone ends the data.
 */
final class CsvRecords extends Records {

    private static final byte NONE = 0;
    private static final byte QUOTED = 1;
    /** Quotes around all of the field and none in it: the value lies there as it is. */
    private static final byte WRAPPED = 2;

    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final byte[] nullText;
    private final boolean[] forceNotNull;
    private final boolean[] forceNull;
    private final boolean[] outside = new boolean[256];
    private final boolean[] inside = new boolean[256];
    private final byte[] quotes;
    private int at;
    private int quotesSeen;
    private int escapesSeen;
    private int breaks;

    CsvRecords(CopyOptions options, int fieldsMax, boolean[] forceNotNull, boolean[] forceNull) {
        super(fieldsMax);
        this.delimiter = options.delimiter();
        this.quote = options.quote();
        this.escape = options.escape();
        this.nullText = options.nullText().getBytes(StandardCharsets.UTF_8);
        this.forceNotNull = forceNotNull;
        this.forceNull = forceNull;
        this.quotes = new byte[fieldsMax];
        for (int b : new int[] {delimiter, '\n', '\r', quote}) {
            outside[b] = true;
        }
        for (int b : new int[] {'\n', quote, escape}) {
            inside[b] = true;
        }
    }

    @Override
    int find(byte[] data, int from, int to, boolean last) {
        begin();
        int start = from;
        at = from;
        breaks = 0;
        clearField();
        while (true) {
            while (at < to && !outside[data[at] & 0xFF]) {
                at++;
            }
            if (at == to) {
                return last && to > from ? record(data, from, start, to, to) : INCOMPLETE;
            }
            byte found = data[at];
            if (found == delimiter) {
                field(data, start, at);
                start = ++at;
            } else if (found == quote) {
                at++;
                if (!quotedPart(data, to, last)) {
                    return INCOMPLETE;
                }
            } else if (found == '\n') {
                return record(data, from, start, at, at + 1);
            } else if (at + 1 == to && !last) {
                return INCOMPLETE;
            } else if (at + 1 == to || data[at + 1] == '\n') {
                return record(data, from, start, at, Math.min(to, at + 2));
            } else {
                line += breaks + 1L;
                throw new CopyException(
                        BAD_FORMAT, "unquoted carriage return found in data: put the field in quotes", null);
            }
        }
    }

    /** Passes over what follows a quote, up to the one that ends it; returns false where that is not there yet. */
    private boolean quotedPart(byte[] data, int to, boolean last) {
        quotesSeen++;
        while (true) {
            while (at < to && !inside[data[at] & 0xFF]) {
                at++;
            }
            if (at == to || (at + 1 == to && !last && data[at] != '\n')) {
                if (last) {
                    line += breaks + 1L;
                    throw new CopyException(BAD_FORMAT, "unterminated CSV quoted field", null);
                }
                return false;
            }
            byte found = data[at];
            if (found == escape && at + 1 < to && (data[at + 1] == escape || data[at + 1] == quote)) {
                escapesSeen++;
                at += 2;
            } else {
                at++;
                if (found == quote) {
                    return true;
                }
                breaks += found == '\n' ? 1 : 0;
            }
        }
    }

    private void clearField() {
        quotesSeen = 0;
        escapesSeen = 0;
    }

    private void field(byte[] data, int start, int end) {
        if (count() < quotes.length) {
            boolean wrapped = quotesSeen == 1 && escapesSeen == 0 && data[start] == quote && data[end - 1] == quote;
            quotes[count()] = quotesSeen == 0 ? NONE : wrapped ? WRAPPED : QUOTED;
        }
        add(start, end);
        clearField();
    }

    private int record(byte[] data, int from, int start, int end, int next) {
        line += breaks + 1L;
        if (end - from == 2 && data[from] == '\\' && data[from + 1] == '.') {
            finish();
            return next;
        }
        field(data, start, end);
        return next;
    }

    @Override
    boolean isNull(byte[] data, int field) {
        if (quotes[field] == NONE) {
            return !forceNotNull[field] && same(data, field, nullText);
        }
        if (!forceNull[field]) {
            return false;
        }
        value(data, field);
        return same(data, field, nullText);
    }

    @Override
    void value(byte[] data, int field) {
        byte kind = quotes[field];
        quotes[field] = NONE;
        if (kind == WRAPPED) {
            slice(field, start(field) + 1, end(field) - 1);
        } else if (kind == QUOTED) {
            unquote(data, field);
        }
    }

    private void unquote(byte[] data, int field) {
        int out = start(field);
        int end = end(field);
        boolean within = false;
        for (int i = start(field); i < end; i++) {
            byte value = data[i];
            boolean pair = within && value == escape && i + 1 < end && (data[i + 1] == escape || data[i + 1] == quote);
            if (pair) {
                data[out++] = data[++i];
            } else if (value == quote) {
                within = !within;
            } else {
                data[out++] = value;
            }
        }
        slice(field, start(field), out);
    }
}
