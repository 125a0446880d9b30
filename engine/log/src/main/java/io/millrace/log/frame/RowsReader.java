package io.millrace.log.frame;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the wanted columns of frames that have one stored row type. Its batch and keys are filled anew by
 * each read. For one thread at a time.
 */
public final class RowsReader {

    private final FieldReaders fields;
    private final RowBatch batch;
    private final boolean keysWanted;
    private final StorageReaders.Bytes keys = new StorageReaders.Bytes(new BytesColumn(0));

    /**
     * @throws io.millrace.spi.error.MillraceException {@code TYPE_MISMATCH} where a wanted column was
     *     stored with a type that cannot be read as the wanted one
     */
    public RowsReader(RowType stored, RowType wanted, boolean keysWanted) {
        this.fields = new FieldReaders(stored, wanted);
        this.batch = new RowBatch(wanted, fields.columns());
        this.keysWanted = keysWanted;
    }

    /** Returns whether it reads this section of a frame. */
    public boolean reads(FrameHead head, int section) {
        return section < fields.storedCount()
                ? fields.ofStored(section) != null
                : keysWanted && head.hasKeys() && section == head.sectionCount() - 1;
    }

    /**
     * Reads rows of a frame whose head is known to be right.
     *
     * @param bytes where the frame lies, starting at {@code start}
     * @param from the first row that is wanted
     * @param count how many rows are wanted
     * @return what is wrong with the frame, or null
     */
    public @Nullable String read(FrameHead head, ByteBuffer bytes, int start, int from, int count) {
        for (int i = 0; i < fields.storedCount(); i++) {
            ColumnReader reader = fields.ofStored(i);
            String problem = reader == null ? null : read(reader, i, head, bytes, start, from, count);
            if (problem != null) {
                return problem;
            }
        }
        fields.fillMissing(count);
        batch.size(count);
        batch.select(null, 0);
        batch.weights(null);
        return keysWanted ? readKeys(head, bytes, start, from, count) : null;
    }

    private @Nullable String readKeys(FrameHead head, ByteBuffer bytes, int start, int from, int count) {
        if (head.hasKeys()) {
            return read(keys, head.sectionCount() - 1, head, bytes, start, from, count);
        }
        ColumnReader.allNull(keys.column(), count);
        return null;
    }

    private static @Nullable String read(
            ColumnReader reader, int section, FrameHead head, ByteBuffer bytes, int start, int from, int count) {
        String problem = head.checkSection(section);
        if (problem == null) {
            reader.read(bytes, start + head.sectionStart(section), head.count(), from, count);
        }
        return problem;
    }

    public RowBatch batch() {
        return batch;
    }

    public BytesColumn keys() {
        return (BytesColumn) keys.column();
    }
}
