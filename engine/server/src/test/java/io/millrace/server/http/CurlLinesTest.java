package io.millrace.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testing.tidy.ProjectFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Types the lines of the page about results over HTTP, and sees what it says. */
@Timeout(300)
final class CurlLinesTest {

    private static final Path PAGE = ProjectFiles.find().root().resolve("docs/how-to/get-results-over-http.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(.*?)\\n(.*?)^```$");

    /** Where the page leaves something out. */
    private static final String LEFT_OUT = "…";

    @TempDir
    private Path directory;

    @Test
    void everyLineOfThePageDoesWhatThePageSays() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
        int lines = 0;
        try (HttpFixture door = HttpFixture.open(directory.resolve("data"))) {
            for (Matcher block = BLOCK.matcher(Files.readString(PAGE)); block.find(); ) {
                if (block.group(1).equals("sql run")) {
                    door.run(statements(block.group(2)));
                } else if (block.group(1).isEmpty()) {
                    lines += type(block.group(2), door);
                }
            }
        }
        assertThat(lines).isGreaterThan(6);
        assertThat(directory.resolve("trades.csv")).content().contains("ACME,100,10.50");
        assertThat(directory.resolve("trades.parquet")).binaryContent().startsWith('P', 'A', 'R', '1');
        assertThat(directory.resolve("trades.arrow")).binaryContent().startsWith('A', 'R', 'R', 'O', 'W', '1');
    }

    private static String[] statements(String script) {
        return Pattern.compile(";\\n").splitAsStream(script.strip()).toArray(String[]::new);
    }

    /** Types a block's lines; what stands below one that starts with a prompt is what it shows. */
    private int type(String block, HttpFixture door) throws Exception {
        List<String> lines = block.lines().toList();
        int typed = 0;
        for (int i = 0; i < lines.size(); i++) {
            boolean shown = lines.get(i).startsWith("$ ");
            String command = shown ? lines.get(i).substring(2) : lines.get(i);
            if (!command.startsWith("curl ")) {
                continue;
            }
            List<String> expected = new ArrayList<>();
            while (shown && i + 1 < lines.size() && !lines.get(i + 1).startsWith("$ ")) {
                expected.add(lines.get(++i));
            }
            type(command, shown ? expected : null, door);
            typed++;
        }
        return typed;
    }

    /** Reads as many lines as are expected: a command may go on for ever. */
    private void type(String command, @org.jspecify.annotations.Nullable List<String> expected, HttpFixture door)
            throws IOException, InterruptedException {
        String here = command.replace(
                        "localhost:8080", "127.0.0.1:" + door.address().getPort())
                .replaceFirst("^curl ", "exec curl --silent --show-error ");
        Process process = new ProcessBuilder("sh", "-c", here)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            if (expected == null) {
                String all = out.lines().reduce("", (a, b) -> a + b + "\n");
                assertThat(process.waitFor()).as("%s printed%n%s", command, all).isZero();
                assertThat(all).as(command).doesNotContain("\"error\"");
                return;
            }
            for (String line : expected) {
                assertThat(out.readLine()).as(command).matches(pattern(line));
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static Pattern pattern(String line) {
        List<String> parts = Pattern.compile(LEFT_OUT)
                .splitAsStream(line)
                .map(Pattern::quote)
                .toList();
        return Pattern.compile(String.join(".*", parts));
    }
}
