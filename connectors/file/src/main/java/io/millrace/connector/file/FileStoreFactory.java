package io.millrace.connector.file;

import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.error.DiskErrors;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Opens directories, which are made where they are missing. Has no options. */
public final class FileStoreFactory implements ObjectStoreFactory {

    @Override
    public List<String> schemes() {
        return List.of("file");
    }

    @Override
    public ObjectStore open(URI location, Options options) {
        options.refuseOthers();
        Path directory = directory(location);
        try {
            return FileStore.open(directory);
        } catch (IOException e) {
            throw DiskErrors.of(e, "directory " + directory + " cannot be written");
        }
    }

    @Override
    public ObjectStore openToRead(URI location, Options options) {
        options.refuseOthers();
        Path directory = directory(location);
        if (!Files.isDirectory(directory)) {
            throw new MillraceException(ErrorCode.UNDEFINED_NAME, "there is no directory " + directory);
        }
        return FileStore.openToRead(directory);
    }

    private static Path directory(URI location) {
        try {
            return Path.of(location);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + ShownUrl.of(location.toString()) + "' names no directory",
                    "give an absolute path such as file:///lake/trades",
                    e);
        }
    }
}
