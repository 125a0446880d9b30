package io.millrace.connector.file;

import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** What a disk must be told so that names survive a loss of power, and what it says when it is full. */
final class Durable {

    private Durable() {}

    /** Makes the names in a directory durable. */
    static void syncDirectory(@Nullable Path directory) throws IOException {
        if (directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Creates a directory with those above it, durably. */
    static void createDirectories(@Nullable Path directory) throws IOException {
        if (directory == null || Files.isDirectory(directory)) {
            return;
        }
        createDirectories(directory.getParent());
        Files.createDirectories(directory);
        syncDirectory(directory.getParent());
    }

    /** Returns the failure, or throws the one that names a full disk. */
    static IOException orDiskFull(IOException failure, Path file) {
        MillraceException full = diskFull(failure, file);
        if (full != null) {
            throw full;
        }
        return failure;
    }

    static @Nullable MillraceException diskFull(IOException failure, Path file) {
        return DiskErrors.isDiskFull(failure)
                ? new MillraceException(
                        ErrorCode.DISK_FULL,
                        "no room on the disk for " + file,
                        "free some, or deliver to another place",
                        failure)
                : null;
    }
}
