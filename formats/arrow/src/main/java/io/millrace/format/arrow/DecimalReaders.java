package io.millrace.format.arrow;

import static io.millrace.format.arrow.LittleEndian.LONGS;

import io.millrace.spi.row.Decimal128Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.DecimalType;
import java.io.IOException;
import org.apache.arrow.flatbuf.Decimal;
import org.jspecify.annotations.Nullable;

/** Readers of decimals. */
final class DecimalReaders {

    private DecimalReaders() {}

    /** Returns the reader of a type, or null where there is none. */
    static @Nullable VectorReader of(Decimal type) {
        int precision = type.precision();
        int scale = type.scale();
        if (type.bitWidth() != WriteSchema.DECIMAL_BITS
                || precision < 1
                || precision > DataType.DECIMAL_PRECISION_MAX
                || scale < 0
                || scale > precision) {
            return null;
        }
        DecimalType decimal = new DecimalType(precision, scale);
        return precision <= DecimalType.LONG_PRECISION_MAX ? small(decimal) : wide(decimal);
    }

    private static VectorReader small(DecimalType type) {
        return new FixedReader(type, WriteSchema.DECIMAL_BITS, (in, column, rows) -> {
            long[] out = ((LongColumn) column).values();
            for (int i = 0; i < rows; i++) {
                out[i] = (long) LONGS.get(in.bytes(), in.start() + 16 * i);
                long high = (long) LONGS.get(in.bytes(), in.start() + 16 * i + 8);
                if (high != out[i] >> 63 && !column.isNull(i)) {
                    throw new IOException("a number does not fit " + type);
                }
            }
        });
    }

    private static VectorReader wide(DecimalType type) {
        return new FixedReader(type, WriteSchema.DECIMAL_BITS, (in, column, rows) -> {
            Decimal128Column out = (Decimal128Column) column;
            for (int i = 0; i < rows; i++) {
                out.low()[i] = (long) LONGS.get(in.bytes(), in.start() + 16 * i);
                out.high()[i] = (long) LONGS.get(in.bytes(), in.start() + 16 * i + 8);
            }
        });
    }

    /** Returns the reader of integers of 64 bits without a sign. */
    static VectorReader unsignedLongs() {
        return new FixedReader(new DecimalType(20, 0), 64, (in, column, rows) -> {
            Decimal128Column out = (Decimal128Column) column;
            for (int i = 0; i < rows; i++) {
                out.low()[i] = (long) LONGS.get(in.bytes(), in.start() + 8 * i);
                out.high()[i] = 0;
            }
        });
    }
}
