package io.millrace.spi.connector;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * Returns whether {@link #publish(List)} makes several files visible at the price of one. Whoever publishes then
     * gives it all files of a range at a time, and those of several ranges where they are there.
     */
    default boolean publishesTogether() {
        return false;
    }

    /** Makes sealed files visible, each as {@link #publish(String)} does. */
    default void publish(List<CommittedFile> files) throws IOException {
        for (CommittedFile file : files) {
            publish(file.name());
        }
    }

    /** Drops whatever is staged under this name. */
    void discard(String name) throws IOException;

    /** Returns the names of staged files, sealed or not, that begin with the prefix. */
    List<String> staged(String prefix) throws IOException;

    /** Returns the names of visible files that begin with the prefix, ascending. */
    List<String> list(String prefix) throws IOException;

    /** Opens a visible file. */
    InputStream read(String name) throws IOException;

    /** Opens a visible file to be read in any order, here from a copy that is gone when it is closed. */
    default SeekableByteChannel open(String name) throws IOException {
        Path copy = Files.createTempFile("millrace-", ".read");
        try (InputStream in = read(name)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return Files.newByteChannel(copy, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    /**
     * Looks at a visible file, or returns null where there is none.
     *
     * @throws UnsupportedOperationException where the store cannot tell a file from a later one of its name; the next
     *     three as well
     */
    default @Nullable StoredFile find(String name) throws IOException {
        throw new UnsupportedOperationException("the versions of files are not known");
    }

    /**
     * Returns the visible files that are looked for, ascending by name.
     *
     * @throws MillraceException {@code LIMIT_EXCEEDED} where there are too many
     */
    default List<StoredFile> search(FileSearch search) throws IOException {
        throw new UnsupportedOperationException("the versions of files are not known");
    }

    /**
     * Opens a visible file to be read in any order. What is read is that file and no later one of its name, or reading
     * fails; {@link #check} says at the end whether it was.
     *
     * @throws MillraceException {@code WRONG_STATE} where it is another by now, or gone; from its reads as well
     */
    default SeekableByteChannel open(StoredFile file) throws IOException {
        check(file);
        return open(file.name());
    }

    /** Opens a visible file to be read from its beginning; otherwise as {@link #open(StoredFile)}. */
    default InputStream read(StoredFile file) throws IOException {
        return Channels.newInputStream(open(file));
    }

    /**
     * Looks whether a file is still the one that was looked at.
     *
     * @throws MillraceException {@code WRONG_STATE} where it is another by now, or gone
     */
    default void check(StoredFile file) throws IOException {
        StoredFile now = find(file.name());
        if (!file.equals(now)) {
            throw changed(file, now == null);
        }
    }

    /** Returns how a read fails of a file that is no longer what it was. */
    static MillraceException changed(StoredFile file, boolean gone) {
        return new MillraceException(
                ErrorCode.WRONG_STATE,
                "file '" + file.name() + "' was " + (gone ? "deleted" : "written again") + " while it was read",
                "give the statement again");
    }

    /**
     * Returns the visible files whose names begin with the prefix and that were there before a time, ascending.
     *
     * @throws UnsupportedOperationException where the store does not know how old its files are
     */
    default List<String> listBefore(String prefix, Instant time) throws IOException {
        throw new UnsupportedOperationException("the age of files is not known");
    }

    /**
     * Makes a short file visible at once, unless one of its name is.
     *
     * @return whether this call did it. Where an answer on the way was lost it may be that it did and does not know, so
     *     whoever must know reads what is there
     * @throws UnsupportedOperationException where the store cannot tell; the next as well
     */
    default boolean create(String name, byte[] content) throws IOException {
        throw new UnsupportedOperationException("short files are not made");
    }

    /** Makes a short file visible at once, in the place of the one of its name if there is one. */
    default void replace(String name, byte[] content) throws IOException {
        throw new UnsupportedOperationException("short files are not made");
    }

    /** Returns whether a file that is published again is there once; otherwise its rows may come twice. */
    default boolean exactlyOnce() {
        return true;
    }

    /** Returns how many rows of published files the destination did not take, since this was opened. */
    default long refused() {
        return 0;
    }

    /**
     * Has what is under way, and whatever is begun later, fail at once, where it would wait for somebody's answer
     * otherwise. Files that are whole stay so. Called by another thread than the one that uses the store and closes it
     * then.
     */
    default void cancel() {}

    /** Deletes a visible file; does nothing where there is none. */
    void delete(String name) throws IOException;

    @Override
    void close();
}
