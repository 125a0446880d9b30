package io.millrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private List<String> lines() {
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void movingAverages() throws Exception {
        MovingAverages.run("jdbc:millrace:embedded:" + directory.resolve("data"), out);
        assertThat(lines()).hasSize(10);
        assertThat(lines().getFirst()).isEqualTo("roof-0 20.5 °C, mean of the last minute 20.50 °C");
    }

    @Test
    void billedRides() throws Exception {
        BilledRides.run("jdbc:millrace:embedded:" + directory.resolve("data"), out);
        assertThat(lines())
                .containsExactly("Ada pays 5.00", "1 price raised", "Ada pays 5.00", "Ada pays 8.00", "Bob pays 3.00");
    }

    @Test
    void clicksFromTheAwsSdk() throws Exception {
        ServerSettings settings = ServerSettings.of(Map.of(
                "data", directory.resolve("data").toString(), "aws-port", "0", "pg-port", "0", "http-port", "0"));
        try (MillraceServer server = MillraceServer.start(settings)) {
            URI endpoint = URI.create("http://127.0.0.1:" + server.awsPort());
            ClicksFromTheAwsSdk.run(endpoint, "jdbc:millrace://127.0.0.1:" + server.pgPort() + "/millrace", out);
        }
        assertThat(lines()).containsExactly("/buy: 25 clicks of 7 visitors", "/home: 75 clicks of 7 visitors");
    }
}
