package io.millrace.delivery;

import io.millrace.spi.Options;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Files of records of a record format, one after the other, each with a newline at its end unless that is left out. */
record RecordFiles(RecordFormat format, Options options, TextCompression compression, boolean delimited)
        implements DeliveryFormat {

    private static final String DELIMITER = "record_delimiter";

    static RecordFiles of(RecordFormat format, Options options) {
        String delimiter = options.get(DELIMITER, "newline");
        if (!delimiter.equals("newline") && !delimiter.equals("none")) {
            throw Options.invalid(DELIMITER, delimiter, "newline or none");
        }
        return new RecordFiles(
                format,
                options.without("compression", DELIMITER),
                TextCompression.from(options, "compression"),
                delimiter.equals("newline"));
    }

    @Override
    public String extension() {
        return "." + format.name() + compression.extension();
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
        return new Writer(format.encoder(type, options), new CountingStream(out));
    }

    private final class Writer implements RowFileWriter {

        private final RowEncoder encoder;
        private final CountingStream counted;
        private final OutputStream records;
        private final BytesColumn encoded = new BytesColumn(0);

        Writer(RowEncoder encoder, CountingStream counted) throws IOException {
            this.encoder = encoder;
            this.counted = counted;
            this.records = compression.onto(counted, "records." + format.name());
            byte[] header = encoder.fileHeader();
            if (header.length > 0) {
                records.write(header);
                records.write('\n');
            }
        }

        @Override
        public void write(RowBatch rows) throws IOException {
            encoded.clear();
            try {
                encoder.encode(rows, encoded);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            int count = rows.selectedCount();
            for (int i = 0; i < count; i++) {
                records.write(encoded.data(), encoded.starts()[i], encoded.length(i));
                if (delimited) {
                    records.write('\n');
                }
            }
        }

        @Override
        public long estimatedBytes() {
            return counted.count;
        }

        @Override
        public void finish() throws IOException {
            records.close();
        }
    }

    private static final class CountingStream extends FilterOutputStream {

        private long count;

        CountingStream(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }
}
