package io.millrace.format.arrow;

import static io.millrace.format.arrow.LittleEndian.INTS;
import static io.millrace.format.arrow.LittleEndian.LONGS;
import static io.millrace.format.arrow.LittleEndian.SHORTS;

import io.millrace.format.arrow.BatchParts.Slice;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.IntervalType;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.IntervalUnit;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/** Readers of values of one width: ours copied in bulk, those of other units and signs turned into ours. */
final class FixedReaders {

    private static final long MILLIS_PER_DAY = 86_400_000;

    private FixedReaders() {}

    /** Returns the reader of a field, or null where its type is not read. */
    static @Nullable VectorReader of(Field field) {
        return switch (field.typeType()) {
            case Type.Bool ->
                new FixedReader(DataType.BOOLEAN, 1, (in, column, rows) -> {
                    boolean[] out = ((BooleanColumn) column).values();
                    for (int i = 0; i < rows; i++) {
                        out[i] = (in.bytes()[in.start() + (i >> 3)] >> (i & 7) & 1) != 0;
                    }
                });
            case Type.Int -> integer((Int) field.type(new Int()));
            case Type.FloatingPoint -> floating((FloatingPoint) field.type(new FloatingPoint()));
            case Type.Decimal -> DecimalReaders.of((Decimal) field.type(new Decimal()));
            case Type.Date -> date((Date) field.type(new Date()));
            case Type.Time -> {
                Time time = (Time) field.type(new Time());
                yield micros(DataType.TIME, time.bitWidth(), time.unit());
            }
            case Type.Timestamp -> {
                Timestamp time = (Timestamp) field.type(new Timestamp());
                boolean zoned = time.timezone() != null && !time.timezone().isEmpty();
                yield micros(zoned ? DataType.TIMESTAMP_WITH_TIME_ZONE : DataType.TIMESTAMP, 64, time.unit());
            }
            case Type.Duration -> micros(new IntervalType(false), 64, ((Duration) field.type(new Duration())).unit());
            case Type.Interval ->
                ((Interval) field.type(new Interval())).unit() == IntervalUnit.YEAR_MONTH
                        ? ints(new IntervalType(true))
                        : null;
            default -> null;
        };
    }

    private static VectorReader ints(DataType type) {
        return new FixedReader(
                type, 32, (in, column, rows) -> view(in).asIntBuffer().get(((IntColumn) column).values(), 0, rows));
    }

    private static VectorReader longs(DataType type) {
        return new FixedReader(
                type, 64, (in, column, rows) -> view(in).asLongBuffer().get(((LongColumn) column).values(), 0, rows));
    }

    private static java.nio.ByteBuffer view(Slice in) {
        return LittleEndian.view(in.bytes(), in.start(), in.length());
    }

    private static @Nullable VectorReader integer(Int type) {
        boolean signed = type.isSigned();
        return switch (type.bitWidth()) {
            case 8 ->
                new FixedReader(signed ? DataType.TINYINT : DataType.SMALLINT, 8, (in, column, rows) -> {
                    int[] out = ((IntColumn) column).values();
                    for (int i = 0; i < rows; i++) {
                        byte value = in.bytes()[in.start() + i];
                        out[i] = signed ? value : value & 0xFF;
                    }
                });
            case 16 ->
                new FixedReader(signed ? DataType.SMALLINT : DataType.INTEGER, 16, (in, column, rows) -> {
                    int[] out = ((IntColumn) column).values();
                    for (int i = 0; i < rows; i++) {
                        short value = (short) SHORTS.get(in.bytes(), in.start() + 2 * i);
                        out[i] = signed ? value : value & 0xFFFF;
                    }
                });
            case 32 ->
                signed
                        ? ints(DataType.INTEGER)
                        : new FixedReader(DataType.BIGINT, 32, (in, column, rows) -> {
                            long[] out = ((LongColumn) column).values();
                            for (int i = 0; i < rows; i++) {
                                out[i] = Integer.toUnsignedLong((int) INTS.get(in.bytes(), in.start() + 4 * i));
                            }
                        });
            case 64 -> signed ? longs(DataType.BIGINT) : DecimalReaders.unsignedLongs();
            default -> null;
        };
    }

    private static @Nullable VectorReader floating(FloatingPoint type) {
        return switch (type.precision()) {
            case Precision.SINGLE ->
                new FixedReader(
                        DataType.REAL,
                        32,
                        (in, column, rows) -> view(in).asFloatBuffer().get(((FloatColumn) column).values(), 0, rows));
            case Precision.DOUBLE ->
                new FixedReader(
                        DataType.DOUBLE,
                        64,
                        (in, column, rows) -> view(in).asDoubleBuffer().get(((DoubleColumn) column).values(), 0, rows));
            default -> null;
        };
    }

    private static VectorReader date(Date type) {
        if (type.unit() == DateUnit.DAY) {
            return ints(DataType.DATE);
        }
        return new FixedReader(DataType.DATE, 64, (in, column, rows) -> {
            int[] out = ((IntColumn) column).values();
            for (int i = 0; i < rows; i++) {
                long millis = (long) LONGS.get(in.bytes(), in.start() + 8 * i);
                out[i] = column.isNull(i) ? 0 : Math.toIntExact(Math.floorDiv(millis, MILLIS_PER_DAY));
            }
        });
    }

    private static @Nullable VectorReader micros(DataType type, int bits, short unit) {
        if (bits == 64 && unit == TimeUnit.MICROSECOND) {
            return longs(type);
        }
        if (bits != 64 && bits != 32) {
            return null;
        }
        return new FixedReader(type, bits, (in, column, rows) -> {
            long[] out = ((LongColumn) column).values();
            for (int i = 0; i < rows; i++) {
                long value = bits == 64
                        ? (long) LONGS.get(in.bytes(), in.start() + 8 * i)
                        : (int) INTS.get(in.bytes(), in.start() + 4 * i);
                out[i] = column.isNull(i) ? 0 : micros(value, unit);
            }
        });
    }

    private static long micros(long value, short unit) {
        return switch (unit) {
            case TimeUnit.SECOND -> Math.multiplyExact(value, 1_000_000L);
            case TimeUnit.MILLISECOND -> Math.multiplyExact(value, 1_000L);
            case TimeUnit.MICROSECOND -> value;
            default -> Math.floorDiv(value, 1_000L);
        };
    }
}
