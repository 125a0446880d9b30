package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.row.ArrayColumn;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.IntColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.BooleanType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.IntegerType;
import java.time.ZoneId;

/** The text format of each type: {@link SqlText} but for truth values and what travels as JSON. */
final class TextEncoders {

    private static final int SCRATCH_BYTES_KEPT = 64 * 1024;

    private TextEncoders() {}

    /** @param zone where instants are shown */
    static CellEncoder of(DataType type, ZoneId zone) {
        if (PostgresType.json(type)) {
            return JsonEncoders.of(type, zone);
        }
        return switch (type) {
            case BooleanType t -> (column, row, out) -> out.int8(((BooleanColumn) column).get(row) ? 't' : 'f');
            case IntegerType t
            when t.bits() == 64 -> (column, row, out) -> out.utf8().append(((LongColumn) column).get(row));
            case IntegerType t -> (column, row, out) -> out.utf8().append(((IntColumn) column).get(row));
            case CharacterType t -> TextEncoders::bytes;
            case ArrayType t -> array(of(t.element(), zone));
            default -> (column, row, out) -> SqlText.append(type, column, row, zone, out.utf8());
        };
    }

    static void bytes(Column column, int row, WireBuffer out) {
        BytesColumn values = (BytesColumn) column;
        out.bytes(values.data(), values.starts()[row], values.ends()[row]);
    }

    private static CellEncoder array(CellEncoder element) {
        WireBuffer scratch = new WireBuffer(SCRATCH_BYTES_KEPT);
        return (column, row, out) -> {
            ArrayColumn arrays = (ArrayColumn) column;
            Column elements = arrays.elements();
            out.int8('{');
            for (int i = arrays.starts()[row]; i < arrays.ends()[row]; i++) {
                if (i > arrays.starts()[row]) {
                    out.int8(',');
                }
                if (elements.isNull(i)) {
                    out.raw("NULL");
                } else {
                    scratch.truncate(0);
                    element.encode(elements, i, scratch);
                    ArrayText.element(scratch.utf8().bytes(), scratch.size(), out);
                }
            }
            out.int8('}');
        };
    }
}
