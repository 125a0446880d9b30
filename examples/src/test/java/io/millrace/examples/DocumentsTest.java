package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.millrace.testing.tidy.ProjectFiles;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the documents show is what happens. Run with {@code -Ddocs.rewrite}, results are written into them: those of
 * statements wherever they differ, values of expressions where none is given.
 */
class DocumentsTest {

    private static final String REFERENCE = "docs/reference/sql/";

    /** The time it is in the document of functions, so that those of the clock have values to show. */
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-31T13:45:01.5Z"));

    private final ProjectFiles files = ProjectFiles.find();
    private final Coverage coverage = new Coverage();

    @TempDir
    private Path directory;

    @TestFactory
    List<DynamicTest> documents() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : files.matching(
                name -> (name.equals("README.md") || name.matches("docs/.*\\.md")) && name.contains(only()))) {
            String name = files.name(file);
            tests.add(dynamicTest(name, () -> run(name, new Document(file))));
        }
        if (!only().isEmpty()) {
            return tests;
        }
        tests.add(dynamicTest(
                "every statement has an example",
                () -> assertThat(coverage.statementsWithoutExample()).isEmpty()));
        tests.add(dynamicTest(
                "every function has an example",
                () -> assertThat(coverage.functionsWithoutExample()).isEmpty()));
        return tests;
    }

    /** With {@code -Ddocs.only=WORD} only the pages are run that have the word in their name. */
    private static String only() {
        return System.getProperty("docs.only", "");
    }

    private void run(String name, Document document) {
        InstantSource clock = name.equals(REFERENCE + "functions.md") ? CLOCK : InstantSource.system();
        Coverage noted = name.startsWith(REFERENCE) ? coverage : new Coverage();
        boolean rewrite = System.getProperty("docs.rewrite") != null;
        Path own = directory.resolve(name.replace('/', '-'));
        try (DocumentRun run = new DocumentRun(document, own, clock, noted, rewrite)) {
            assertThat(run.differences()).isEmpty();
        }
    }
}
