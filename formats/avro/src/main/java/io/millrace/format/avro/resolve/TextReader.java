package io.millrace.format.avro.resolve;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import io.millrace.spi.format.SharedText;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Utf8;
import io.millrace.spi.type.DataType.CharacterType;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Text, of a length of its own. What is no UTF-8, or too long for the column, is refused. */
final class TextReader implements ValueReader {

    private final String path;
    private final SharedText cells;

    private TextReader(String path, CharacterType type) {
        this.path = path;
        this.cells = new SharedText(type, false);
    }

    /** Returns a reader of text, of an enum's symbols or of a UUID; null where it is another thing. */
    static @Nullable ValueReader of(String path, Schema writer, CharacterType type) {
        TextReader text = new TextReader(path, type);
        return switch (writer.getType()) {
            case STRING -> text;
            case BYTES -> writer.getLogicalType() == null ? text : null;
            case ENUM -> text.symbols(writer);
            case FIXED -> writer.getLogicalType() instanceof LogicalTypes.Uuid ? text.ids() : null;
            default -> null;
        };
    }

    @Override
    public void read(DatumInput in, Column column, int row) {
        int length = in.readLength();
        int from = in.take(length);
        set(in.bytes(), from, from + length, column, row);
    }

    private void set(byte[] bytes, int from, int to, Column column, int row) {
        column.ensureCapacity(row + 1);
        int malformed = Utf8.malformedAt(bytes, from, to);
        if (malformed != to) {
            throw new RowFailure(
                    ErrorCode.INVALID_VALUE, "column " + path + ": not UTF-8 (byte " + (malformed - from) + ")");
        }
        try {
            cells.bind((BytesColumn) column, bytes, 0);
            cells.set(from, to, row);
        } catch (RowFailure e) {
            throw new RowFailure(e.code(), "column " + path + ": " + e.reason());
        }
    }

    private ValueReader symbols(Schema writer) {
        byte[][] symbols = writer.getEnumSymbols().stream()
                .map(symbol -> symbol.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return (in, column, row) -> {
            long index = in.readLong();
            if (index < 0 || index >= symbols.length) {
                throw new RowFailure(
                        ErrorCode.INVALID_VALUE,
                        "column " + path + ": symbol " + index + " of an enum of " + symbols.length);
            }
            byte[] symbol = symbols[(int) index];
            set(symbol, 0, symbol.length, column, row);
        };
    }

    private ValueReader ids() {
        return (in, column, row) -> {
            int from = in.take(16);
            byte[] text = new UUID(bits(in.bytes(), from), bits(in.bytes(), from + 8))
                    .toString()
                    .getBytes(StandardCharsets.US_ASCII);
            set(text, 0, text.length, column, row);
        };
    }

    private static long bits(byte[] bytes, int from) {
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = (bits << 8) | (bytes[from + i] & 0xFF);
        }
        return bits;
    }
}
