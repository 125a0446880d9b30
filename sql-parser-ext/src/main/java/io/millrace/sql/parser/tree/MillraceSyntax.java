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

    /** A frame that counts groups of rows with the same order keys. */
    public static CalciteContextException groupsFrame(SqlParserPos pos) {
        return refusal(
                pos,
                "frames of GROUPS are not there: compute DENSE_RANK() OVER (PARTITION BY … ORDER BY …) AS g in a"
                        + " subquery in FROM, and write ORDER BY g RANGE in place of GROUPS above it");
    }

    /** An interval of a text that has no units, unknown ones, or months beside days. */
    public static CalciteContextException intervalUnknown(SqlParserPos pos, String text) {
        return refusal(
                pos,
                "interval '" + text
                        + "' does not read as one: write a number and a unit, as '90 minutes', and months and"
                        + " years apart from days and less");
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
