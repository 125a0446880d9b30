package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SqlPosition;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What is wrong with a query, and where. */
final class Failures {

    private Failures() {}

    static MillraceException at(SqlNode node, ErrorCode code, String message, @Nullable String hint) {
        SqlParserPos pos = node.getParserPosition();
        SqlPosition place = pos.getLineNum() > 0 ? new SqlPosition(pos.getLineNum(), pos.getColumnNum()) : null;
        return new MillraceException(code, message, hint, place, null);
    }

    static MillraceException unsupported(SqlNode node, String what) {
        return at(node, ErrorCode.UNSUPPORTED, what + " is not supported over catalog relations", null);
    }

    static MillraceException invalid(String type, Object value) {
        return new MillraceException(
                ErrorCode.INVALID_VALUE, "invalid input syntax for type " + type + ": \"" + value + "\"");
    }
}
