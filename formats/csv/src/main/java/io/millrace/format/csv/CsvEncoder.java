package io.millrace.format.csv;

import io.millrace.spi.format.TextEncoder;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.row.Utf8Buffer;
import io.millrace.spi.type.DataType.RowType;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Writes one line per row, without a line end, with quotes where they are needed. */
final class CsvEncoder extends TextEncoder {

    private final Dialect dialect;
    private final RowType schema;
    private final Utf8Buffer field = new Utf8Buffer();

    CsvEncoder(RowType schema, Dialect dialect) {
        this.dialect = dialect;
        this.schema = schema;
    }

    /** The columns' names, where the options ask for a row of them. */
    @Override
    public byte[] fileHeader() {
        if (!dialect.header()) {
            return super.fileHeader();
        }
        Utf8Buffer names = new Utf8Buffer();
        for (int i = 0; i < schema.size(); i++) {
            if (i > 0) {
                names.append((char) dialect.delimiter());
            }
            field.clear();
            field.append(schema.field(i).name());
            putField(names);
        }
        return Arrays.copyOf(names.bytes(), names.length());
    }

    @Override
    protected void append(RowBatch rows, int row, Utf8Buffer buffer) {
        for (int i = 0; i < schema.size(); i++) {
            if (i > 0) {
                buffer.append((char) dialect.delimiter());
            }
            if (rows.column(i).isNull(row)) {
                buffer.append(dialect.nullText());
            } else {
                field.clear();
                SqlText.append(schema.field(i).type(), rows.column(i), row, ZoneOffset.UTC, field);
                putField(buffer);
            }
        }
    }

    private void putField(Utf8Buffer buffer) {
        if (!needsQuotes()) {
            buffer.append(field.bytes(), 0, field.length());
            return;
        }
        buffer.append((char) dialect.quote());
        for (int i = 0; i < field.length(); i++) {
            byte value = field.bytes()[i];
            if (value == dialect.quote() || value == dialect.escape()) {
                buffer.append((char) dialect.escape());
            }
            buffer.append(field.bytes(), i, i + 1);
        }
        buffer.append((char) dialect.quote());
    }

    private boolean needsQuotes() {
        byte[] text = field.bytes();
        int length = field.length();
        byte[] nullText = dialect.nullText();
        if (length == 0 || Arrays.equals(text, 0, length, nullText, 0, nullText.length)) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            byte value = text[i];
            if (value == dialect.delimiter() || value == dialect.quote() || value == '\n' || value == '\r') {
                return true;
            }
        }
        return false;
    }
}
