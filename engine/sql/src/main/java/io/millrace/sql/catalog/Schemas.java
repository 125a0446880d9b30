package io.millrace.sql.catalog;

/** The schemas that streams and views lie in, which PostgreSQL's clients expect of a database. All are searched. */
public final class Schemas {

    /** The schema of what users make. */
    public static final String PUBLIC = "public";

    /** The schema of what is there by itself, so that tools show it apart. */
    public static final String SYSTEM = "system";

    /** The stream of what could not be used. */
    public static final String ERROR_STREAM = "error_stream";

    private Schemas() {}

    /** Returns the schema of the stream or view of this name. */
    public static String of(String name) {
        return name.equalsIgnoreCase(ERROR_STREAM) ? SYSTEM : PUBLIC;
    }

    /** Returns whether a stream or view may be written with this schema: {@code public} does for all. */
    public static boolean accepts(String schema, String name) {
        return schema.equalsIgnoreCase(PUBLIC) || schema.equalsIgnoreCase(of(name));
    }
}
