package io.millrace.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the server has, read from its {@code pg_catalog} by queries of one table each, which any server that speaks
 * the protocol can answer. Joining and matching names is done here.
 */
final class Relations {

    private final MillraceConnection connection;

    Relations(MillraceConnection connection) {
        this.connection = connection;
    }

    /** A table, stream or view. */
    static final class Relation {
        final String schema;
        final String name;
        final String type;

        Relation(String schema, String name, String type) {
            this.schema = schema;
            this.name = name;
            this.type = type;
        }

        boolean system() {
            return Relations.system(schema);
        }
    }

    /** A column of one. */
    static final class Column {
        final Relation relation;
        final String name;
        final int typeOid;
        final int modifier;
        final boolean notNull;
        final int position;

        Column(Relation relation, ResultSet row) throws SQLException {
            this.relation = relation;
            this.name = row.getString(2);
            this.typeOid = row.getInt(3);
            this.modifier = row.getInt(4);
            this.notNull = row.getBoolean(5);
            this.position = row.getInt(6);
        }
    }

    static boolean system(String schema) {
        return schema.equals("information_schema") || schema.startsWith("pg_");
    }

    /** Takes the rows of a query one by one. */
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    /** Hands the rows of a query on, one by one. */
    void query(String sql, RowReader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    /** Returns the schemas' names by object id. */
    Map<Long, String> schemas() throws SQLException {
        Map<Long, String> schemas = new HashMap<>();
        query("SELECT oid, nspname FROM pg_catalog.pg_namespace", row -> schemas.put(row.getLong(1), row.getString(2)));
        return schemas;
    }

    /** Returns the names of all relations, indexes among them, by object id. */
    Map<Long, String> names() throws SQLException {
        Map<Long, String> names = new HashMap<>();
        query("SELECT oid, relname FROM pg_catalog.pg_class", row -> names.put(row.getLong(1), row.getString(2)));
        return names;
    }

    /** Returns tables and views; those of the system only where their schema is asked for. */
    Map<Long, Relation> find(@Nullable String schemaPattern, @Nullable String namePattern) throws SQLException {
        NamePattern schema = new NamePattern(schemaPattern);
        NamePattern name = new NamePattern(namePattern);
        Map<Long, String> schemas = schemas();
        Map<Long, Relation> relations = new HashMap<>();
        query("SELECT oid, relname, relkind, relnamespace FROM pg_catalog.pg_class", row -> {
            String type = type(row.getString(3));
            String in = schemas.getOrDefault(row.getLong(4), "");
            Relation relation = new Relation(in, row.getString(2), type == null ? "" : type);
            boolean shown = !relation.system() || !schema.any();
            if (type != null && shown && schema.matches(in) && name.matches(relation.name)) {
                relations.put(row.getLong(1), relation);
            }
        });
        return relations;
    }

    /** Tools look for these two words; a stream is a table to them. */
    private static @Nullable String type(String kind) {
        switch (kind) {
            case "r":
            case "p":
            case "f":
                return "TABLE";
            case "v":
            case "m":
                return "VIEW";
            default:
                return null;
        }
    }

    List<Column> columns(Map<Long, Relation> of, @Nullable String namePattern) throws SQLException {
        NamePattern name = new NamePattern(namePattern);
        List<Column> columns = new ArrayList<>();
        if (of.isEmpty()) {
            return columns;
        }
        String one =
                of.size() == 1 ? " AND attrelid = " + of.keySet().iterator().next() : "";
        query(
                "SELECT attrelid, attname, atttypid, atttypmod, attnotnull, attnum, attisdropped"
                        + " FROM pg_catalog.pg_attribute WHERE attnum > 0" + one,
                row -> {
                    Relation relation = of.get(row.getLong(1));
                    if (relation != null && !row.getBoolean(7) && name.matches(row.getString(2))) {
                        columns.add(new Column(relation, row));
                    }
                });
        columns.sort(java.util.Comparator.<Column, String>comparing(column -> column.relation.schema)
                .thenComparing(column -> column.relation.name)
                .thenComparing(column -> column.position));
        return columns;
    }
}
