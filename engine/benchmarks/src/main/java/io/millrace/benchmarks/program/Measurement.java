package io.millrace.benchmarks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One thing to measure. */
public interface Measurement {

    /**
     * What was seen.
     *
     * @param subject what was measured, ours or the peer's
     * @param value the number
     * @param unit its unit
     */
    record Figure(String subject, double value, String unit) {}

    String name();

    /** Returns what is measured and how, in a line. */
    String what();

    /** Measures, with its data in the directory, which is empty. */
    List<Figure> run(Path directory) throws Exception;

    /** Deletes a directory and what is in it. */
    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
