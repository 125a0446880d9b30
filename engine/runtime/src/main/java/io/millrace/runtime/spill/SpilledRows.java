package io.millrace.runtime.spill;

import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Rows on disk: first all are added, then they are read in the same order, once. The file has no name that lasts: it
 * goes when it is closed. For one thread at a time.
 *
 * <pre>
 *   length, rows │ length, rows │ …
 * </pre>
 */
public final class SpilledRows implements AutoCloseable {

    private static final int ROWS_MAX = 1024;

    /** How many bytes of varying length are gathered: of a file that is merged or parted, so many are in memory. */
    private static final int BYTES_MAX = 1 << 18;

    private final RowType type;
    private final WorkspaceShare share;
    private final boolean varies;
    private RowBatch gathered;
    private @Nullable FileChannel file;
    private @Nullable Path path;
    private long rows;
    private long written;
    private long position;

    SpilledRows(RowType type, WorkspaceShare share) {
        this.type = type;
        this.share = share;
        this.varies = type.fields().stream().anyMatch(field -> ColumnCodec.varies(field.type()));
        this.gathered = RowBatch.create(type, 0);
    }

    /** Returns how many rows were added. */
    public long rows() {
        return rows;
    }

    /** Adds one row of a batch, whether it counts there or not. */
    public void add(RowBatch source, int row) {
        int at = gathered.size();
        gathered.appendFrom(source, row);
        if (source.weights() != null || gathered.weights() != null) {
            gathered.weightsForWriting(at + 1)[at] = source.weight(row);
        }
        rows++;
        writeIfFull();
    }

    private void writeIfFull() {
        if (gathered.size() >= ROWS_MAX || (varies && ColumnCodec.varyingBytes(gathered) >= BYTES_MAX)) {
            write();
        }
    }

    /** Says that all rows have been added. It holds no memory from then on: there may be many that wait. */
    public void finish() {
        write();
        gathered = RowBatch.create(type, 0);
    }

    /** Returns the next rows, which are the caller's until it asks again, or null where all have been given. */
    public @Nullable RowBatch next() {
        if (position == written) {
            return null;
        }
        try {
            byte[] data = new byte[read(4).getInt()];
            ByteBuffer target = ByteBuffer.wrap(data);
            readFully(target);
            return ColumnCodec.read(type, new StateReader(data));
        } catch (IOException e) {
            throw DiskErrors.of(e, "cannot read rows put aside in " + path);
        }
    }

    private ByteBuffer read(int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(count);
        readFully(target);
        return target.flip();
    }

    private void readFully(ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            int count = open().read(target, position);
            if (count < 0) {
                throw new MillraceException(
                        ErrorCode.DATA_CORRUPTED, "rows put aside in " + path + " end before their time");
            }
            position += count;
        }
    }

    private void write() {
        if (gathered.size() == 0) {
            return;
        }
        StateWriter bytes = share.scratch();
        bytes.clear();
        bytes.writeInt(0);
        ColumnCodec.write(gathered, bytes);
        gathered.clear();
        ByteBuffer source = ByteBuffer.wrap(bytes.data(), 0, bytes.size());
        source.putInt(0, bytes.size() - Integer.BYTES);
        share.useDisk(bytes.size());
        written += bytes.size();
        try {
            long at = written - bytes.size();
            while (source.hasRemaining()) {
                at += open().write(source, at);
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, "cannot put rows aside in " + path);
        }
    }

    private FileChannel open() throws IOException {
        if (file == null) {
            SpillFile created = SpillFile.create(share.directory());
            path = created.path();
            file = created.channel();
        }
        return file;
    }

    @Override
    public void close() {
        gathered = RowBatch.create(type, 0);
        share.useDisk(-written);
        written = 0;
        position = 0;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw DiskErrors.of(e, "cannot let go of rows put aside in " + path);
            } finally {
                file = null;
            }
        }
    }
}
