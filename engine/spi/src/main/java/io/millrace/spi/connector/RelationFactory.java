package io.millrace.spi.connector;

import java.util.List;

/**
 * Opens tables of other systems by URL, to be read. Found by {@link java.util.ServiceLoader}. Safe for use by several
 * threads.
 */
public interface RelationFactory {

    /** Returns the schemes of the URLs it opens: what stands before the first colon. */
    List<String> schemes();

    /** Returns the names of the options it knows. */
    List<String> options();

    /**
     * Returns whether its tables are made of files in stores, whose options are then among those of a table. Such a
     * table can be told by its URL alone, with options behind a question mark.
     */
    default boolean ofFiles() {
        return false;
    }

    /**
     * Returns a table, without asking for it.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where URL or options are not right
     */
    Relation open(RelationSetup setup);

    /** Returns whether tables have versions that can be followed. */
    default boolean hasVersions() {
        return false;
    }
}
