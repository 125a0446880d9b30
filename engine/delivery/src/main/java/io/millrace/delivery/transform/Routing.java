package io.millrace.delivery.transform;

import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.delivery.layout.PartitionKey;
import io.millrace.spi.Options;
import io.millrace.spi.connector.RejectedEntry.Processing;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out records that are for other tables. Which one a record is for is said by {@code partition_query} or by what
 * a function answers, under the names that Data Firehose has for it:
 *
 * <pre>
 *   {"destinationDatabaseName": "market", "destinationTableName": "trades", "operation": "insert" | "update" | "delete"}
 * </pre>
 *
 * <p>A record that names no database is for the own one, or {@value #IN_DATABASE}. Each table of a stream has a delivery,
 * and one of these knows of the others ({@value #OTHERS}, which may be empty): it tells of records that are for none, so
 * that they are told once. One that names no table is for its table where there are no others, and else for none.
 */
final class Routing implements RecordProcessor {

    /** Option of the own table. */
    static final String ROUTE = "route";

    /** Option of the tables that others deliver. */
    static final String OTHERS = "route_others";

    /** Option of the database of records that name none. */
    static final String IN_DATABASE = "route_database";

    /** Option of what the names of errors begin with that are of no table; as for the own one unless it is told. */
    static final String ERROR_PREFIX = LayoutOptions.UNROUTED_PREFIX;

    private static final String DATABASE = "destinationDatabaseName";
    private static final String TABLE = "destinationTableName";
    private static final String OPERATION = "operation";
    private static final Set<String> KEYS = Set.of(DATABASE, TABLE, OPERATION);

    private static final String WRONG_OPERATION = "Iceberg.UnsupportedOperation";
    private static final Processing UNSUPPORTED = new Processing(WRONG_OPERATION, 1, "", true);
    private static final String NO_TABLE = "Iceberg.NoSuchTable";

    private final String own;
    private final String database;
    private final Set<String> others;
    private final boolean tellsAll;
    private final boolean changes;

    private Routing(String own, String database, Set<String> others, boolean tellsAll, boolean changes) {
        this.own = own;
        this.database = database;
        this.others = others;
        this.tellsAll = tellsAll;
        this.changes = changes;
    }

    /** Reads the options, or returns null where records are not told apart. */
    static @Nullable Routing from(Options options) {
        if (!options.has(ROUTE)) {
            for (String beside : List.of(OTHERS, IN_DATABASE, ERROR_PREFIX)) {
                if (options.has(beside)) {
                    throw Options.invalid(beside, options.get(beside, ""), "route too, the table of this delivery");
                }
            }
            return null;
        }
        String own = name(ROUTE, options.get(ROUTE, ""));
        String database = options.get(IN_DATABASE, own.substring(0, own.indexOf('.')));
        Set<String> others = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String other : options.get(OTHERS, "").split(",", -1)) {
            if (!other.isBlank()) {
                others.add(name(OTHERS, other));
            }
        }
        boolean changes = options.get("op", "").equals(PartitionKey.column(OPERATION));
        return new Routing(own, database, others, options.has(OTHERS), changes);
    }

    private static String name(String option, String text) {
        String name = text.strip();
        if (!name.matches("[^.]+\\.[^.]+")) {
            throw Options.invalid(option, text, "a database and a table, such as 'market.trades'");
        }
        return name;
    }

    /** Fails where a query finds something else than where records go. */
    void check(Set<String> queryKeys) {
        if (!KEYS.containsAll(queryKeys)) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "option 'partition_query' finds " + queryKeys + " where 'route' has records go to tables",
                    "have it find " + new TreeSet<>(KEYS) + ", or some of these");
        }
    }

    /** Returns the keys that rows have beside their data. */
    List<String> keys() {
        return changes ? List.of(OPERATION) : List.of();
    }

    /**
     * Returns whether a failure is told here. What fails before it is known whose it is, fails for all deliveries and is
     * told by one. Each calls a function for itself, though, and may be the only one that got no answer: it tells of that.
     */
    boolean tells(FailedRecord failed) {
        return tellsAll
                || !failed.processing().function().isEmpty()
                || failed.processing().routed();
    }

    @Override
    public void process(DeliveryRecord record, ProcessedRecords out) {
        Map<String, String> keys = record.keys();
        String table = keys.get(TABLE);
        if (table == null && (!tellsAll || !others.isEmpty())) {
            out.fail(record, NO_TABLE, "the record does not say which table it is for: there is no " + TABLE);
            return;
        }
        String name = table == null ? own.substring(own.indexOf('.') + 1) : table;
        String wanted = keys.getOrDefault(DATABASE, database) + "." + name;
        if (wanted.equalsIgnoreCase(own)) {
            change(record, out);
        } else if (!others.contains(wanted)) {
            // Told by one of several deliveries only.
            out.fail(record, NO_TABLE, "the record is for table '" + wanted + "', which is not delivered to");
        }
    }

    /** An update is what puts a row in the place of the one with its key, as an insert here does. */
    private void change(DeliveryRecord record, ProcessedRecords out) {
        String operation = record.keys().getOrDefault(OPERATION, "insert");
        switch (operation) {
            case "insert" -> out.add(record.withKeys(Map.of(OPERATION, "insert")));
            case "update", "delete" -> {
                if (changes) {
                    out.add(record.withKeys(Map.of(OPERATION, operation.equals("delete") ? "delete" : "insert")));
                } else {
                    out.fail(
                            record,
                            UNSUPPORTED,
                            "the operation is " + operation + ", and rows of table '" + own
                                    + "' are not told apart: it has no unique keys");
                }
            }
            default ->
                out.fail(record, UNSUPPORTED, "the operation is '" + operation + "', not insert, update or delete");
        }
    }
}
