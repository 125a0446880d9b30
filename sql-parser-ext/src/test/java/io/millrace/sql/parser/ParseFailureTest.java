package io.millrace.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParseFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "SELECT a FORM t                     ;1;10;found 'FORM', expected one of: FROM, …",
                "SELECT a FROM t WHER b = 1          ;1;17;found 'WHER', expected one of: WHERE, …",
                "SELEC 1                             ;1;1;found 'SELEC', expected one of: SELECT, INSERT",
                "SELECT a, FROM t                    ;1;11;found 'FROM', expected an expression",
                "SELECT a FROM t WHERE               ;1;22;found the end of the statement, expected an expression",
                "SELECT (1 + 2                       ;1;14;found the end of the statement, expected one of: ')'",
                "CREATE STREM s (a int)              ;1;8;found 'STREM', expected STREAM",
                "CREATE STREAM s (a int b int)       ;1;24;found 'b', expected one of: ')', '[', ','",
                "CREATE PUMP p INSERT INTO x SELECT 1;1;15;found 'INSERT', expected one of: AS, DESCRIPTION",
                "SELECT a FROM t WHERE a = = 2       ;1;27;found '=', expected an expression",
                "SELECT a + FROM t                   ;1;12;found 'FROM', expected an expression",
                "ALTER PUMP p                        ;1;13;found the end of the statement",
                "ALTER DELIVERY d STOP               ;1;18;found 'STOP'",
                "ALTER STREAM s ADD COLUMN a INT     ;1;7;a stream is not changed with ALTER",
                "ALTER table t DROP COLUMN a         ;1;7;a table is not changed with ALTER",
                "ALTER EXTERNAL TABLE t              ;1;7;an external table is not changed with ALTER",
                "ALTER MATERIALIZED  VIEW v AS SELECT 1;1;7;a view is not changed with ALTER",
                "ALTER VIEW v AS SELECT 1            ;1;7;a view is not changed with ALTER",
                "ALTER FUNCTION f                    ;1;7;a function is not changed with ALTER",
                "ALTER USER u                        ;1;7;ALTER changes a PUMP or a DELIVERY",
                "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1;1;1;there are no sets of statements",
                "BEGIN STATEMENT SET                 ;1;1;there are no sets of statements",
                "CREATE TABLE t (a INT, b VARCHAR(9)) WITH ('connector' = 'kafka');1;38;a table has no options",
                "SELECT POSITION FROM error_stream   ;1;8;'POSITION' is a reserved word",
                "SELECT a, order FROM t              ;1;11;'order' is a reserved word",
                "SELECT a FROM t WHERE end = 1       ;1;23;'end' is a reserved word",
                "SELECT table.a FROM t               ;1;8;'table' is a reserved word",
                "SELECT COUNT(user.a), SUM(limit) FROM t;1;27;'limit' is a reserved word",
                "SELECT a FROM t WHERE ORDER BY a    ;1;23;found 'ORDER', expected an expression",
                "SELECT CASE WHEN a THEN END FROM t  ;1;25;found 'END', expected an expression",
                "SELECT a FROM t WHERE LIMIT         ;1;23;found 'LIMIT', expected an expression",
                "SELECT a + AND b FROM t             ;1;12;found 'AND', expected an expression",
                "SELECT 'abc                         ;1;8;a quoted text, a quoted name or a comment is not closed",
                "SELECT § FROM t                     ;1;8;the character '§' has no meaning here",
                "INSERT INTO s VALUES ($0)           ;1;23;parameters are numbered from $1 to $65535",
                "CREATE PUMP filter AS INSERT INTO x SELECT STREAM 1 FROM y;1;13;'filter' is a reserved word",
                "CREATE OR REPLACE PUMP IF NOT EXISTS filter STOPPED AS;1;38;'filter' is a reserved word",
                "CREATE STREAM order (a int)         ;1;15;'order' is a reserved word",
                "CREATE STREAM s (dec int)           ;1;18;'dec' is a reserved word",
                "CREATE STREAM s (a int, user int)   ;1;25;'user' is a reserved word",
                "CREATE MATERIALIZED VIEW table AS SELECT 1;1;26;'table' is a reserved word",
                "CREATE DELIVERY filter FROM s TO 'x';1;17;'filter' is a reserved word",
                "CREATE FUNCTION filter(a int) RETURNS int RETURN a;1;17;'filter' is a reserved word",
                "CREATE TABLE user (a int)           ;1;14;'user' is a reserved word",
                "ALTER PUMP filter START             ;1;12;'filter' is a reserved word",
                "DROP PUMP IF EXISTS filter          ;1;21;'filter' is a reserved word",
                "DROP STREAM /* why */ order         ;1;23;'order' is a reserved word",
                "SHOW CREATE PUMP filter             ;1;18;'filter' is a reserved word",
                "SELECT * FROM filter                ;1;15;'filter' is a reserved word",
                "INSERT INTO user VALUES (1)         ;1;13;'user' is a reserved word",
                "SELECT a FROM WHERE b               ;1;15;found 'WHERE'",
                "CREATE PUMP p AS INSERT INTO x SELEC 1;1;32;found 'SELEC'",
                "SELECT STREAM a FROM s LIMIT 1 EMIT CHANGES LIMIT 2;1;45;a query has one LIMIT",
                "EXPLAIN (FORMAT XML) SELECT 1       ;1;17;EXPLAIN has the formats TEXT and JSON",
            })
    void aFailureNamesThePlaceAndWhatWasExpected(String statement, int line, int column, String message) {
        ParseFailure failure = failure(statement.stripTrailing());

        assertThat(failure).hasMessageStartingWith("syntax error: ").hasMessageContaining(message);
        assertThat(failure.line()).isEqualTo(line);
        assertThat(failure.column()).isEqualTo(column);
    }

    @Test
    void linesAndColumnsCountFromOneWhateverTheTabs() {
        ParseFailure failure = failure("SELECT a,\n\tb\nFROM t\n\tGRUOP BY a");

        assertThat(failure.line()).isEqualTo(4);
        assertThat(failure.column()).isEqualTo(2);
        assertThat(failure.found()).isEqualTo("GRUOP");
        assertThat(failure.expected()).startsWith("GROUP");
    }

    @Test
    void aReservedWordIsToBeQuoted() {
        ParseFailure failure = failure("CREATE PUMP\n    Filter AS INSERT INTO x SELECT STREAM 1 FROM y");

        assertThat(failure.line()).isEqualTo(2);
        assertThat(failure.column()).isEqualTo(5);
        assertThat(failure.expected()).containsExactly("a name; as a name it is written \"Filter\"");
        assertThat(failure.found()).isEqualTo("Filter");
    }

    @Test
    void aColumnThatIsAReservedWordIsToBeQuoted() {
        ParseFailure failure = failure("SELECT a\nFROM t\nWHERE b > 1 AND order = 2");

        assertThat(failure).hasMessage("syntax error: 'order' is a reserved word");
        assertThat(failure.line()).isEqualTo(3);
        assertThat(failure.column()).isEqualTo(17);
        assertThat(failure.expected()).containsExactly("a name; as a name it is written \"order\"");
    }

    @Test
    void aListOfWhatWasExpectedIsShort() {
        assertThat(failure("SELECT a FROM t WHERE a (2").expected()).hasSizeLessThanOrEqualTo(9);
    }

    @Test
    void aSecondWatermarkIsRefused() {
        ParseFailure failure = failure("CREATE STREAM s (a TIMESTAMP, WATERMARK FOR a AS a, WATERMARK FOR a AS a)");

        assertThat(failure).hasMessage("syntax error: a stream or an external table has one WATERMARK");
        assertThat(failure.column()).isEqualTo(53);
    }

    @Test
    void anExpressionFailsLikeAStatement() {
        assertThat(catchThrowableOfType(ParseFailure.class, () -> MillraceParser.parseExpression("a + ")))
                .hasMessageContaining("found the end of the statement, expected an expression");
    }

    private static ParseFailure failure(String statement) {
        return catchThrowableOfType(ParseFailure.class, () -> MillraceParser.parse(statement));
    }
}
