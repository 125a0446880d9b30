package io.millrace.log.disk;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
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
        String reason = String.valueOf(failure.getMessage());
        if (isDiskFull(failure)) {
            return new MillraceException(
                    ErrorCode.DISK_FULL,
                    "cannot " + doing + " " + file + ": no space left on the disk",
                    "make room, or shorten the retention of streams; writing goes on by itself",
                    failure);
        }
        return new MillraceException(
                ErrorCode.IO_ERROR,
                "cannot " + doing + " " + file + ": " + reason,
                "look at the disk and its permissions",
                failure);
    }

    // Java has no exception of its own for a full disk, only the system's words.
    static boolean isDiskFull(IOException failure) {
        String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return reason.contains("no space left")
                || reason.contains("quota exceeded")
                || reason.contains("not enough space");
    }
}
