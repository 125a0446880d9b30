package io.millrace.connector.file;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files that are made at once. What a file is to hold is written beside it, durably, and gets the file's name then:
 * as a second name, which the disk gives only where there is none, or in the place of another file.
 */
final class WholeFile {

    /** Of files beside, which a crash may leave. */
    private static final String ENDING = ".whole";

    /** How old a file beside must be before nobody can be at it any more. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path stage;

    /** @param stage where files are written before they have their names */
    WholeFile(Path stage) {
        this.stage = stage;
    }

    /** Makes a file unless there is one, and returns whether it did. */
    boolean create(Path target, byte[] content) throws IOException {
        Path beside = beside(target, content);
        try {
            Files.createLink(target, beside);
            Durable.syncDirectory(target.getParent());
            return true;
        } catch (FileAlreadyExistsException e) {
            // Whoever made it may have crashed before it was durable, and we are about to go by it.
            Durable.syncDirectory(target.getParent());
            return false;
        } catch (UnsupportedOperationException e) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "the file system of " + target + " has no hard links, by which a file is made unless there is one",
                    "use another disk, or a bucket",
                    e);
        } catch (IOException e) {
            throw Durable.orDiskFull(e, target);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Makes a file, in the place of the one that is there. */
    void replace(Path target, byte[] content) throws IOException {
        Path beside = beside(target, content);
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            Durable.syncDirectory(target.getParent());
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw Durable.orDiskFull(e, target);
        }
    }

    private Path beside(Path target, byte[] content) throws IOException {
        Durable.createDirectories(target.getParent());
        Path beside = stage.resolve(UUID.randomUUID() + ENDING);
        try (FileChannel file = FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(beside);
            throw Durable.orDiskFull(e, target);
        }
        return beside;
    }

    /** Deletes what crashes have left. */
    void sweep() throws IOException {
        FileTime abandoned = FileTime.from(Instant.now().minus(ABANDONED));
        List<Path> left;
        try (Stream<Path> files = Files.list(stage)) {
            left = files.filter(file -> file.toString().endsWith(ENDING)).toList();
        }
        for (Path file : left) {
            try {
                if (Files.getLastModifiedTime(file).compareTo(abandoned) < 0) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException e) {
                // Somebody was faster, which is as good.
            }
        }
    }
}
