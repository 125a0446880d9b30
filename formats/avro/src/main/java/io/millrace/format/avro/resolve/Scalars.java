package io.millrace.format.avro.resolve;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes the readers of values without parts. */
final class Scalars {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private Scalars() {}

    /** A value of the writer as a number of 64 bits. */
    private interface Whole {
        long read(DatumInput in);
    }

    /** Returns a reader, or null where the column cannot hold what was written. */
    static @Nullable ValueReader of(String path, Schema writer, DataType type) {
        Schema.Type written = writer.getType();
        String logical =
                writer.getLogicalType() == null ? "" : writer.getLogicalType().getName();
        return switch (type) {
            case BooleanType t when written == Schema.Type.BOOLEAN -> Scalars::booleans;
            case IntegerType t when isWhole(writer) -> integers(path, t);
            case FloatingType t -> floating(written, isWhole(writer), t);
            case DecimalType t when isWhole(writer) -> DecimalReader.whole(path, t);
            case DecimalType t
            when writer.getLogicalType() instanceof LogicalTypes.Decimal decimal ->
                new DecimalReader(path, fixedBytes(writer), decimal.getScale(), t);
            case CharacterType t -> TextReader.of(path, writer, t);
            case BinaryType t when isBytes(written) -> new BinaryReader(path, fixedBytes(writer), t);
            case DateType t when logical.equals("date") -> Scalars::dates;
            case TimeType t when logical.equals("time-millis") -> times(path, in -> in.readInt() * 1000L, t);
            case TimeType t when logical.equals("time-micros") -> times(path, DatumInput::readLong, t);
            case TimestampType t
            when logical.endsWith("timestamp-millis") -> micros(in -> scaled(path, in.readLong()), t.precision());
            case TimestampType t
            when logical.endsWith("timestamp-micros") -> micros(DatumInput::readLong, t.precision());
            case TimestampType t
            when logical.endsWith("timestamp-nanos") ->
                micros(in -> Math.floorDiv(in.readLong(), 1000L), t.precision());
            default -> null;
        };
    }

    private static boolean isWhole(Schema writer) {
        return writer.getLogicalType() == null
                && (writer.getType() == Schema.Type.INT || writer.getType() == Schema.Type.LONG);
    }

    private static boolean isBytes(Schema.Type type) {
        return type == Schema.Type.BYTES || type == Schema.Type.FIXED || type == Schema.Type.STRING;
    }

    static int fixedBytes(Schema writer) {
        return writer.getType() == Schema.Type.FIXED ? writer.getFixedSize() : -1;
    }

    /** Returns where a value of bytes begins, which is as long as {@code fixed} says or as it says itself. */
    static int lengthOf(DatumInput in, int fixed) {
        return fixed < 0 ? in.readLength() : fixed;
    }

    private static void at(Column column, int row) {
        column.ensureCapacity(row + 1);
        column.clearNull(row);
    }

    private static void booleans(DatumInput in, Column column, int row) {
        at(column, row);
        ((BooleanColumn) column).set(row, in.readBoolean());
    }

    private static void dates(DatumInput in, Column column, int row) {
        at(column, row);
        ((IntColumn) column).set(row, in.readInt());
    }

    private static ValueReader integers(String path, IntegerType type) {
        if (type.bits() == 64) {
            return (in, column, row) -> {
                at(column, row);
                ((LongColumn) column).set(row, in.readLong());
            };
        }
        long max = (1L << (type.bits() - 1)) - 1;
        return (in, column, row) -> {
            at(column, row);
            long value = in.readLong();
            if (value > max || value < -max - 1) {
                throw new RowFailure(
                        ErrorCode.NUMERIC_OVERFLOW, "column " + path + ": " + value + " does not fit " + type);
            }
            ((IntColumn) column).set(row, (int) value);
        };
    }

    private static @Nullable ValueReader floating(Schema.Type written, boolean whole, FloatingType type) {
        if (type.bits() == 32) {
            return written == Schema.Type.FLOAT || whole
                    ? (in, column, row) -> {
                        at(column, row);
                        ((FloatColumn) column).set(row, whole ? (float) in.readLong() : in.readFloat());
                    }
                    : null;
        }
        if (!whole && written != Schema.Type.FLOAT && written != Schema.Type.DOUBLE) {
            return null;
        }
        return (in, column, row) -> {
            at(column, row);
            double value = whole ? in.readLong() : written == Schema.Type.FLOAT ? in.readFloat() : in.readDouble();
            ((DoubleColumn) column).set(row, value);
        };
    }

    private static long scaled(String path, long millis) {
        try {
            return Math.multiplyExact(millis, 1000L);
        } catch (ArithmeticException e) {
            throw new RowFailure(
                    ErrorCode.NUMERIC_OVERFLOW, "column " + path + ": " + millis + " ms are no time that is known");
        }
    }

    private static ValueReader times(String path, Whole value, TimeType type) {
        return micros(
                in -> {
                    long micros = value.read(in);
                    if (micros < 0 || micros >= MICROS_PER_DAY) {
                        throw new RowFailure(
                                ErrorCode.INVALID_VALUE, "column " + path + ": " + micros + " µs are no time of day");
                    }
                    return micros;
                },
                type.precision());
    }

    /** Times are cut to the digits that their column has. */
    private static ValueReader micros(Whole value, int precision) {
        long unit = 1;
        for (int digit = precision; digit < 6; digit++) {
            unit *= 10;
        }
        long cut = unit;
        return (in, column, row) -> {
            at(column, row);
            long read = value.read(in);
            ((LongColumn) column).set(row, cut == 1 ? read : Math.floorDiv(read, cut) * cut);
        };
    }
}
