package io.millrace.server.engine;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Where pumps, views and deliveries keep their state: a directory each, named by name and time of creation, so that
 * something dropped and made anew never meets the state of its forerunner.
 */
final class StateDirectories {

    private final Path root;

    StateDirectories(Path root) {
        this.root = root;
    }

    /** Returns the directory of an entry, which is there when this returns. */
    Path of(CatalogEntry entry) {
        Path directory = path(entry);
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR, "cannot create " + directory + ": " + e.getMessage(), null, e);
        }
    }

    void delete(CatalogEntry entry) {
        Path directory = path(entry);
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.IO_ERROR, "cannot delete " + directory + ": " + e.getMessage(), null, e);
        }
    }

    /** Returns where the directory of an entry is, if it is there. */
    Path path(CatalogEntry entry) {
        String name = URLEncoder.encode(entry.name(), StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace(".", "%2E");
        String created = Long.toString(entry.created().toEpochMilli(), Character.MAX_RADIX);
        return root.resolve(entry.kind().name().toLowerCase(Locale.ROOT)).resolve(name + "-" + created);
    }
}
