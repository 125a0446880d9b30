package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** JDKs of this machine, for programs that do not run on the newest. */
final class JavaHome {

    private static final Path ALL = Path.of("/usr/lib/jvm");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    private JavaHome() {}

    /** Returns the {@code java} of the newest JDK between two versions; the test is skipped where there is none. */
    static String between(int oldest, int newest) throws IOException {
        assumeTrue(Files.isDirectory(ALL), "no JDKs in " + ALL);
        try (Stream<Path> found = Files.list(ALL)) {
            List<Path> homes = found.filter(home -> version(home) >= oldest && version(home) <= newest)
                    .toList();
            Optional<Path> best = homes.stream().max(Comparator.comparingInt(JavaHome::version));
            assumeTrue(best.isPresent(), "no JDK from " + oldest + " to " + newest + " in " + ALL);
            Path java = best.get().resolve("bin/java");
            assertThat(java).isExecutable();
            return java.toString();
        }
    }

    private static int version(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
