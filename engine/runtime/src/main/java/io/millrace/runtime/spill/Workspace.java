package io.millrace.runtime.spill;

import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the queries of an engine may use together: memory for the rows and groups they hold, and a folder for those that do
 * not fit. For use by several threads.
 *
 * <p>An operator asks before it grows. One that is refused puts rows aside on disk and goes on with what it has; so that
 * none starves, each has a small share that is never refused.
 */
public final class Workspace {

    private final long memoryBytes;
    private final long shareBytes;
    private final Path directory;
    private final long diskBytes;
    private final String setting;
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong onDisk = new AtomicLong();
    private final AtomicLong spilled = new AtomicLong();

    /**
     * @param memoryBytes what all operators hold together at most, but for their small shares
     * @param shareBytes what each operator may hold however much others do
     * @param directory takes files of rows, each for as long as its query runs; made when it is first needed
     * @param diskBytes most bytes of all those files
     */
    public Workspace(long memoryBytes, long shareBytes, Path directory, long diskBytes) {
        this(memoryBytes, shareBytes, directory, diskBytes, "query-memory");
    }

    /**
     * As the other constructor.
     *
     * @param setting what says how much memory there is, for errors
     */
    public Workspace(long memoryBytes, long shareBytes, Path directory, long diskBytes, String setting) {
        this.memoryBytes = memoryBytes;
        this.shareBytes = shareBytes;
        this.directory = directory;
        this.diskBytes = diskBytes;
        this.setting = setting;
    }

    /** Returns one in which nothing is refused, so that nothing is put aside. */
    public static Workspace unlimited() {
        return new Workspace(Long.MAX_VALUE, Long.MAX_VALUE, Path.of("."), 0);
    }

    /**
     * Deletes files that queries of a process left which was killed. No query may run.
     *
     * @throws MillraceException {@code IO_ERROR} where that cannot be done
     */
    public void clean() {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, "*" + SpillFile.SUFFIX)) {
            for (Path file : left) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, "empty", directory);
        }
    }

    /** Returns the account of one operator, with nothing on it. */
    public WorkspaceShare share() {
        return new WorkspaceShare(this);
    }

    /** Returns how many bytes of memory operators hold now, as far as they have said. */
    public long heldBytes() {
        return held.get();
    }

    /** Returns how many bytes of rows lie on disk now. */
    public long diskBytes() {
        return onDisk.get();
    }

    /** Returns how many bytes of rows have been put aside since it was created. */
    public long spilledBytes() {
        return spilled.get();
    }

    long memoryLimit() {
        return memoryBytes;
    }

    String setting() {
        return setting;
    }

    Path directory() {
        return directory;
    }

    /** Changes what is held by an operator; returns whether it may hold that much. What is refused is not held. */
    boolean hold(long before, long after) {
        long more = after - before;
        if (more <= 0) {
            held.addAndGet(more);
            return true;
        }
        while (true) {
            long now = held.get();
            if (after > shareBytes && now + more > memoryBytes) {
                return false;
            }
            if (held.compareAndSet(now, now + more)) {
                return true;
            }
        }
    }

    void useDisk(long bytes) {
        if (onDisk.addAndGet(bytes) > diskBytes && bytes > 0) {
            onDisk.addAndGet(-bytes);
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "queries would put more than " + diskBytes + " bytes aside in " + directory,
                    "select fewer rows or columns, or raise spill-limit or " + setting);
        }
        spilled.addAndGet(Math.max(0, bytes));
    }
}
