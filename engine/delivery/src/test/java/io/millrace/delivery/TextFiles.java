package io.millrace.delivery;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Files of one text a line, ending with {@code end}. Refuses the text {@value #REFUSED}, and has no memory left behind the
 * text {@value #TOO_MUCH}.
 */
record TextFiles() implements DeliveryFormat {

    static final String REFUSED = "refused";
    static final String TOO_MUCH = "too much";

    @Override
    public String extension() {
        return ".txt";
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) {
        return new Writer(out);
    }

    private static final class Writer implements RowFileWriter {
        private final OutputStream out;
        private long length;

        Writer(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(RowBatch rows) throws IOException {
            BytesColumn texts = (BytesColumn) rows.column(1);
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < rows.selectedCount(); i++) {
                String text = texts.text(rows.selectedRow(i));
                if (text.equals(REFUSED)) {
                    throw new MillraceException(ErrorCode.INVALID_VALUE, "a text is '" + text + "'");
                }
                lines.append(text).append('\n');
            }
            put(lines.toString());
            if (lines.indexOf(TOO_MUCH) >= 0) {
                throw new OutOfMemoryError("none left");
            }
        }

        private void put(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write(bytes, 0, bytes.length);
            length += bytes.length;
        }

        @Override
        public long estimatedBytes() {
            return length;
        }

        @Override
        public void finish() throws IOException {
            put("end");
        }
    }
}
