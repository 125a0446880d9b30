package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.millrace.spi.connector.RowParting;
import io.millrace.spi.row.RowBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows by a table's partitions. What the rows of one share is the JSON of their values, in the order of the table's
 * columns. For one thread at a time.
 */
final class DeltaParting implements RowParting {

    /** Longest folder that is named after its values. A reader goes by the log, not by names. */
    private static final int FOLDER_LENGTH_MAX = 80;

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    private final List<PartitionColumn> columns;
    private final LastValue[] last;
    private String lastPartition = "";

    DeltaParting(List<PartitionColumn> columns) {
        this.columns = columns;
        this.last = new LastValue[columns.size()];
        for (int i = 0; i < last.length; i++) {
            last[i] = new LastValue();
        }
    }

    @Override
    public boolean isParted() {
        return !columns.isEmpty();
    }

    @Override
    public String partition(RowBatch rows, int row) {
        if (isParted() && !isLast(rows, row)) {
            @Nullable String[] values = new String[last.length];
            for (int i = 0; i < values.length; i++) {
                PartitionColumn column = columns.get(i);
                values[i] = column.text(rows.column(column.place()), row);
                last[i].keep(rows.column(column.place()), row);
            }
            lastPartition = json(values);
        }
        return lastPartition;
    }

    /** Rows of one partition mostly come one after another, and then nothing is made of their values. */
    private boolean isLast(RowBatch rows, int row) {
        for (int i = 0; i < last.length; i++) {
            if (!last[i].is(rows.column(columns.get(i).place()), row)) {
                return false;
            }
        }
        return true;
    }

    private static String json(@Nullable String[] values) {
        ArrayNode json = Json.array();
        for (String value : values) {
            json.add(value);
        }
        return json.toString();
    }

    @Override
    public String prefix(String partition) {
        if (!isParted()) {
            return "";
        }
        JsonNode values = Objects.requireNonNull(Json.read(partition), "a partition is JSON of ours");
        StringBuilder folder = new StringBuilder();
        boolean plain = true;
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            String value = values.get(i).isNull()
                    ? "__HIVE_DEFAULT_PARTITION__"
                    : values.get(i).asText();
            plain &= PLAIN.matcher(name).matches() && PLAIN.matcher(value).matches();
            folder.append(name).append('=').append(value).append('/');
        }
        return plain && folder.length() <= FOLDER_LENGTH_MAX
                ? folder.toString()
                : "partition-" + UUID.nameUUIDFromBytes(partition.getBytes(StandardCharsets.UTF_8)) + "/";
    }
}
