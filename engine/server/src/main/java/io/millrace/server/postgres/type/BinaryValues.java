package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.Payload;
import io.millrace.server.postgres.wire.ProtocolException;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BinaryType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DateType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of the binary format as Java objects. */
final class BinaryValues {

    private static final int ELEMENT_HEADER_BYTES = 4;

    private BinaryValues() {}

    static Object read(DataType type, Payload in) {
        return switch (type) {
            case BooleanType t -> in.int8() != 0;
            case IntegerType t when t.bits() == 64 -> in.int64();
            case IntegerType t when t.bits() == 32 -> in.int32();
            case IntegerType t -> small(t, in.int16());
            case FloatingType t when t.bits() == 64 -> Double.longBitsToDouble(in.int64());
            case FloatingType t -> Float.intBitsToFloat(in.int32());
            case DecimalType t -> ValueParser.fit(NumericBinary.read(in), t);
            case CharacterType t -> new String(in.bytes(in.remaining()), StandardCharsets.UTF_8);
            case BinaryType t -> in.bytes(in.remaining());
            case DateType t -> LocalDate.ofEpochDay((long) in.int32() + BinaryEncoders.DAYS_TO_2000);
            case TimeType t -> time(in.int64());
            case TimestampType t when t.zoned() -> instant(in.int64());
            case TimestampType t -> LocalDateTime.ofInstant(instant(in.int64()), ZoneOffset.UTC);
            case IntervalType t -> interval(t, in);
            case ArrayType t when !PostgresType.json(t) -> array(t.element(), in);
            case ArrayType t -> document(t, in);
            case MapType t -> document(t, in);
            case RowType t -> document(t, in);
        };
    }

    private static Integer small(IntegerType type, short value) {
        if (type.bits() == 8 && (byte) value != value) {
            throw new MillraceException(ErrorCode.NUMERIC_OVERFLOW, value + " is out of range for " + type);
        }
        return (int) value;
    }

    private static LocalTime time(long micros) {
        if (micros < 0 || micros >= BinaryEncoders.MICROS_PER_DAY) {
            throw new MillraceException(ErrorCode.INVALID_VALUE, "time of day out of range");
        }
        return LocalTime.ofNanoOfDay(micros * 1000);
    }

    private static Instant instant(long micros) {
        if (micros > Long.MAX_VALUE - BinaryEncoders.MICROS_TO_2000 - 1) {
            throw new MillraceException(ErrorCode.INVALID_VALUE, "timestamp out of range");
        }
        return JavaValues.instant(micros + BinaryEncoders.MICROS_TO_2000);
    }

    private static Object interval(IntervalType type, Payload in) {
        long micros = in.int64();
        int days = in.int32();
        int months = in.int32();
        return type.months()
                ? Period.ofMonths(Intervals.months(months, days, micros))
                : Intervals.duration(months, days, micros);
    }

    private static List<@Nullable Object> array(DataType element, Payload in) {
        int dimensions = in.int32();
        in.int32();
        int oid = in.int32();
        if (oid != PostgresType.of(element).oid() && PostgresType.hint(oid) != element) {
            throw new ProtocolException("array of type " + oid + " where " + element + " is expected");
        }
        if (dimensions == 0) {
            return List.of();
        }
        int count = in.int32();
        in.int32();
        if (dimensions != 1 || count < 0 || (long) count * ELEMENT_HEADER_BYTES > in.remaining()) {
            throw new ProtocolException("invalid array in binary format: one dimension is expected");
        }
        List<@Nullable Object> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] value = in.value();
            values.add(value == null ? null : read(element, new Payload(value)));
        }
        return values;
    }

    /** JSON is text in either format. Instants in it have an offset where we wrote it. */
    private static Object document(DataType type, Payload in) {
        return ValueParser.parse(type, new String(in.bytes(in.remaining()), StandardCharsets.UTF_8), ZoneOffset.UTC);
    }
}
