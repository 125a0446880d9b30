package io.millrace.connector.iceberg;

import io.millrace.spi.Options;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.jspecify.annotations.Nullable;

/**
 * {@code mode = 'upsert'}: a row takes the place of the one with its key, or says that it is gone.
 *
 * @param given the columns that are delivered
 * @param columns those of them that the table has
 * @param key {@code key}: places in the latter of the columns that tell rows apart
 * @param op {@code op}: place in the former of the column that says whether a row came or went; -1 where all came
 */
record Upserts(RowType given, RowType columns, List<Integer> key, int op) {

    static final List<String> NAMES = List.of("mode", "key", "op");

    /** What a view's changes call their column, and what rows say there. */
    private static final String OP = "op";

    static final String INSERT = "insert";
    static final String DELETE = "delete";

    /** Reads the options, or returns null where rows are appended and all stay. */
    static @Nullable Upserts from(Options options, RowType given) {
        if (!isUpsert(options.get("mode", "insert"))) {
            for (String name : List.of("key", "op")) {
                if (options.has(name)) {
                    throw Options.invalid(name, options.get(name, ""), "mode = 'upsert' as well, or leave it out");
                }
            }
            return null;
        }
        int op = op(options, given);
        RowType columns = without(given, op);
        return new Upserts(given, columns, key(options.get("key", ""), columns), op);
    }

    private static boolean isUpsert(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "insert" -> false;
            case "upsert" -> true;
            default -> throw Options.invalid("mode", mode, "insert or upsert");
        };
    }

    private static int op(Options options, RowType given) {
        String name = options.get("op", OP);
        int place = given.indexOf(name);
        boolean text = place >= 0 && given.field(place).type() instanceof CharacterType;
        if (options.has("op") && !name.equals("none") && !text) {
            throw Options.invalid("op", name, "a VARCHAR column that is delivered, or none");
        }
        return text ? place : -1;
    }

    private static RowType without(RowType given, int op) {
        List<Field> fields = new ArrayList<>(given.fields());
        if (op >= 0) {
            fields.remove(op);
        }
        return new RowType(fields);
    }

    private static List<Integer> key(String text, RowType columns) {
        List<Integer> key = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            key.add(keyColumn(part.strip(), columns));
        }
        if (key.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "mode 'upsert' does not know which rows are the same",
                    "name the columns that tell them apart: key = 'id'");
        }
        return List.copyOf(key);
    }

    private static int keyColumn(String name, RowType columns) {
        int place = columns.indexOf(name);
        if (place < 0) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_COLUMN,
                    "the key's column '" + name + "' is not among those that are delivered",
                    "there are: " + columns.fields().stream().map(Field::name).collect(Collectors.joining(", ")));
        }
        switch (columns.field(place).type()) {
            case FloatingType t -> throw noKey(name, t);
            case ArrayType t -> throw noKey(name, t);
            case MapType t -> throw noKey(name, t);
            case RowType t -> throw noKey(name, t);
            default -> {
                return place;
            }
        }
    }

    private static MillraceException noKey(String name, Object type) {
        return new MillraceException(
                ErrorCode.TYPE_MISMATCH,
                "column '" + name + "' is " + type + ", by which Iceberg does not tell rows apart",
                "take another column, or cast it in the delivery's query");
    }

    /** Returns the numbers of the key's columns in a table that has them. */
    int[] ids(Schema schema) {
        return key.stream()
                .mapToInt(place -> TableColumns.field(
                                schema.asStruct(), columns.field(place).name())
                        .fieldId())
                .toArray();
    }

    /**
     * Fails where a row that changes could leave its partition: what an earlier one says would be left there.
     *
     * @throws MillraceException {@code INVALID_ARGUMENT}
     */
    void check(PartitionSpec spec) {
        for (PartitionField field : spec.fields()) {
            String source = spec.schema().findColumnName(field.sourceId());
            boolean known =
                    key.stream().anyMatch(place -> columns.field(place).name().equalsIgnoreCase(source));
            if (!field.transform().isVoid() && !known) {
                throw new MillraceException(
                        ErrorCode.INVALID_ARGUMENT,
                        "the table is parted by column '" + source + "', which is not in the key",
                        "add it to the key, or part the table by columns of the key: a row must stay in its partition");
            }
        }
    }

    /**
     * Fails where a table cannot say that rows are gone.
     *
     * @throws MillraceException {@code UNSUPPORTED}
     */
    void check(Table table) {
        check(table.spec());
        if (TableUtil.formatVersion(table) < 2) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "table '" + table.name() + "' is of Iceberg's version 1, in which rows stay",
                    "set the table's property format-version to 2");
        }
        Snapshot snapshot = table.currentSnapshot();
        boolean parted = snapshot != null
                && table.spec().isPartitioned()
                && snapshot.dataManifests(table.io()).stream()
                        .anyMatch(manifest ->
                                manifest.partitionSpecId() != table.spec().specId());
        if (parted) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "table '" + table.name() + "' has rows that are parted in another way than new ones would be",
                    "leave partition_by as it was, or take another table: rows are found again in their partition");
        }
    }

    /** Returns the same setup for a table with the columns that it is to have. */
    TableSetup of(TableSetup setup) {
        return new TableSetup(
                setup.delivery(),
                setup.identity(),
                setup.location(),
                setup.options(),
                setup.formatOptions(),
                columns,
                setup.format(),
                setup.stores(),
                setup.clock());
    }

    /** Returns what is delivered as rows of the table, over the same arrays. */
    RowBatch rows(RowBatch delivered) {
        Column[] some = new Column[columns.size()];
        for (int i = 0; i < some.length; i++) {
            some[i] = delivered.column(op >= 0 && i >= op ? i + 1 : i);
        }
        RowBatch rows = new RowBatch(columns, some);
        rows.size(delivered.size());
        return rows;
    }

    /** Returns the key's columns. */
    RowType keyType(RowType fileType) {
        return new RowType(key.stream().map(fileType::field).toList());
    }
}
