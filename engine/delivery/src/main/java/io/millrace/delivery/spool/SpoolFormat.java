package io.millrace.delivery.spool;

import io.millrace.delivery.DeliveryFormat;
import io.millrace.spi.Options;
import io.millrace.spi.format.RecordFormat;
import io.millrace.spi.format.RowEncoder;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Files of encoded records, each with its ROWTIME and where it came from, that only {@link SpoolStore} reads.
 *
 * <pre>
 *   │ ROWTIME, microseconds (8) │ length (4) │ origin, as DataOutput has UTF │ record │ …      big-endian
 * </pre>
 *
 * <p>The length's first bit says whether there is an origin; files of earlier builds have none.
 */
public record SpoolFormat(RecordFormat format, Options options) implements DeliveryFormat {

    private static final int ORIGIN = 1 << 31;

    static boolean hasOrigin(int length) {
        return (length & ORIGIN) != 0;
    }

    static int recordLength(int length) {
        return length & ~ORIGIN;
    }

    @Override
    public String extension() {
        return ".records";
    }

    @Override
    public RowFileWriter writer(RowType type, OutputStream out) {
        return new Writer(format.encoder(type, options), new DataOutputStream(out));
    }

    private static final class Writer implements RowFileWriter {

        private final RowEncoder encoder;
        private final DataOutputStream out;
        private final BytesColumn encoded = new BytesColumn(0);
        private long bytes;

        Writer(RowEncoder encoder, DataOutputStream out) {
            this.encoder = encoder;
            this.out = out;
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
                out.writeLong(rowtime(rows.origins(), rows.selectedRow(i)));
                writeHead(rows.origins(), rows.selectedRow(i), encoded.length(i));
                out.write(encoded.data(), encoded.starts()[i], encoded.length(i));
                bytes += encoded.length(i);
            }
        }

        private void writeHead(@Nullable RowOrigins origins, int row, int length) throws IOException {
            String origin = origins == null ? "" : origins.position(row);
            if (origin.isEmpty()) {
                out.writeInt(length);
            } else {
                out.writeInt(length | ORIGIN);
                out.writeUTF(origin);
            }
        }

        private static long rowtime(@Nullable RowOrigins origins, int row) {
            return origins == null ? RowOrigins.NO_ROWTIME : origins.rowtimeMicros(row);
        }

        @Override
        public long estimatedBytes() {
            return bytes;
        }

        @Override
        public void finish() throws IOException {
            out.flush();
        }
    }
}
