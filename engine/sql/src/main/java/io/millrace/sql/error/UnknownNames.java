package io.millrace.sql.error;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Names that nothing has. */
public final class UnknownNames {

    private UnknownNames() {}

    public static MillraceException stream(String name, List<String> streams, SqlParserPos pos) {
        return SqlErrors.at(
                ErrorCode.UNDEFINED_NAME,
                "no stream named '" + name + "'",
                didYouMean(name, streams, "create it first, or see SHOW STREAMS"),
                pos);
    }

    public static MillraceException column(String name, List<String> columns, SqlParserPos pos) {
        return SqlErrors.at(
                ErrorCode.UNDEFINED_COLUMN,
                "no column named '" + name + "'",
                didYouMean(name, columns, "columns here: " + String.join(", ", columns)),
                pos);
    }

    public static String didYouMean(String name, List<String> candidates, String otherwise) {
        return Similar.to(name, candidates)
                .map(candidate -> "did you mean '" + candidate + "'?")
                .orElse(otherwise);
    }
}
