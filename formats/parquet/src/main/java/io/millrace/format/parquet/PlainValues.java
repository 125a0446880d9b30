package io.millrace.format.parquet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in bytes, the lowest first, as Parquet's plain encoding has them. */
final class PlainValues {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PlainValues() {}

    static void putInt(byte[] bytes, int at, int value) {
        INTS.set(bytes, at, value);
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Writes values of four or eight bytes one after the other. */
    static void putFixed(long[] values, int count, int width, byte[] bytes, int at) {
        if (width == Long.BYTES) {
            for (int i = 0; i < count; i++) {
                LONGS.set(bytes, at + i * Long.BYTES, values[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                INTS.set(bytes, at + i * Integer.BYTES, (int) values[i]);
            }
        }
    }
}
