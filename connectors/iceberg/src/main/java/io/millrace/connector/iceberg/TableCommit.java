package io.millrace.connector.iceberg;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.format.FileSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;

/**
 * One transaction that puts files into a table and notes the delivery's positions with them. It fails with Iceberg's
 * {@code ValidationException} where somebody else has moved those.
 */
final class TableCommit {

    private final Table table;
    private final String key;
    private final String writer;
    private final Positions known;
    private final Summaries summaries;
    private final Transaction transaction;

    /** Finds what a file says of itself. */
    @FunctionalInterface
    interface Summaries {
        FileSummary of(String name) throws IOException;
    }

    /**
     * Begins a transaction.
     *
     * @param key the property that has the positions
     * @param writer who commits
     * @param known the positions that it is made for
     */
    TableCommit(Table table, String key, String writer, Positions known, Summaries summaries) {
        this.table = table;
        this.key = key;
        this.writer = writer;
        this.known = known;
        this.summaries = summaries;
        this.transaction = table.newTransaction();
    }

    /** Appends files, all in one snapshot. */
    void append(List<CommittedFile> files) throws IOException {
        Positions then = known.with(files, writer);
        AppendFiles append = transaction.newAppend().set(key, then.text()).validateWith(new Unmoved());
        for (CommittedFile file : files) {
            append.appendFile(Entry.of(table, file.name(), summaries.of(file.name())));
        }
        append.commit();
        commit(then);
    }

    /**
     * Puts the rows of files in the place of those with their keys. Each range is a snapshot of its own, and all of them
     * become visible at once: keys are gone of what was committed before them, and a later range may be about the rows of
     * an earlier.
     */
    void upsert(List<CommittedFile> files, int[] keyIds) throws IOException {
        Positions then = known;
        boolean first = true;
        for (List<CommittedFile> range : ranges(files)) {
            then = then.with(range, writer);
            RowDelta delta = transaction.newRowDelta().set(key, then.text());
            if (first) {
                first = false;
                delta.validateWith(new Unmoved());
            }
            for (CommittedFile file : range) {
                FileSummary rows = summaries.of(file.name());
                String keys = KeyFile.beside(file.name());
                if (rows.rows() > 0) {
                    delta.addRows(Entry.of(table, file.name(), rows));
                }
                delta.addDeletes(Entry.ofKeys(table, keys, summaries.of(keys), keyIds));
            }
            delta.commit();
        }
        commit(then);
    }

    private void commit(Positions then) {
        transaction.updateProperties().set(key, then.text()).commit();
        transaction.commitTransaction();
    }

    private static List<List<CommittedFile>> ranges(List<CommittedFile> files) {
        List<List<CommittedFile>> ranges = new ArrayList<>();
        for (CommittedFile file : files) {
            CommittedFile last = ranges.isEmpty() ? null : ranges.getLast().getLast();
            if (last == null || !last.split().equals(file.split()) || last.from() != file.from()) {
                ranges.add(new ArrayList<>());
            }
            ranges.getLast().add(file);
        }
        return ranges;
    }

    /** Holds a commit back where somebody else has moved the positions it was made for. */
    private final class Unmoved implements SnapshotAncestryValidator {

        @Override
        public boolean validate(Iterable<Snapshot> newestFirst) {
            return Positions.of(table, key, newestFirst).equals(known);
        }

        @Override
        public String errorMessage() {
            return "the delivery's positions have moved";
        }
    }
}
