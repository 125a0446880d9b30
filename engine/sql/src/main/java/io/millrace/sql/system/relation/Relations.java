package io.millrace.sql.system.relation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All catalog relations. */
public final class Relations {

    /** The schema of PostgreSQL's own catalog. It is searched before all others. */
    public static final String PG_CATALOG = "pg_catalog";

    public static final String INFORMATION_SCHEMA = "information_schema";

    private static final Map<String, Relation> BY_NAME = new LinkedHashMap<>();

    static {
        for (String line : Resource.lines("relations.txt")) {
            Relation relation = Relation.parse(line);
            BY_NAME.put(relation.schema() + "." + relation.name(), relation);
        }
    }

    private Relations() {}

    public static Collection<Relation> all() {
        return BY_NAME.values();
    }

    /** Returns the relation of this schema and name, whatever their case, or null. */
    public static @Nullable Relation find(String schema, String name) {
        return BY_NAME.get((schema + "." + name).toLowerCase(Locale.ROOT));
    }

    /** Returns the relation, which exists. */
    static Relation pg(String name) {
        return existing(PG_CATALOG, name);
    }

    static Relation existing(String schema, String name) {
        Relation relation = find(schema, name);
        if (relation == null) {
            throw new IllegalArgumentException("no relation " + schema + "." + name);
        }
        return relation;
    }
}
