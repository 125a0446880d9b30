package io.millrace.server.postgres.copy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a {@code COPY} says of its form. Bytes are single ASCII characters.
 *
 * @param nullText how NULL is written
 * @param forceQuote columns whose values are always in quotes when written; {@link #ALL} for all
 * @param forceNotNull columns in which nothing is read as NULL
 * @param forceNull columns in which NULL's text is read as NULL even in quotes
 */
public record CopyOptions(
        Form form,
        Header header,
        byte delimiter,
        String nullText,
        byte quote,
        byte escape,
        List<String> forceQuote,
        List<String> forceNotNull,
        List<String> forceNull) {

    /** Stands for all columns. */
    public static final List<String> ALL = List.of("*");

    /** Which of PostgreSQL's forms. */
    public enum Form {
        TEXT,
        CSV,
        BINARY
    }

    /** What becomes of a first line with names. */
    public enum Header {
        NONE,
        /** Written, and passed over where it is read. */
        YES,
        /** Written, and compared with the columns where it is read. */
        MATCH
    }

    public CopyOptions {
        forceQuote = List.copyOf(forceQuote);
        forceNotNull = List.copyOf(forceNotNull);
        forceNull = List.copyOf(forceNull);
    }

    /** Returns the form with nothing said but its name. */
    public static CopyOptions of(Form form) {
        boolean csv = form == Form.CSV;
        return new CopyOptions(
                form,
                Header.NONE,
                (byte) (csv ? ',' : '\t'),
                csv ? "" : "\\N",
                (byte) '"',
                (byte) '"',
                List.of(),
                List.of(),
                List.of());
    }

    public boolean binary() {
        return form == Form.BINARY;
    }

    /** Returns, by place, which of the columns a list names, whatever the case. */
    static boolean[] marks(List<String> named, List<String> columns) {
        boolean[] marks = new boolean[columns.size()];
        if (named.equals(ALL)) {
            Arrays.fill(marks, true);
            return marks;
        }
        for (String name : named) {
            int place = columns.stream().map(CopyOptions::lower).toList().indexOf(lower(name));
            if (place < 0) {
                throw new CopyException("42P10", "column \"" + name + "\" is not among those that are copied", null);
            }
            marks[place] = true;
        }
        return marks;
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
