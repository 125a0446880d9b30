package io.millrace.server.postgres.copy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds records in bytes, and their fields. For one thread.
 *
 * <p>Nothing is changed until {@link #value} is called, so that a record that is not whole yet can be looked at
 * again when more has come.
 */
abstract sealed class Records permits BinaryRecords, CsvRecords, TextRecords {

    /** What {@link #find} returns where no whole record is there. */
    static final int INCOMPLETE = -1;

    /** SQLSTATE of data that are not in the form that was said. */
    static final String BAD_FORMAT = "22P04";

    private static final int SHOWN_MAX = 100;

    private final int[] starts;
    private final int[] ends;
    private int count;
    private boolean finished;

    /** The line that the record found last ends in, counted from 1; in binary the row. */
    long line;

    /** @param fieldsMax how many fields are kept; of further ones only one is counted */
    Records(int fieldsMax) {
        this.starts = new int[fieldsMax];
        this.ends = new int[fieldsMax];
    }

    /**
     * Finds the record that starts at {@code from}.
     *
     * @param last whether nothing follows behind {@code to}
     * @return where the next one starts, or {@link #INCOMPLETE}; {@link #finished} may hold afterwards
     */
    abstract int find(byte[] data, int from, int to, boolean last);

    /** Returns whether a field of the record is NULL. To be asked before {@link #value}. */
    abstract boolean isNull(byte[] data, int field);

    /** Makes the field's bytes, from {@link #start} to {@link #end}, its value. */
    abstract void value(byte[] data, int field);

    final void begin() {
        count = 0;
    }

    final void add(int start, int end) {
        if (count < starts.length) {
            starts[count] = start;
            ends[count] = end;
        }
        count = Math.min(count + 1, starts.length + 1);
    }

    /** Returns how many fields the record has, one too many standing for all that are. */
    final int count() {
        return count;
    }

    final int start(int field) {
        return starts[field];
    }

    final int end(int field) {
        return ends[field];
    }

    final void slice(int field, int start, int end) {
        starts[field] = start;
        ends[field] = end;
    }

    /** Returns whether the data said that they are at their end; there is no record then. */
    final boolean finished() {
        return finished;
    }

    final void finish() {
        finished = true;
        count = 0;
    }

    final boolean same(byte[] data, int field, byte[] text) {
        return ends[field] - starts[field] == text.length
                && Arrays.equals(data, starts[field], ends[field], text, 0, text.length);
    }

    /** Returns bytes to show in a report, with marks around them. */
    static String shown(byte[] data, int start, int end) {
        boolean cut = end - start > SHOWN_MAX;
        String text = new String(data, start, Math.min(end - start, SHOWN_MAX), StandardCharsets.UTF_8);
        return "\"" + text.stripTrailing() + (cut ? "..." : "") + "\"";
    }
}
