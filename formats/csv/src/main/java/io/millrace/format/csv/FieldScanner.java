package io.millrace.format.csv;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Finds the fields of a record. After {@link #next} the field lies in {@code text} from {@code start} to {@code end}. */
final class FieldScanner {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final Dialect dialect;
    private final long delimiters;
    private final long quotes;
    private byte[] record = {};
    private int recordStart;
    private int recordEnd;
    private byte[] scratch = new byte[64];

    private byte[] text = {};
    private int start;
    private int end;
    private boolean quoted;
    private int after;

    FieldScanner(Dialect dialect) {
        this.dialect = dialect;
        this.delimiters = ONES * dialect.delimiter();
        this.quotes = ONES * dialect.quote();
    }

    void record(byte[] bytes, int from, int to) {
        record = bytes;
        recordStart = from;
        recordEnd = to;
    }

    byte[] text() {
        return text;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Tells whether the field lies in the record as it is, without anything to unescape. */
    boolean inRecord() {
        return text == record;
    }

    boolean isNull() {
        return !quoted && Arrays.equals(text, start, end, dialect.nullText(), 0, dialect.nullText().length);
    }

    /** Returns where the next field of the same row starts, or -1 after the row's last. */
    int next(int at) {
        boolean hasQuote = at < recordEnd && record[at] == dialect.quote();
        quoted = hasQuote;
        text = record;
        if (hasQuote) {
            scanQuoted(at + 1);
        } else {
            scanPlain(at);
        }
        return after < recordEnd && record[after] == dialect.delimiter() ? after + 1 : -1;
    }

    /** Returns where the next row starts, behind the line end of the one whose last field was found; -1 if none. */
    int nextRow() {
        int at = after < recordEnd && record[after] == '\r' ? after + 1 : after;
        at = at < recordEnd && record[at] == '\n' ? at + 1 : at;
        return at < recordEnd ? at : -1;
    }

    private void scanPlain(int from) {
        int at = plainEnd(from);
        start = from;
        after = at;
        if (at < recordEnd && record[at] == dialect.quote()) {
            throw malformed(at, "a quote inside a field without quotes");
        }
        boolean lineEnds = at == recordEnd || record[at] == '\n';
        if (lineEnds && at > from && record[at - 1] == '\r') {
            after = at - 1;
        }
        end = after;
    }

    private int plainEnd(int from) {
        int at = from;
        while (at < recordEnd) {
            if (at + 8 <= record.length) {
                long marks = marks((long) LONGS.get(record, at));
                if (marks != 0) {
                    return Math.min(recordEnd, at + (Long.numberOfTrailingZeros(marks) >>> 3));
                }
                at += 8;
            } else if (record[at] == dialect.delimiter() || record[at] == '\n' || record[at] == dialect.quote()) {
                return at;
            } else {
                at++;
            }
        }
        return recordEnd;
    }

    private long marks(long word) {
        long delimiter = word ^ delimiters;
        long quote = word ^ quotes;
        long line = word ^ (ONES * '\n');
        long found = ((delimiter - ONES) & ~delimiter) | ((quote - ONES) & ~quote) | ((line - ONES) & ~line);
        return found & HIGH_BITS;
    }

    private void scanQuoted(int from) {
        int at = from;
        int escapes = 0;
        while (true) {
            if (at >= recordEnd) {
                throw malformed(at, "the record ends inside quotes");
            }
            byte value = record[at];
            boolean pairs = value == dialect.escape()
                    && at + 1 < recordEnd
                    && (record[at + 1] == dialect.quote() || record[at + 1] == dialect.escape());
            if (pairs) {
                escapes++;
                at += 2;
            } else if (value == dialect.quote()) {
                break;
            } else {
                at++;
            }
        }
        start = from;
        end = at;
        after = at + 1;
        checkAfterQuote();
        if (escapes > 0) {
            unescape(from, at);
        }
    }

    private void checkAfterQuote() {
        boolean lineEnds = after == recordEnd
                || record[after] == '\n'
                || (record[after] == '\r' && (after + 1 == recordEnd || record[after + 1] == '\n'));
        if (!lineEnds && record[after] != dialect.delimiter()) {
            throw malformed(after, "text behind a closing quote");
        }
    }

    private void unescape(int from, int to) {
        if (scratch.length < to - from) {
            scratch = new byte[Math.max(to - from, 2 * scratch.length)];
        }
        int length = 0;
        for (int at = from; at < to; at++) {
            if (record[at] == dialect.escape()
                    && at + 1 < to
                    && (record[at + 1] == dialect.quote() || record[at + 1] == dialect.escape())) {
                at++;
            }
            scratch[length++] = record[at];
        }
        text = scratch;
        start = 0;
        end = length;
    }

    RowFailure malformed(int at, String what) {
        return reject(ErrorCode.INVALID_VALUE, at, "malformed CSV: " + what);
    }

    RowFailure reject(ErrorCode code, int at, String what) {
        return new RowFailure(code, what + " (byte " + (at - recordStart) + ")");
    }
}
