package io.millrace.format.json;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;

/** Reads values other than {@code null} into a column. */
abstract class ValueReader {

    private final String path;
    private final DataType type;

    ValueReader(String path, DataType type) {
        this.path = path;
        this.type = type;
    }

    /**
     * Says which column the values of the next records go to.
     *
     * @param payload the array that the records lie in
     * @param rowsBefore how many rows the column holds already
     */
    abstract void bind(Column column, byte[] payload, int rowsBefore);

    /** Reads the value that starts here into the row and returns where it ends. */
    abstract int read(JsonScanner in, int at, int row);

    /** Returns a failure to convert the value that starts here, with the column and the place added. */
    final RowFailure located(RowFailure failure, JsonScanner in, int at) {
        return in.reject(failure.code(), at, "column " + path + ": " + failure.reason());
    }

    final DataType type() {
        return type;
    }

    /** Refuses a value that is valid JSON and of a kind that the column does not take. */
    final RowFailure wrongKind(JsonScanner in, int at) {
        in.skip(at);
        String kind = switch (in.byteAt(at)) {
            case '{' -> "an object";
            case '[' -> "an array";
            case '"' -> "a string";
            case 't', 'f' -> "a boolean";
            default -> "a number";
        };
        return in.reject(ErrorCode.INVALID_VALUE, at, "column " + path + ": " + kind + " is not a " + type);
    }
}
