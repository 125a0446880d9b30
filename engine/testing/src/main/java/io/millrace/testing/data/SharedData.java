package io.millrace.testing.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Files of real data that lie beside the project and are not part of it: in the directory that the system
 * property {@code millrace.shared.data} or the environment variable {@code MILLRACE_SHARED_DATA} names, else in
 * {@code shared/data} next to the working directory or one above it.
 */
public final class SharedData {

    private SharedData() {}

    /** Returns a file, or has the calling test skipped where there is none. */
    public static Path file(String name) {
        Path directory = directory();
        boolean there = directory != null && Files.isReadable(directory.resolve(name));
        Assumptions.assumeTrue(there, "skipped: no real data " + name + "; set MILLRACE_SHARED_DATA to its directory");
        if (directory == null) {
            throw new AssertionError("the assumption above has passed");
        }
        return directory.resolve(name);
    }

    private static @Nullable Path directory() {
        String named = System.getProperty("millrace.shared.data", System.getenv("MILLRACE_SHARED_DATA"));
        if (named != null) {
            return Path.of(named);
        }
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path candidate = above.resolve("shared").resolve("data");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
