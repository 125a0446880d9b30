package io.millrace.clients;

import io.millrace.jdbc.MillraceDriver;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The jar of our driver, for programs that are given its path. */
final class DriverJar {

    private DriverJar() {}

    /** Returns the jar that is on the class path, or packs the classes that are there into one in this directory. */
    static Path in(Path directory) throws IOException, URISyntaxException {
        Path classes = Path.of(MillraceDriver.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return Files.isDirectory(classes) ? packed(classes, directory.resolve("millrace-jdbc.jar")) : classes;
    }

    private static Path packed(Path classes, Path jar) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(classes)) {
            files = found.filter(Files::isRegularFile).toList();
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
