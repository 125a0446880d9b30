package io.millrace.connector.iceberg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Finds files that are worth writing anew. Short ones are, where there are enough of one partition and one size class.
 * Classes are powers of eight, so a row is written anew once for each class that its file grows through, and of each
 * class a partition keeps fewer files than make a group. Worn ones are, whatever their length: those of whose rows many
 * may be gone, or that many files of keys are about.
 */
final class ShortFiles {

    private static final long SMALLEST_CLASS = 64 << 10;
    private static final int CLASS_BITS = 3;
    private static final int GROUP_FILES_MAX = 1000;

    /** How many files of keys about a file make it worn; each is read with it. */
    private static final int KEY_FILES_MAX = 100;

    /** The class of worn files. */
    private static final int WORN = -1;

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

    /** Returns the largest group, in the order of the files' names; none where no group is worth while. */
    List<FileScanTask> group(Snapshot at) throws IOException {
        Map<Kind, List<FileScanTask>> groups = new HashMap<>();
        try (CloseableIterable<FileScanTask> files =
                table.newScan().useSnapshot(at.snapshotId()).planFiles()) {
            for (FileScanTask task : files) {
                if (mayBeRead(task) && (isShort(task.file()) || isWorn(task))) {
                    groups.computeIfAbsent(kind(task), kind -> new ArrayList<>())
                            .add(task);
                }
            }
        }
        groups.entrySet()
                .removeIf(group ->
                        group.getKey().sizeClass != WORN && group.getValue().size() < settings.filesMin());
        return groups.values().stream()
                .max(Comparator.comparingInt(List::size))
                .map(this::cut)
                .orElse(List.of());
    }

    /** Files with rows that are gone by their places in them, and not by a key, stay as they are. */
    private boolean mayBeRead(FileScanTask task) {
        return isOurs(task.file())
                && !unfit.contains(task.file().location())
                && task.deletes().stream()
                        .allMatch(keys -> keys.content() == FileContent.EQUALITY_DELETES && isOurs(keys));
    }

    private boolean isOurs(ContentFile<?> file) {
        return file.format() == FileFormat.PARQUET && file.location().startsWith(Entry.location(table) + "/");
    }

    private boolean isShort(DataFile file) {
        return file.fileSizeInBytes() < settings.bytes() / 4 * 3;
    }

    /** A key may be of no row of the file, so this is the most that may be gone. */
    private static boolean isWorn(FileScanTask task) {
        long keys = task.deletes().stream().mapToLong(DeleteFile::recordCount).sum();
        return task.deletes().size() >= KEY_FILES_MAX
                || (keys > 0 && keys >= task.file().recordCount() / 4);
    }

    private Kind kind(FileScanTask task) {
        DataFile file = task.file();
        boolean worn = !isShort(file);
        return new Kind(file.specId(), Entry.partition(table, file), worn ? WORN : sizeClass(file.fileSizeInBytes()));
    }

    private static int sizeClass(long bytes) {
        return (Long.SIZE - Long.numberOfLeadingZeros(bytes / SMALLEST_CLASS)) / CLASS_BITS;
    }

    private List<FileScanTask> cut(List<FileScanTask> group) {
        group.sort(Comparator.comparing(task -> task.file().location()));
        List<FileScanTask> some = new ArrayList<>();
        long bytes = 0;
        for (FileScanTask file : group) {
            bytes += file.file().fileSizeInBytes();
            if (some.size() >= 2 && (bytes > settings.bytes() || some.size() == GROUP_FILES_MAX)) {
                break;
            }
            some.add(file);
        }
        return some;
    }
}
