package io.millrace.connector.jdbc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The columns of a table that are wanted: how they are named in a statement, and read from its answer. */
final class WantedColumns {

    private final RowType type;
    private final List<String> names = new ArrayList<>();
    private final List<CellReader> cells = new ArrayList<>();

    /** @throws MillraceException where the table has no such columns, or of other types */
    WantedColumns(RelationSettings settings, List<DatabaseColumn> columns, RowType wanted) {
        this.type = wanted;
        for (Field field : wanted.fields()) {
            DatabaseColumn column = DatabaseColumn.find(columns, field.name());
            if (column == null) {
                throw new MillraceException(
                        ErrorCode.UNDEFINED_COLUMN,
                        settings + " has no column '" + field.name() + "', only "
                                + columns.stream().map(DatabaseColumn::name).collect(Collectors.joining(", ")),
                        "declare its columns as they are: CREATE OR REPLACE EXTERNAL TABLE " + settings.name()
                                + " FROM …");
            }
            if (!DatabaseTypes.readable(column, field.type())) {
                throw new MillraceException(
                        ErrorCode.TYPE_MISMATCH,
                        settings + ": column '" + column.name() + "' is " + column.typeName()
                                + ", which is not read as " + field.type(),
                        "declare it as " + (column.type() == null ? "VARCHAR" : column.type() + " or VARCHAR"));
            }
            names.add(settings.dialect().quote(column.name()));
            cells.add(new CellReader(settings, field.name(), cells.size() + 1, field.type()));
        }
    }

    /** Returns what stands behind SELECT. */
    String list() {
        return names.isEmpty() ? "1" : String.join(", ", names);
    }

    /** Appends the row that an answer is at. */
    void append(ResultSet rows, RowBatch into) throws SQLException {
        int row = into.size();
        for (int i = 0; i < cells.size(); i++) {
            cells.get(i).read(rows, into.column(i), row);
        }
        into.size(row + 1);
    }

    RowType type() {
        return type;
    }
}
