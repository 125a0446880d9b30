package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimestampType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The binary format of each type, read into columns: fixed sizes directly, all else by {@link BinaryValues}. */
final class BinaryDecoders {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int MICROS_DIGITS = 6;

    private BinaryDecoders() {}

    static CellDecoder of(DataType type) {
        return switch (type) {
            case BooleanType t -> sized(1, (data, at, column, row) -> ((BooleanColumn) column).set(row, data[at] != 0));
            case IntegerType t when t.bits() == 64 -> sized(8, BinaryDecoders::int64);
            case IntegerType t
            when t.bits() == 32 ->
                sized(4, (data, at, column, row) -> ((IntColumn) column).set(row, (int) INT.get(data, at)));
            case IntegerType t ->
                sized(2, (data, at, column, row) -> small(t, (short) SHORT.get(data, at), column, row));
            case FloatingType t
            when t.bits() == 64 ->
                sized(
                        8,
                        (data, at, column, row) ->
                                ((DoubleColumn) column).set(row, Double.longBitsToDouble((long) LONG.get(data, at))));
            case FloatingType t ->
                sized(
                        4,
                        (data, at, column, row) ->
                                ((FloatColumn) column).set(row, Float.intBitsToFloat((int) INT.get(data, at))));
            case CharacterType t -> new SharedTextDecoder(t, false);
            case BinaryType t ->
                (data, start, end, column, row) ->
                        TextDecoders.set(t, Arrays.copyOfRange(data, start, end), column, row);
            case TimestampType t when t.precision() == MICROS_DIGITS -> sized(8, BinaryDecoders::timestamp);
            default -> (data, start, end, column, row) -> other(type, data, start, end, column, row);
        };
    }

    /** Sets a cell to a value of a fixed size. */
    private interface Sized {
        void set(byte[] data, int at, Column column, int row);
    }

    private static CellDecoder sized(int bytes, Sized value) {
        return (data, start, end, column, row) -> {
            if (end - start != bytes) {
                throw new ProtocolException("incorrect binary data format: " + (end - start) + " bytes, not " + bytes);
            }
            column.clearNull(row);
            value.set(data, start, column, row);
        };
    }

    private static void int64(byte[] data, int at, Column column, int row) {
        ((LongColumn) column).set(row, (long) LONG.get(data, at));
    }

    private static void small(IntegerType type, short value, Column column, int row) {
        if (type.bits() == 8 && (byte) value != value) {
            throw new RowFailure(ErrorCode.NUMERIC_OVERFLOW, value + " is out of range for " + type);
        }
        ((IntColumn) column).set(row, value);
    }

    private static void timestamp(byte[] data, int at, Column column, int row) {
        long micros = (long) LONG.get(data, at);
        if (micros == Long.MIN_VALUE || micros > Long.MAX_VALUE - BinaryEncoders.MICROS_TO_2000) {
            throw new RowFailure(ErrorCode.INVALID_VALUE, "timestamp out of range");
        }
        ((LongColumn) column).set(row, micros + BinaryEncoders.MICROS_TO_2000);
    }

    private static void other(DataType type, byte[] data, int start, int end, Column column, int row) {
        Payload value = new Payload(Arrays.copyOfRange(data, start, end));
        JavaValues.set(type, column, row, BinaryValues.read(type, value));
        value.end();
    }
}
