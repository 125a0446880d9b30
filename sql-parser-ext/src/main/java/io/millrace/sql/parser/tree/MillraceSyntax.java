package io.millrace.sql.parser.tree;

import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What a grammar cannot say and its actions refuse. */
public final class MillraceSyntax {

    private MillraceSyntax() {}

    public static CalciteContextException secondWatermark(SqlNode watermark) {
        return refusal(watermark.getParserPosition(), "a stream or an external table has one WATERMARK");
    }

    public static CalciteContextException notAConstraint(SqlParserPos pos, String constraint) {
        return refusal(pos, "a table has no " + constraint + ": what it keeps to are PRIMARY KEY and NOT NULL");
    }

    public static CalciteContextException unknownFormat(SqlNode format) {
        return refusal(format.getParserPosition(), "EXPLAIN has the formats TEXT and JSON");
    }

    public static CalciteContextException parameterOutOfRange(SqlParserPos pos, int max) {
        return refusal(pos, "parameters are numbered from $1 to $" + max);
    }

    /** An ASOF JOIN that does not say which rows are near, or says it more than once. */
    public static CalciteContextException asOfWithoutTime(int comparisons, SqlParserPos pos) {
        return refusal(
                pos,
                "ON of an ASOF JOIN compares " + (comparisons == 0 ? "no" : String.valueOf(comparisons))
                        + " pairs of columns by <, <=, > or >=, and one pair says"
                        + " which row is the nearest: write MATCH_CONDITION a.time >= b.time before ON, or"
                        + " ON a.key = b.key AND a.time >= b.time");
    }

    /** A LIMIT before EMIT and one behind it. */
    public static CalciteContextException secondLimit(SqlParserPos pos) {
        return refusal(pos, "a query has one LIMIT, before EMIT or behind it");
    }

    /** A view of one session. */
    public static CalciteContextException temporaryView(SqlParserPos pos) {
        return refusal(
                pos,
                "views are there for all sessions: leave TEMPORARY out, or write WITH name AS (SELECT …) in each"
                        + " query");
    }

    /** A column of a stream that is computed. */
    public static CalciteContextException computedColumn(SqlParserPos pos) {
        return refusal(
                pos,
                "a stream has no computed columns: give the column its type (TIMESTAMP reads text, and numbers by the"
                        + " option timestamp_unit), use ROWTIME for the time of arrival, or compute it in a query");
    }

    /** A table with a time. */
    public static CalciteContextException watermarkOfTable(SqlParserPos pos) {
        return refusal(pos, "a table has no WATERMARK: write CREATE STREAM for rows in the order of a time");
    }

    /** An ASOF JOIN with USING. */
    public static CalciteContextException asOfByNames(SqlParserPos pos) {
        return refusal(pos, "an ASOF JOIN has no USING: write ON a.key = b.key AND a.time >= b.time");
    }

    /** An interval of a text that has no units, unknown ones, or months beside days. */
    public static CalciteContextException intervalUnknown(SqlParserPos pos, String text) {
        return refusal(
                pos,
                "interval '" + text
                        + "' does not read as one: write a number and a unit, as '90 minutes', and months and"
                        + " years apart from days and less");
    }

    /** Returns the refusal of {@code x::INTERVAL} where x is no constant text. */
    public static CalciteContextException intervalWithoutUnit(SqlParserPos pos) {
        return refusal(
                pos,
                "INTERVAL without a unit is only for a constant text, which says whether it is of months or of days:"
                        + " write CAST(x AS INTERVAL DAY TO SECOND) or x * INTERVAL '1' MONTH");
    }

    private static CalciteContextException refusal(SqlParserPos pos, String message) {
        return new CalciteContextException(
                message,
                new IllegalArgumentException(message),
                pos.getLineNum(),
                pos.getColumnNum(),
                pos.getEndLineNum(),
                pos.getEndColumnNum());
    }
}
