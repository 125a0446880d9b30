package io.millrace.delivery;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode.Blame;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A range that is being read, and the staged file that its rows go into. The file is begun with the first row,
 * so a range without rows has none.
 */
final class OpenFile {

    private final String split;
    private final String name;
    private final long from;
    private final Instant since;
    private long to;
    private long rows;
    private long bytes;
    private @Nullable StagedObject staged;
    private @Nullable RowFileWriter writer;
    private @Nullable CommittedFile sealed;

    OpenFile(String split, String name, long from, Instant since) {
        this.split = split;
        this.name = name;
        this.from = from;
        this.since = since;
        this.to = from;
    }

    Instant since() {
        return since;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    boolean isSealed() {
        return sealed != null;
    }

    /** Says that all entries before a position are taken care of. */
    void reached(long position) {
        to = position;
    }

    /** Writes the rows that the batch selects, but for those that the format refuses. */
    void write(RowBatch batch, DeliveryFormat format, RowType type, ObjectStore store, Rejections rejections, long end)
            throws IOException {
        if (batch.selectedCount() == 0) {
            return;
        }
        RowFileWriter out = begun(format, type, store);
        try {
            out.write(batch);
            rows += batch.selectedCount();
        } catch (MillraceException e) {
            if (e.code().blame() != Blame.USER) {
                throw e;
            }
            writeOneByOne(out, batch, rejections, end);
        }
        bytes = out.estimatedBytes();
    }

    /** The writer refused a batch and wrote none of it; the rows at fault are found by giving it one at a time. */
    private void writeOneByOne(RowFileWriter out, RowBatch batch, Rejections rejections, long end) throws IOException {
        int[] selection = batch.selection();
        int count = batch.selectedCount();
        int[] one = new int[1];
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            one[0] = row;
            batch.select(one, 1);
            try {
                out.write(batch);
                rows++;
            } catch (MillraceException e) {
                if (e.code().blame() != Blame.USER) {
                    throw e;
                }
                rejections.add(split, to, end, batch, row, e);
            }
        }
        batch.select(selection, count);
    }

    private RowFileWriter begun(DeliveryFormat format, RowType type, ObjectStore store) throws IOException {
        if (writer == null) {
            staged = store.stage(name);
            writer = format.writer(type, staged.out());
        }
        return writer;
    }

    /** Makes the file whole and durable, if it was not yet. */
    CommittedFile seal() throws IOException {
        if (sealed == null) {
            long length = 0;
            if (rows > 0) {
                RowFileWriter out = Objects.requireNonNull(writer);
                out.finish();
                Objects.requireNonNull(staged).seal();
                length = out.estimatedBytes();
            } else {
                drop();
            }
            sealed = new CommittedFile(split, from, to, rows > 0 ? name : "", rows, length);
        }
        return sealed;
    }

    /** Drops the staged file, unless it is sealed. */
    void drop() throws IOException {
        if (staged != null) {
            staged.close();
        }
    }
}
