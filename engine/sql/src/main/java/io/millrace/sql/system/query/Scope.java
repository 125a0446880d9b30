package io.millrace.sql.system.query;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.type.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a query's expressions can name: those of its FROM, each with a place in the row, and those of the
 * queries around it. Grows while FROM is compiled.
 */
final class Scope {

    private final @Nullable Scope outer;
    private final List<Column> columns = new ArrayList<>();
    /** Places that are no columns: results of window functions. */
    private int width;
    /** Places that expressions have named since this was last set. */
    private BitSet used = new BitSet();

    /** Numbers of the catalog relations, by the names they go by here. */
    private final Map<String, Long> relations = new HashMap<>();

    Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    /**
     * A column.
     *
     * @param table name or alias of what it comes from
     * @param merged whether USING made it one with a column further left, which then stands for both
     */
    record Column(String table, String name, DataType type, int place, boolean merged) {}

    @Nullable
    Scope outer() {
        return outer;
    }

    /** Returns how many places a row has, once the query is compiled. */
    int width() {
        return width;
    }

    int add(String table, String name, DataType type) {
        columns.add(new Column(table, name, type, width, false));
        return width++;
    }

    /** Makes a place in rows that no column has. */
    int addPlace() {
        return width++;
    }

    void merge(Column column) {
        columns.set(
                columns.indexOf(column),
                new Column(column.table(), column.name(), column.type(), column.place(), true));
    }

    List<Column> columns() {
        return columns;
    }

    List<Column> columnsOf(@Nullable String table) {
        return columns.stream()
                .filter(column ->
                        table == null ? !column.merged() : column.table().equalsIgnoreCase(table))
                .toList();
    }

    /** Returns the column of this name from a place on, or null. */
    @Nullable
    Column find(String name, int from, int to) {
        return columns.stream()
                .filter(c -> c.place() >= from
                        && c.place() < to
                        && !c.merged()
                        && c.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** Starts to note which places expressions name, and returns the notes. */
    BitSet noteUse() {
        used = new BitSet();
        return used;
    }

    Expression resolve(SqlIdentifier identifier) {
        int depth = 0;
        for (Scope scope = this; scope != null; scope = scope.outer, depth++) {
            Column column = scope.own(identifier);
            if (column != null) {
                scope.used.set(column.place());
                return read(column, depth);
            }
            Expression tableOid = scope.tableOid(identifier);
            if (tableOid != null) {
                return tableOid;
            }
        }
        throw Failures.at(
                identifier,
                ErrorCode.UNDEFINED_COLUMN,
                "column " + String.join(".", identifier.names) + " does not exist",
                null);
    }

    static Expression read(Column column, int depth) {
        int place = column.place();
        return depth == 0
                ? new Expression(column.type(), frame -> frame.values()[place])
                : new Expression(column.type(), frame -> frame.outward(depth).values()[place]);
    }

    /** Notes which catalog relation goes by this name. */
    void nameRelation(String table, long oid) {
        relations.put(table.toLowerCase(Locale.ROOT), oid);
    }

    /** Returns the hidden column that says which relation a row is of, or null where it is not meant. */
    private @Nullable Expression tableOid(SqlIdentifier identifier) {
        List<String> names = identifier.names;
        if (names.size() != 2 || !names.getLast().equalsIgnoreCase("tableoid")) {
            return null;
        }
        Long oid = relations.get(names.getFirst().toLowerCase(Locale.ROOT));
        return oid == null ? null : Expression.constant(DataType.BIGINT, oid);
    }

    private @Nullable Column own(SqlIdentifier identifier) {
        List<String> names = identifier.names;
        String name = names.getLast();
        String table = names.size() > 1 ? names.get(names.size() - 2) : null;
        List<Column> found = columnsOf(table).stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .toList();
        if (found.size() > 1) {
            found = exact(found, name);
        }
        if (found.size() > 1) {
            throw Failures.at(
                    identifier,
                    ErrorCode.INVALID_STATEMENT,
                    "column reference \"" + name + "\" is ambiguous",
                    "write it with the name of its table");
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    private static List<Column> exact(List<Column> found, String name) {
        List<Column> exact =
                found.stream().filter(column -> column.name().equals(name)).toList();
        return exact.isEmpty() ? found : exact;
    }

    boolean knowsTable(String table) {
        Set<String> tables = new HashSet<>();
        columns.forEach(column -> tables.add(column.table().toLowerCase(Locale.ROOT)));
        return tables.contains(table.toLowerCase(Locale.ROOT));
    }
}
