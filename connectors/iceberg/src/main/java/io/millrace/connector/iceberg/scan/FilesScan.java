package io.millrace.connector.iceberg.scan;

import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.RowCondition;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.format.ReadParts;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Scan;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a snapshot, file by file in an order of its own. */
public final class FilesScan implements RelationScan {

    private final PinnedTable table;
    private final RowType wanted;
    private final List<WantedField> fields;
    private final List<ColumnBounds> bounds;
    private final OpenFile.Opener opener;
    private final String asked;
    private final long rowEstimate;

    /** The files that are still to be read, those of a partition together. */
    private final Deque<List<FileScanTask>> partitions;

    private final Deque<FileScanTask> tasks = new ArrayDeque<>();
    private @Nullable PartitionDeletes deletes;
    private @Nullable FileScanTask task;
    private @Nullable OpenFile file;
    private int filesRead;
    private int partsRead;
    private int partsSkipped;

    /**
     * Plans a scan.
     *
     * @param table closed with this, or where this fails
     * @throws MillraceException {@code UNDEFINED_COLUMN}, {@code TYPE_MISMATCH} where the table has other columns
     */
    public FilesScan(PinnedTable table, RowType wanted, List<RowCondition> conditions, List<ColumnBounds> bounds)
            throws IOException {
        this.table = table;
        this.wanted = wanted;
        this.bounds = bounds;
        this.opener = new OpenFile.Opener(table);
        TableScan scan = table.scan();
        this.fields = WantedColumns.of(wanted, scan.schema(), table.name());
        Expression filter = Conditions.of(conditions, scan.schema());
        List<FileScanTask> planned = plan(scan.filter(filter));
        this.asked = asked(scan.snapshot(), planned, filter);
        this.rowEstimate =
                planned.stream().mapToLong(each -> each.file().recordCount()).sum();
        this.partitions = new ArrayDeque<>(PlannedFiles.byPartition(planned));
    }

    private FilesScan(PinnedTable table, RowType wanted, List<FileScanTask> planned, @Nullable Snapshot snapshot) {
        this.table = table;
        this.wanted = wanted;
        this.bounds = List.of();
        this.opener = new OpenFile.Opener(table);
        this.fields = WantedColumns.of(wanted, table.table().schema(), table.name());
        this.asked = asked(snapshot, planned, Expressions.alwaysTrue());
        this.rowEstimate =
                planned.stream().mapToLong(each -> each.file().recordCount()).sum();
        this.partitions = new ArrayDeque<>(PlannedFiles.byPartition(planned));
    }

    /**
     * Plans a scan of a snapshot, of all its rows or of those that it adds.
     *
     * @throws MillraceException {@code UNDEFINED_NAME} where the snapshot has expired
     */
    public static FilesScan of(PinnedTable table, RowType wanted, long snapshot, boolean whole) throws IOException {
        Snapshot of = table.table().snapshot(snapshot);
        if (of == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "table '" + table.name() + "' has no snapshot " + snapshot + " any more",
                    "keep snapshots longer than it may take to read them");
        }
        List<FileScanTask> planned = whole
                ? plan(table.table().newScan().useSnapshot(snapshot))
                : plan(table.table()
                        .newIncrementalAppendScan()
                        .fromSnapshotInclusive(snapshot)
                        .toSnapshot(snapshot));
        return new FilesScan(table, wanted, planned, of);
    }

    private static List<FileScanTask> plan(Scan<?, FileScanTask, ?> scan) throws IOException {
        List<FileScanTask> planned = new ArrayList<>();
        try (CloseableIterable<FileScanTask> files = scan.planFiles()) {
            files.forEach(planned::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return planned;
    }

    private static String asked(@Nullable Snapshot snapshot, List<FileScanTask> planned, Expression filter) {
        if (snapshot == null) {
            return "no snapshot: the table is empty";
        }
        double megabytes = planned.stream()
                        .mapToLong(each -> each.file().fileSizeInBytes())
                        .sum()
                / 1e6;
        String of = snapshot.summary() == null
                ? "?"
                : snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_DATA_FILES_PROP, "?");
        return String.format(
                        Locale.ROOT,
                        "snapshot %d, files %,d of %s, %.1f MB",
                        snapshot.snapshotId(),
                        planned.size(),
                        of,
                        megabytes)
                + (filter == Expressions.alwaysTrue() ? "" : ", where " + Conditions.text(filter));
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
        while (file != null || open()) {
            OpenFile current = java.util.Objects.requireNonNull(file);
            FileScanTask of = java.util.Objects.requireNonNull(task);
            try {
                RowBatch rows = current.next();
                if (rows != null) {
                    return selected(rows, of, current.firstRow());
                }
                closeFile();
            } catch (IOException | MillraceException e) {
                throw failed(table, of.file().location(), e);
            }
        }
        return null;
    }

    private boolean open() throws IOException {
        if (tasks.isEmpty()) {
            List<FileScanTask> partition = partitions.poll();
            if (partition == null) {
                return false;
            }
            deletes = PartitionDeletes.of(partition, table, opener);
            tasks.addAll(partition);
        }
        FileScanTask next = tasks.remove();
        List<WantedField> all = new ArrayList<>(fields);
        all.addAll(java.util.Objects.requireNonNull(deletes).keyFields());
        try {
            Map<Integer, Object> constants = PlannedFiles.constants(next);
            file = opener.open(next.file(), all, bounds, constants);
        } catch (IOException | MillraceException e) {
            throw failed(table, next.file().location(), e);
        }
        task = next;
        return true;
    }

    private RowBatch selected(RowBatch rows, FileScanTask of, long firstRow) {
        Column[] columns = new Column[rows.columnCount()];
        Arrays.setAll(columns, rows::column);
        RowBatch batch = new RowBatch(wanted, Arrays.copyOf(columns, fields.size()));
        batch.size(rows.size());
        java.util.Objects.requireNonNull(deletes)
                .select(batch, of, firstRow, Arrays.copyOfRange(columns, fields.size(), columns.length));
        return batch;
    }

    private void closeFile() throws IOException {
        OpenFile closing = file;
        file = null;
        if (closing != null) {
            ReadParts parts = closing.parts();
            filesRead++;
            partsRead += parts == null ? 1 : parts.read();
            partsSkipped += parts == null ? 0 : parts.skipped();
            closing.close();
        }
    }

    /** Returns a failure of a file with its name; one that is gone was expired meanwhile. */
    static MillraceException failed(PinnedTable table, String location, Exception cause) {
        if (cause instanceof MillraceException known && known.code() == ErrorCode.UNDEFINED_NAME) {
            return new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "'" + table.name() + "': file '" + location + "' of the snapshot that is read is gone",
                    "give the statement again; where this comes often, have snapshots kept for longer than queries"
                            + " take",
                    cause);
        }
        if (cause instanceof MillraceException known) {
            return new MillraceException(
                    known.code(),
                    "'" + table.name() + "': file '" + location + "': " + known.getMessage(),
                    known.hint(),
                    cause);
        }
        return new MillraceException(
                ErrorCode.IO_ERROR,
                "'" + table.name() + "': file '" + location + "' cannot be read: " + cause.getMessage(),
                "see that the warehouse can be reached from here, and give the statement again",
                cause);
    }

    @Override
    public void close() {
        try {
            closeFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            table.close();
        }
    }
}
