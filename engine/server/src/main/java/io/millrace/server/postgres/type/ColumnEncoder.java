package io.millrace.server.postgres.type;

import io.millrace.spi.row.Column;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.ZoneId;

/**
 * Puts a column's cells of many rows into the messages of these rows: one loop over one array, whatever the other
 * columns are. First each cell's length is added to that of its row; then, when the places of the rows are known, the
 * cells are written there. For one thread.
 */
abstract class ColumnEncoder {

    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final int NULL = -1;

    static ColumnEncoder of(DataType type, boolean binary, ZoneId zone) {
        if (type instanceof CharacterType || (binary && type instanceof BinaryType)) {
            return new BytesColumnEncoder();
        }
        if (!binary) {
            return new BufferedColumnEncoder(TextEncoders.of(type, zone));
        }
        return switch (type) {
            case BooleanType t -> new FixedWidthEncoders.Booleans();
            case IntegerType t when t.bits() == 64 -> new FixedWidthEncoders.Longs(0);
            case IntegerType t when t.bits() == 32 -> new FixedWidthEncoders.Ints(0);
            case IntegerType t -> new FixedWidthEncoders.Shorts();
            case FloatingType t when t.bits() == 64 -> new FixedWidthEncoders.Doubles();
            case FloatingType t -> new FixedWidthEncoders.Floats();
            case DateType t -> new FixedWidthEncoders.Ints(BinaryEncoders.DAYS_TO_2000);
            case TimeType t -> new FixedWidthEncoders.Longs(0);
            case TimestampType t -> new FixedWidthEncoders.Longs(BinaryEncoders.MICROS_TO_2000);
            default -> new BufferedColumnEncoder(BinaryEncoders.of(type, zone));
        };
    }

    /**
     * Adds the bytes of cells, without those of their lengths, to what is known of their rows.
     *
     * @param lengths by row, the first at 0
     * @return place behind the last row measured: fewer than wanted, but at least one, where cells are large
     */
    abstract int measure(Column column, int[] rows, int from, int to, int[] lengths);

    /**
     * Writes cells that were measured, each with its length in front at its row's place, and moves the place behind it.
     *
     * @param places by row, the first at 0
     */
    abstract void write(Column column, int[] rows, int from, int to, byte[] target, int[] places);

    /** Writes that there is no value, and returns where the next cell begins. */
    static int writeNull(byte[] target, int place) {
        INT.set(target, place, NULL);
        return place + Integer.BYTES;
    }
}
