package io.millrace.format.avro;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowColumn;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.Encoder;

/** A record: a ROW, an entry of a MAP, or the rows of a file. */
final class RecordNode extends Node {

    private final RowType type;
    private final Node[] fields;

    /** Makes the tree of a file's schema. */
    static RecordNode of(Schema schema) {
        if (schema.getType() != Schema.Type.RECORD) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the Avro file holds values of type " + schema.getType().getName() + " and no records",
                    "write records");
        }
        return Nodes.record("", schema);
    }

    RecordNode(String path, List<String> names, List<Node> nodes) {
        super(path);
        List<Field> made = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            made.add(new Field(names.get(i), nodes.get(i).type(), nodes.get(i).nullable()));
        }
        type = new RowType(made);
        fields = nodes.toArray(Node[]::new);
    }

    @Override
    RowType type() {
        return type;
    }

    @Override
    void write(Column column, int row, Encoder out) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(((RowColumn) column).field(i), row, out);
        }
    }

    void writeRow(RowBatch rows, int row, Encoder out) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(rows.column(i), row, out);
        }
    }

    /** @param columns of the batch, in the order of the fields */
    void writeRow(RowBatch rows, int[] columns, int row, Encoder out) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            fields[i].write(rows.column(columns[i]), row, out);
        }
    }

    void checkRow(RowBatch rows, int row) {
        for (int i = 0; i < fields.length; i++) {
            fields[i].check(rows.column(i), row);
        }
    }

    /** Reads a record into a batch of some of its fields; the others are skipped. */
    void readRow(Decoder in, RowBatch rows, int[] chosen, int row) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            int place = place(chosen, i);
            if (place < 0) {
                fields[i].skip(in);
            } else {
                fields[i].read(in, rows.column(place), row);
            }
        }
    }

    private static int place(int[] chosen, int field) {
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] == field) {
                return i;
            }
        }
        return -1;
    }

    @Override
    void read(Decoder in, Column column, int row) throws IOException {
        column.ensureCapacity(row + 1);
        for (int i = 0; i < fields.length; i++) {
            fields[i].read(in, ((RowColumn) column).field(i), row);
        }
    }

    @Override
    void skip(Decoder in) throws IOException {
        for (Node field : fields) {
            field.skip(in);
        }
    }

    @Override
    void check(Column column, int row) {
        super.check(column, row);
        for (int i = 0; i < fields.length; i++) {
            fields[i].check(((RowColumn) column).field(i), row);
        }
    }
}
