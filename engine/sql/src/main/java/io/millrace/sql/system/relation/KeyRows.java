package io.millrace.sql.system.relation;

import io.millrace.sql.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code pg_catalog} says of tables' primary keys, each an index and a constraint, and of their defaults. */
final class KeyRows {

    private static final long BTREE_OID = 403;

    private final Relation relation;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    private KeyRows(Relation relation) {
        this.relation = relation;
    }

    static List<@Nullable Object[]> of(Relation relation, Snapshot snapshot) {
        KeyRows rows = new KeyRows(relation);
        for (UserRelation user : snapshot.userRelations()) {
            if (relation.name().equals("pg_attrdef")) {
                rows.defaults(user);
            } else if (user.keyOid() != 0) {
                rows.key(user);
            }
        }
        return rows.rows;
    }

    private void add(@Nullable Object... namesAndValues) {
        rows.add(relation.row(namesAndValues));
    }

    private void defaults(UserRelation user) {
        TableDefinition table = user.table();
        if (table != null) {
            new TreeMap<>(table.defaults())
                    .forEach((place, value) -> add(
                            "oid",
                            user.oid() + place + 1,
                            "adrelid",
                            user.oid(),
                            "adnum",
                            place + 1,
                            "adbin",
                            value.sql()));
        }
    }

    private void key(UserRelation user) {
        switch (relation.name()) {
            case "pg_index" -> pgIndex(user);
            case "pg_indexes" ->
                add(
                        "schemaname",
                        user.schema(),
                        "tablename",
                        user.name(),
                        "indexname",
                        user.keyName(),
                        "indexdef",
                        user.keyDefinition());
            default -> constraint(user);
        }
    }

    private void pgIndex(UserRelation user) {
        List<Integer> zeros = Collections.nCopies(user.key().size(), 0);
        add(
                "indexrelid",
                user.keyOid(),
                "indrelid",
                user.oid(),
                "indnatts",
                user.key().size(),
                "indnkeyatts",
                user.key().size(),
                "indisunique",
                true,
                "indisprimary",
                true,
                "indimmediate",
                true,
                "indisvalid",
                true,
                "indisready",
                true,
                "indislive",
                true,
                "indkey",
                numbers(user),
                "indoption",
                zeros,
                "indcollation",
                longs(zeros),
                "indclass",
                longs(zeros));
    }

    private static List<Integer> numbers(UserRelation user) {
        return user.key().stream().map(place -> place + 1).toList();
    }

    private static List<Long> longs(List<Integer> numbers) {
        return numbers.stream().map(Integer::longValue).toList();
    }

    private void constraint(UserRelation user) {
        add(
                "oid",
                user.keyOid(),
                "conname",
                user.keyName(),
                "connamespace",
                Namespaces.oid(user.schema()),
                "contype",
                "p",
                "convalidated",
                true,
                "conrelid",
                user.oid(),
                "conindid",
                user.keyOid(),
                "conislocal",
                true,
                "connoinherit",
                true,
                "confupdtype",
                " ",
                "confdeltype",
                " ",
                "confmatchtype",
                " ",
                "conkey",
                numbers(user));
    }

    /** Returns the row of {@code pg_class} for the index of a primary key. */
    static @Nullable Object[] index(Relation relation, UserRelation user) {
        return relation.row(
                "oid",
                user.keyOid(),
                "relname",
                user.keyName(),
                "relnamespace",
                Namespaces.oid(user.schema()),
                "relowner",
                Namespaces.OWNER_OID,
                "relam",
                BTREE_OID,
                "relfilenode",
                user.keyOid(),
                "reltuples",
                -1f,
                "relpersistence",
                "p",
                "relkind",
                "i",
                "relnatts",
                user.key().size(),
                "relispopulated",
                true,
                "relreplident",
                "n");
    }
}
