package io.millrace.connector.iceberg;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ValidationException;

/**
 * Puts short files of a partition together, one group at a time. A file is written out of others and takes their place
 * in one commit; readers see the one or the others. What it was made of goes with the snapshots that have it.
 */
final class Compaction {

    /** How often a commit is tried while the delivery commits in between. */
    private static final int COMMITS_MAX = 10;

    private static final String NAME = "-compacted-";

    private final Table table;
    private final ObjectStore store;
    private final TableSetup setup;
    private final ShortFiles shortFiles;

    /** Files that were not written here, or have no others like them. */
    private final Set<String> unfit = new HashSet<>();

    Compaction(OpenTable open, TableSetup setup, UpkeepSettings settings) {
        this.table = open.table();
        this.store = open.store();
        this.setup = setup;
        this.shortFiles = new ShortFiles(table, settings, unfit);
    }

    /** Returns what the names of files begin with, in their folders, that compaction of this delivery writes. */
    static String mark(TableSetup setup) {
        return setup.identity() + NAME;
    }

    /** Puts a group together and returns whether there was one. */
    boolean step() throws IOException {
        table.refresh();
        Snapshot base = table.currentSnapshot();
        if (base == null) {
            return false;
        }
        List<FileScanTask> group = shortFiles.group(base);
        if (group.isEmpty()) {
            return false;
        }
        List<FileScanTask> alike = alike(group);
        if (alike.size() < 2 && alike.stream().allMatch(task -> task.deletes().isEmpty())) {
            return true;
        }
        replace(base, alike.stream().map(FileScanTask::file).toList(), write(alike));
        return true;
    }

    /** Returns those that have the same columns as most; files of an earlier schema stay among themselves. */
    private List<FileScanTask> alike(List<FileScanTask> group) throws IOException {
        Map<Object, List<FileScanTask>> byColumns = new HashMap<>();
        for (FileScanTask task : group) {
            DataFile file = task.file();
            try (SeekableByteChannel bytes = store.open(name(file))) {
                FileSummary summary = setup.format().summary(bytes);
                if (!PartitionNotes.has(summary.notes())) {
                    unfit.add(file.location());
                    continue;
                }
                byColumns
                        .computeIfAbsent(columns(file, summary), key -> new ArrayList<>())
                        .add(task);
            }
        }
        List<FileScanTask> most = byColumns.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        byColumns.values().stream()
                .filter(files -> files.size() == 1 && files.getFirst().deletes().isEmpty())
                .forEach(files -> unfit.add(files.getFirst().file().location()));
        return most;
    }

    private Object columns(DataFile file, FileSummary summary) throws IOException {
        try (RowFileReader reader = reader(file)) {
            return List.of(reader.type(), summary.fields());
        }
    }

    private RowFileReader reader(DataFile file) throws IOException {
        return setup.format().reader(store.open(name(file)), Options.NONE);
    }

    private String name(DataFile file) {
        return file.location().substring(Entry.location(table).length() + 1);
    }

    private DataFile write(List<FileScanTask> group) throws IOException {
        DataFile first = group.getFirst().file();
        DeletedKeys deleted = DeletedKeys.of(group, setup, store, Entry.location(table));
        String name = TableParting.folder(Entry.path(table, first))
                + mark(setup)
                + UUID.randomUUID()
                + setup.format().extension();
        try (StagedObject staged = store.stage(name);
                RowFileReader like = reader(first)) {
            TableFileWriter writer =
                    setup.format().writer(like.type(), ids(first), staged.out(), setup.formatOptions());
            PartitionNotes.write(writer, Entry.spec(table, first), Entry.partition(table, first));
            for (FileScanTask task : group) {
                copy(task.file(), deleted, writer);
            }
            writer.finish();
            staged.seal();
            store.publish(name);
            return Entry.of(table, name, writer.summary());
        }
    }

    private List<FieldIds> ids(DataFile file) throws IOException {
        try (SeekableByteChannel bytes = store.open(name(file))) {
            return setup.format().summary(bytes).fields();
        }
    }

    /** Rows that are gone are left out, and those of their keys that came later stay. */
    private void copy(DataFile file, DeletedKeys deleted, TableFileWriter writer) throws IOException {
        DeletedKeys.OfFile ofFile =
                deleted.isEmpty() ? null : deleted.new OfFile(name(file), file.dataSequenceNumber());
        try (RowFileReader reader = reader(file)) {
            for (RowBatch rows = reader.next(); rows != null; rows = reader.next()) {
                if (ofFile != null) {
                    ofFile.select(rows);
                }
                writer.write(rows);
            }
        }
    }

    /** Commits, unless somebody else has done something with the files meanwhile. */
    private void replace(Snapshot base, List<DataFile> group, DataFile whole) throws IOException {
        try {
            for (int attempt = 1; attempt <= COMMITS_MAX; attempt++) {
                if (commits(base, group, whole)) {
                    if (whole.recordCount() == 0) {
                        store.delete(name(whole));
                    }
                    return;
                }
            }
        } catch (CommitFailedException e) {
            store.delete(name(whole));
            throw e;
        }
        store.delete(name(whole));
    }

    /** The new snapshot says what the one before says of deliveries: it may be the only one that is left to. */
    private boolean commits(Snapshot base, List<DataFile> group, DataFile whole) {
        table.refresh();
        Map<String, String> notes = Positions.notes(table);
        RewriteFiles rewrite = table.newRewrite()
                .validateFromSnapshot(base.snapshotId())
                .dataSequenceNumber(base.sequenceNumber())
                .validateWith(newestFirst -> Positions.notes(table).equals(notes));
        if (whole.recordCount() > 0) {
            rewrite.addFile(whole);
        }
        group.forEach(rewrite::deleteFile);
        notes.forEach(rewrite::set);
        try {
            rewrite.commit();
            return true;
        } catch (ValidationException e) {
            return false;
        }
    }
}
