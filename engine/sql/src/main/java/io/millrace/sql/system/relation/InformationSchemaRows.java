package io.millrace.sql.system.relation;

import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.FloatingType;
import io.millrace.spi.type.DataType.IntegerType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of {@code information_schema}. PostgreSQL leaves materialized views out of it; here they are views, since
 * there are no others and tools that only look here would not find them.
 */
final class InformationSchemaRows {

    private final Relation relation;
    private final Snapshot snapshot;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    private InformationSchemaRows(Relation relation, Snapshot snapshot) {
        this.relation = relation;
        this.snapshot = snapshot;
    }

    static List<@Nullable Object[]> of(Relation relation, Snapshot snapshot) {
        InformationSchemaRows rows = new InformationSchemaRows(relation, snapshot);
        rows.compute();
        return rows.rows;
    }

    private void compute() {
        switch (relation.name()) {
            case "information_schema_catalog_name" ->
                add("catalog_name", snapshot.session().database());
            case "schemata" -> Namespaces.OIDS.keySet().forEach(this::schema);
            case "tables" -> tables();
            case "views" -> views();
            case "columns" -> columns();
            case "table_constraints" -> keyed(this::constraint);
            case "key_column_usage" -> keyed(this::keyColumns);
            case "constraint_column_usage" -> keyed(this::constraintColumns);
            default -> {}
        }
    }

    private void add(@Nullable Object... namesAndValues) {
        rows.add(relation.row(namesAndValues));
    }

    private void schema(String name) {
        add(
                "catalog_name",
                snapshot.session().database(),
                "schema_name",
                name,
                "schema_owner",
                snapshot.session().user());
    }

    private void tables() {
        for (UserRelation user : snapshot.userRelations()) {
            table(user.schema(), user.name(), user.kind().equals("r") ? "BASE TABLE" : "VIEW");
        }
        for (Relation system : Relations.all()) {
            table(system.schema(), system.name(), system.kind().equals("r") ? "BASE TABLE" : "VIEW");
        }
    }

    private void table(String schema, String name, String type) {
        add(
                "table_catalog",
                snapshot.session().database(),
                "table_schema",
                schema,
                "table_name",
                name,
                "table_type",
                type,
                "is_insertable_into",
                type.equals("VIEW") ? "NO" : "YES",
                "is_typed",
                "NO");
    }

    private void views() {
        for (UserRelation user : snapshot.userRelations()) {
            if (user.sql() != null) {
                add(
                        "table_catalog",
                        snapshot.session().database(),
                        "table_schema",
                        user.schema(),
                        "table_name",
                        user.name(),
                        "view_definition",
                        user.sql(),
                        "check_option",
                        "NONE",
                        "is_updatable",
                        "NO",
                        "is_insertable_into",
                        "NO");
            }
        }
    }

    private void keyed(Consumer<UserRelation> rowsOf) {
        snapshot.userRelations().stream().filter(user -> user.keyOid() != 0).forEach(rowsOf);
    }

    private List<@Nullable Object> constrained(UserRelation user) {
        String database = snapshot.session().database();
        return new ArrayList<>(List.of(
                "constraint_catalog",
                database,
                "constraint_schema",
                user.schema(),
                "constraint_name",
                user.keyName(),
                "table_catalog",
                database,
                "table_schema",
                user.schema(),
                "table_name",
                user.name()));
    }

    private void constraint(UserRelation user) {
        List<@Nullable Object> values = constrained(user);
        values.addAll(List.of(
                "constraint_type",
                "PRIMARY KEY",
                "is_deferrable",
                "NO",
                "initially_deferred",
                "NO",
                "enforced",
                "YES"));
        add(values.toArray());
    }

    private void keyColumns(UserRelation user) {
        int place = 1;
        for (int column : user.key()) {
            List<@Nullable Object> values = constrained(user);
            values.addAll(List.of("column_name", user.columns().field(column).name(), "ordinal_position", place++));
            add(values.toArray());
        }
    }

    private void constraintColumns(UserRelation user) {
        for (int column : user.key()) {
            List<@Nullable Object> values = constrained(user);
            values.addAll(List.of("column_name", user.columns().field(column).name()));
            add(values.toArray());
        }
    }

    /** Nothing forbids a NULL in a column of a view, says PostgreSQL, and whoever asks both catalogs compares. */
    private void columns() {
        for (UserRelation user : snapshot.userRelations()) {
            int place = 1;
            for (Field field : user.columns().fields()) {
                column(
                        user.schema(),
                        user.name(),
                        place++,
                        field.name(),
                        field.type(),
                        PostgresTypes.of(field.type()),
                        field.nullable() || user.kind().equals("m"),
                        user.byDefault(place - 2));
            }
        }
        for (Relation system : Relations.all()) {
            int place = 1;
            for (Relation.Column column : system.columns()) {
                PostgresType type = column.type();
                column(
                        system.schema(),
                        system.name(),
                        place++,
                        column.name(),
                        type.dataType(),
                        type,
                        !column.required(),
                        null);
            }
        }
    }

    private void column(
            String schema,
            String table,
            int place,
            String name,
            DataType type,
            PostgresType postgres,
            boolean nullable,
            @Nullable String byDefault) {
        add(
                "table_catalog",
                snapshot.session().database(),
                "table_schema",
                schema,
                "table_name",
                table,
                "column_name",
                name,
                "ordinal_position",
                place,
                "column_default",
                byDefault,
                "is_nullable",
                nullable ? "YES" : "NO",
                "data_type",
                postgres.category().equals("A") ? "ARRAY" : postgres.label(),
                "character_maximum_length",
                type instanceof CharacterType t && t.length() != DataType.UNBOUNDED ? t.length() : null,
                "numeric_precision",
                numericPrecision(type),
                "numeric_scale",
                type instanceof DecimalType t ? t.scale() : type instanceof IntegerType ? 0 : null,
                "datetime_precision",
                type instanceof TimestampType t ? t.precision() : null,
                "udt_catalog",
                snapshot.session().database(),
                "udt_schema",
                Relations.PG_CATALOG,
                "udt_name",
                postgres.name(),
                "dtd_identifier",
                String.valueOf(place),
                "is_self_referencing",
                "NO",
                "is_identity",
                "NO",
                "is_generated",
                "NEVER",
                "is_updatable",
                "YES");
    }

    private static @Nullable Integer numericPrecision(DataType type) {
        return switch (type) {
            case DecimalType t -> t.precision();
            case IntegerType t -> t.bits();
            case FloatingType t -> t.bits() == 64 ? 53 : 24;
            default -> null;
        };
    }
}
