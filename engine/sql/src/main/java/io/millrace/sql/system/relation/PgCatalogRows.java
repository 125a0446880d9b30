package io.millrace.sql.system.relation;

import io.millrace.spi.type.Field;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@code pg_catalog}. A relation not mentioned here has none: Millrace has nothing of the kind. */
final class PgCatalogRows {

    private static final long DATABASE_OID = 5;
    private static final long DEFAULT_TABLESPACE_OID = 1663;
    private static final long HEAP_OID = 2;
    private static final int UTF8 = 6;

    private final Relation relation;
    private final Snapshot snapshot;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    private PgCatalogRows(Relation relation, Snapshot snapshot) {
        this.relation = relation;
        this.snapshot = snapshot;
    }

    static List<@Nullable Object[]> of(Relation relation, Snapshot snapshot) {
        PgCatalogRows rows = new PgCatalogRows(relation, snapshot);
        rows.compute();
        return rows.rows;
    }

    private void compute() {
        switch (relation.name()) {
            case "pg_namespace" -> namespaces();
            case "pg_class" -> classes();
            case "pg_attribute" -> attributes();
            case "pg_attrdef", "pg_index", "pg_indexes", "pg_constraint" -> rows.addAll(KeyRows.of(relation, snapshot));
            case "pg_type" -> PostgresTypes.all().forEach(this::type);
            case "pg_proc" -> functions();
            case "pg_language" -> rows.addAll(UserFunction.languages(relation));
            case "pg_database" -> database();
            case "pg_roles" -> role("oid", Namespaces.OWNER_OID, "rolconnlimit", -1, "rolpassword", "********");
            case "pg_authid" -> role("oid", Namespaces.OWNER_OID, "rolconnlimit", -1);
            case "pg_user" -> user();
            case "pg_am" -> accessMethods();
            case "pg_collation" -> collations();
            case "pg_tablespace" -> tablespaces();
            case "pg_settings" -> Settings.ALL.forEach(this::setting);
            case "pg_tables" -> tables();
            case "pg_matviews" -> materializedViews();
            case "pg_views" -> views();
            case "pg_stat_user_tables" -> statistics();
            case "pg_timezone_names" ->
                ZoneId.getAvailableZoneIds().stream().sorted().forEach(this::timeZone);
            default -> {}
        }
    }

    private void add(@Nullable Object... namesAndValues) {
        rows.add(relation.row(namesAndValues));
    }

    private void namespaces() {
        for (Map.Entry<String, Long> schema : Namespaces.OIDS.entrySet()) {
            add("oid", schema.getValue(), "nspname", schema.getKey(), "nspowner", Namespaces.OWNER_OID);
        }
    }

    private void classes() {
        for (UserRelation user : snapshot.userRelations()) {
            relation(
                    user.oid(),
                    user.name(),
                    user.schema(),
                    user.kind(),
                    user.columns().size(),
                    user.keyOid() != 0);
            if (user.keyOid() != 0) {
                rows.add(KeyRows.index(relation, user));
            }
        }
        for (Relation system : Relations.all()) {
            relation(
                    system.oid(),
                    system.name(),
                    system.schema(),
                    system.kind(),
                    system.columns().size(),
                    false);
        }
    }

    private void relation(long oid, String name, String schema, String kind, int columns, boolean indexed) {
        add(
                "oid",
                oid,
                "relname",
                name,
                "relnamespace",
                Namespaces.oid(schema),
                "relowner",
                Namespaces.OWNER_OID,
                "relam",
                kind.equals("v") ? 0L : HEAP_OID,
                "relfilenode",
                kind.equals("v") ? 0L : oid,
                "reltuples",
                -1f,
                "relhasindex",
                indexed,
                "relpersistence",
                "p",
                "relkind",
                kind,
                "relnatts",
                columns,
                "relispopulated",
                true,
                "relreplident",
                Namespaces.SEARCHED.contains(schema) ? "d" : "n");
    }

    private void attributes() {
        for (UserRelation user : snapshot.userRelations()) {
            int number = 1;
            for (Field field : user.columns().fields()) {
                boolean byDefault = user.byDefault(number - 1) != null;
                attribute(user.oid(), number++, field, !field.nullable(), byDefault);
            }
            int place = 1;
            for (int column : user.key()) {
                attribute(user.keyOid(), place++, user.columns().field(column), false, false);
            }
        }
        for (Relation system : Relations.all()) {
            int number = 1;
            for (Relation.Column column : system.columns()) {
                attribute(
                        system.oid(),
                        number++,
                        column.name(),
                        column.type(),
                        PostgresTypes.NO_MODIFIER,
                        column.required(),
                        false);
            }
        }
    }

    private void attribute(long owner, int number, Field field, boolean required, boolean byDefault) {
        attribute(
                owner,
                number,
                field.name(),
                PostgresTypes.of(field.type()),
                PostgresTypes.modifier(field.type()),
                required,
                byDefault);
    }

    private void attribute(
            long owner, int number, String name, PostgresType type, int modifier, boolean required, boolean byDefault) {
        add(
                "attrelid",
                owner,
                "attname",
                name,
                "atttypid",
                type.oid(),
                "attstattarget",
                -1,
                "attlen",
                type.length(),
                "attnum",
                number,
                "attndims",
                type.category().equals("A") ? 1 : 0,
                "attcacheoff",
                -1,
                "atttypmod",
                modifier,
                "attbyval",
                type.byValue(),
                "attalign",
                type.alignment(),
                "attstorage",
                type.storage(),
                "attnotnull",
                required,
                "atthasdef",
                byDefault,
                "attislocal",
                true,
                "attcollation",
                type.collation());
    }

    private void type(PostgresType type) {
        add(
                "oid",
                type.oid(),
                "typname",
                type.name(),
                "typnamespace",
                Namespaces.PG_CATALOG_OID,
                "typowner",
                Namespaces.OWNER_OID,
                "typlen",
                type.length(),
                "typbyval",
                type.byValue(),
                "typtype",
                type.kind(),
                "typcategory",
                type.category(),
                "typispreferred",
                type.preferred(),
                "typisdefined",
                true,
                "typdelim",
                ",",
                "typelem",
                type.element(),
                "typarray",
                type.array(),
                "typinput",
                TypeFunctions.of(type, TypeFunctions.Purpose.INPUT),
                "typoutput",
                TypeFunctions.of(type, TypeFunctions.Purpose.OUTPUT),
                "typreceive",
                TypeFunctions.of(type, TypeFunctions.Purpose.RECEIVE),
                "typsend",
                TypeFunctions.of(type, TypeFunctions.Purpose.SEND),
                "typalign",
                type.alignment(),
                "typstorage",
                type.storage(),
                "typtypmod",
                PostgresTypes.NO_MODIFIER,
                "typcollation",
                type.collation());
    }

    private void database() {
        add(
                "oid",
                DATABASE_OID,
                "datname",
                snapshot.session().database(),
                "datdba",
                Namespaces.OWNER_OID,
                "encoding",
                UTF8,
                "datlocprovider",
                "c",
                "datallowconn",
                true,
                "datconnlimit",
                -1,
                "dattablespace",
                DEFAULT_TABLESPACE_OID,
                "datcollate",
                "C.UTF-8",
                "datctype",
                "C.UTF-8");
    }

    private void role(Object... more) {
        List<@Nullable Object> values =
                new ArrayList<>(List.of("rolname", snapshot.session().user()));
        for (String right : List.of(
                "rolsuper",
                "rolinherit",
                "rolcreaterole",
                "rolcreatedb",
                "rolcanlogin",
                "rolreplication",
                "rolbypassrls")) {
            values.add(right);
            values.add(true);
        }
        values.addAll(List.of(more));
        add(values.toArray());
    }

    private void user() {
        add(
                "usename",
                snapshot.session().user(),
                "usesysid",
                Namespaces.OWNER_OID,
                "usecreatedb",
                true,
                "usesuper",
                true,
                "userepl",
                true,
                "usebypassrls",
                true,
                "passwd",
                "********");
    }

    private void accessMethods() {
        add("oid", HEAP_OID, "amname", "heap", "amhandler", new ObjectName(3, "heap_tableam_handler"), "amtype", "t");
        add("oid", 403L, "amname", "btree", "amhandler", new ObjectName(330, "bthandler"), "amtype", "i");
    }

    private void collations() {
        add("oid", 100L, "collname", "default", "collnamespace", Namespaces.PG_CATALOG_OID, "collprovider", "d");
        add("oid", 950L, "collname", "C", "collnamespace", Namespaces.PG_CATALOG_OID, "collprovider", "c");
    }

    private void tablespaces() {
        add("oid", DEFAULT_TABLESPACE_OID, "spcname", "pg_default", "spcowner", Namespaces.OWNER_OID);
    }

    private void setting(String name, String value) {
        add("name", name, "setting", value, "category", "Preset Options", "context", "internal", "vartype", "string");
    }

    private void tables() {
        for (UserRelation user : snapshot.userRelations()) {
            if (user.kind().equals("r")) {
                table(user.schema(), user.name(), user.keyOid() != 0);
            }
        }
        for (Relation system : Relations.all()) {
            if (system.kind().equals("r")) {
                table(system.schema(), system.name(), false);
            }
        }
    }

    private void table(String schema, String name, boolean indexed) {
        add(
                "schemaname",
                schema,
                "tablename",
                name,
                "tableowner",
                snapshot.session().user(),
                "hasindexes",
                indexed,
                "hasrules",
                false,
                "hastriggers",
                false,
                "rowsecurity",
                false);
    }

    private void materializedViews() {
        for (UserRelation user : snapshot.userRelations()) {
            if (user.kind().equals("m")) {
                add(
                        "schemaname",
                        user.schema(),
                        "matviewname",
                        user.name(),
                        "matviewowner",
                        snapshot.session().user(),
                        "hasindexes",
                        false,
                        "ispopulated",
                        true,
                        "definition",
                        user.sql());
            }
        }
    }

    private void views() {
        for (UserRelation user : snapshot.userRelations()) {
            if (user.kind().equals("v")) {
                add(
                        "schemaname",
                        user.schema(),
                        "viewname",
                        user.name(),
                        "viewowner",
                        snapshot.session().user(),
                        "definition",
                        user.sql());
            }
        }
    }

    private void statistics() {
        for (UserRelation user : snapshot.userRelations()) {
            if (!user.kind().equals("v")) {
                add("relid", user.oid(), "schemaname", user.schema(), "relname", user.name());
            }
        }
    }

    private void functions() {
        TypeFunctions.all().forEach(function -> rows.add(TypeFunctions.row(relation, function)));
        snapshot.userFunctions().forEach(function -> rows.add(function.row(relation)));
    }

    private void timeZone(String id) {
        Instant now = snapshot.session().now();
        ZoneRules rules = ZoneId.of(id).getRules();
        add(
                "name",
                id,
                "abbrev",
                DateTimeFormatter.ofPattern("zzz", Locale.ROOT).format(now.atZone(ZoneId.of(id))),
                "utc_offset",
                Duration.ofSeconds(rules.getOffset(now).getTotalSeconds()),
                "is_dst",
                rules.isDaylightSavings(now));
    }
}
