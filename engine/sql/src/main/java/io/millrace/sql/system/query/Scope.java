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

    /** The one transaction that made everything. */
    static final long TRANSACTION = 1;

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
            Expression hidden = scope.hidden(identifier);
            if (hidden != null) {
                return hidden;
            }
            if (identifier.isSimple() && scope.knowsTable(identifier.getSimple())) {
                return scope.wholeRow(identifier.getSimple(), depth);
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

    /**
     * Returns a column that every catalog relation has beside those that {@code *} means, or null where none is meant.
     * What PostgreSQL says there of transactions and places on disk is the same for every row here.
     */
    private @Nullable Expression hidden(SqlIdentifier identifier) {
        List<String> names = identifier.names;
        Long oid = names.size() > 1
                ? relations.get(names.get(names.size() - 2).toLowerCase(Locale.ROOT))
                : relations.size() == 1 ? relations.values().iterator().next() : null;
        if (oid == null) {
            return null;
        }
        return switch (names.getLast().toLowerCase(Locale.ROOT)) {
            case "tableoid" -> Expression.constant(DataType.BIGINT, oid);
            case "xmin" -> Expression.constant(DataType.BIGINT, TRANSACTION);
            case "xmax", "cmin", "cmax" -> Expression.constant(DataType.BIGINT, 0L);
            case "ctid" -> Expression.constant(DataType.VARCHAR, "(0,1)");
            default -> null;
        };
    }

    /** A row of a relation as one value: what {@code row_to_json} takes. */
    private Expression wholeRow(String table, int depth) {
        List<Column> fields = columnsOf(table);
        fields.forEach(field -> used.set(field.place()));
        List<String> names = fields.stream().map(Column::name).toList();
        List<Expression> values =
                fields.stream().map(field -> read(field, depth)).toList();
        return new Expression(DataType.VARCHAR, frame -> Records.of(names, FromCompiler.evaluate(values, frame)));
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
