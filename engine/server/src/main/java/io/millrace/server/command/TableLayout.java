package io.millrace.server.command;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Widths and sides of a table's columns. */
final class TableLayout {

    private static final int WIDTH_MAX = 60;

    private final String[] labels;
    private final int[] widths;
    private final boolean[] right;

    TableLayout(ResultSetMetaData columns) throws SQLException {
        int count = columns.getColumnCount();
        labels = new String[count];
        widths = new int[count];
        right = new boolean[count];
        for (int i = 0; i < count; i++) {
            labels[i] = columns.getColumnLabel(i + 1);
            widths[i] = labels[i].length();
            right[i] = isNumber(columns.getColumnType(i + 1));
        }
    }

    private static boolean isNumber(int type) {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL, Types.NUMERIC -> true;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> true;
            default -> false;
        };
    }

    void measure(@Nullable String[] cells) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells[i];
            widths[i] = Math.min(WIDTH_MAX, Math.max(widths[i], cell == null ? 0 : length(cell)));
        }
    }

    String header() {
        return line(labels);
    }

    String rule() {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(i > 0 ? "+" : "").append("-".repeat(widths[i] + 2));
        }
        return line.toString();
    }

    String line(@Nullable String[] cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells[i] == null ? "" : String.valueOf(cells[i]);
            String blanks = " ".repeat(Math.max(0, widths[i] - length(cell)));
            line.append(i > 0 ? "|" : "").append(' ');
            line.append(right[i] ? blanks + cell : cell + blanks).append(' ');
        }
        return line.toString().stripTrailing();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
