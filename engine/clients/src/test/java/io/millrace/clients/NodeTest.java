package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** node-postgres with its cursors. */
@Tag("slow")
@Timeout(600)
final class NodeTest {

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    private final ConnectPage.Section section = ConnectPage.section("Node");

    @BeforeEach
    void install() throws Exception {
        NodeModules.require("node-postgres", "pg@8", "pg-cursor@2");
    }

    @Test
    void rowsAndCursorsAreAsThePageHasThem() throws Exception {
        section.shows(run(section.block("js").replace(ConnectPage.PORT, String.valueOf(SERVER.port()))));
    }

    @Test
    void parametersNamedStatementsAndErrors() throws Exception {
        try (InputStream in = NodeTest.class.getResourceAsStream("node-postgres.js")) {
            assertThat(run(new String(in.readAllBytes(), StandardCharsets.UTF_8)))
                    .isEqualTo("""
                        row ACME 12.50
                        row ACME 12.75
                        row MILL 33.90
                        row MILL 34.10
                        cursor 1 5
                        named 6
                        error 42703 8
                        """);
        }
    }

    private String run(String script) throws Exception {
        Path file = Files.writeString(directory.resolve("script.js"), script);
        return NodeModules.node("node-postgres", file.toString(), String.valueOf(SERVER.port()))
                .run();
    }
}
