package io.millrace.jdbc;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions and procedures, read from {@code pg_proc}: those of users, and the system's where its schema is asked for. */
final class Routines {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final String catalog;
    private final Relations relations;

    Routines(String catalog, Relations relations) {
        this.catalog = catalog;
        this.relations = relations;
    }

    private static final class Routine {
        final String schema;
        final String name;
        final String specificName;
        final boolean rows;
        final int result;
        final List<Integer> arguments = new ArrayList<>();
        final List<String> names;

        Routine(String schema, ResultSet row) throws SQLException {
            this.schema = schema;
            this.name = row.getString(2);
            this.specificName = name + "_" + row.getLong(1);
            this.rows = row.getBoolean(5);
            this.result = row.getInt(6);
            Matcher type = NUMBER.matcher(String.valueOf(row.getString(7)));
            while (type.find()) {
                arguments.add(Integer.valueOf(type.group()));
            }
            String given = row.getString(8);
            this.names = new ArrayList<>();
            for (Object argument : given == null ? List.of() : ArrayText.parse(given)) {
                names.add(argument == null ? "" : argument.toString());
            }
        }

        String argument(int index) {
            return index < names.size() && !names.get(index).isEmpty() ? names.get(index) : "$" + (index + 1);
        }
    }

    private List<Routine> find(@Nullable String schemaPattern, @Nullable String namePattern, boolean procedures)
            throws SQLException {
        NamePattern schema = new NamePattern(schemaPattern);
        NamePattern name = new NamePattern(namePattern);
        Map<Long, String> schemas = relations.schemas();
        List<Routine> found = new ArrayList<>();
        relations.query(
                "SELECT oid, proname, pronamespace, prokind, proretset, prorettype, proargtypes, proargnames"
                        + " FROM pg_catalog.pg_proc",
                row -> {
                    String in = schemas.getOrDefault(row.getLong(3), "");
                    boolean shown = !Relations.system(in) || !schema.any();
                    if (shown
                            && procedures == "p".equals(row.getString(4))
                            && schema.matches(in)
                            && name.matches(row.getString(2))) {
                        found.add(new Routine(in, row));
                    }
                });
        found.sort(Comparator.<Routine, String>comparing(routine -> routine.schema)
                .thenComparing(routine -> routine.name)
                .thenComparing(routine -> routine.specificName));
        return found;
    }

    void functions(MetadataRows rows, @Nullable String schema, @Nullable String name) throws SQLException {
        for (Routine routine : find(schema, name, false)) {
            rows.add(
                    catalog,
                    routine.schema,
                    routine.name,
                    null,
                    routine.rows ? DatabaseMetaData.functionReturnsTable : DatabaseMetaData.functionNoTable,
                    routine.specificName);
        }
    }

    void procedures(MetadataRows rows, @Nullable String schema, @Nullable String name) throws SQLException {
        for (Routine routine : find(schema, name, true)) {
            rows.add(
                    catalog,
                    routine.schema,
                    routine.name,
                    null,
                    null,
                    null,
                    null,
                    DatabaseMetaData.procedureNoResult,
                    routine.specificName);
        }
    }

    /** Adds what functions give, and what they take. */
    void functionColumns(
            MetadataRows rows, @Nullable String schema, @Nullable String name, @Nullable String columnPattern)
            throws SQLException {
        NamePattern column = new NamePattern(columnPattern);
        for (Routine routine : find(schema, name, false)) {
            if (column.matches("")) {
                function(rows, routine, "", DatabaseMetaData.functionReturn, routine.result, 0);
            }
            for (int i = 0; i < routine.arguments.size(); i++) {
                if (column.matches(routine.argument(i))) {
                    int type = routine.arguments.get(i);
                    function(rows, routine, routine.argument(i), DatabaseMetaData.functionColumnIn, type, i + 1);
                }
            }
        }
    }

    private void function(MetadataRows rows, Routine routine, String column, int kind, int oid, int place) {
        SqlType type = SqlType.isArray(oid) ? SqlType.OTHER : SqlType.of(oid);
        rows.add(
                catalog,
                routine.schema,
                routine.name,
                column,
                kind,
                SqlType.jdbcType(oid),
                SqlType.name(oid),
                type.precision(-1),
                null,
                type.scale(-1),
                10,
                DatabaseMetaData.functionNullableUnknown,
                null,
                null,
                place,
                "",
                routine.specificName);
    }

    /** Adds what procedures take. */
    void procedureColumns(
            MetadataRows rows, @Nullable String schema, @Nullable String name, @Nullable String columnPattern)
            throws SQLException {
        NamePattern column = new NamePattern(columnPattern);
        for (Routine routine : find(schema, name, true)) {
            for (int i = 0; i < routine.arguments.size(); i++) {
                if (column.matches(routine.argument(i))) {
                    procedure(rows, routine, i);
                }
            }
        }
    }

    private void procedure(MetadataRows rows, Routine routine, int index) {
        int oid = routine.arguments.get(index);
        SqlType type = SqlType.isArray(oid) ? SqlType.OTHER : SqlType.of(oid);
        rows.add(
                catalog,
                routine.schema,
                routine.name,
                routine.argument(index),
                DatabaseMetaData.procedureColumnIn,
                SqlType.jdbcType(oid),
                SqlType.name(oid),
                type.precision(-1),
                null,
                type.scale(-1),
                10,
                DatabaseMetaData.procedureNullableUnknown,
                null,
                null,
                null,
                null,
                null,
                index + 1,
                "",
                routine.specificName);
    }
}
