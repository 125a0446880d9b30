package io.millrace.connector.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Files of keys that delete nothing any more: compaction has left the rows out that they are about. What is committed
 * later is never older than they are, so they may go.
 */
final class SpentDeletes {

    private final Table table;
    private final int filesMin;

    /** @param filesMin how many make it worth a commit */
    SpentDeletes(Table table, int filesMin) {
        this.table = table;
        this.filesMin = filesMin;
    }

    /** Takes them out of the table, where there are enough, and returns whether it did. */
    boolean drop() throws IOException {
        Snapshot base = table.currentSnapshot();
        if (base == null || base.deleteManifests(table.io()).isEmpty()) {
            return false;
        }
        List<DeleteFile> spent = spent(base);
        return spent.size() >= filesMin && commits(base, spent);
    }

    private List<DeleteFile> spent(Snapshot at) throws IOException {
        Set<String> used = used(at);
        List<DeleteFile> spent = new ArrayList<>();
        for (ManifestFile manifest : at.deleteManifests(table.io())) {
            try (ManifestReader<DeleteFile> files =
                    ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                for (DeleteFile file : files) {
                    if (file.content() == FileContent.EQUALITY_DELETES && !used.contains(file.location())) {
                        spent.add(file.copy());
                    }
                }
            }
        }
        return spent;
    }

    private Set<String> used(Snapshot at) throws IOException {
        Set<String> used = new HashSet<>();
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(at.snapshotId()).planFiles()) {
            files.forEach(task -> task.deletes().forEach(file -> used.add(file.location())));
        }
        return used;
    }

    private boolean commits(Snapshot base, List<DeleteFile> spent) {
        Map<String, String> notes = Positions.notes(table);
        RewriteFiles rewrite = table.newRewrite()
                .validateFromSnapshot(base.snapshotId())
                .validateWith(newestFirst -> Positions.notes(table).equals(notes));
        spent.forEach(rewrite::deleteFile);
        notes.forEach(rewrite::set);
        try {
            rewrite.commit();
            return true;
        } catch (ValidationException e) {
            // Somebody has committed meanwhile; it is looked again.
            return false;
        }
    }
}
