package io.millrace.spi.row;

/**
 * Where the rows of a batch come from: asked for a row that cannot be used, so that its report can name it. Answers
 * may take a while, and hold while the batch does. Several threads may ask.
 */
public interface RowOrigins {

    /** What {@link #rowtimeMicros} says where it does not know. */
    long NO_ROWTIME = Long.MIN_VALUE;

    /** Returns where a row's entry lies: shard and sequence number. */
    String position(int row);

    /** Returns the sequence number in a position such as {@code shard:123} or {@code shard:123/2}; the position where it has none. */
    static String sequence(String position) {
        int end = position.indexOf('/');
        return position.substring(position.lastIndexOf(':') + 1, end < 0 ? position.length() : end);
    }

    /** Returns which part of its entry a row is by its position, from 0. */
    static int part(String position) {
        String digits = position.substring(position.indexOf('/') + 1);
        return position.indexOf('/') < 0 || !digits.matches("\\d{1,9}") ? 0 : Integer.parseInt(digits);
    }

    /** Returns a row's ROWTIME, microseconds since 1970. */
    long rowtimeMicros(int row);

    /**
     * Returns when a row's entry arrived, microseconds since 1970, or {@link #NO_ROWTIME} where that is not known. Takes
     * no time.
     */
    default long arrivalMicros(int row) {
        return NO_ROWTIME;
    }

    /**
     * Returns the origins of some rows, which hold for ever: row n of them is the n-th of these.
     *
     * @param rows rows of the batch
     * @param count how many of them
     */
    default RowOrigins keep(int[] rows, int count) {
        return StoredOrigins.of(this, rows, count);
    }
}
