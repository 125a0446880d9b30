package io.millrace.server.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.sql.function.FunctionList;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every function that SHOW FUNCTIONS names is called in a script. */
class FunctionsInScriptsTest {

    @Test
    void everyFunctionIsInAScript() throws IOException {
        String scripts = scripts();
        TreeSet<String> missing = new TreeSet<>();
        for (FunctionList.Entry entry : FunctionList.ALL) {
            String call = "\\b" + entry.name() + (entry.arguments().startsWith("(") ? "\\(" : "\\b");
            if (!Pattern.compile(call, Pattern.CASE_INSENSITIVE)
                    .matcher(scripts)
                    .find()) {
                missing.add(entry.name());
            }
        }
        assertThat(missing).as("functions without a script").isEmpty();
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
