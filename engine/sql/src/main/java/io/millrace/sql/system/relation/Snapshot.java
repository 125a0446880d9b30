package io.millrace.sql.system.relation;

import io.millrace.sql.catalog.Catalog;
import io.millrace.sql.catalog.Schemas;
import io.millrace.sql.statement.CatalogSession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all catalog relations at one moment, each computed when first asked for. For one thread: every answer has
 * its own.
 */
public final class Snapshot {

    private final CatalogSession session;
    private final List<UserRelation> userRelations;
    private final List<UserFunction> userFunctions;
    private final Map<Relation, List<@Nullable Object[]>> rows = new HashMap<>();

    public Snapshot(Catalog catalog, CatalogSession session) {
        this.session = session;
        this.userRelations = UserRelation.all(catalog);
        this.userFunctions = UserFunction.all(catalog);
    }

    public CatalogSession session() {
        return session;
    }

    /** Returns the streams, tables and views. */
    public List<UserRelation> userRelations() {
        return userRelations;
    }

    /** Returns the functions that users made. */
    public List<UserFunction> userFunctions() {
        return userFunctions;
    }

    /** Returns the function of a user of this number, or null. */
    public @Nullable UserFunction userFunction(long oid) {
        return userFunctions.stream()
                .filter(function -> function.oid() == oid)
                .findFirst()
                .orElse(null);
    }

    /** Returns a relation's rows, to be read only. */
    public List<@Nullable Object[]> rows(Relation relation) {
        List<@Nullable Object[]> known = rows.get(relation);
        if (known == null) {
            known = relation.schema().equals(Relations.PG_CATALOG)
                    ? PgCatalogRows.of(relation, this)
                    : InformationSchemaRows.of(relation, this);
            rows.put(relation, known);
        }
        return known;
    }

    /** Returns the stream, table or view of this number, or null. */
    public @Nullable UserRelation userRelation(long oid) {
        return userRelations.stream()
                .filter(relation -> relation.oid() == oid)
                .findFirst()
                .orElse(null);
    }

    /** Returns the table whose primary key has this number, or null. */
    public @Nullable UserRelation keyOwner(long oid) {
        return userRelations.stream()
                .filter(relation -> relation.keyOid() == oid && oid != 0)
                .findFirst()
                .orElse(null);
    }

    /** Returns a relation's name by its number, with the schema where that is not searched; null where there is none. */
    public @Nullable String relationName(long oid) {
        UserRelation relation = userRelation(oid);
        if (relation != null) {
            return Names.quoted(relation.name());
        }
        UserRelation keyed = keyOwner(oid);
        if (keyed != null) {
            return Names.quoted(keyed.keyName());
        }
        for (Relation system : Relations.all()) {
            if (system.oid() == oid) {
                return system.schema().equals(Relations.PG_CATALOG)
                        ? system.name()
                        : system.schema() + "." + system.name();
            }
        }
        return null;
    }

    /** Returns a relation's number by its name as SQL writes it, with or without a schema; null where there is none. */
    public @Nullable Long relationOid(String name) {
        List<String> parts = Names.parts(name);
        String last = parts.getLast();
        String schema = parts.size() < 2 ? null : parts.get(parts.size() - 2);
        Relation system = Relations.find(schema == null ? Relations.PG_CATALOG : schema, last);
        if (system != null) {
            return system.oid();
        }
        if (schema != null && !Schemas.accepts(schema, last)) {
            return null;
        }
        return userRelations.stream()
                .filter(relation -> relation.name().equalsIgnoreCase(last))
                .map(UserRelation::oid)
                .findFirst()
                .orElse(null);
    }
}
