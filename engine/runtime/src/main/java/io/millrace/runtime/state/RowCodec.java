package io.millrace.runtime.state;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;

/**
 * Rows with their weights as bytes and back.
 *
 * <pre>
 *   count │ weight, cells │ weight, cells │ …
 * </pre>
 */
public final class RowCodec {

    private RowCodec() {}

    /** Writes the rows that count in a batch. */
    public static void write(RowBatch rows, StateWriter out) {
        out.writeInt(rows.selectedCount());
        for (int i = 0; i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            out.writeInt(rows.weight(row));
            for (int column = 0; column < rows.columnCount(); column++) {
                ValueCodec.write(rows.column(column), row, out);
            }
        }
    }

    /** Reads rows of this type. */
    public static RowBatch read(RowType type, StateReader in) {
        int count = in.readCount(4);
        RowBatch rows = RowBatch.create(type, count);
        for (int row = 0; row < count; row++) {
            rows.ensureCapacity(row + 1);
            int weight = in.readInt();
            for (int column = 0; column < rows.columnCount(); column++) {
                ValueCodec.read(in, rows.column(column), row);
            }
            rows.size(row + 1);
            if (weight != 1 || rows.weights() != null) {
                rows.weightsForWriting(row + 1)[row] = weight;
            }
        }
        return rows;
    }
}
