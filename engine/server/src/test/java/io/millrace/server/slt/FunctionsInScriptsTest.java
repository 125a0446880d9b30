package io.millrace.server.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sql.function.FunctionList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every function that SHOW FUNCTIONS names occurs in a script, but for those in {@code slt/functions-to-come.txt}, which
 * may only become fewer. With {@code -Dslt.rewrite} the list is written anew.
 */
class FunctionsInScriptsTest {

    @Test
    void everyFunctionIsInAScriptOrOnTheListOfThoseToCome() throws IOException {
        TreeSet<String> missing = new TreeSet<>();
        FunctionList.ALL.forEach(entry -> missing.add(entry.name()));
        String scripts = scripts();
        missing.removeIf(name -> scripts.matches("(?is).*\\b" + name + "\\b.*"));
        Path list = ScriptsTest.SCRIPTS.resolve("functions-to-come.txt");
        if (System.getProperty("slt.rewrite") != null) {
            Files.write(list, missing);
        }
        assertThat(List.copyOf(missing))
                .as("functions without a script, and slt/functions-to-come.txt")
                .isEqualTo(Files.readAllLines(list));
    }

    private static String scripts() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : ScriptsTest.names()) {
            try (Stream<String> lines = Files.lines(ScriptsTest.SCRIPTS.resolve(name))) {
                lines.filter(line -> !line.startsWith("#"))
                        .forEach(line -> all.append(line).append('\n'));
            }
        }
        return all.toString();
    }
}
