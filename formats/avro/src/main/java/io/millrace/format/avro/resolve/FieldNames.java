package io.millrace.format.avro.resolve;

import io.millrace.spi.type.DataType.RowType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Which column a field of the writer is. A reader's schema knows fields by other names that they had once; a field that
 * has the name of a column by the property {@code column-name} goes by that.
 */
final class FieldNames {

    private static final String COLUMN_NAME = "column-name";

    private final RowType type;
    private final Map<Integer, Schema.Field> readFields = new HashMap<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private final Set<Integer> written = new HashSet<>();

    FieldNames(Schema writer, @Nullable Schema reader, RowType type) {
        this.type = type;
        if (reader != null) {
            for (Schema.Field field : reader.getFields()) {
                int place = Resolution.place(type, name(field));
                if (place >= 0) {
                    readFields.putIfAbsent(place, field);
                }
            }
        }
        assign(writer);
    }

    /** A field's own name goes before those it had once, and a column is written by one field. */
    private void assign(Schema writer) {
        for (Schema.Field field : writer.getFields()) {
            int place = Resolution.place(type, name(field));
            Schema.Field read = readFields.get(place);
            // With a reader's schema a field is what that calls so, and not what differs in case.
            boolean same = read == null || name(read).equals(name(field));
            if (place >= 0 && same && written.add(place)) {
                columns.put(field.name(), place);
            }
        }
        readFields.forEach((place, read) -> read.aliases().stream()
                .filter(alias -> writer.getField(alias) != null && !columns.containsKey(alias))
                .findFirst()
                .ifPresent(alias -> {
                    if (written.add(place)) {
                        columns.put(alias, place);
                    }
                }));
    }

    private static String name(Schema.Field field) {
        String given = field.getProp(COLUMN_NAME);
        return given == null ? field.name() : given;
    }

    /** Returns the column of a field of the writer; -1 for none. */
    int column(Schema.Field field) {
        return columns.getOrDefault(field.name(), -1);
    }

    /** Returns the reader's field of a column, or null. */
    Schema.@Nullable Field readField(int column) {
        return readFields.get(column);
    }

    boolean isWritten(int column) {
        return written.contains(column);
    }
}
