package io.millrace.format.arrow;

import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.List;

/** Reads nested rows, and the entries of maps. */
final class RowReader extends VectorReader {

    private final List<VectorReader> fields;

    RowReader(RowType type, List<VectorReader> fields) {
        super(type);
        this.fields = fields;
    }

    @Override
    void readValues(BatchParts parts, Column column, int rows) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).read(parts, ((RowColumn) column).field(i), rows);
        }
    }

    @Override
    void skip(BatchParts parts) {
        parts.skip(1, 1);
        for (VectorReader field : fields) {
            field.skip(parts);
        }
    }
}
