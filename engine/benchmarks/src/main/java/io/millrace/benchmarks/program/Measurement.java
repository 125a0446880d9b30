package io.millrace.benchmarks.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    /**
     * Returns the measurement as these options want it.
     *
     * @throws IllegalArgumentException for an option that it does not have
     */
    default Measurement with(Map<String, String> options) {
        if (!options.isEmpty()) {
            throw new IllegalArgumentException(
                    name() + " has no option --" + options.keySet().iterator().next());
        }
        return this;
    }

    /** Returns whether it prints what it sees itself, as it sees it. */
    default boolean prints() {
        return false;
    }

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
