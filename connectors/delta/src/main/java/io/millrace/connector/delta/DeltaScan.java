package io.millrace.connector.delta;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RelationSetup;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.format.ReadParts;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of a table, file by file in the order of their names. */
final class DeltaScan implements RelationScan {

    private final RelationSetup setup;
    private final ObjectStore store;
    private final RowType wanted;
    private final List<WantedColumn> columns;
    private final List<ColumnBounds> bounds;
    private final Deque<DataFile> files;
    private final String asked;
    private final long rowEstimate;
    private @Nullable DataFile reading;
    private @Nullable OpenDataFile open;
    private int filesRead;
    private int partsRead;
    private int partsSkipped;

    /**
     * Plans a scan.
     *
     * @param store closed with this
     * @param of the files that the rows are in
     * @throws MillraceException {@code UNDEFINED_COLUMN}, {@code TYPE_MISMATCH} where the table has other columns
     */
    DeltaScan(
            RelationSetup setup,
            ObjectStore store,
            TableState state,
            List<DataFile> of,
            RowType wanted,
            List<ColumnBounds> bounds) {
        this.setup = setup;
        this.store = store;
        this.wanted = wanted;
        this.bounds = bounds;
        this.columns = WantedColumn.of(wanted, state, setup.name());
        List<DataFile> some = new FilePruning(columns, bounds).wanted(of);
        this.files = new ArrayDeque<>(some);
        this.asked = String.format(
                Locale.ROOT,
                "version %d, files %,d of %,d, %.1f MB",
                state.version(),
                some.size(),
                of.size(),
                some.stream().mapToLong(DataFile::bytes).sum() / 1e6);
        this.rowEstimate = some.stream().anyMatch(file -> file.rows() < 0)
                ? -1
                : some.stream().mapToLong(DataFile::rows).sum();
    }

    @Override
    public String asked() {
        return asked;
    }

    @Override
    public long rowEstimate() {
        return rowEstimate;
    }

    @Override
    public String read() {
        return String.format(
                Locale.ROOT, "%,d files, %,d of %,d row groups", filesRead, partsRead, partsRead + partsSkipped);
    }

    @Override
    public @Nullable RowBatch next() throws IOException {
        while (open != null || !files.isEmpty()) {
            if (open == null) {
                reading = files.remove();
            }
            try {
                OpenDataFile current = open == null ? opened(Objects.requireNonNull(reading)) : open;
                RowBatch rows = current.next();
                if (rows != null) {
                    return rows;
                }
                closeFile();
            } catch (MillraceException e) {
                throw new MillraceException(
                        e.code(),
                        "reading file '" + Objects.requireNonNull(reading).path() + "' of table '" + setup.name()
                                + "' failed: " + e.getMessage(),
                        e.hint(),
                        e);
            }
        }
        return null;
    }

    private OpenDataFile opened(DataFile file) throws IOException {
        OpenDataFile opened = new OpenDataFile(
                setup.format().get().reader(store.open(file.path()), Options.NONE), file, columns, wanted, bounds);
        open = opened;
        return opened;
    }

    private void closeFile() throws IOException {
        OpenDataFile closing = Objects.requireNonNull(open);
        open = null;
        ReadParts parts = closing.parts();
        filesRead++;
        partsRead += parts == null ? 0 : parts.read();
        partsSkipped += parts == null ? 0 : parts.skipped();
        closing.close();
    }

    @Override
    public void close() {
        try (store) {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // It was only read.
        }
    }
}
