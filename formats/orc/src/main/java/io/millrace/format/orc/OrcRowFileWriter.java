package io.millrace.format.orc;

import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.orc.CompressionKind;
import org.apache.orc.MemoryManager;
import org.apache.orc.OrcConf;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcFile.WriterOptions;
import org.apache.orc.TypeDescription;
import org.apache.orc.impl.PhysicalFsWriter;
import org.apache.orc.impl.WriterImpl;
import org.apache.orc.impl.writer.WriterEncryptionVariant;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;

/**
 * Writes an ORC file: the columns of a batch are copied, {@link #SLICE_ROWS} rows at a time, into vectors that ORC's
 * writer encodes. It holds one stripe.
 */
final class OrcRowFileWriter implements RowFileWriter {

    static final int SLICE_ROWS = 1024;
    /** Bytes of a slice at most, unless a single row has more. */
    private static final long SLICE_BYTES_MAX = 4 << 20;
    /** What a byte of values becomes, until a stripe has told. */
    private static final double SHARE_COMPRESSED = 0.4;

    private static final double SHARE_PLAIN = 0.7;

    private final Filler[] fillers;
    private final VectorizedRowBatch vectors;
    private final Picks picks = new Picks();
    private final FSDataOutputStream file;
    private final WriterImpl writer;
    private final double firstShare;

    /** Bytes of values in the stripes that are written, and in the one that is not. */
    private long writtenBytes;

    private long pendingBytes;
    private int sliceRows = SLICE_ROWS;

    /** Whether ORC's writer has failed, upon which it ends the file by itself. */
    private boolean failed;

    OrcRowFileWriter(RowType type, OutputStream out, OrcOptions options) throws IOException {
        TypeDescription schema = WriteSchema.of(type);
        this.fillers = Filler.fields(type, "");
        this.vectors = Vectors.of(schema, SLICE_ROWS);
        this.firstShare = options.compression() == CompressionKind.NONE ? SHARE_PLAIN : SHARE_COMPRESSED;
        this.file = new FSDataOutputStream(new Unclosed(out), null);
        WriterOptions settings = settings(schema, options);
        settings.physicalWriter(new PhysicalFsWriter(file, settings, new WriterEncryptionVariant[0]));
        this.writer = new WriterImpl(null, ChannelFileSystem.FILE, settings);
    }

    private static WriterOptions settings(TypeDescription schema, OrcOptions options) {
        Configuration configuration = new Configuration(false);
        OrcConf.DICTIONARY_KEY_SIZE_THRESHOLD.setDouble(configuration, options.dictionaryKeyThreshold());
        // Asked after each slice, and not after so many rows, whose bytes nobody knows.
        OrcConf.ROWS_BETWEEN_CHECKS.setLong(configuration, 0);
        return OrcFile.writerOptions(configuration)
                .setSchema(schema)
                .memory(new OneWriter())
                .compress(options.compression())
                .stripeSize(options.stripeBytes())
                .rowIndexStride(options.rowIndexStride())
                .bloomFilterColumns(String.join(",", options.bloomFilterColumns()))
                .bloomFilterFpp(options.bloomFilterFalsePositiveProbability())
                .blockSize(options.blockBytes())
                .blockPadding(options.blockPadding())
                .paddingTolerance(options.paddingTolerance())
                .version(options.version())
                .useUTCTimestamp(true)
                .setProlepticGregorian(true);
    }

    @Override
    public void write(RowBatch rows) throws IOException {
        check(rows);
        int count = rows.selectedCount();
        for (int from = 0; from < count; ) {
            int to = Math.min(count, from + sliceRows);
            writeSlice(rows, from, to);
            from = to;
        }
    }

    /** Looks for rows without a form in the file before any is written, so that a refused batch leaves no trace. */
    private void check(RowBatch rows) {
        for (int c = 0; c < fillers.length; c++) {
            if (fillers[c].mayRefuse(rows.column(c))) {
                for (int i = 0; i < rows.selectedCount(); i++) {
                    fillers[c].check(rows.column(c), rows.selectedRow(i));
                }
            }
        }
    }

    private void writeSlice(RowBatch rows, int from, int to) throws IOException {
        picks.selected(rows.selection(), from, to);
        long bytes = 0;
        for (int c = 0; c < fillers.length; c++) {
            bytes += fillers[c].fill(rows.column(c), picks, vectors.cols[c]);
        }
        vectors.size = to - from;
        long before = file.getPos();
        failed = true;
        writer.addRowBatch(vectors);
        failed = false;
        pendingBytes += bytes;
        if (file.getPos() > before) {
            writtenBytes += pendingBytes;
            pendingBytes = 0;
        }
        long rowBytes = Math.max(1, bytes / (to - from));
        sliceRows = (int) Math.max(1, Math.min(SLICE_ROWS, SLICE_BYTES_MAX / rowBytes));
    }

    @Override
    public long estimatedBytes() {
        double share = writtenBytes == 0 ? firstShare : (double) file.getPos() / writtenBytes;
        return file.getPos() + (long) (pendingBytes * share);
    }

    @Override
    public void finish() throws IOException {
        if (failed) {
            throw new IOException("a batch was not written");
        }
        writer.close();
    }

    /** Leaves the stream open, which is its giver's. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }

    /** Lets a writer have its whole stripe: who opens files bounds how many there are. */
    private static final class OneWriter implements MemoryManager {
        @Override
        public void addWriter(Path path, long bytes, Callback callback) {}

        @Override
        public void removeWriter(Path path) {}

        @Override
        @SuppressWarnings("deprecation") // nobody calls it, and it must be there
        public void addedRow(int rows) {}

        @Override
        public long checkMemory(long previous, Callback writer) {
            return previous;
        }
    }
}
