package io.millrace.runtime.spill;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of what is put aside: it goes when its channel is closed, and where the process was killed with the next {@link
 * Workspace#clean}.
 */
record SpillFile(Path path, FileChannel channel) {

    /** How the names of the files end. */
    static final String SUFFIX = ".spill";

    /** Makes a file in a folder, which is made where it is missing. */
    static SpillFile create(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path path = Files.createTempFile(directory, "rows", SUFFIX);
        try {
            return new SpillFile(
                    path,
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }
}
