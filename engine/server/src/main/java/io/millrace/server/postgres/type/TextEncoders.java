package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Decimal128Column;
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
import java.math.BigDecimal;
import java.time.ZoneId;

/** The text format of each type. */
final class TextEncoders {

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private TextEncoders() {}

    static CellEncoder of(DataType type, ZoneId zone) {
        return switch (type) {
            case BooleanType t -> (column, row, out) -> out.int8(((BooleanColumn) column).get(row) ? 't' : 'f');
            case IntegerType t when t.bits() == 64 -> (column, row, out) -> out.decimal(((LongColumn) column).get(row));
            case IntegerType t -> (column, row, out) -> out.decimal(((IntColumn) column).get(row));
            case FloatingType t
            when t.bits() == 64 -> (column, row, out) -> FloatingText.write(((DoubleColumn) column).get(row), out);
            case FloatingType t -> (column, row, out) -> FloatingText.write(((FloatColumn) column).get(row), out);
            case DecimalType t -> decimal(t.scale());
            case CharacterType t -> TextEncoders::bytes;
            case BinaryType t -> TextEncoders::hex;
            case DateType t -> (column, row, out) -> TemporalText.date(((IntColumn) column).get(row), out);
            case TimeType t -> (column, row, out) -> TemporalText.time(((LongColumn) column).get(row), out);
            case TimestampType t when t.zoned() -> zoned(zone);
            case TimestampType t -> (column, row, out) -> TemporalText.timestamp(((LongColumn) column).get(row), out);
            case IntervalType t
            when t.months() -> (column, row, out) -> IntervalText.months(((IntColumn) column).get(row), out);
            case IntervalType t -> (column, row, out) -> IntervalText.micros(((LongColumn) column).get(row), out);
            case ArrayType t when !PostgresType.json(t) -> array(of(t.element(), zone));
            case ArrayType t -> JsonEncoders.of(t, zone);
            case MapType t -> JsonEncoders.of(t, zone);
            case RowType t -> JsonEncoders.of(t, zone);
        };
    }

    private static CellEncoder decimal(int scale) {
        return (column, row, out) -> {
            if (column instanceof Decimal128Column wide) {
                out.ascii(new BigDecimal(wide.get(row), scale).toPlainString());
            } else {
                decimal(((LongColumn) column).get(row), scale, out);
            }
        };
    }

    private static void decimal(long unscaled, int scale, WireBuffer out) {
        if (scale == 0) {
            out.decimal(unscaled);
            return;
        }
        long unit = Decimals.POWERS_OF_TEN[scale];
        if (unscaled < 0) {
            out.int8('-');
        }
        out.decimal(Math.abs(unscaled / unit)).int8('.').digits(Math.abs(unscaled % unit), scale);
    }

    static void bytes(Column column, int row, WireBuffer out) {
        BytesColumn values = (BytesColumn) column;
        out.bytes(values.data(), values.starts()[row], values.ends()[row]);
    }

    static void hex(Column column, int row, WireBuffer out) {
        BytesColumn values = (BytesColumn) column;
        byte[] data = values.data();
        out.int8('\\').int8('x');
        for (int i = values.starts()[row]; i < values.ends()[row]; i++) {
            out.int8(HEX[data[i] >> 4 & 0xF]).int8(HEX[data[i] & 0xF]);
        }
    }

    private static CellEncoder zoned(ZoneId zone) {
        ZoneOffsets offsets = new ZoneOffsets(zone);
        return (column, row, out) -> TemporalText.instant(((LongColumn) column).get(row), offsets, out);
    }

    private static CellEncoder array(CellEncoder element) {
        WireBuffer scratch = new WireBuffer(4096);
        return (column, row, out) -> {
            ArrayColumn arrays = (ArrayColumn) column;
            Column elements = arrays.elements();
            out.int8('{');
            for (int i = arrays.starts()[row]; i < arrays.ends()[row]; i++) {
                if (i > arrays.starts()[row]) {
                    out.int8(',');
                }
                if (elements.isNull(i)) {
                    out.ascii("NULL");
                } else {
                    scratch.truncate(0);
                    element.encode(elements, i, scratch);
                    ArrayText.element(scratch.array(), scratch.size(), out);
                }
            }
            out.int8('}');
        };
    }
}
