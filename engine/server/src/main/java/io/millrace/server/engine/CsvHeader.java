package io.millrace.server.engine;

import io.millrace.server.file.RecordLines;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.GuessedRows;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first line of a file of CSV, where columns go by position and it names them all the same. */
final class CsvHeader {

    private CsvHeader() {}

    /** Returns what the first line of a file holds, or null where it is empty or no record. */
    static @Nullable GuessedRows first(InputStream in, RecordFormat format, Options options) throws IOException {
        LineReader lines = new LineReader(in, RecordLines.of("csv", options));
        if (!lines.next()) {
            return null;
        }
        BytesColumn first = new BytesColumn(1);
        first.append(0, lines.data(), lines.start(), lines.end());
        try {
            return format.guess(first, 1, options);
        } catch (MillraceException e) {
            // Whoever reads it as a record tells of it.
            return null;
        }
    }

    /**
     * Fails where a first line names other columns than a table has, or in another order.
     *
     * @throws MillraceException {@code TYPE_MISMATCH}
     */
    static void check(@Nullable GuessedRows first, RowType columns) {
        List<String> there = first == null || !first.header() ? List.of() : names(first.type());
        boolean same = there.size() == columns.size();
        for (int i = 0; same && i < there.size(); i++) {
            same = there.get(i).equalsIgnoreCase(columns.field(i).name());
        }
        if (!there.isEmpty() && !same) {
            throw new MillraceException(
                    ErrorCode.TYPE_MISMATCH,
                    "its first line names the columns " + String.join(", ", there) + ", and the table has "
                            + String.join(", ", names(columns)),
                    "where files are watched, columns of CSV go by position");
        }
    }

    private static List<String> names(RowType type) {
        return type.fields().stream().map(Field::name).toList();
    }
}
