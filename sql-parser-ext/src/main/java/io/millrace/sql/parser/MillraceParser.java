package io.millrace.sql.parser;

import io.millrace.sql.parser.generated.MillraceParserImpl;
import java.util.EnumSet;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CharLiteralStyle;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/**
 * Reads statements and expressions. Names keep the case they are written in; double quotes make a name of anything. All
 * methods may be called by several threads.
 */
public final class MillraceParser {

    /** Longest name that is accepted. */
    public static final int NAME_LENGTH_MAX = 256;

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** How text is read: for those who need Calcite's own parser of it. */
    public static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(MillraceParserImpl.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withIdentifierMaxLength(NAME_LENGTH_MAX)
            .withCharLiteralStyles(EnumSet.of(CharLiteralStyle.STANDARD))
            .withConformance(new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
                @Override
                public boolean allowExplicitRowValueConstructor() {
                    return true;
                }
            });

    private MillraceParser() {}

    /**
     * Reads one statement, without a semicolon at its end.
     *
     * @throws ParseFailure with the place and what was expected there
     * @throws StackOverflowError where the statement is nested too deeply for the thread
     */
    public static SqlNode parse(String statement) throws ParseFailure {
        try {
            return SqlParser.create(statement, CONFIG).parseStmt();
        } catch (SqlParseException e) {
            if (e.getCause() instanceof StackOverflowError tooDeep) {
                throw tooDeep;
            }
            throw ParseFailures.of(e, statement);
        }
    }

    /**
     * Reads one expression, such as {@code price * 2 > 10}.
     *
     * @throws ParseFailure with the place and what was expected there
     */
    public static SqlNode parseExpression(String expression) throws ParseFailure {
        try {
            return SqlParser.create(expression, CONFIG).parseExpression();
        } catch (SqlParseException e) {
            throw ParseFailures.of(e, expression);
        }
    }

    /** Returns whether a name reads as itself without quotation marks. */
    public static boolean isPlainName(String name) {
        String word = name.toUpperCase(Locale.ROOT);
        return PLAIN_NAME.matcher(name).matches()
                && (!Expected.WORDS.isKeyword(word) || Expected.WORDS.isNonReservedKeyword(word));
    }

    /** Writes a tree as SQL that {@link #parse} reads as the same tree. */
    public static String text(SqlNode tree) {
        return tree.toSqlString(MillraceDialect.INSTANCE).getSql();
    }
}
