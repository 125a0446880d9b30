package io.millrace.sql.system.query;

import io.millrace.spi.type.DataType;
import io.millrace.sql.system.relation.ObjectName;
import io.millrace.sql.system.relation.PostgresType;
import io.millrace.sql.system.relation.PostgresTypes;
import io.millrace.sql.system.relation.UserFunction;
import io.millrace.sql.system.relation.UserRelation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's tools ask about the things in its catalog. */
final class CatalogFunctions {

    private CatalogFunctions() {}

    static void register(Function.Registry functions) {
        visibility(functions);
        definitions(functions);
        functions(functions);
        functions.strict(
                "pg_get_userbyid",
                1,
                1,
                DataType.VARCHAR,
                (c, a) -> c.snapshot().session().user());
        functions.lenient(
                "format_type",
                2,
                2,
                arguments -> DataType.VARCHAR,
                (c, a) -> a[0] == null ? null : PostgresTypes.format(Casts.oid(a[0]), modifier(a[1])));
        functions.strict(
                "pg_encoding_to_char",
                1,
                1,
                DataType.VARCHAR,
                (c, a) -> Values.number(a[0]).intValue() == 6 ? "UTF8" : "");
        functions.strict(
                "pg_char_to_encoding",
                1,
                1,
                DataType.INTEGER,
                (c, a) -> Values.text(a[0]).replace("-", "").equalsIgnoreCase("utf8") ? 6 : -1);
        functions.constant("getdatabaseencoding", 0, 0, DataType.VARCHAR, "UTF8");
        functions.strict("pg_get_viewdef", 1, 2, DataType.VARCHAR, (c, a) -> viewDefinition(c, a[0]));
        functions.strict("to_regclass", 1, 1, DataType.VARCHAR, (c, a) -> relation(c, Values.text(a[0])));
        functions.strict("to_regtype", 1, 1, DataType.VARCHAR, (c, a) -> type(Values.text(a[0])));
        sizes(functions);
        privileges(functions);
    }

    private static void visibility(Function.Registry functions) {
        functions.strict("pg_table_is_visible", 1, 1, DataType.BOOLEAN, (c, a) -> visible(c, Casts.oid(a[0])));
        for (String kind : List.of(
                "type",
                "function",
                "operator",
                "opclass",
                "opfamily",
                "collation",
                "conversion",
                "statistics_obj",
                "ts_config",
                "ts_dict",
                "ts_parser",
                "ts_template")) {
            functions.strict("pg_" + kind + "_is_visible", 1, 1, DataType.BOOLEAN, (c, a) -> true);
        }
    }

    /** Relations of the schemas that are searched are visible: all but those of the information schema. */
    private static boolean visible(Context context, long oid) {
        String name = context.snapshot().relationName(oid);
        return name != null && (name.startsWith("\"") || name.indexOf('.') < 0);
    }

    /** Only tables have keys and defaults; nothing has triggers, comments and statistics. */
    private static void definitions(Function.Registry functions) {
        functions.strict("pg_get_expr", 2, 3, DataType.VARCHAR, (c, a) -> Values.text(a[0]));
        functions.strict("pg_get_constraintdef", 1, 2, DataType.VARCHAR, (c, a) -> constraintDefinition(c, a[0]));
        functions.strict("pg_get_indexdef", 1, 3, DataType.VARCHAR, CatalogFunctions::indexDefinition);
        for (String name : List.of(
                "pg_get_triggerdef",
                "pg_get_ruledef",
                "pg_get_partkeydef",
                "pg_get_partition_constraintdef",
                "pg_get_statisticsobjdef",
                "pg_get_statisticsobjdef_columns",
                "pg_get_functiondef",
                "pg_get_function_sqlbody",
                "pg_get_serial_sequence",
                "pg_tablespace_location",
                "obj_description",
                "col_description",
                "shobj_description")) {
            functions.constant(name, 1, 3, DataType.VARCHAR, null);
        }
        functions.constant("pg_stat_get_numscans", 1, 1, DataType.BIGINT, 0L);
        functions.constant("pg_indexam_has_property", 2, 2, DataType.BOOLEAN, true);
        functions.constant("pg_index_has_property", 2, 2, DataType.BOOLEAN, false);
        functions.constant("pg_index_column_has_property", 3, 3, DataType.BOOLEAN, true);
        functions.constant("pg_relation_is_publishable", 1, 1, DataType.BOOLEAN, false);
        functions.constant("pg_relation_is_updatable", 2, 2, DataType.INTEGER, 0);
    }

    private static void functions(Function.Registry functions) {
        for (String name : List.of("pg_get_function_arguments", "pg_get_function_identity_arguments")) {
            functions.strict(name, 1, 1, DataType.VARCHAR, (c, a) -> ofFunction(c, a[0], UserFunction::arguments));
        }
        functions.strict(
                "pg_get_function_result", 1, 1, DataType.VARCHAR, (c, a) -> ofFunction(c, a[0], UserFunction::result));
    }

    private static @Nullable Object ofFunction(
            Context context, Object oid, java.util.function.Function<UserFunction, @Nullable String> text) {
        UserFunction function = context.snapshot().userFunction(Casts.oid(oid));
        return function == null ? null : text.apply(function);
    }

    private static @Nullable Number modifier(@Nullable Object value) {
        return value == null ? null : Values.number(value);
    }

    private static @Nullable Object viewDefinition(Context context, Object view) {
        UserRelation relation = context.snapshot().userRelation(Casts.oid(view));
        return relation == null || relation.sql() == null ? null : relation.sql() + ";";
    }

    private static @Nullable Object constraintDefinition(Context context, Object constraint) {
        UserRelation table = context.snapshot().keyOwner(Casts.oid(constraint));
        return table == null ? null : "PRIMARY KEY " + table.keyColumns();
    }

    /** Of the whole index, or of one column of it where a number above 0 is given. */
    private static @Nullable Object indexDefinition(Context context, Object[] arguments) {
        UserRelation table = context.snapshot().keyOwner(Casts.oid(arguments[0]));
        if (table == null) {
            return null;
        }
        int column = arguments.length < 2 || !(arguments[1] instanceof Number number) ? 0 : number.intValue();
        if (column == 0) {
            return table.keyDefinition();
        }
        return column > table.key().size()
                ? ""
                : table.columns().field(table.key().get(column - 1)).name();
    }

    /** The log's size is not known in this room. */
    private static void sizes(Function.Registry functions) {
        for (String name : List.of(
                "pg_table_size",
                "pg_relation_size",
                "pg_total_relation_size",
                "pg_indexes_size",
                "pg_database_size",
                "pg_tablespace_size")) {
            functions.constant(name, 1, 2, DataType.BIGINT, null);
        }
        functions.strict(
                "pg_size_pretty",
                1,
                1,
                DataType.VARCHAR,
                (c, a) -> pretty(Values.number(a[0]).longValue()));
    }

    private static String pretty(long bytes) {
        String[] units = {"bytes", "kB", "MB", "GB", "TB", "PB"};
        int unit = 0;
        long size = bytes;
        while (Math.abs(size) >= 10 * 1024 && unit < units.length - 1) {
            size = (size + 512) / 1024;
            unit++;
        }
        return size + " " + units[unit];
    }

    /** Whoever is connected may do everything; rights are not the catalog's. */
    private static void privileges(Function.Registry functions) {
        for (String kind : List.of(
                "table",
                "column",
                "any_column",
                "schema",
                "database",
                "function",
                "sequence",
                "language",
                "tablespace",
                "type",
                "foreign_data_wrapper",
                "server")) {
            functions.constant("has_" + kind + "_privilege", 2, 4, DataType.BOOLEAN, true);
        }
        functions.constant("pg_has_role", 2, 3, DataType.BOOLEAN, true);
        functions.constant("row_security_active", 1, 1, DataType.BOOLEAN, false);
    }

    static @Nullable ObjectName relation(Context context, String name) {
        Long oid = context.snapshot().relationOid(name);
        return oid == null ? null : relation(context, oid);
    }

    static ObjectName relation(Context context, long oid) {
        String name = context.snapshot().relationName(oid);
        return new ObjectName(oid, name == null ? Long.toString(oid) : name);
    }

    static @Nullable ObjectName type(String name) {
        PostgresType type = PostgresTypes.ofName(name);
        return type == null ? null : new ObjectName(type.oid(), type.label());
    }
}
