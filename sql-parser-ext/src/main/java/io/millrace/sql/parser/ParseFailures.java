package io.millrace.sql.parser;

import io.millrace.sql.parser.generated.ParseException;
import io.millrace.sql.parser.generated.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Turns Calcite's parse errors into ours: a short message in plain words. */
final class ParseFailures {

    private static final Pattern LEXICAL =
            Pattern.compile("Lexical error at line (\\d+), column (\\d+)\\.\\s+Encountered: (.*)", Pattern.DOTALL);

    /** How Calcite's message begins where an expression stands in place of a statement. */
    private static final String NOT_A_QUERY = "Non-query expression";

    /** What is expected where a name is, too: JavaCC does not list the name there. */
    private static final String BEHIND_FROM = "LATERAL";

    private static final Pattern WORD = Pattern.compile("\\w+|\\S");

    private ParseFailures() {}

    static ParseFailure of(SqlParseException failure, String text) {
        ParseException unexpected = cause(failure, ParseException.class);
        if (unexpected != null && unexpected.currentToken != null && unexpected.expectedTokenSequences != null) {
            return unexpected(unexpected, text, failure);
        }
        String message = String.valueOf(failure.getMessage());
        Matcher lexical = LEXICAL.matcher(message);
        if (lexical.find()) {
            return lexical(lexical, text, failure);
        }
        return refused(failure, message, text);
    }

    private static ParseFailure unexpected(ParseException exception, String text, SqlParseException failure) {
        Expected expected = Expected.of(exception);
        Token token = expected.found();
        ParseFailure reserved = ReservedNames.ofObject(text, token.beginLine, token.beginColumn, failure);
        if (reserved != null) {
            return reserved;
        }
        ParseFailure foreign = OtherDialects.failure(text, token.beginLine, token.beginColumn, failure);
        if (foreign != null) {
            return foreign;
        }
        if (token.image.equals("'") || token.image.equals("\"")) {
            return notClosed(token.beginLine, token.beginColumn, failure);
        }
        String meant = expected.misspelt(exception.currentToken);
        if (meant != null) {
            return misspelt(exception.currentToken, List.of(meant, "…"), failure);
        }
        boolean operator = ExpressionWords.OPERATORS.contains(token.image) && token.next != null;
        Token before = operator ? token : exception.currentToken;
        Token wrong = operator ? token.next : token;
        List<String> words = operator ? List.of(Expected.EXPRESSION) : expected.words();
        Token column = ReservedNames.meantAsName(before, wrong, words, text);
        if (column != null) {
            return ReservedNames.failure(column.image, column.beginLine, column.beginColumn, failure);
        }
        if (operator) {
            return unexpected(before, wrong, words, failure);
        }
        boolean name = words.contains(Expected.NAME) || words.contains(BEHIND_FROM);
        if (name
                && ReservedNames.isReserved(token.image)
                && !ExpressionWords.CLAUSES.contains(token.image.toUpperCase(Locale.ROOT))) {
            return ReservedNames.failure(token.image, token.beginLine, token.beginColumn, failure);
        }
        return unexpected(exception.currentToken, token, words, failure);
    }

    private static ParseFailure unexpected(Token before, Token token, List<String> words, SqlParseException failure) {
        String found = token.kind == Expected.END ? null : token.image;
        StringBuilder message = new StringBuilder("syntax error: found ");
        message.append(found == null ? "the end of the statement" : "'" + shortened(found) + "'");
        if (!words.isEmpty()) {
            message.append(words.size() == 1 ? ", expected " : ", expected one of: ")
                    .append(String.join(", ", words));
        }
        int line = found == null ? Math.max(1, before.endLine) : token.beginLine;
        int column = found == null ? before.endColumn + 1 : token.beginColumn;
        return new ParseFailure(message.toString(), line, column, found, words, failure);
    }

    private static ParseFailure misspelt(Token word, List<String> meant, SqlParseException failure) {
        String message =
                "syntax error: found '" + shortened(word.image) + "', expected one of: " + String.join(", ", meant);
        return new ParseFailure(message, word.beginLine, word.beginColumn, word.image, meant, failure);
    }

    private static ParseFailure notClosed(int line, int column, SqlParseException failure) {
        String message = "syntax error: a quoted text, a quoted name or a comment is not closed";
        return new ParseFailure(message, line, column, null, List.of(), failure);
    }

    private static ParseFailure lexical(Matcher lexical, String text, SqlParseException failure) {
        int line = Integer.parseInt(lexical.group(1));
        int column = Integer.parseInt(lexical.group(2));
        boolean ended = lexical.group(3).startsWith("<EOF>");
        if (ended) {
            return notClosed(line, column, failure);
        }
        String message = "syntax error: the character '" + characterAt(text, line, column) + "' has no meaning here";
        return new ParseFailure(message, line, column, null, List.of(), failure);
    }

    private static String characterAt(String text, int line, int column) {
        String[] lines = text.split("\n", -1);
        String at = line <= lines.length ? lines[line - 1] : "";
        return column >= 1 && column <= at.length() ? at.substring(column - 1, column) : "";
    }

    /** A grammar's own refusal, such as a malformed literal: its message is in plain words already. */
    private static ParseFailure refused(SqlParseException failure, String message, String text) {
        SqlParserPos pos = failure.getPos();
        CalciteContextException context = cause(failure, CalciteContextException.class);
        int line = pos != null ? pos.getLineNum() : context != null ? context.getPosLine() : 1;
        int column = pos != null ? pos.getColumnNum() : context != null ? context.getPosColumn() : 1;
        String words = context != null && context.getCause() != null
                ? context.getCause().getMessage()
                : message;
        if (words != null && words.startsWith(NOT_A_QUERY)) {
            return notAStatement(text, line, column, failure);
        }
        return new ParseFailure(
                "syntax error: " + plain(words == null ? message : words),
                Math.max(1, line),
                Math.max(1, column),
                null,
                List.of(),
                failure);
    }

    /** An expression where a statement was to be: {@code SELEC 1}. */
    private static ParseFailure notAStatement(String text, int line, int column, SqlParseException failure) {
        String word = wordAt(text, line, column);
        String meant = Spelling.closest(word.toUpperCase(Locale.ROOT), ExpressionWords.STATEMENTS);
        List<String> expected = new ArrayList<>(ExpressionWords.STATEMENTS.subList(0, 6));
        if (meant != null) {
            expected.remove(meant);
            expected.addFirst(meant);
        }
        expected.add("…");
        String message =
                "syntax error: found '" + shortened(word) + "', expected one of: " + String.join(", ", expected);
        return new ParseFailure(message, line, column, word, expected, failure);
    }

    private static String wordAt(String text, int line, int column) {
        List<String> lines = text.lines().toList();
        String rest = line <= lines.size() ? lines.get(line - 1) : "";
        Matcher word = WORD.matcher(rest.substring(Math.min(column - 1, rest.length())));
        return word.lookingAt() ? word.group() : rest;
    }

    private static String plain(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    private static String shortened(String word) {
        return word.length() <= 40 ? word : word.substring(0, 39) + "…";
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
