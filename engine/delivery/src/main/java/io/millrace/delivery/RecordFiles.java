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
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Files of records of a record format, one after the other, each with a newline at its end. */
record RecordFiles(RecordFormat format, Options options, boolean gzip) implements DeliveryFormat {

    static RecordFiles of(RecordFormat format, Options options) {
        String compression = options.get("compression", "none");
        boolean gzip = switch (compression.toLowerCase(Locale.ROOT)) {
            case "none" -> false;
            case "gzip" -> true;
            default -> throw Options.invalid("compression", compression, "none or gzip");
        };
        return new RecordFiles(format, options.without("compression"), gzip);
    }

    @Override
    public String extension() {
        return "." + format.name() + (gzip ? ".gz" : "");
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) throws IOException {
        return new Writer(format.encoder(type, options), new CountingStream(out), gzip);
    }

    private static final class Writer implements RowFileWriter {

        private final RowEncoder encoder;
        private final CountingStream counted;
        private final @Nullable GZIPOutputStream zipped;
        private final OutputStream records;
        private final BytesColumn encoded = new BytesColumn(0);

        Writer(RowEncoder encoder, CountingStream counted, boolean gzip) throws IOException {
            this.encoder = encoder;
            this.counted = counted;
            this.zipped = gzip ? new GZIPOutputStream(counted) : null;
            this.records = zipped == null ? counted : zipped;
        }

        @Override
        public void write(RowBatch rows) throws IOException {
            encoded.clear();
            encoder.encode(rows, encoded);
            int count = rows.selectedCount();
            for (int i = 0; i < count; i++) {
                records.write(encoded.data(), encoded.starts()[i], encoded.length(i));
                records.write('\n');
            }
        }

        @Override
        public long estimatedBytes() {
            return counted.count;
        }

        @Override
        public void finish() throws IOException {
            if (zipped != null) {
                zipped.finish();
            }
            records.flush();
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
