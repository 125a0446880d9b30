package io.millrace.jdbc;

import io.millrace.jdbc.wire.ColumnInfo;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of an answer about the database, with the columns that JDBC asks for. For one thread at a time. */
final class MetadataRows {

    private static final Comparator<@Nullable String> NULLS_FIRST = Comparator.nullsFirst(Comparator.naturalOrder());

    private final List<ColumnInfo> columns = new ArrayList<>();
    private final List<List<@Nullable String>> rows = new ArrayList<>();

    /**
     * Starts an answer.
     *
     * @param columns names of the columns; behind a name, {@code :int}, {@code :short}, {@code :long} or {@code
     *     :boolean} where it is no text
     */
    MetadataRows(String... columns) {
        for (String column : columns) {
            int colon = column.indexOf(':');
            String name = colon < 0 ? column : column.substring(0, colon);
            this.columns.add(new ColumnInfo(name, oid(column.substring(colon + 1)), -1));
        }
    }

    private static int oid(String type) {
        switch (type) {
            case "int":
                return SqlType.INTEGER.oid;
            case "short":
                return SqlType.SMALLINT.oid;
            case "long":
                return SqlType.BIGINT.oid;
            case "boolean":
                return SqlType.BOOLEAN.oid;
            default:
                return SqlType.VARCHAR.oid;
        }
    }

    void add(@Nullable Object... cells) {
        List<@Nullable String> row = new ArrayList<>(cells.length);
        for (Object cell : cells) {
            row.add(cell == null ? null : cell.toString());
        }
        if (row.size() != columns.size()) {
            throw new IllegalArgumentException(row.size() + " cells for " + columns.size() + " columns");
        }
        rows.add(row);
    }

    /** Sorts by texts, column after column, NULL first. */
    MetadataRows sortedBy(int... keys) {
        rows.sort((left, right) -> compare(left, right, keys));
        return this;
    }

    private static int compare(List<@Nullable String> left, List<@Nullable String> right, int[] keys) {
        for (int key : keys) {
            int difference = NULLS_FIRST.compare(left.get(key), right.get(key));
            if (difference != 0) {
                return difference;
            }
        }
        return 0;
    }

    ResultSet answer() {
        return new MillraceResultSet(null, new FixedRows(columns, rows), 0);
    }
}
