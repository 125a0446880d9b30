package io.millrace.server.postgres.type;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.NumberScanner;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimestampType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;

/** The text format of each type, read into columns: plain numbers and times directly, all else by {@link SqlText}. */
final class TextDecoders {

    private static final int MICROS_DIGITS = 6;

    private TextDecoders() {}

    static CellDecoder of(DataType type, ZoneId zone) {
        if (PostgresType.json(type)) {
            return (data, start, end, column, row) ->
                    JavaValues.set(type, column, row, parse(type, data, start, end, zone));
        }
        return switch (type) {
            case CharacterType t -> new SharedTextDecoder(t, true);
            case IntegerType t -> number(t, zone, (scanner, column, row) -> scanner.setInteger(t.bits(), column, row));
            case FloatingType t -> number(t, zone, NumberScanner::setFloating);
            case DecimalType t -> number(t, zone, (scanner, column, row) -> scanner.setDecimal(t, column, row));
            case TimestampType t when !t.zoned() && t.precision() == MICROS_DIGITS -> TextDecoders::timestamp;
            case BinaryType t -> (data, start, end, column, row) -> binary(t, data, start, end, column, row);
            case DataType.ArrayType t ->
                (data, start, end, column, row) -> JavaValues.set(t, column, row, parse(t, data, start, end, zone));
            default -> (data, start, end, column, row) -> SqlText.parse(type, data, start, end, zone, column, row);
        };
    }

    /** Sets a cell to a number that was scanned. */
    private interface NumberSetter {
        void set(NumberScanner scanner, Column column, int row);
    }

    /** Numbers have JSON's form nearly always; a plus, a blank or NaN goes the long way. */
    private static CellDecoder number(DataType type, ZoneId zone, NumberSetter setter) {
        NumberScanner scanner = new NumberScanner();
        boolean whole = type instanceof IntegerType;
        return (data, start, end, column, row) -> {
            boolean plain = scanner.scan(data, start, end) == end;
            if (plain && !(whole && hasPoint(data, start, end))) {
                setter.set(scanner, column, row);
            } else {
                SqlText.parse(type, data, start, end, zone, column, row);
            }
        };
    }

    /** PostgreSQL reads 1.0 and 1e3 as no integers. */
    private static boolean hasPoint(byte[] data, int start, int end) {
        for (int i = start; i < end; i++) {
            if (data[i] == '.' || (data[i] | 0x20) == 'e') {
                return true;
            }
        }
        return false;
    }

    private static void timestamp(byte[] data, int start, int end, Column column, int row) {
        long micros = SqlText.parseTimestamp(data, start, end);
        column.clearNull(row);
        ((LongColumn) column).set(row, micros);
    }

    private static void binary(BinaryType type, byte[] data, int start, int end, Column column, int row) {
        boolean hex = end - start >= 2 && data[start] == '\\' && data[start + 1] == 'x';
        byte[] value = hex
                ? SqlText.parseBinary(data, start, end)
                : (byte[]) parse(DataType.VARBINARY, data, start, end, ZoneOffset.UTC);
        set(type, value, column, row);
    }

    /** Sets a cell of bytes; what is too long is refused and not cut. */
    static void set(BinaryType type, byte[] value, Column column, int row) {
        if (value.length > type.length()) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, value.length + " bytes are too long for " + type);
        }
        boolean pads = type.fixed() && type.length() != DataType.UNBOUNDED;
        ((BytesColumn) column).append(row, pads ? Arrays.copyOf(value, type.length()) : value);
        column.clearNull(row);
    }

    private static Object parse(DataType type, byte[] data, int start, int end, ZoneId zone) {
        return ValueParser.parse(type, new String(data, start, end - start, StandardCharsets.UTF_8), zone);
    }
}
