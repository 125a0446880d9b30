package io.millrace.connector.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Finds short files that are worth putting together: enough of one partition and one size class. Classes are powers of
 * eight, so a row is written anew once for each class that its file grows through, and of each class a partition keeps
 * fewer files than make a group.
 */
final class ShortFiles {

    private static final long SMALLEST_CLASS = 64 << 10;
    private static final int CLASS_BITS = 3;
    private static final int GROUP_FILES_MAX = 1000;

    private final Table table;
    private final UpkeepSettings settings;
    private final Set<String> unfit;

    /** What files of one group have in common. */
    private record Kind(int spec, PartitionData partition, int sizeClass) {}

    /** @param unfit places of files that are not looked at; may grow */
    ShortFiles(Table table, UpkeepSettings settings, Set<String> unfit) {
        this.table = table;
        this.settings = settings;
        this.unfit = unfit;
    }

    /** Returns the files of the largest group, in the order of their names; none where no group is worth while. */
    List<DataFile> group(Snapshot at) throws IOException {
        Map<Kind, List<DataFile>> groups = new HashMap<>();
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(at.snapshotId()).planFiles()) {
            for (FileScanTask task : files) {
                if (isShort(task)) {
                    groups.computeIfAbsent(kind(task.file()), kind -> new ArrayList<>())
                            .add(task.file());
                }
            }
        }
        List<DataFile> largest = groups.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        return largest.size() < settings.filesMin() ? List.of() : cut(largest);
    }

    /** Rows that somebody deleted of a file are known by their places in it, so such a file stays as it is. */
    private boolean isShort(FileScanTask task) {
        DataFile file = task.file();
        return task.deletes().isEmpty()
                && file.format() == FileFormat.PARQUET
                && file.fileSizeInBytes() < settings.bytes() / 4 * 3
                && file.location().startsWith(Entry.location(table) + "/")
                && !unfit.contains(file.location());
    }

    private Kind kind(DataFile file) {
        return new Kind(file.specId(), Entry.partition(table, file), sizeClass(file.fileSizeInBytes()));
    }

    private static int sizeClass(long bytes) {
        return (Long.SIZE - Long.numberOfLeadingZeros(bytes / SMALLEST_CLASS)) / CLASS_BITS;
    }

    private List<DataFile> cut(List<DataFile> group) {
        group.sort(Comparator.comparing(DataFile::location));
        List<DataFile> some = new ArrayList<>();
        long bytes = 0;
        for (DataFile file : group) {
            bytes += file.fileSizeInBytes();
            if (some.size() >= 2 && (bytes > settings.bytes() || some.size() == GROUP_FILES_MAX)) {
                break;
            }
            some.add(file);
        }
        return some;
    }
}
