package io.millrace.format.json;

import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType.BooleanType;

/** TRUE and FALSE. */
final class BooleanValue extends ScalarValue {

    BooleanValue(String path, BooleanType type) {
        super(path, type);
    }

    @Override
    int passPlain(JsonScanner in, int at) {
        return switch (in.byteAt(at)) {
            case 't' -> in.literal(at, "true");
            case 'f' -> in.literal(at, "false");
            default -> throw wrongKind(in, at);
        };
    }

    @Override
    void setPlain(JsonScanner in, int at, Column target, int row) {
        ((BooleanColumn) target).set(row, in.byteAt(at) == 't');
        target.clearNull(row);
    }
}
