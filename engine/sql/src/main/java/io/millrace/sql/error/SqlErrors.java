package io.millrace.sql.error;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.SqlPosition;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Failures of a statement, with the place in its text. */
public final class SqlErrors {

    private SqlErrors() {}

    public static MillraceException unsupported(String message, String hint, SqlParserPos place) {
        return at(ErrorCode.UNSUPPORTED, message, hint, place);
    }

    public static MillraceException invalid(String message, String hint, SqlParserPos place) {
        return at(ErrorCode.INVALID_STATEMENT, message, hint, place);
    }

    public static MillraceException at(ErrorCode code, String message, @Nullable String hint, SqlParserPos place) {
        return new MillraceException(code, message, hint, position(place), null);
    }

    static @Nullable SqlPosition position(SqlParserPos place) {
        return place.getLineNum() <= 0 ? null : new SqlPosition(place.getLineNum(), place.getColumnNum());
    }
}
