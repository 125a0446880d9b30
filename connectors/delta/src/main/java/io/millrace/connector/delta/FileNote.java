package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.FileSummary;
import io.millrace.spi.format.TableFileWriter;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a file notes of itself, so that it can be appended by a process that did not write it.
 *
 * @param columns the names of its columns, in their order
 * @param partition by column, the values that all its rows have
 */
record FileNote(List<String> columns, ObjectNode partition) {

    private static final String COLUMNS = "millrace.columns";
    private static final String PARTITION = "millrace.partition";

    /** @param partition what its rows share, as {@link DeltaParting} has it */
    static void write(TableFileWriter file, TableLayout layout, String partition) {
        ArrayNode columns = Json.array();
        layout.fileType().fields().stream().map(Field::name).forEach(columns::add);
        file.note(COLUMNS, columns.toString());
        ObjectNode values = Json.object();
        if (!layout.partitions().isEmpty()) {
            JsonNode parted = Objects.requireNonNull(Json.read(partition), "a partition is JSON of ours");
            for (int i = 0; i < parted.size(); i++) {
                values.set(layout.partitions().get(i).name(), parted.get(i));
            }
        }
        file.note(PARTITION, values.toString());
    }

    static FileNote of(FileSummary file, String name) {
        JsonNode columns = Json.read(file.notes().getOrDefault(COLUMNS, ""));
        JsonNode partition = Json.read(file.notes().getOrDefault(PARTITION, ""));
        if (!(columns instanceof ArrayNode) || !(partition instanceof ObjectNode values)) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "file '" + name + "' does not say which columns it has",
                    "it was not written by a delivery to this table: take it out of the table's folder");
        }
        List<String> names = new ArrayList<>();
        columns.forEach(column -> names.add(column.asText()));
        return new FileNote(names, values);
    }

    /**
     * Fails where a table has been made otherwise since the file was written: it would be added with values of columns
     * that the table is no longer parted by, or without some that it has.
     *
     * @throws MillraceException {@code WRONG_STATE}
     */
    void checkFits(TableState state, String name, String table) {
        Set<String> parted = new TreeSet<>();
        partition.fieldNames().forEachRemaining(parted::add);
        if (!parted.equals(Set.copyOf(state.partitionColumns()))) {
            throw misfit(name, table, "is parted by " + parted, "by " + state.partitionColumns());
        }
        Set<String> there = new TreeSet<>();
        state.schema()
                .path("fields")
                .forEach(field -> there.add(field.path("name").asText()));
        if (!there.containsAll(columns)) {
            throw misfit(name, table, "has the columns " + columns, "has " + there);
        }
    }

    private static MillraceException misfit(String name, String table, String is, String tables) {
        return new MillraceException(
                ErrorCode.WRONG_STATE,
                "file '" + name + "', which was written before a restart, " + is + ", and table '" + table + "' "
                        + tables,
                "put the table back as it was until the file is in it, or make the delivery anew");
    }
}
