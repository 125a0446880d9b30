package io.millrace.sql.parser;

import io.millrace.sql.parser.generated.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    private static final Pattern BEHIND_COLUMN =
            Pattern.compile("\\s*(?:[,)=<>.]|!=|(?:FROM|AS|IS|IN|LIKE|BETWEEN)\\b)", Pattern.CASE_INSENSITIVE);

    private static final Set<String> OF_CASE = Set.of("WHEN", "THEN", "ELSE", "END");

    private static final Pattern CASE = Pattern.compile("\\bcase\\b", Pattern.CASE_INSENSITIVE);

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

    /**
     * Returns the reserved word that seems to be meant as a column's name where an expression goes wrong, else null:
     * {@code SELECT order FROM t}, {@code SELECT position FROM t}.
     *
     * @param before the word before the one that is wrong
     * @param words what was expected
     */
    static @Nullable Token meantAsName(Token before, Token wrong, List<String> words, String text) {
        if (words.contains(Expected.EXPRESSION) || words.containsAll(List.of("ALL", "DISTINCT"))) {
            return wrong.kind != Expected.END && isReserved(wrong.image) && endsColumn(wrong, text) ? wrong : null;
        }
        // A function's name is read as such, and what is missing is its parenthesis.
        return words.equals(List.of("'('")) && isReserved(before.image) && endsColumn(before, text) ? before : null;
    }

    /** Returns whether what comes behind a word can come behind a column and could hardly come behind a key word. */
    private static boolean endsColumn(Token word, String text) {
        String image = word.image.toUpperCase(Locale.ROOT);
        if (OF_CASE.contains(image) && CASE.matcher(text).find()) {
            return false;
        }
        String[] lines = text.split("\n", -1);
        int end = word.endColumn;
        for (int i = 0; i < word.endLine - 1; i++) {
            end += lines[i].length() + 1;
        }
        String rest = text.substring(Math.min(end, text.length()));
        return rest.isBlank()
                ? !ExpressionWords.CLAUSES.contains(image)
                : BEHIND_COLUMN.matcher(rest).lookingAt();
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
