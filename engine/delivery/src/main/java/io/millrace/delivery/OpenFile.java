package io.millrace.delivery;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.ErrorCode.Blame;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A staged file that rows go into. It is begun with the first row, so one without rows is none. */
final class OpenFile implements RangeFile {

    /** Takes a row that the format, or the store, has no place for. */
    @FunctionalInterface
    interface Refusals {
        void add(int row, MillraceException refusal) throws IOException;
    }

    private final String name;
    private long rows;
    private long bytes;
    private @Nullable StagedObject staged;
    private @Nullable RowFileWriter writer;
    private boolean sealed;

    OpenFile(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public boolean isEmpty() {
        return rows == 0;
    }

    /** Writes the rows that the batch selects, but for those that are refused. */
    void write(RowBatch batch, DeliveryFormat format, RowType type, ObjectStore store, Refusals refusals)
            throws IOException {
        if (batch.selectedCount() == 0) {
            return;
        }
        RowFileWriter out = begun(batch, format, type, store, refusals);
        if (out == null) {
            return;
        }
        try {
            out.write(batch);
            rows += batch.selectedCount();
        } catch (MillraceException e) {
            if (e.code().blame() != Blame.USER) {
                throw e;
            }
            writeOneByOne(out, batch, refusals);
        }
        bytes = out.estimatedBytes();
    }

    /** The writer refused a batch and wrote none of it; the rows at fault are found by giving it one at a time. */
    private void writeOneByOne(RowFileWriter out, RowBatch batch, Refusals refusals) throws IOException {
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
                refusals.add(row, e);
            }
        }
        batch.select(selection, count);
    }

    /** Returns the writer; null, with all rows refused, where the store cannot have a file of this name. */
    private @Nullable RowFileWriter begun(
            RowBatch batch, DeliveryFormat format, RowType type, ObjectStore store, Refusals refusals)
            throws IOException {
        if (writer == null) {
            try {
                staged = store.stage(name);
            } catch (MillraceException e) {
                if (e.code() != ErrorCode.INVALID_ARGUMENT) {
                    throw e;
                }
                for (int i = 0; i < batch.selectedCount(); i++) {
                    refusals.add(batch.selectedRow(i), e);
                }
                return null;
            }
            writer = format.writer(type, staged.out());
        }
        return writer;
    }

    @Override
    public boolean isSealed() {
        return sealed;
    }

    @Override
    public void seal() throws IOException {
        if (sealed) {
            return;
        }
        if (rows > 0) {
            RowFileWriter out = Objects.requireNonNull(writer);
            out.finish();
            Objects.requireNonNull(staged).seal();
            bytes = out.estimatedBytes();
        } else if (staged != null) {
            staged.close();
        }
        sealed = true;
    }

    @Override
    public void drop(ObjectStore store) throws IOException {
        if (staged != null) {
            staged.close();
            if (sealed) {
                store.discard(name);
            }
        }
    }
}
