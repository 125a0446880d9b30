package io.millrace.format.json;

import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.FloatColumn;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.row.Utf8Buffer;
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
import java.time.ZoneOffset;
import java.util.Base64;

/** Writes one type's values as JSON. */
@FunctionalInterface
interface ValueWriter {

    /** Writes a cell that is not NULL. */
    void write(Column column, int row, Utf8Buffer out);

    default void writeOrNull(Column column, int row, Utf8Buffer out) {
        if (column.isNull(row)) {
            out.append("null");
        } else {
            write(column, row, out);
        }
    }

    static ValueWriter of(DataType type) {
        return switch (type) {
            case BooleanType t -> plain(t);
            case IntegerType t when t.bits() == 64 -> (column, row, out) -> out.append(((LongColumn) column).get(row));
            case IntegerType t -> (column, row, out) -> out.append((long) ((IntColumn) column).get(row));
            case DecimalType t -> plain(t);
            case FloatingType t -> floating(t);
            case DateType t -> quoted(t);
            case TimeType t -> quoted(t);
            case TimestampType t when t.zoned() -> quoted(t);
            case TimestampType t ->
                (column, row, out) -> {
                    out.append('"');
                    SqlText.appendTimestamp(((LongColumn) column).get(row), out);
                    out.append('"');
                };
            case BinaryType t -> ValueWriter::base64;
            case IntervalType t -> quoted(t);
            case CharacterType t ->
                (column, row, out) -> {
                    BytesColumn text = (BytesColumn) column;
                    StringText.put(text.data(), text.starts()[row], text.ends()[row], out);
                };
            case RowType t -> row(t);
            case ArrayType t -> array(of(t.element()));
            case MapType t -> map(t);
        };
    }

    private static ValueWriter plain(DataType type) {
        return (column, row, out) -> SqlText.append(type, column, row, ZoneOffset.UTC, out);
    }

    private static ValueWriter quoted(DataType type) {
        return (column, row, out) -> {
            out.append('"');
            SqlText.append(type, column, row, ZoneOffset.UTC, out);
            out.append('"');
        };
    }

    private static void base64(Column column, int row, Utf8Buffer out) {
        byte[] value = ((BytesColumn) column).get(row);
        out.append('"').append(Base64.getEncoder().encode(value)).append('"');
    }

    private static ValueWriter floating(FloatingType type) {
        return (column, row, out) -> {
            double value = type.bits() == 64 ? ((DoubleColumn) column).get(row) : ((FloatColumn) column).get(row);
            if (!Double.isFinite(value)) {
                out.append('"').append(Double.toString(value)).append('"');
            } else if (type.bits() == 64) {
                out.append(Double.toString(value));
            } else {
                out.append(Float.toString((float) value));
            }
        };
    }

    private static ValueWriter row(RowType type) {
        byte[][] leads = leads(type);
        ValueWriter[] writers = ofFields(type);
        return (column, row, out) -> {
            if (writers.length == 0) {
                out.append('{');
            }
            for (int i = 0; i < writers.length; i++) {
                out.append(leads[i]);
                writers[i].writeOrNull(((RowColumn) column).field(i), row, out);
            }
            out.append('}');
        };
    }

    private static ValueWriter array(ValueWriter element) {
        return (column, row, out) -> {
            ArrayColumn array = (ArrayColumn) column;
            out.append('[');
            for (int i = array.starts()[row]; i < array.ends()[row]; i++) {
                if (i > array.starts()[row]) {
                    out.append(',');
                }
                element.writeOrNull(array.elements(), i, out);
            }
            out.append(']');
        };
    }

    private static ValueWriter map(MapType type) {
        boolean isString = type.key() instanceof CharacterType || type.key() instanceof BinaryType;
        ValueWriter keys = isString ? of(type.key()) : quoted(type.key());
        ValueWriter values = of(type.value());
        return (column, row, out) -> {
            ArrayColumn map = (ArrayColumn) column;
            RowColumn entries = (RowColumn) map.elements();
            out.append('{');
            for (int i = map.starts()[row]; i < map.ends()[row]; i++) {
                if (i > map.starts()[row]) {
                    out.append(',');
                }
                keys.write(entries.field(0), i, out);
                out.append(':');
                values.writeOrNull(entries.field(1), i, out);
            }
            out.append('}');
        };
    }

    static ValueWriter[] ofFields(RowType type) {
        return type.fields().stream().map(field -> of(field.type())).toArray(ValueWriter[]::new);
    }

    /** Returns what stands before each field's value: brace or comma, the key, the colon. */
    static byte[][] leads(RowType type) {
        byte[][] leads = new byte[type.size()][];
        for (int i = 0; i < leads.length; i++) {
            Utf8Buffer lead = new Utf8Buffer();
            lead.append(i == 0 ? '{' : ',');
            byte[] name = type.field(i).name().getBytes(StandardCharsets.UTF_8);
            StringText.put(name, 0, name.length, lead);
            lead.append(':');
            leads[i] = lead.toByteArray();
        }
        return leads;
    }
}
