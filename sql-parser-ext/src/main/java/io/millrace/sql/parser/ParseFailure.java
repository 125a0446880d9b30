package io.millrace.sql.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A text that does not parse, and where. */
public final class ParseFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;
    private final @Nullable String found;
    private final transient List<String> expected;
    private final @Nullable String instead;

    ParseFailure(String message, int line, int column, @Nullable String found, List<String> expected, Throwable cause) {
        this(message, line, column, found, expected, null, cause);
    }

    ParseFailure(String message, int line, int column, @Nullable String found, String instead, Throwable cause) {
        this(message, line, column, found, List.of(), instead, cause);
    }

    private ParseFailure(
            String message,
            int line,
            int column,
            @Nullable String found,
            List<String> expected,
            @Nullable String instead,
            Throwable cause) {
        super(message, cause);
        this.line = line;
        this.column = column;
        this.found = found;
        this.expected = List.copyOf(expected);
        this.instead = instead;
    }

    /** Returns the line of the word that is wrong, counted from 1. */
    public int line() {
        return line;
    }

    /** Returns the column of the word that is wrong, counted from 1, in UTF-16 units. */
    public int column() {
        return column;
    }

    /** Returns the word that is wrong; null where the text ended too early or no word is. */
    public @Nullable String found() {
        return found;
    }

    /** Returns what could have stood there, likeliest first, cut short; empty where that is not known. */
    public List<String> expected() {
        return expected;
    }

    /** Returns what to write in place of a statement that is another program's; null where that is not known. */
    public @Nullable String instead() {
        return instead;
    }
}
