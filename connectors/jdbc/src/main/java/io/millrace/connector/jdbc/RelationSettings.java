package io.millrace.connector.jdbc;

import io.millrace.spi.Options;
import java.time.Duration;
import java.util.List;

/**
 * Which table is read, and how.
 *
 * @param name what it is called in statements
 * @param database where it is
 * @param table {@code table}: as SQL writes it, with its schema and quotes where it needs them
 * @param fetchRows {@code fetch_rows}: how many rows a scan asks for at a time
 * @param cacheRows {@code lookup_cache_rows}: how many rows and keys without any a lookup keeps
 * @param cacheTtl {@code lookup_cache_ttl}: how long
 */
record RelationSettings(String name, Database database, String table, int fetchRows, int cacheRows, Duration cacheTtl) {

    static final List<String> NAMES =
            List.of("table", "user", "password", "timeout", "fetch_rows", "lookup_cache_rows", "lookup_cache_ttl");

    static RelationSettings of(String name, String url, Options options) {
        options.refuseOthers(NAMES.toArray(String[]::new));
        return new RelationSettings(
                name,
                Database.of("'" + name + "'", url, options),
                TableName.of(options, "table", ""),
                (int) options.getLong("fetch_rows", 2_000, 1, 1_000_000),
                (int) options.getLong("lookup_cache_rows", 10_000, 0, 10_000_000),
                options.getDuration("lookup_cache_ttl", Duration.ofMinutes(1)));
    }

    Dialect dialect() {
        return database.dialect();
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return "table " + table + " of " + database;
    }
}
