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

    ParseFailure(String message, int line, int column, @Nullable String found, List<String> expected, Throwable cause) {
        super(message, cause);
        this.line = line;
        this.column = column;
        this.found = found;
        this.expected = List.copyOf(expected);
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
}
