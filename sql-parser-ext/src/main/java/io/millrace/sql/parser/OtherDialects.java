package io.millrace.sql.parser;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Statements that other programs have and this grammar does not: what they are here. */
final class OtherDialects {

    private static final String ALTERED = "what ALTER changes is a PUMP or a DELIVERY";

    private static final List<Foreign> ALL = List.of(
            new Foreign(
                    "ALTER STREAM",
                    "a stream is not changed with ALTER",
                    "write CREATE OR REPLACE STREAM with all of its columns for others or another format over what is"
                            + " in it; shards and retention stay"),
            new Foreign(
                    "ALTER EXTERNAL TABLE",
                    "an external table is not changed with ALTER",
                    "write CREATE OR REPLACE EXTERNAL TABLE; " + ALTERED),
            new Foreign(
                    "ALTER TABLE",
                    "a table is not changed with ALTER",
                    "create another one and fill it with INSERT … SELECT; " + ALTERED),
            new Foreign(
                    "ALTER MATERIALIZED VIEW",
                    "a view is not changed with ALTER",
                    "write CREATE OR REPLACE MATERIALIZED VIEW; " + ALTERED),
            new Foreign("ALTER VIEW", "a view is not changed with ALTER", "write CREATE OR REPLACE VIEW; " + ALTERED),
            new Foreign(
                    "ALTER FUNCTION",
                    "a function is not changed with ALTER",
                    "write CREATE OR REPLACE FUNCTION; " + ALTERED),
            new Foreign(
                    "ALTER (?!(?:PUMP|DELIVERY|SESSION|SYSTEM)\\b)",
                    "ALTER changes a PUMP or a DELIVERY",
                    "write ALTER PUMP name … or ALTER DELIVERY name …"),
            new Foreign(
                    "(?:EXECUTE|BEGIN) STATEMENT SET",
                    "there are no sets of statements",
                    "write CREATE PUMP name AS INSERT INTO … for each INSERT: pumps go on by themselves"),
            new Foreign(
                    "CREATE (?:TEMPORARY )?TABLE (?:.*\\))? ?WITH \\( ?'",
                    "a table has no options: it lies here and changes by INSERT, UPDATE and DELETE",
                    "write CREATE STREAM for rows that come, CREATE PUMP and CREATE DELIVERY for where they go, CREATE"
                            + " EXTERNAL TABLE for files and other databases"));

    /**
     * How one begins.
     *
     * @param instead what to write
     */
    private record Foreign(Pattern beginning, String refusal, String instead) {

        Foreign(String beginning, String refusal, String instead) {
            this(
                    Pattern.compile(
                            "\\s*" + beginning.replace(" ?", "\\s*").replace(" ", "\\s+"),
                            Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
                    refusal,
                    instead);
        }
    }

    private OtherDialects() {}

    /**
     * Returns the failure of a statement that another program would take, else null.
     *
     * @param line where the first word is that is not of this grammar, with {@code column}
     */
    static @Nullable ParseFailure failure(String text, int line, int column, Throwable cause) {
        for (Foreign foreign : ALL) {
            if (foreign.beginning().matcher(text).lookingAt()) {
                return new ParseFailure(
                        "syntax error: " + foreign.refusal(), line, column, null, foreign.instead(), cause);
            }
        }
        return null;
    }
}
