package io.millrace.connector.iceberg;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.TableSetup;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ReachableFileUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Deletes files that no snapshot knows: a crash leaves them, between a file and the commit that was to have it, or
 * between a commit and the deletion of what it made superfluous.
 *
 * <p>A data file that waits for its commit looks just like one that nobody will ask for. So of data files only those go
 * that compaction wrote, and those whose rows the table has had: their positions lie before the delivery's.
 */
final class Orphans {

    private static final int POSITION_DIGITS = 19;

    private final Table table;
    private final ObjectStore store;
    private final TableSetup setup;

    Orphans(OpenTable open, TableSetup setup) {
        this.table = open.table();
        this.store = open.store();
        this.setup = setup;
    }

    /** Deletes those that were there before a time, and returns whether there were any. */
    boolean delete(Instant before) throws IOException {
        // Listed first: what is known to a snapshot later was there later, or is known now.
        List<String> data = store.listBefore("data/", before);
        List<String> metadata = store.listBefore("metadata/", before);
        table.refresh();
        Set<String> known = known();
        Positions positions = Positions.of(table, Positions.KEYS + setup.identity());
        boolean any = false;
        for (String name : data) {
            if (!known.contains(place(name)) && isDone(name, positions)) {
                store.delete(name);
                any = true;
            }
        }
        for (String name : metadata) {
            if (!known.contains(place(name))) {
                store.delete(name);
                any = true;
            }
        }
        return any;
    }

    private String place(String name) {
        return Entry.location(table) + "/" + name;
    }

    private Set<String> known() throws IOException {
        Set<String> known = new HashSet<>(ReachableFileUtil.metadataFileLocations(table, false));
        known.addAll(ReachableFileUtil.manifestListLocations(table));
        known.addAll(ReachableFileUtil.statisticsFilesLocations(table));
        known.add(place("metadata/version-hint.text"));
        Set<String> read = new HashSet<>();
        for (Snapshot snapshot : table.snapshots()) {
            for (ManifestFile manifest : snapshot.allManifests(table.io())) {
                if (read.add(manifest.path())) {
                    known.add(manifest.path());
                    addFiles(manifest, known);
                }
            }
        }
        return known;
    }

    private void addFiles(ManifestFile manifest, Set<String> known) throws IOException {
        if (manifest.content() == ManifestContent.DATA) {
            try (CloseableIterable<String> paths = ManifestFiles.readPaths(manifest, table.io(), table.specs())) {
                paths.forEach(known::add);
            }
        } else {
            try (var files = ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                files.forEach(file -> known.add(file.location()));
            }
        }
    }

    /** Returns whether a data file is ours and will not be asked for any more. */
    private boolean isDone(String name, Positions positions) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        if (file.startsWith(Compaction.mark(setup))) {
            return true;
        }
        for (Map.Entry<String, Long> end : positions.ends().entrySet()) {
            String start = positions.files() + "-" + end.getKey() + "-";
            if (!positions.files().isEmpty() && file.startsWith(start)) {
                return position(file.substring(start.length())) < end.getValue();
            }
        }
        return false;
    }

    private static long position(String text) {
        String digits = text.substring(0, Math.min(POSITION_DIGITS, text.length()));
        return digits.matches("\\d{" + POSITION_DIGITS + "}") ? Long.parseLong(digits) : Long.MAX_VALUE;
    }
}
