package io.millrace.connector.delta;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * A column that a query wants of a table.
 *
 * @param name what the query calls it
 * @param type the type of its values
 * @param inFiles what files call it, and of which type it is there, but for the names of what is inside
 * @param parts whether the table is parted by it: then it is in no file
 */
record WantedColumn(String name, DataType type, Field inFiles, boolean parts) {

    /**
     * Finds columns in a table.
     *
     * @throws MillraceException {@code UNDEFINED_COLUMN}, {@code TYPE_MISMATCH} where the table has other columns
     */
    static List<WantedColumn> of(RowType wanted, TableState state, String table) {
        RowType columns = TableColumns.of(state);
        RowType inFiles = TableColumns.inFiles(state);
        List<WantedColumn> found = new ArrayList<>();
        for (Field field : wanted.fields()) {
            int place = TableSchema.find(state.schema(), field.name());
            if (place < 0) {
                throw new MillraceException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "table '" + table + "' has no column '" + field.name() + "'",
                        "it has " + columns);
            }
            Field there = columns.field(place);
            if (!FileColumn.holds(field.type(), there.type())) {
                throw new MillraceException(
                        ErrorCode.TYPE_MISMATCH,
                        "column '" + there.name() + "' of table '" + table + "' is " + there.type() + ", not "
                                + field.type(),
                        "ask for its own type, and cast it");
            }
            found.add(new WantedColumn(
                    field.name(),
                    field.type(),
                    inFiles.field(place),
                    state.partitionColumns().contains(there.name())));
        }
        return found;
    }
}
