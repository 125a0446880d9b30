package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.tidy.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The page about connecting: what people type, and what they see. */
final class ConnectPage {

    /** The port that the page writes. */
    static final String PORT = "5433";

    private static final boolean WRITE = System.getProperty("transcripts.write") != null;
    private static final Path ROOT = ProjectFiles.find().root();
    private static final Path HOW_TO = ROOT.resolve("docs/how-to");
    private static final Path FILE = HOW_TO.resolve("connect.md");

    private ConnectPage() {}

    static Section section(String title) {
        return new Section(title);
    }

    /**
     * What stands under a heading of the second level.
     *
     * @param title the heading
     */
    record Section(String title) {

        /** Returns the first block with this word behind its fence. */
        String block(String info) {
            Matcher block = find(text(), info);
            return block.group(1);
        }

        /** Checks what a tool printed against the section's transcript. */
        void shows(String printed) throws IOException {
            String page = Files.readString(FILE);
            Matcher transcript = find(text(page), "transcript");
            String tidy = printed.lines()
                            .map(String::stripTrailing)
                            .collect(Collectors.joining("\n"))
                            .strip() + "\n";
            if (WRITE) {
                int at = start(page) + transcript.start(1);
                int end = start(page) + transcript.end(1);
                Files.writeString(FILE, page.substring(0, at) + tidy + page.substring(end));
            } else {
                assertThat(tidy).as("%s in connect.md", title).isEqualTo(transcript.group(1));
            }
        }

        /** Checks that the section's Java is what a test runs: it stands there. */
        void isRunBy(Class<?> test) throws IOException {
            Path source = ROOT.resolve(
                    "engine/clients/src/test/java/" + test.getName().replace('.', '/') + ".java");
            assertThat(withoutSpace(Files.readString(source))).contains(withoutSpace(block("java")));
        }

        /** Writes a picture of the page where pictures are to be written. */
        void picture(String file, byte[] png) throws IOException {
            assertThat(text()).contains("(connect/" + file + ")");
            if (WRITE) {
                Files.createDirectories(HOW_TO.resolve("connect"));
                Files.write(HOW_TO.resolve("connect").resolve(file), png);
            }
            assertThat(HOW_TO.resolve("connect").resolve(file)).exists();
        }

        private String text() {
            try {
                return text(Files.readString(FILE));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private String text(String page) {
            int start = start(page);
            int end = page.indexOf("\n## ", start);
            return page.substring(start, end < 0 ? page.length() : end);
        }

        private int start(String page) {
            int heading = page.indexOf("\n## " + title + "\n");
            assertThat(heading).as("heading %s in connect.md", title).isNotNegative();
            return heading + 1;
        }

        private Matcher find(String text, String info) {
            Matcher block =
                    Pattern.compile("(?ms)^```" + info + "\\n(.*?)^```$").matcher(text);
            assertThat(block.find())
                    .as("block %s of %s in connect.md", info, title)
                    .isTrue();
            return block;
        }
    }

    /** Line breaks are the formatter's, on the page and in the test. */
    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }
}
