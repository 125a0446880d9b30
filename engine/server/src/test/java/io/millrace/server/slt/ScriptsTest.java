package io.millrace.server.slt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every script holds. With {@code -Dslt.rewrite} they are written anew with what the engine answers, and with {@code
 * -Dslt.only=WORD} only those are run that have the word in their name.
 */
class ScriptsTest {

    static final Path SCRIPTS = scripts();

    /** Kinds of statements by the script that has been run. */
    private static final Map<String, Set<String>> RUN = new ConcurrentHashMap<>();

    private static Path scripts() {
        Path inModule = Path.of("src/test/resources/slt");
        return Files.isDirectory(inModule) ? inModule : Path.of("engine/server").resolve(inModule);
    }

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".slt") && name.contains(System.getProperty("slt.only", "")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void aScriptHolds(String name, @TempDir Path directory) throws IOException {
        boolean rewrites = System.getProperty("slt.rewrite") != null;
        ScriptFile file = ScriptFile.parse(Files.readAllLines(SCRIPTS.resolve(name)));
        try (ScriptRun run = new ScriptRun(name, directory, rewrites)) {
            ScriptFile answered = run.run(file);
            RUN.put(name, run.kinds());
            if (rewrites) {
                Files.writeString(SCRIPTS.resolve(name), answered.text());
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Says something only where all scripts held. */
    @AfterAll
    static void everyKindOfStatementIsInAScript() throws IOException {
        if (System.getProperty("slt.only") == null && RUN.keySet().containsAll(names())) {
            Set<String> missing = StatementKinds.all();
            RUN.values().forEach(missing::removeAll);
            assertThat(missing).as("kinds of statements without a script").isEmpty();
        }
    }

    @Test
    void aScriptIsWrittenAsItWasRead() throws IOException {
        for (String name : names()) {
            String text = Files.readString(SCRIPTS.resolve(name));
            assertThat(ScriptFile.parse(text.lines().toList()).text()).as(name).isEqualTo(text);
        }
    }
}
