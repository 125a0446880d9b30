package io.millrace.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keys and indexes of tables, read from {@code pg_index}. */
final class Indexes {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

    private final String catalog;
    private final Relations relations;

    Indexes(String catalog, Relations relations) {
        this.catalog = catalog;
        this.relations = relations;
    }

    /** An index of a table: its name and columns in order; a column is null where it is an expression. */
    private static final class Index {
        final Relations.Relation table;
        final String name;
        final boolean unique;
        final boolean primary;
        final List<Relations.@Nullable Column> columns = new ArrayList<>();
        final List<Boolean> descending = new ArrayList<>();

        Index(Relations.Relation table, String name, boolean unique, boolean primary) {
            this.table = table;
            this.name = name;
            this.unique = unique;
            this.primary = primary;
        }
    }

    private List<Index> find(@Nullable String schema, @Nullable String table) throws SQLException {
        Map<Long, Relations.Relation> tables = relations.find(exactly(schema), exactly(table));
        Map<String, Relations.Column> columns = new HashMap<>();
        List<Index> indexes = new ArrayList<>();
        if (tables.isEmpty()) {
            return indexes;
        }
        for (Relations.Column column : relations.columns(tables, null)) {
            columns.put(key(column.relation, column.position), column);
        }
        Map<Long, String> names = relations.names();
        relations.query(
                "SELECT indexrelid, indrelid, indisunique, indisprimary, indkey, indoption, indnkeyatts"
                        + " FROM pg_catalog.pg_index",
                row -> {
                    Relations.Relation of = tables.get(row.getLong(2));
                    if (of != null) {
                        String name = names.getOrDefault(row.getLong(1), "");
                        indexes.add(index(new Index(of, name, row.getBoolean(3), row.getBoolean(4)), row, columns));
                    }
                });
        return indexes;
    }

    private static String key(Relations.Relation relation, int position) {
        return relation.schema + "\0" + relation.name + "\0" + position;
    }

    /** Names that are no patterns: JDBC asks for one table here. */
    private static @Nullable String exactly(@Nullable String name) {
        return name == null ? null : name.replaceAll("([\\\\%_])", "\\\\$1");
    }

    private static Index index(Index index, ResultSet row, Map<String, Relations.Column> columns) throws SQLException {
        List<Integer> places = numbers(row.getString(5));
        List<Integer> options = numbers(row.getString(6));
        int keys = Math.min(places.size(), row.getInt(7));
        for (int i = 0; i < keys; i++) {
            index.columns.add(columns.get(key(index.table, places.get(i))));
            index.descending.add(i < options.size() && (options.get(i) & 1) != 0);
        }
        return index;
    }

    /** Reads {@code 1 2} as well as {@code {1,2}}. */
    private static List<Integer> numbers(@Nullable String text) {
        List<Integer> numbers = new ArrayList<>();
        Matcher number = NUMBER.matcher(text == null ? "" : text);
        while (number.find()) {
            numbers.add(Integer.valueOf(number.group()));
        }
        return numbers;
    }

    /** Adds the columns of primary keys. */
    void primaryKeys(MetadataRows rows, @Nullable String schema, @Nullable String table) throws SQLException {
        for (Index index : find(schema, table)) {
            for (int i = 0; index.primary && i < index.columns.size(); i++) {
                Relations.Column column = index.columns.get(i);
                if (column != null) {
                    rows.add(catalog, index.table.schema, index.table.name, column.name, i + 1, index.name);
                }
            }
        }
        rows.sortedBy(3);
    }

    /** Adds the columns of a key by which a row is found again. */
    void rowIdentifier(MetadataRows rows, @Nullable String schema, @Nullable String table) throws SQLException {
        for (Index index : find(schema, table)) {
            for (Relations.Column column : index.primary ? index.columns : List.<Relations.@Nullable Column>of()) {
                if (column != null) {
                    SqlType type = SqlType.isArray(column.typeOid) ? SqlType.OTHER : SqlType.of(column.typeOid);
                    rows.add(
                            DatabaseMetaData.bestRowSession,
                            column.name,
                            SqlType.jdbcType(column.typeOid),
                            SqlType.name(column.typeOid),
                            type.precision(column.modifier),
                            null,
                            type.scale(column.modifier),
                            DatabaseMetaData.bestRowNotPseudo);
                }
            }
        }
    }

    /** Adds all indexes, or those that are unique, column by column. */
    void indexes(MetadataRows rows, @Nullable String schema, @Nullable String table, boolean unique)
            throws SQLException {
        List<Index> indexes = find(schema, table);
        indexes.sort(java.util.Comparator.<Index, Boolean>comparing(index -> !index.unique)
                .thenComparing(index -> index.name));
        for (Index index : indexes) {
            for (int i = 0; i < index.columns.size() && (index.unique || !unique); i++) {
                Relations.Column column = index.columns.get(i);
                rows.add(
                        catalog,
                        index.table.schema,
                        index.table.name,
                        !index.unique,
                        null,
                        index.name,
                        DatabaseMetaData.tableIndexOther,
                        i + 1,
                        column == null ? null : column.name,
                        index.descending.get(i) ? "D" : "A",
                        0,
                        0,
                        null);
            }
        }
    }
}
