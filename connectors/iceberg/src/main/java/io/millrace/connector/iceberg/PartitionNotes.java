package io.millrace.connector.iceberg;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.TableFileWriter;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionData;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SingleValueParser;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What a file notes of its partition, so that it can be appended by a process that did not write it: {@code
 * millrace.spec}, the number of the table's partitioning, and {@code millrace.partition.0} and so on, its values as
 * Iceberg's JSON; one that is NULL is left out.
 */
final class PartitionNotes {

    private static final String SPEC = "millrace.spec";
    private static final String VALUE = "millrace.partition.";

    private PartitionNotes() {}

    static void write(TableFileWriter file, PartitionSpec spec, PartitionData partition) {
        file.note(SPEC, String.valueOf(spec.specId()));
        List<NestedField> fields = spec.partitionType().fields();
        for (int i = 0; i < fields.size(); i++) {
            Object value = partition.get(i);
            if (value != null) {
                file.note(VALUE + i, SingleValueParser.toJson(fields.get(i).type(), value));
            }
        }
    }

    /** Returns whether a file was written here. */
    static boolean has(Map<String, String> notes) {
        return notes.containsKey(SPEC);
    }

    /** Returns how the table was parted when a file was written. */
    static PartitionSpec spec(Map<String, String> notes, org.apache.iceberg.Table table, String name) {
        String number = notes.get(SPEC);
        PartitionSpec spec = number == null ? null : table.specs().get(Integer.valueOf(number));
        if (spec == null) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "file '" + name + "' is of partitioning " + number + ", which table '" + table.name()
                            + "' does not have",
                    "see whether the table was made anew while the delivery was stopped; if so, make the delivery"
                            + " anew too");
        }
        return spec;
    }

    static PartitionData partition(Map<String, String> notes, PartitionSpec spec) {
        PartitionData partition = new PartitionData(spec.partitionType());
        List<NestedField> fields = spec.partitionType().fields();
        for (int i = 0; i < fields.size(); i++) {
            String value = notes.get(VALUE + i);
            if (value != null) {
                partition.set(i, SingleValueParser.fromJson(fields.get(i).type(), value));
            }
        }
        return partition;
    }
}
