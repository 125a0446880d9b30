package io.millrace.spi.row;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneId;

/** Collections and rows as text: PostgreSQL's array and row forms, and its hstore form for maps. */
final class NestedText {

    private NestedText() {}

    static void array(ArrayType type, ArrayColumn column, int row, ZoneId zone, Utf8Buffer out) {
        out.append('{');
        for (int i = column.starts()[row]; i < column.ends()[row]; i++) {
            out.append(i == column.starts()[row] ? "" : ",");
            if (column.elements().isNull(i)) {
                out.append("NULL");
            } else if (type.element() instanceof ArrayType) {
                SqlText.append(type.element(), column.elements(), i, zone, out);
            } else {
                quotedWhereNeeded(type.element(), column.elements(), i, zone, out);
            }
        }
        out.append('}');
    }

    static void row(RowType type, RowColumn column, int row, ZoneId zone, Utf8Buffer out) {
        out.append('(');
        for (int i = 0; i < type.size(); i++) {
            out.append(i == 0 ? "" : ",");
            if (!column.field(i).isNull(row)) {
                quotedWhereNeeded(type.field(i).type(), column.field(i), row, zone, out);
            }
        }
        out.append(')');
    }

    static void map(MapType type, ArrayColumn column, int row, ZoneId zone, Utf8Buffer out) {
        RowColumn entries = (RowColumn) column.elements();
        for (int i = column.starts()[row]; i < column.ends()[row]; i++) {
            out.append(i == column.starts()[row] ? "" : ", ");
            quoted(cell(type.key(), entries.field(0), i, zone), out);
            out.append("=>");
            if (entries.field(1).isNull(i)) {
                out.append("NULL");
            } else {
                quoted(cell(type.value(), entries.field(1), i, zone), out);
            }
        }
    }

    private static String cell(DataType type, Column column, int row, ZoneId zone) {
        Utf8Buffer text = new Utf8Buffer();
        SqlText.append(type, column, row, zone, text);
        return text.toString();
    }

    private static void quotedWhereNeeded(DataType type, Column column, int row, ZoneId zone, Utf8Buffer out) {
        String text = cell(type, column, row, zone);
        boolean plain = !text.isEmpty()
                && !text.equalsIgnoreCase("NULL")
                && text.chars().noneMatch(c -> "{}(),\"\\".indexOf(c) >= 0 || Character.isWhitespace(c));
        if (plain) {
            out.append(text);
        } else {
            quoted(text, out);
        }
    }

    private static void quoted(String text, Utf8Buffer out) {
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
}
