package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
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
import java.time.ZoneId;

/** The binary format of each type. PostgreSQL counts days and microseconds from the year 2000. */
final class BinaryEncoders {

    static final long MICROS_PER_DAY = 86_400_000_000L;
    static final int DAYS_TO_2000 = 10_957;
    static final long MICROS_TO_2000 = DAYS_TO_2000 * MICROS_PER_DAY;

    private BinaryEncoders() {}

    static CellEncoder of(DataType type, ZoneId zone) {
        return switch (type) {
            case BooleanType t -> (column, row, out) -> out.int8(((BooleanColumn) column).get(row) ? 1 : 0);
            case IntegerType t when t.bits() == 64 -> (column, row, out) -> out.int64(((LongColumn) column).get(row));
            case IntegerType t when t.bits() == 32 -> (column, row, out) -> out.int32(((IntColumn) column).get(row));
            case IntegerType t -> (column, row, out) -> out.int16(((IntColumn) column).get(row));
            case FloatingType t
            when t.bits() == 64 ->
                (column, row, out) -> out.int64(Double.doubleToLongBits(((DoubleColumn) column).get(row)));
            case FloatingType t ->
                (column, row, out) -> out.int32(Float.floatToIntBits(((FloatColumn) column).get(row)));
            case DecimalType t -> (column, row, out) -> NumericBinary.write(column, row, t.scale(), out);
            case CharacterType t -> TextEncoders::bytes;
            case BinaryType t -> TextEncoders::bytes;
            case DateType t -> (column, row, out) -> out.int32(((IntColumn) column).get(row) - DAYS_TO_2000);
            case TimeType t -> (column, row, out) -> out.int64(((LongColumn) column).get(row));
            case TimestampType t -> (column, row, out) -> out.int64(((LongColumn) column).get(row) - MICROS_TO_2000);
            case IntervalType t
            when t.months() -> (column, row, out) -> out.int64(0).int32(0).int32(((IntColumn) column).get(row));
            case IntervalType t -> BinaryEncoders::interval;
            case ArrayType t when !PostgresType.json(t) -> array(t.element(), zone);
            case ArrayType t -> JsonEncoders.of(t, zone);
            case MapType t -> JsonEncoders.of(t, zone);
            case RowType t -> JsonEncoders.of(t, zone);
        };
    }

    /** Whole days apart, as in the text format, so that both formats read back alike. */
    private static void interval(Column column, int row, WireBuffer out) {
        long micros = ((LongColumn) column).get(row);
        out.int64(micros % MICROS_PER_DAY)
                .int32((int) (micros / MICROS_PER_DAY))
                .int32(0);
    }

    private static CellEncoder array(DataType type, ZoneId zone) {
        CellEncoder element = of(type, zone);
        int oid = PostgresType.of(type).oid();
        return (column, row, out) -> {
            ArrayColumn arrays = (ArrayColumn) column;
            Column elements = arrays.elements();
            int start = arrays.starts()[row];
            int end = arrays.ends()[row];
            out.int32(start == end ? 0 : 1).int32(anyNull(elements, start, end) ? 1 : 0);
            out.int32(oid);
            if (start < end) {
                out.int32(end - start).int32(1);
            }
            for (int i = start; i < end; i++) {
                element(element, elements, i, out);
            }
        };
    }

    private static void element(CellEncoder encoder, Column elements, int row, WireBuffer out) {
        if (elements.isNull(row)) {
            out.int32(-1);
        } else {
            int length = out.hole();
            encoder.encode(elements, row, out);
            out.fill(length);
        }
    }

    private static boolean anyNull(Column elements, int start, int end) {
        for (int i = start; i < end; i++) {
            if (elements.isNull(i)) {
                return true;
            }
        }
        return false;
    }
}
