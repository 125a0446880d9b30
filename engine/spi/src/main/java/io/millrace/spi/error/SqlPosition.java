package io.millrace.spi.error;

/**
 * A place in a statement's text.
 *
 * @param line counted from 1
 * @param column counted from 1, in UTF-16 units
 */
public record SqlPosition(int line, int column) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
