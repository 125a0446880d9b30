package io.millrace.format.csv;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.SharedText;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.NumberScanner;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.row.Utf8;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A needed column: turns the fields at its position into cells. */
final class CsvColumn {

    private final Field field;
    private final @Nullable SharedText text;
    private final NumberScanner number = new NumberScanner();
    private Column column = new LongColumn(0);

    CsvColumn(Field field) {
        this.field = field;
        this.text = field.type() instanceof CharacterType type ? new SharedText(type, true) : null;
        check(field);
    }

    /** Refuses a type that CSV has no form for. */
    static void check(Field field) {
        if (field.type() instanceof ArrayType || field.type() instanceof MapType || field.type() instanceof RowType) {
            throw new MillraceException(ErrorCode.UNSUPPORTED, "format csv has no form for column " + field);
        }
    }

    void bind(Column target, byte[] payload, int rowsBefore) {
        column = target;
        if (text != null) {
            text.bind((BytesColumn) target, payload, rowsBefore);
        }
    }

    /** Sets the cell to the field that was found last, which starts at a place of the record. */
    void read(FieldScanner in, int at, int row) {
        if (in.isNull()) {
            if (!field.nullable()) {
                throw in.reject(
                        ErrorCode.NULL_NOT_ALLOWED, at, "column " + field.name() + ": no value for a NOT NULL column");
            }
            column.setNull(row);
            return;
        }
        try {
            set(in, row);
        } catch (RowFailure e) {
            throw in.reject(e.code(), at, "column " + field.name() + ": " + e.reason());
        }
    }

    private void set(FieldScanner in, int row) {
        byte[] bytes = in.text();
        int start = in.start();
        int end = in.end();
        if (text != null) {
            setText(text, in, row);
        } else if (field.type() instanceof BinaryType type) {
            setBinary(type, SqlText.parseBinary(bytes, start, end), row);
        } else if (field.type() instanceof FloatingType && number.scan(bytes, start, end) == end) {
            number.setFloating(column, row);
        } else if (field.type() instanceof DecimalType type && number.scan(bytes, start, end) == end) {
            number.setDecimal(type, column, row);
        } else {
            SqlText.parse(field.type(), bytes, start, end, ZoneOffset.UTC, column, row);
        }
    }

    private static void setText(SharedText cells, FieldScanner in, int row) {
        if (Utf8.malformedAt(in.text(), in.start(), in.end()) != in.end()) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "not UTF-8");
        }
        if (in.inRecord()) {
            cells.set(in.start(), in.end(), row);
        } else {
            cells.copy(in.text(), in.start(), in.end(), row);
        }
    }

    private void setBinary(BinaryType type, byte[] value, int row) {
        if (value.length > type.length()) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, value.length + " bytes are too long for " + type);
        }
        boolean pads = type.fixed() && type.length() != DataType.UNBOUNDED;
        ((BytesColumn) column).append(row, pads ? Arrays.copyOf(value, type.length()) : value);
        column.clearNull(row);
    }
}
