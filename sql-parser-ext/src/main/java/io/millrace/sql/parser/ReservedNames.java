package io.millrace.sql.parser;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.parser.SqlParseException;
import org.jspecify.annotations.Nullable;

/**
 * Finds reserved words in the place of names. The parser chooses what it reads by the words ahead, so for {@code CREATE
 * PUMP filter} it complains of {@code PUMP}, which is right, and not of {@code filter}.
 */
final class ReservedNames {

    private static final String SPACE = "(?:\\s|--[^\\n]*\\n|/\\*(?s:.*?)\\*/)+";

    /** What statements say before the name of an object. */
    private static final Pattern OBJECT = Pattern.compile(
            ("^ ?(?:CREATE (?:OR REPLACE )?|ALTER |DROP |SHOW CREATE |DESCRIBE |EXPLAIN (?:ANALYZE )?)"
                            + "(?:STREAM|TABLE|PUMP|MATERIALIZED VIEW|VIEW|DELIVERY|FUNCTION) "
                            + "(?:IF (?:NOT )?EXISTS )?([A-Za-z_]\\w*)")
                    .replace("^ ?", "^(?:" + SPACE + ")?")
                    .replace(" ", SPACE),
            Pattern.CASE_INSENSITIVE);

    private ReservedNames() {}

    /** Returns the failure where the name of the object that a statement is about is a reserved word, else null. */
    static @Nullable ParseFailure ofObject(String text, int line, int column, SqlParseException failure) {
        Matcher matcher = OBJECT.matcher(text);
        if (!matcher.find() || !isReserved(matcher.group(1))) {
            return null;
        }
        int at = matcher.start(1);
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        int wordLine =
                (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        int wordColumn = at - lineStart + 1;
        boolean readPast = line > wordLine || (line == wordLine && column > wordColumn);
        return readPast ? null : failure(matcher.group(1), wordLine, wordColumn, failure);
    }

    static ParseFailure failure(String word, int line, int column, SqlParseException failure) {
        return new ParseFailure(
                "syntax error: '" + word + "' is a reserved word",
                line,
                column,
                word,
                List.of("a name; as a name it is written \"" + word + "\""),
                failure);
    }

    static boolean isReserved(String word) {
        return !MillraceParser.isPlainName(word) && MillraceParser.isPlainName(word + "_");
    }
}
