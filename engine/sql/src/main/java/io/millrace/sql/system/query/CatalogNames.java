package io.millrace.sql.system.query;

import io.millrace.sql.system.relation.Relation;
import io.millrace.sql.system.relation.Relations;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/** Names of catalog relations in a query. */
public final class CatalogNames {

    private CatalogNames() {}

    /** Returns the catalog relation of this name, or null. Without a schema, {@code pg_catalog} is meant. */
    public static @Nullable Relation find(SqlIdentifier name) {
        List<String> names = name.names;
        String schema = names.size() > 1 ? names.get(names.size() - 2) : Relations.PG_CATALOG;
        return Relations.find(schema, names.getLast());
    }
}
