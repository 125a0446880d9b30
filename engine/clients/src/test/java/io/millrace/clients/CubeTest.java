package io.millrace.clients;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Cube 0.30, which asks by SQL what its API is asked as JSON. */
@Tag("slow")
@Timeout(900)
final class CubeTest {

    /** Cube's port on the page. */
    private static final String PORT = "4000";

    @RegisterExtension
    static final SampleServer SERVER = new SampleServer();

    @TempDir
    private Path directory;

    private final ConnectPage.Section section = ConnectPage.section("Cube");

    @Test
    void cubeAnswersOverAViewAndByTimeOverAStream() throws Exception {
        NodeModules.require(
                "cube", "@cubejs-backend/server-core@0.30.44", "@cubejs-backend/postgres-driver@0.30.43", "express@4");
        Program.of("sh", "-c", "curl --version && jq --version").require("curl or jq", Program.debian("curl", "jq"));
        Path model = Files.writeString(
                directory.resolve("cube.js"),
                section.block("js")
                        .replace(ConnectPage.PORT, String.valueOf(SERVER.port()))
                        .replace(PORT, freePort()));
        try (Program.Running cube = NodeModules.node("cube", model.toString()).start(directory.resolve("cube.log"))) {
            section.shows(ask(Files.readString(model)));
            cube.check();
        }
    }

    /** Asks as the page does, as soon as Cube listens. */
    private String ask(String model) throws Exception {
        String port = model.replaceAll("(?s).*listen\\((\\d+),.*", "$1");
        String questions = section.block("shell")
                .replace(PORT, port)
                .replace("curl -sG", "curl --retry 60 --retry-connrefused --retry-delay 1 -sG");
        return Program.of("sh", "-c", questions).within(300).run();
    }

    private static String freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return String.valueOf(socket.getLocalPort());
        }
    }
}
