package io.millrace.server.file;

import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files that a URL names, as they were when they were listed, and the store they are in. */
final class FoundFiles implements AutoCloseable {

    /** Most files of a relation. */
    static final int FILES_MAX = 10_000;

    private final ObjectStore store;
    private final List<FoundFile> files;
    private final Map<String, FoundFile> byUrl = new HashMap<>();

    private FoundFiles(ObjectStore store, List<FoundFile> files) {
        this.store = store;
        this.files = files;
        files.forEach(file -> byUrl.put(file.url(), file));
    }

    /**
     * Lists files.
     *
     * @param options those of the relation, of which the store gets its own
     * @throws MillraceException {@code UNDEFINED_NAME} where there is none, {@code LIMIT_EXCEEDED} where there are too
     *     many, {@code IO_ERROR} where they cannot be listed
     */
    static FoundFiles of(String url, Options options, FileFormats formats) {
        FilePattern pattern = FilePattern.of(url);
        ObjectStoreFactory factory = formats.store(pattern.folder());
        ObjectStore store = factory.openToRead(pattern.folder(), options.only(factory.options()));
        try {
            List<FoundFile> files = list(store, pattern).stream()
                    .map(file -> found(pattern, file))
                    .toList();
            if (files.isEmpty()) {
                throw new MillraceException(
                        ErrorCode.UNDEFINED_NAME,
                        "there is no file '" + ShownUrl.of(url) + "'",
                        "* stands for any part of a name, ** for any folders as well");
            }
            return new FoundFiles(store, Partitions.onlyCommon(files));
        } catch (IOException e) {
            store.close();
            throw new MillraceException(
                    ErrorCode.IO_ERROR,
                    "the files '" + ShownUrl.of(url) + "' cannot be listed: " + e.getMessage(),
                    null,
                    e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static List<StoredFile> list(ObjectStore store, FilePattern pattern) throws IOException {
        if (pattern.exact()) {
            StoredFile only = store.find(pattern.rest());
            return only == null ? List.of() : List.of(only);
        }
        return store.search(new FileSearch(
                pattern.prefix(), pattern.depth(), name -> pattern.matches(name) && !pattern.hides(name), FILES_MAX));
    }

    private static FoundFile found(FilePattern pattern, StoredFile file) {
        String url = pattern.urlOf(file.name());
        return new FoundFile(file, url, Partitions.keys(url));
    }

    List<FoundFile> files() {
        return files;
    }

    ObjectStore store() {
        return store;
    }

    FoundFile file(String url) {
        FoundFile file = byUrl.get(url);
        if (file == null) {
            throw new IllegalArgumentException("no file " + url);
        }
        return file;
    }

    /** Returns a failure of one file with its name before it. */
    static MillraceException of(FoundFile file, Exception cause) {
        if (cause instanceof MillraceException known) {
            return String.valueOf(known.getMessage()).startsWith("'" + file.url() + "'")
                    ? known
                    : new MillraceException(
                            known.code(), "'" + file.url() + "': " + known.getMessage(), known.hint(), known);
        }
        return new MillraceException(
                ErrorCode.IO_ERROR, "'" + file.url() + "' cannot be read: " + cause.getMessage(), hint(cause), cause);
    }

    private static @Nullable String hint(Exception cause) {
        return cause instanceof java.nio.file.AccessDeniedException
                ? "have the server's user be allowed to read it"
                : null;
    }

    @Override
    public void close() {
        store.close();
    }
}
