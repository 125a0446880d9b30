package io.millrace.connector.jdbc;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.row.Utf8Buffer;
import java.time.ZoneOffset;

/** Rows in the text form of PostgreSQL's {@code COPY}: tabs between values, {@code \N} for NULL. */
final class CopyText {

    private static final int LONG = 64 << 10;

    private final Utf8Buffer lines = new Utf8Buffer();
    private final Utf8Buffer cell = new Utf8Buffer();

    /** @param withPlace whether the row's number stands at the end */
    void append(RowBatch rows, int row, boolean withPlace) {
        for (int i = 0; i < rows.columnCount(); i++) {
            if (i > 0) {
                lines.append('\t');
            }
            if (rows.column(i).isNull(row)) {
                lines.append("\\N");
            } else {
                cell.clear();
                SqlText.append(rows.type().field(i).type(), rows.column(i), row, ZoneOffset.UTC, cell);
                appendCell();
            }
        }
        if (withPlace) {
            lines.append('\t').append((long) row);
        }
        lines.append('\n');
    }

    private void appendCell() {
        byte[] bytes = cell.bytes();
        int plain = 0;
        for (int i = 0; i < cell.length(); i++) {
            char escaped = escaped(bytes[i]);
            if (escaped != 0) {
                lines.append(bytes, plain, i).append('\\').append(escaped);
                plain = i + 1;
            }
        }
        lines.append(bytes, plain, cell.length());
    }

    /** Returns what stands behind a backslash for a byte that may not stand for itself, or 0 where it may. */
    private static char escaped(byte value) {
        return switch (value) {
            case '\\' -> '\\';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\r' -> 'r';
            default -> 0;
        };
    }

    boolean isLong() {
        return lines.length() >= LONG;
    }

    byte[] bytes() {
        return lines.bytes();
    }

    int length() {
        return lines.length();
    }

    void clear() {
        lines.clear();
    }
}
