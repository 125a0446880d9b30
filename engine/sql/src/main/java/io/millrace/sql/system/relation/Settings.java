package io.millrace.sql.system.relation;

import java.util.Map;

/**
 * Settings that clients ask for and nobody can change. Those of a session are the gateway's, which answers {@code SHOW}
 * itself.
 */
public final class Settings {

    /** The version of PostgreSQL whose catalog and protocol this is. */
    public static final String SERVER_VERSION = "15.0";

    public static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("server_version", SERVER_VERSION),
            Map.entry("server_version_num", "150000"),
            Map.entry("server_encoding", "UTF8"),
            Map.entry("client_encoding", "UTF8"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("integer_datetimes", "on"),
            Map.entry("max_index_keys", "32"),
            Map.entry("max_identifier_length", "63"),
            Map.entry("max_connections", "100"),
            Map.entry("block_size", "8192"),
            Map.entry("lc_collate", "C.UTF-8"),
            Map.entry("lc_ctype", "C.UTF-8"),
            Map.entry("search_path", "\"$user\", public, system"),
            Map.entry("TimeZone", "UTC"),
            Map.entry("DateStyle", "ISO, MDY"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("transaction_isolation", "read committed"),
            Map.entry("transaction_read_only", "off"),
            Map.entry("default_transaction_read_only", "off"),
            Map.entry("bytea_output", "hex"),
            Map.entry("is_superuser", "on"));

    private Settings() {}
}
