package io.millrace.log.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files and directories as the log uses them. Safe for use by several threads.
 *
 * <p>What a method has done survives a process that dies. It survives a machine that dies only after a
 * force: of the file for its bytes, of the directory for names that came, went or changed in it.
 */
public interface Disk {

    /** Opens a file to write it, creating it where there is none. */
    WritableFile openToWrite(Path file) throws IOException;

    /**
     * Lets nobody but the owner read or write a file, where the disk knows owners.
     *
     * @param file a file that exists
     */
    default void keepPrivate(Path file) throws IOException {}

    /** Opens a file that exists. */
    ReadableFile openToRead(Path file) throws IOException;

    boolean exists(Path path) throws IOException;

    boolean isDirectory(Path path) throws IOException;

    /** Returns what lies directly in a directory, ascending by name. */
    List<Path> list(Path directory) throws IOException;

    /** Creates a directory, its parents too where they are missing. */
    void createDirectories(Path directory) throws IOException;

    /** Renames a file or a directory in one indivisible step, replacing a file of that name. */
    void move(Path source, Path target) throws IOException;

    /** Deletes a file or an empty directory. */
    void delete(Path path) throws IOException;

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /**
     * Makes this process the only user of what the file stands for, until the result is closed.
     *
     * @throws io.millrace.spi.error.MillraceException {@code IN_USE}, saying by which process
     */
    Closeable lock(Path file) throws IOException;
}
