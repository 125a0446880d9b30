package io.millrace.jdbc;

import io.millrace.jdbc.wire.ColumnInfo;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Columns by label: as written, or else in whatever case; the first of several. */
final class ColumnLabels {

    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> folded = new HashMap<>();

    ColumnLabels(List<ColumnInfo> columns) {
        for (int i = 0; i < columns.size(); i++) {
            String label = columns.get(i).label();
            exact.putIfAbsent(label, i + 1);
            folded.putIfAbsent(label.toLowerCase(Locale.ROOT), i + 1);
        }
    }

    int find(String label) throws SQLException {
        Integer column = exact.get(label);
        if (column == null && label != null) {
            column = folded.get(label.toLowerCase(Locale.ROOT));
        }
        if (column == null) {
            throw new SQLException("there is no column " + label, "42703");
        }
        return column;
    }
}
