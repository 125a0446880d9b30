package io.millrace.connector.iceberg;

import io.millrace.connector.iceberg.scan.KeyColumns;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.jspecify.annotations.Nullable;

/**
 * Gathers changes of one partition until their files are ended. Of each key the last one counts: its row goes into the
 * file of rows unless it went, and its key into the file of keys, which says that what the table had of it is gone.
 */
final class UpsertRows implements RowFileWriter {

    /** Fewer rows that no longer count are not worth a copy of the others. */
    private static final int SUPERSEDED_MIN = 4096;

    private static final int BATCH_ROWS = 8192;

    /** About what it takes to find a key again. */
    private static final int KEY_BYTES = 100;

    private final Upserts upserts;
    private final TableFileWriter rowFile;
    private final TableFileWriter keyFile;
    private final PartitionSpec spec;
    private final TableParting parting;
    private final BiConsumer<FileSummary, FileSummary> whole;
    private final KeyColumns key;
    private RowBatch kept;

    /** Of each key the place of its last change in what is kept. */
    private Map<List<@Nullable Object>, Integer> last = new HashMap<>();

    /** Which of the kept rows went. */
    private BitSet gone = new BitSet();

    private long bytes;
    private @Nullable PartitionData partition;

    /**
     * Starts the files.
     *
     * @param rowFile the file of rows
     * @param keyFile the file of keys
     * @param whole takes what both say of themselves when they are ended
     */
    UpsertRows(
            Upserts upserts,
            TableFileWriter rowFile,
            TableFileWriter keyFile,
            PartitionSpec spec,
            TableParting parting,
            BiConsumer<FileSummary, FileSummary> whole) {
        this.upserts = upserts;
        this.rowFile = rowFile;
        this.keyFile = keyFile;
        this.spec = spec;
        this.parting = parting;
        this.whole = whole;
        this.key = new KeyColumns(upserts.key());
        this.kept = RowBatch.create(upserts.columns(), 64);
    }

    @Override
    public void write(RowBatch delivered) throws IOException {
        RowBatch rows = upserts.rows(delivered);
        boolean[] goes = goes(delivered);
        check(rows, delivered, goes);
        for (int i = 0; i < delivered.selectedCount(); i++) {
            int row = delivered.selectedRow(i);
            if (partition == null) {
                partition = parting.tuple(delivered, row);
            }
            add(rows, row, goes[i]);
        }
        if (kept.size() > 2 * last.size() + SUPERSEDED_MIN) {
            forgetSuperseded();
        }
    }

    /** Returns for each selected row whether it went. */
    private boolean[] goes(RowBatch delivered) {
        boolean[] goes = new boolean[delivered.selectedCount()];
        if (upserts.op() < 0) {
            return goes;
        }
        BytesColumn ops = (BytesColumn) delivered.column(upserts.op());
        for (int i = 0; i < goes.length; i++) {
            int row = delivered.selectedRow(i);
            String op = ops.isNull(row) ? null : ops.text(row);
            if (!Upserts.INSERT.equals(op) && !Upserts.DELETE.equals(op)) {
                throw new MillraceException(
                        ErrorCode.INVALID_VALUE,
                        "column '" + upserts.given().field(upserts.op()).name() + "' is "
                                + (op == null ? "NULL" : "'" + op + "'") + ", where a change is '" + Upserts.INSERT
                                + "' or '" + Upserts.DELETE + "'",
                        "have the query say so, or give the delivery op = 'none' if the column is the table's");
            }
            goes[i] = Upserts.DELETE.equals(op);
        }
        return goes;
    }

    /** Fails as the files would when they are ended, and then it would be too late to leave a row out. */
    private void check(RowBatch rows, RowBatch delivered, boolean[] goes) {
        int[] some = new int[goes.length];
        for (boolean which : new boolean[] {false, true}) {
            int count = 0;
            for (int i = 0; i < goes.length; i++) {
                if (goes[i] == which) {
                    some[count++] = delivered.selectedRow(i);
                }
            }
            rows.select(some, count);
            if (which) {
                keyFile.check(keys(rows));
            } else {
                rowFile.check(rows);
            }
        }
        rows.select(null, 0);
    }

    private void add(RowBatch rows, int row, boolean went) {
        int at = kept.size();
        kept.appendFrom(rows, row);
        gone.set(at, went);
        last.put(key.of(rows, row), at);
        bytes += RowBytes.of(rows, row) + KEY_BYTES;
    }

    private void forgetSuperseded() {
        int[] places = places(true);
        kept.select(places, places.length);
        RowBatch fewer = kept.compact();
        Map<List<@Nullable Object>, Integer> newLast = new HashMap<>();
        BitSet newGone = new BitSet();
        long fewerBytes = 0;
        for (int row = 0; row < places.length; row++) {
            newLast.put(key.of(fewer, row), row);
            newGone.set(row, gone.get(places[row]));
            fewerBytes += RowBytes.of(fewer, row) + KEY_BYTES;
        }
        kept = fewer;
        last = newLast;
        gone = newGone;
        bytes = fewerBytes;
    }

    /** Returns the places of the changes that count, ascending; those of rows that went too, or not. */
    private int[] places(boolean all) {
        return last.values().stream()
                .mapToInt(Integer::intValue)
                .filter(place -> all || !gone.get(place))
                .sorted()
                .toArray();
    }

    @Override
    public long estimatedBytes() {
        return bytes;
    }

    @Override
    public void finish() throws IOException {
        write(rowFile, kept, places(false));
        write(keyFile, keys(kept), places(true));
        whole.accept(rowFile.summary(), keyFile.summary());
    }

    private void write(TableFileWriter file, RowBatch rows, int[] places) throws IOException {
        if (partition != null) {
            PartitionNotes.write(file, spec, partition);
        }
        for (int from = 0; from < places.length; from += BATCH_ROWS) {
            int[] some = Arrays.copyOfRange(places, from, Math.min(places.length, from + BATCH_ROWS));
            rows.select(some, some.length);
            file.write(rows);
        }
        file.finish();
    }

    /** Returns the columns of the key of these rows, with the selection that they have. */
    private RowBatch keys(RowBatch rows) {
        Column[] columns = upserts.key().stream().map(rows::column).toArray(Column[]::new);
        RowBatch keys = new RowBatch(upserts.keyType(upserts.columns()), columns);
        keys.size(rows.size());
        keys.select(rows.selection(), rows.selectedCount());
        return keys;
    }
}
