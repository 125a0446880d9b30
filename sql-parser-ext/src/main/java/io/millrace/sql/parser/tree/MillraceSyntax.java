package io.millrace.sql.parser.tree;

import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What a grammar cannot say and its actions refuse. */
public final class MillraceSyntax {

    private MillraceSyntax() {}

    public static CalciteContextException secondWatermark(SqlNode watermark) {
        return refusal(watermark.getParserPosition(), "a stream has one WATERMARK");
    }

    public static CalciteContextException unknownFormat(SqlNode format) {
        return refusal(format.getParserPosition(), "EXPLAIN has the formats TEXT and JSON");
    }

    public static CalciteContextException parameterOutOfRange(SqlParserPos pos, int max) {
        return refusal(pos, "parameters are numbered from $1 to $" + max);
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
