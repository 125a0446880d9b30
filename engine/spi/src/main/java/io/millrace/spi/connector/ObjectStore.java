package io.millrace.spi.connector;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A place for files: a directory, a bucket. A file becomes visible whole or not at all. Safe for use by
 * several threads.
 *
 * <pre>
 *   stage(name) → write … → seal()  → publish(name)          visible
 *                           durable,  may be repeated
 *                           invisible
 * </pre>
 */
public interface ObjectStore extends AutoCloseable {

    /** Starts a file that nobody sees. What was staged under this name before is dropped. */
    StagedObject stage(String name) throws IOException;

    /**
     * Makes a sealed file visible under its name. May be repeated: where it is visible already this does
     * nothing.
     *
     * @throws io.millrace.spi.error.MillraceException {@code UNDEFINED_NAME} where nothing of this name
     *     is staged or visible
     */
    void publish(String name) throws IOException;

    /** Drops whatever is staged under this name. */
    void discard(String name) throws IOException;

    /** Returns the names of staged files, sealed or not, that begin with the prefix. */
    List<String> staged(String prefix) throws IOException;

    /** Returns the names of visible files that begin with the prefix, ascending. */
    List<String> list(String prefix) throws IOException;

    /** Opens a visible file. */
    InputStream read(String name) throws IOException;

    /** Returns whether a file that is published again is there once; otherwise its rows may come twice. */
    default boolean exactlyOnce() {
        return true;
    }

    /** Deletes a visible file; does nothing where there is none. */
    void delete(String name) throws IOException;

    @Override
    void close();
}
