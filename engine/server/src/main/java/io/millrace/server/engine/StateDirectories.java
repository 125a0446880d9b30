package io.millrace.server.engine;

import io.millrace.log.disk.Disk;
import io.millrace.spi.error.DiskErrors;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where pumps, views and deliveries keep their state: a directory each, named by name and time of creation, so that
 * something dropped and made anew never meets the state of its forerunner.
 */
final class StateDirectories {

    private final Path root;
    private final Disk disk;

    StateDirectories(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /** Returns the directory of an entry, which is there when this returns. */
    Path of(CatalogEntry entry) {
        Path directory = path(entry);
        try {
            disk.createDirectories(directory);
            return directory;
        } catch (IOException e) {
            throw DiskErrors.of(e, "create", directory);
        }
    }

    /** Deletes what is there of an entry's directory. */
    void delete(CatalogEntry entry) {
        Path directory = path(entry);
        try {
            if (disk.exists(directory)) {
                deleteTree(directory);
            }
        } catch (IOException e) {
            throw DiskErrors.of(e, "delete", directory);
        }
    }

    private void deleteTree(Path path) throws IOException {
        if (disk.isDirectory(path)) {
            for (Path inside : disk.list(path)) {
                deleteTree(inside);
            }
        }
        disk.delete(path);
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
