package io.millrace.sql.system.relation;

import java.util.Map;

/** The schemas there are. */
public final class Namespaces {

    /** The schema of streams and views. */
    public static final String PUBLIC = "public";

    static final long PG_CATALOG_OID = 11;
    static final long PUBLIC_OID = 2200;
    static final long INFORMATION_SCHEMA_OID = 13_000;

    /** Who owns everything. */
    static final long OWNER_OID = 10;

    /** Schemas and their numbers. */
    public static final Map<String, Long> OIDS = Map.of(
            Relations.PG_CATALOG,
            PG_CATALOG_OID,
            PUBLIC,
            PUBLIC_OID,
            Relations.INFORMATION_SCHEMA,
            INFORMATION_SCHEMA_OID);

    private Namespaces() {}

    static long oid(String schema) {
        return OIDS.getOrDefault(schema, 0L);
    }
}
