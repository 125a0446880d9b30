package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;

/** What a file's rows have in a column that the table is parted by. */
final class PartitionValue {

    private PartitionValue() {}

    /**
     * Returns the value as a column of one row.
     *
     * @throws MillraceException {@code DATA_CORRUPTED} where it is none of the column's type
     */
    static Column of(DataFile file, WantedColumn column) {
        JsonNode text = file.partition().path(column.inFiles().name());
        return parsed(column.type(), text.isTextual() && !text.asText().isEmpty() ? text.asText() : null, column);
    }

    private static Column parsed(DataType type, @org.jspecify.annotations.Nullable String text, WantedColumn wanted) {
        Column one = Column.create(type, 1);
        if (text == null) {
            Arrays.fill(one.nullsForWriting(), true);
            return one;
        }
        if (type instanceof CharacterType) {
            ((BytesColumn) one).append(0, text.getBytes(StandardCharsets.UTF_8));
            return one;
        }
        try {
            SqlText.parse(type, text, ZoneOffset.UTC, one, 0);
            return one;
        } catch (RuntimeException e) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the table is parted by '" + wanted.name() + "', and '" + text + "' is no " + type,
                    null,
                    e);
        }
    }

    /** Returns a column of one value in so many rows. */
    static Column repeated(DataType type, Column one, int rows) {
        Column column = Column.create(type, Math.max(1, rows));
        if (one.isNull(0)) {
            Arrays.fill(column.nullsForWriting(), true);
            return column;
        }
        for (int row = 0; row < rows; row++) {
            column.copyFrom(one, 0, row);
        }
        return column;
    }
}
