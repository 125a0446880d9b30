package io.millrace.connector.iceberg.scan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;

/** The files of a plan. */
final class PlannedFiles {

    private PlannedFiles() {}

    /** Returns the files of each partition together, in the order of their names. */
    static List<List<FileScanTask>> byPartition(List<FileScanTask> planned) {
        Map<String, List<FileScanTask>> partitions = new TreeMap<>();
        for (FileScanTask task : planned) {
            String partition = "%09d/".formatted(task.file().specId())
                    + task.spec().partitionToPath(task.file().partition());
            partitions.computeIfAbsent(partition, key -> new ArrayList<>()).add(task);
        }
        partitions
                .values()
                .forEach(files -> files.sort(
                        Comparator.comparing((FileScanTask task) -> task.file().location())));
        return new ArrayList<>(partitions.values());
    }

    /** Returns the values that all rows of a file have, since its partition is of them, by the numbers of their fields. */
    static Map<Integer, Object> constants(FileScanTask task) {
        Map<Integer, Object> values = new HashMap<>();
        PartitionSpec spec = task.spec();
        for (int i = 0; i < spec.fields().size(); i++) {
            PartitionField field = spec.fields().get(i);
            if (field.transform().isIdentity()) {
                values.put(field.sourceId(), task.file().partition().get(i, Object.class));
            }
        }
        return values;
    }
}
