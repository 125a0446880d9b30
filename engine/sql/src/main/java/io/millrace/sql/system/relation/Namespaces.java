package io.millrace.sql.system.relation;

import io.millrace.sql.catalog.Schemas;
import java.util.List;
import java.util.Map;

/** The schemas there are. */
public final class Namespaces {

    static final long PG_CATALOG_OID = 11;
    static final long PUBLIC_OID = 2200;
    static final long SYSTEM_OID = 16_000;
    static final long INFORMATION_SCHEMA_OID = 13_000;

    /** Who owns everything. */
    static final long OWNER_OID = 10;

    /** Schemas and their numbers. */
    public static final Map<String, Long> OIDS = Map.of(
            Relations.PG_CATALOG,
            PG_CATALOG_OID,
            Schemas.PUBLIC,
            PUBLIC_OID,
            Schemas.SYSTEM,
            SYSTEM_OID,
            Relations.INFORMATION_SCHEMA,
            INFORMATION_SCHEMA_OID);

    /** The schemas that are searched for a name without one, PostgreSQL's own left out. */
    public static final List<String> SEARCHED = List.of(Schemas.PUBLIC, Schemas.SYSTEM);

    private Namespaces() {}

    static long oid(String schema) {
        return OIDS.getOrDefault(schema, 0L);
    }
}
