package io.millrace.format.orc;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.orc.OrcFile;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.VectorizedRowBatch;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ORC file, a stripe after the other. It holds the compressed bytes of the chosen columns of one stripe.
 */
final class OrcRowFileReader implements RowFileReader {

    private static final int BATCH_ROWS = 1024;

    private final SeekableByteChannel file;
    private final ChannelFileSystem files;
    private final Reader reader;
    private final List<Taker> fields;
    private final RowType type;
    private int[] chosen;
    private @Nullable Rows rows;

    static OrcRowFileReader open(SeekableByteChannel file) throws IOException {
        ChannelFileSystem files = new ChannelFileSystem(file, new Configuration(false));
        try {
            if (file.size() == 0) {
                throw new EOFException("it is empty");
            }
            return new OrcRowFileReader(file, files);
        } catch (IOException | RuntimeException e) {
            throw failure(files, e);
        }
    }

    private OrcRowFileReader(SeekableByteChannel file, ChannelFileSystem files) throws IOException {
        this.file = file;
        this.files = files;
        this.reader = OrcFile.createReader(
                ChannelFileSystem.FILE,
                OrcFile.readerOptions(files.getConf())
                        .filesystem(files)
                        .useUTCTimestamp(true)
                        .convertToProlepticGregorian(true));
        this.fields = ReadSchema.fields(reader.getSchema());
        this.type = ReadSchema.rowType(fields);
        this.chosen = IntStream.range(0, fields.size()).toArray();
    }

    @Override
    public RowType type() {
        return type;
    }

    @Override
    public void project(int... chosenFields) {
        if (rows != null) {
            throw new IllegalStateException("the first row is read");
        }
        chosen = chosenFields.clone();
    }

    @Override
    public @Nullable RowBatch next() throws IOException {
        try {
            if (rows == null) {
                rows = new Rows();
            }
            return rows.next();
        } catch (IOException | RuntimeException e) {
            throw failure(files, e);
        }
    }

    /** Tells a file that cannot be understood from one that cannot be reached. */
    private static MillraceException failure(ChannelFileSystem files, Exception cause) throws IOException {
        IOException failure = files.failure();
        if (failure != null) {
            throw failure;
        }
        if (cause instanceof MillraceException known) {
            return known;
        }
        return new MillraceException(
                ErrorCode.DATA_CORRUPTED,
                "the ORC file cannot be read: " + cause.getMessage(),
                "write it again",
                cause);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            if (rows != null) {
                rows.reader.close();
            }
            reader.close();
        }
    }

    /** The rows of the chosen columns. */
    private final class Rows {
        private final RecordReader reader;
        private final VectorizedRowBatch vectors;
        private final RowBatch batch;

        Rows() throws IOException {
            TypeDescription schema = OrcRowFileReader.this.reader.getSchema();
            boolean[] included = new boolean[schema.getMaximumId() + 1];
            included[schema.getId()] = true;
            for (int c : chosen) {
                TypeDescription column = schema.getChildren().get(c);
                for (int id = column.getId(); id <= column.getMaximumId(); id++) {
                    included[id] = true;
                }
            }
            reader = OrcRowFileReader.this.reader.rows(
                    OrcRowFileReader.this.reader.options().include(included));
            vectors = Vectors.of(schema, BATCH_ROWS);
            batch = RowBatch.create(type.project(chosen), BATCH_ROWS);
        }

        @Nullable
        RowBatch next() throws IOException {
            if (!reader.nextBatch(vectors)) {
                return null;
            }
            batch.clear();
            for (int c = 0; c < chosen.length; c++) {
                var vector = vectors.cols[chosen[c]];
                fields.get(chosen[c]).take(vector, 0, vectors.size, vector, batch.column(c), 0);
            }
            batch.size(vectors.size);
            return batch;
        }
    }
}
