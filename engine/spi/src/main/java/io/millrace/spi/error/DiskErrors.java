package io.millrace.spi.error;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns failures of the file system into errors that say what to do. */
public final class DiskErrors {

    private DiskErrors() {}

    /**
     * Returns the error for a failure.
     *
     * @param doing what was tried, as in "cannot <em>write</em> FILE"
     */
    public static MillraceException of(IOException failure, String doing, Path file) {
        return of(failure, "cannot " + doing + " " + file);
    }

    /**
     * Returns the error for a failure.
     *
     * @param what what could not be done, a phrase; the reason is put behind it
     */
    public static MillraceException of(IOException failure, String what) {
        return isDiskFull(failure)
                ? new MillraceException(
                        ErrorCode.DISK_FULL,
                        what + ": " + reason(failure),
                        "make room, or shorten the retention of streams; writing goes on by itself",
                        failure)
                : new MillraceException(
                        ErrorCode.IO_ERROR,
                        what + ": " + reason(failure),
                        "look at the disk and its permissions",
                        failure);
    }

    /** Returns why it failed, in words of people. */
    public static String reason(IOException failure) {
        if (isDiskFull(failure)) {
            return "no space left on the disk";
        }
        return switch (failure) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case FileAlreadyExistsException there -> "a file is in the way at " + there.getFile();
            case AccessDeniedException denied -> "permission denied for " + denied.getFile();
            case NotDirectoryException file -> file.getFile() + " is no directory";
            case DirectoryNotEmptyException full -> "directory " + full.getFile() + " is not empty";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default ->
                failure.getMessage() == null ? "the system gives no reason" : String.valueOf(failure.getMessage());
        };
    }

    /** Returns whether a failure, or what lies under it, is that of a full disk. */
    public static boolean isDiskFull(Throwable failure) {
        int depth = 0;
        for (Throwable at = failure; at != null && depth < 20; at = at.getCause()) {
            boolean named = at instanceof MillraceException known && known.code() == ErrorCode.DISK_FULL;
            if (named || (at instanceof IOException && saysFull(at))) {
                return true;
            }
            depth++;
        }
        return false;
    }

    // Java has no exception of its own for a full disk, only the system's words.
    private static boolean saysFull(Throwable failure) {
        String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return reason.contains("no space left")
                || reason.contains("quota exceeded")
                || reason.contains("not enough space");
    }
}
