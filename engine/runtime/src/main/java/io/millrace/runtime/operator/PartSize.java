package io.millrace.runtime.operator;

/**
 * How much of what a step puts out is handed out at once, the last in what is left.
 *
 * @param rows how many rows a part has at most; 0 where a step is handed out as a whole
 * @param bytes how many bytes they take at most, as {@link io.millrace.spi.row.RowBytes} counts them: how it counts is
 *     part of what a step that is taken again needs to be the same. A row that takes more is a part by itself
 */
public record PartSize(int rows, long bytes) {

    /** A step is handed out as a whole. */
    public static final PartSize WHOLE = new PartSize(0, Long.MAX_VALUE);

    public boolean whole() {
        return rows == 0;
    }
}
