package io.millrace.format.arrow;

import io.millrace.format.arrow.BatchParts.Slice;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.Utf8;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import java.io.IOException;

/** Reads text and bytes. The column shares the message's body. */
final class BytesReader extends VectorReader {

    private final ReadOffsets offsets;

    BytesReader(DataType type, ReadOffsets offsets) {
        super(type);
        this.offsets = offsets;
    }

    @Override
    void readValues(BatchParts parts, Column column, int rows) throws IOException {
        BytesColumn target = (BytesColumn) column;
        Slice places = parts.buffer(offsets.bytes(rows));
        Slice data = parts.buffer(0);
        target.share(data.bytes());
        offsets.read(places, rows, data.start(), data.length(), target.starts(), target.ends());
        if (type() instanceof CharacterType && rows > 0) {
            checkText(target, rows);
        }
    }

    /** Text is checked as a whole; no value may then start within a character. */
    private static void checkText(BytesColumn text, int rows) throws IOException {
        byte[] data = text.data();
        int end = text.ends()[rows - 1];
        boolean wrong = Utf8.malformedAt(data, text.starts()[0], end) < end;
        for (int row = 0; row < rows; row++) {
            int start = text.starts()[row];
            wrong |= start < end && (data[start] & 0xC0) == 0x80;
        }
        if (wrong) {
            throw new IOException("a text is not UTF-8");
        }
    }

    @Override
    void skip(BatchParts parts) {
        parts.skip(1, 3);
    }
}
