package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimestampType;
import java.time.ZoneId;

/**
 * Values as JSON documents: a ROW is an object of its fields, a MAP one of its keys, a number a number,
 * and what JSON does not know is the text of its text format.
 */
final class JsonEncoders {

    private JsonEncoders() {}

    static CellEncoder of(DataType type, ZoneId zone) {
        return switch (type) {
            case BooleanType t -> (column, row, out) -> out.raw(((BooleanColumn) column).get(row) ? "true" : "false");
            case IntegerType t -> TextEncoders.of(t, zone);
            case DecimalType t -> TextEncoders.of(t, zone);
            case FloatingType t -> floating(TextEncoders.of(t, zone));
            case TimestampType t -> quoted(iso(TextEncoders.of(t, zone)));
            case ArrayType t -> array(of(t.element(), zone));
            case MapType t -> map(text(t.key(), zone), of(t.value(), zone));
            case RowType t -> object(t, zone);
            default -> quoted(TextEncoders.of(type, zone));
        };
    }

    /** A key is a text, whatever its type. */
    private static CellEncoder text(DataType key, ZoneId zone) {
        return quoted(TextEncoders.of(key, zone));
    }

    private static CellEncoder quoted(CellEncoder text) {
        WireBuffer scratch = new WireBuffer(4096);
        return (column, row, out) -> {
            scratch.truncate(0);
            text.encode(column, row, scratch);
            quote(scratch.utf8().bytes(), scratch.size(), out);
        };
    }

    /** NaN and the infinities are no numbers of JSON. */
    private static CellEncoder floating(CellEncoder text) {
        return (column, row, out) -> {
            int start = out.size();
            text.encode(column, row, out);
            byte last = out.utf8().bytes()[out.size() - 1];
            if (last < '0' || last > '9') {
                byte[] name = java.util.Arrays.copyOfRange(out.utf8().bytes(), start, out.size());
                out.truncate(start);
                quote(name, name.length, out);
            }
        };
    }

    private static CellEncoder iso(CellEncoder text) {
        return (column, row, out) -> {
            int start = out.size();
            text.encode(column, row, out);
            for (int i = start; i < out.size(); i++) {
                if (out.utf8().bytes()[i] == ' ') {
                    out.utf8().bytes()[i] = 'T';
                    return;
                }
            }
        };
    }

    private static CellEncoder array(CellEncoder element) {
        return (column, row, out) -> {
            ArrayColumn arrays = (ArrayColumn) column;
            out.int8('[');
            for (int i = arrays.starts()[row]; i < arrays.ends()[row]; i++) {
                comma(i > arrays.starts()[row], out);
                value(element, arrays.elements(), i, out);
            }
            out.int8(']');
        };
    }

    private static CellEncoder map(CellEncoder key, CellEncoder value) {
        return (column, row, out) -> {
            ArrayColumn arrays = (ArrayColumn) column;
            RowColumn entries = (RowColumn) arrays.elements();
            out.int8('{');
            for (int i = arrays.starts()[row]; i < arrays.ends()[row]; i++) {
                comma(i > arrays.starts()[row], out);
                key.encode(entries.field(0), i, out);
                out.int8(':');
                value(value, entries.field(1), i, out);
            }
            out.int8('}');
        };
    }

    private static CellEncoder object(RowType type, ZoneId zone) {
        CellEncoder[] fields = new CellEncoder[type.size()];
        byte[][] names = new byte[fields.length][];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = of(type.field(i).type(), zone);
            names[i] = name(type.field(i).name());
        }
        return (column, row, out) -> {
            RowColumn rows = (RowColumn) column;
            out.int8('{');
            for (int i = 0; i < fields.length; i++) {
                comma(i > 0, out);
                out.bytes(names[i]).int8(':');
                value(fields[i], rows.field(i), row, out);
            }
            out.int8('}');
        };
    }

    private static byte[] name(String name) {
        WireBuffer plain = new WireBuffer(64).raw(name);
        WireBuffer quoted = new WireBuffer(64);
        quote(plain.utf8().bytes(), plain.size(), quoted);
        return java.util.Arrays.copyOf(quoted.utf8().bytes(), quoted.size());
    }

    private static void value(CellEncoder encoder, Column column, int row, WireBuffer out) {
        if (column.isNull(row)) {
            out.raw("null");
        } else {
            encoder.encode(column, row, out);
        }
    }

    private static void comma(boolean needed, WireBuffer out) {
        if (needed) {
            out.int8(',');
        }
    }

    private static void quote(byte[] text, int length, WireBuffer out) {
        out.int8('"');
        for (int i = 0; i < length; i++) {
            byte at = text[i];
            if (at == '"' || at == '\\') {
                out.int8('\\').int8(at);
            } else if (at >= 0 && at < 0x20) {
                out.raw("\\u00").int8(at < 16 ? '0' : '1').int8("0123456789abcdef".charAt(at & 0xF));
            } else {
                out.int8(at);
            }
        }
        out.int8('"');
    }
}
