package io.millrace.server.engine;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;

/** Rows with weights as typed rows of a log: the row's columns, and one more that holds the weight. */
final class ChangeRows {

    private static final String CHANGE = "$change";

    private final RowType stored;
    private final Field change;

    ChangeRows(RowType rows) {
        String name = CHANGE;
        while (taken(rows, name)) {
            name = "$" + name;
        }
        this.change = Field.required(name, DataType.BIGINT);
        this.stored = with(rows);
    }

    private static boolean taken(RowType rows, String name) {
        return rows.fields().stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    /** Returns these columns and the one that says what happened. */
    RowType with(RowType columns) {
        List<Field> fields = new ArrayList<>(columns.fields());
        fields.add(change);
        return new RowType(fields);
    }

    /** Returns the rows of a step as they are stored; it shares their columns. */
    RowBatch stored(RowBatch rows) {
        Column[] columns = new Column[stored.size()];
        for (int i = 0; i < rows.columnCount(); i++) {
            columns[i] = rows.column(i);
        }
        long[] changes = new long[rows.size()];
        for (int i = 0; i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            changes[row] = rows.weight(row);
        }
        columns[rows.columnCount()] = new LongColumn(changes);
        RowBatch batch = new RowBatch(stored, columns);
        batch.size(rows.size());
        batch.select(rows.selection(), rows.selectedCount());
        return batch;
    }

    /** Returns rows as they were before they were stored, without selection; it shares their columns. */
    RowBatch read(RowBatch stored, int size, RowType columns) {
        Column[] shared = new Column[columns.size()];
        for (int i = 0; i < shared.length; i++) {
            shared[i] = stored.column(i);
        }
        RowBatch batch = new RowBatch(columns, shared);
        batch.size(size);
        long[] changes = ((LongColumn) stored.column(stored.columnCount() - 1)).values();
        for (int row = 0; row < size; row++) {
            int weight = Math.toIntExact(changes[row]);
            if (weight != 1 || batch.weights() != null) {
                batch.weightsForWriting(size)[row] = weight;
            }
        }
        return batch;
    }
}
