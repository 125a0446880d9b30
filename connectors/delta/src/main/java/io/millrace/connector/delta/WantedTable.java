package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A table as a delivery wants it: what a new one begins with, and what is changed of one that is there. */
final class WantedTable {

    private final DeltaSettings settings;
    private final RowType columns;

    WantedTable(DeltaSettings settings, TableSetup setup) {
        this.settings = settings;
        this.columns = setup.columns();
    }

    /** Fails where {@link #creation} would. */
    void checkNew() {
        ObjectNode schema = TableSchema.of(columns);
        layout(schema, partitions(schema));
    }

    /** Returns the first entry of a new table. */
    List<ObjectNode> creation(Instant now) {
        ObjectNode schema = TableSchema.of(columns);
        ObjectNode metadata = Json.object().put("id", UUID.randomUUID().toString());
        metadata.putObject("format").put("provider", "parquet").putObject("options");
        metadata.put("schemaString", schema.toString());
        ArrayNode partitions = metadata.putArray("partitionColumns");
        partitions(schema).forEach(partitions::add);
        metadata.putObject("configuration")
                .put("delta.checkpointInterval", String.valueOf(settings.checkpointInterval()));
        metadata.put("createdTime", now.toEpochMilli());
        return List.of(
                CommitInfo.of("CREATE TABLE", now),
                action("protocol", Protocol.ofNew(TableSchema.hasWallClocks(schema))),
                action("metaData", metadata));
    }

    private static ObjectNode action(String kind, JsonNode content) {
        ObjectNode action = Json.object();
        action.set(kind, content);
        return action;
    }

    /** Returns the columns that a new table is parted by, named as they are declared. */
    private List<String> partitions(ObjectNode schema) {
        List<String> names = new ArrayList<>();
        List<String> wanted = settings.partitionBy();
        for (String name : wanted == null ? List.<String>of() : wanted) {
            int place = TableSchema.find(schema, name);
            if (place < 0) {
                throw refused("has '" + name + "', which is no column of the delivery");
            }
            String declared = schema.path("fields").get(place).path("name").asText();
            if (names.contains(declared)) {
                throw refused("has '" + name + "' twice");
            }
            names.add(declared);
        }
        return names;
    }

    private static MillraceException refused(String what) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "option 'partition_by' " + what,
                "give columns, such as 'country, day'; a value that is computed is a column of the delivery's query");
    }

    /**
     * Returns a table's columns once it has all that are delivered.
     *
     * @throws MillraceException {@code UNSUPPORTED}, {@code TYPE_MISMATCH} or {@code INVALID_ARGUMENT} where the
     *     table cannot be appended to
     */
    ObjectNode schema(TableState found) {
        Protocol.check(found, settings.toString());
        List<String> wanted = settings.partitionBy();
        if (wanted != null && !partedAs(found, wanted)) {
            throw refused("is '" + String.join(", ", wanted) + "', and table '" + settings + "' is parted by '"
                    + String.join(", ", found.partitionColumns()) + "'");
        }
        return TableSchema.with(found.schema(), columns, settings.toString());
    }

    private static boolean partedAs(TableState found, List<String> wanted) {
        List<String> there = found.partitionColumns();
        boolean same = there.size() == wanted.size();
        for (int i = 0; same && i < wanted.size(); i++) {
            same = there.get(i).equalsIgnoreCase(wanted.get(i));
        }
        return same;
    }

    /** Returns the entry that gives a table all columns that are delivered, empty where it has them. */
    List<ObjectNode> change(TableState found, Instant now) {
        ObjectNode schema = schema(found);
        if (schema.equals(found.schema())) {
            return List.of();
        }
        List<ObjectNode> actions = new ArrayList<>();
        actions.add(CommitInfo.of("ADD COLUMNS", now));
        if (TableSchema.hasWallClocks(schema) && !Protocol.hasWallClocks(found.protocol())) {
            actions.add(action("protocol", Protocol.withWallClocks(found.protocol())));
        }
        ObjectNode metadata = found.metadata().deepCopy();
        actions.add(action("metaData", metadata.put("schemaString", schema.toString())));
        return actions;
    }

    /** Returns how the delivery's rows lie in a table. */
    TableLayout layout(ObjectNode schema, List<String> partitionColumns) {
        return TableLayout.of(columns, schema, partitionColumns);
    }
}
