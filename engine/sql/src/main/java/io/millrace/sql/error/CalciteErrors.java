package io.millrace.sql.error;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SqlPosition;
import io.millrace.sql.parser.ParseFailure;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.jspecify.annotations.Nullable;

/** Turns what Calcite throws into our failures. */
public final class CalciteErrors {

    private static final Pattern NO_OBJECT = Pattern.compile("(?:Object|Table) '(.+?)' not found(?: within .*)?");
    private static final Pattern NO_COLUMN =
            Pattern.compile("Column '(.+?)' not found in (?:any table|table '(.+)')|Unknown identifier '(.+?)'");
    private static final Pattern AMBIGUOUS = Pattern.compile("Column '(.+)' is ambiguous");
    private static final Pattern NO_FUNCTION = Pattern.compile("No match found for function signature (.+)");
    private static final Pattern TYPES =
            Pattern.compile("Cannot apply '(.+?)' to arguments of type '(.+)'\\. Supported form\\(s\\): ([\\s\\S]+)");
    private static final Pattern NO_RESULT =
            Pattern.compile("Cannot infer return type for (.+?); operand types: \\[(.+)\\]");
    private static final Pattern NOT_GROUPED = Pattern.compile("Expression '(.+)' is not being grouped");

    /** Their operands are tables and columns, whose types say nothing to a person. */
    private static final List<String> WINDOWS = List.of("TUMBLE", "HOP");

    /** How Calcite begins to complain of a constant such as DATE '10000-01-01', without a place. */
    private static final String YEAR = "Year out of range";

    private CalciteErrors() {}

    /** Returns the failure for text that does not parse. */
    public static MillraceException syntax(ParseFailure e) {
        return new MillraceException(
                ErrorCode.SYNTAX_ERROR,
                phrase(String.valueOf(e.getMessage()).replaceFirst(", expected [\\s\\S]*", "")),
                e.expected().isEmpty() ? e.instead() : "expected " + String.join(", ", e.expected()),
                new SqlPosition(e.line(), e.column()),
                e);
    }

    /**
     * Returns the failure for a statement that does not make sense.
     *
     * @param names finds the names of streams and views for a misspelt one
     * @param columns finds the names of columns for a misspelt one
     */
    public static MillraceException semantic(
            CalciteContextException e, Supplier<List<String>> names, Supplier<List<String>> columns) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String text = String.valueOf(cause.getMessage()).strip();
        SqlPosition position = e.getPosLine() <= 0 ? null : new SqlPosition(e.getPosLine(), e.getPosColumn());
        Explained explained = explain(text, names, columns);
        return new MillraceException(explained.code(), explained.message(), explained.hint(), position, e);
    }

    /** Returns the failure for what Calcite throws elsewhere than where it says what is wrong with a statement. */
    public static MillraceException unforeseen(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof MillraceException known) {
                return known;
            }
            if (cause instanceof CalciteContextException context) {
                return semantic(context, List::of, List::of);
            }
            if (cause instanceof StackOverflowError) {
                return tooDeep(e);
            }
            if (cause instanceof IllegalArgumentException
                    && String.valueOf(cause.getMessage()).startsWith(YEAR)) {
                return new MillraceException(
                        ErrorCode.INVALID_VALUE,
                        phrase(String.valueOf(cause.getMessage())),
                        "a constant's year is 1 to 9999; CAST('10000-01-01' AS DATE) takes others",
                        e);
            }
            if (cause instanceof CalciteException || cause instanceof UnsupportedOperationException) {
                return new MillraceException(
                        ErrorCode.UNSUPPORTED, phrase(String.valueOf(cause.getMessage())), null, e);
            }
        }
        return new MillraceException(
                ErrorCode.INTERNAL,
                "the statement could not be planned: " + phrase(String.valueOf(e.getMessage())),
                "this is a mistake of ours; please report the statement",
                e);
    }

    /** Returns the failure for a statement for which the stack is too small. */
    public static MillraceException tooDeep(Throwable e) {
        return new MillraceException(
                ErrorCode.LIMIT_EXCEEDED, "the statement is nested too deeply", "cut it into several", e);
    }

    private record Explained(
            ErrorCode code, String message, @Nullable String hint) {}

    private static Explained explain(String text, Supplier<List<String>> names, Supplier<List<String>> columns) {
        Matcher matcher = NO_OBJECT.matcher(text);
        if (matcher.matches()) {
            return new Explained(
                    ErrorCode.UNDEFINED_NAME,
                    "no stream or view named '" + matcher.group(1) + "'",
                    UnknownNames.didYouMean(matcher.group(1), names.get(), "see SHOW STREAMS and SHOW VIEWS"));
        }
        matcher = NO_COLUMN.matcher(text);
        if (matcher.matches()) {
            String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(3);
            return new Explained(
                    ErrorCode.UNDEFINED_COLUMN, "no column named '" + name + "'", columnHint(name, columns.get()));
        }
        matcher = AMBIGUOUS.matcher(text);
        if (matcher.matches()) {
            return new Explained(
                    ErrorCode.UNDEFINED_COLUMN,
                    "column '" + matcher.group(1) + "' is ambiguous",
                    "put the stream's name or alias before it");
        }
        matcher = NO_FUNCTION.matcher(text);
        if (matcher.matches()) {
            return new Explained(
                    ErrorCode.UNDEFINED_FUNCTION,
                    "no function " + matcher.group(1),
                    matcher.group(1).startsWith("AGE(")
                            ? "an interval is of months or of days here: write a - b, or TIMESTAMPDIFF(MONTH, b, a)"
                            : "see SHOW FUNCTIONS; a CAST of an argument may help");
        }
        matcher = TYPES.matcher(text);
        if (matcher.matches() && WINDOWS.contains(matcher.group(1))) {
            return new Explained(
                    ErrorCode.TYPE_MISMATCH,
                    "'" + matcher.group(1) + "' takes a stream, one TIMESTAMP column of it, and intervals",
                    "such as " + matcher.group(1) + "(TABLE orders, DESCRIPTOR(ROWTIME), "
                            + (matcher.group(1).equals("HOP") ? "INTERVAL '1' MINUTE, " : "")
                            + "INTERVAL '5' MINUTE)");
        }
        if (matcher.matches()) {
            return new Explained(
                    ErrorCode.TYPE_MISMATCH,
                    "'" + matcher.group(1) + "' does not apply to " + matcher.group(2),
                    "it takes " + matcher.group(3).strip().replaceAll("\\s+", " "));
        }
        matcher = NO_RESULT.matcher(text);
        if (matcher.matches()) {
            return new Explained(
                    ErrorCode.TYPE_MISMATCH,
                    "'" + matcher.group(1) + "' does not apply to " + matcher.group(2),
                    "make the types alike with CAST");
        }
        matcher = NOT_GROUPED.matcher(text);
        if (matcher.matches()) {
            return new Explained(
                    ErrorCode.INVALID_STATEMENT,
                    "'" + matcher.group(1) + "' is neither grouped nor aggregated",
                    "add it to GROUP BY, or put it in an aggregate function such as ANY_VALUE");
        }
        if (text.startsWith("Require at least 1 argument")) {
            return new Explained(
                    ErrorCode.INVALID_STATEMENT,
                    "nothing says what an array without elements is one of",
                    "say it by a cast: ARRAY[]::INTEGER[]");
        }
        return new Explained(ErrorCode.INVALID_STATEMENT, phrase(text), null);
    }

    private static String columnHint(String name, List<String> columns) {
        boolean elsewhere = columns.stream().anyMatch(name::equalsIgnoreCase);
        return UnknownNames.didYouMean(
                name,
                columns,
                elsewhere
                        ? "another table of the query has one: put that one's name before it, and use it where its"
                                + " FROM is"
                        : "columns here: " + String.join(", ", columns));
    }

    /** Makes a sentence a phrase: no capital where only the first letter is one, no period. */
    private static String phrase(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        String open = line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
        boolean word = open.length() > 1 && Character.isLowerCase(open.charAt(1));
        return word ? Character.toLowerCase(open.charAt(0)) + open.substring(1) : open;
    }
}
