package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that cannot start says so in one line, with what to do in a second, and ends with an exit code. */
class StartFailureTest {

    @TempDir
    Path directory;

    @Test
    void whereAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            for (String option : List.of("--aws-port", "--pg-port", "--http-port")) {
                assertThat(server("--data", directory.resolve("data").toString(), option, port))
                        .as(option)
                        .hasSize(2)
                        .first()
                        .asString()
                        .startsWith("millrace: cannot listen on port " + port + " of 127.0.0.1")
                        .doesNotContain("/");
            }
        }
    }

    @Test
    void whereAnotherHasTheDataDirectory() throws Exception {
        try (EngineFixture engine = EngineFixture.open(directory)) {
            assertThat(server("--data", directory.toString()))
                    .containsExactly(
                            "millrace: data directory " + directory.resolve("log") + " is in use by process "
                                    + ProcessHandle.current().pid(),
                            "hint: stop that process, or give this one a data directory of its own");
            engine.run("CREATE STREAM s (id INTEGER)");
        }
    }

    @Test
    void whereASettingIsWrong() throws Exception {
        Path config = Files.writeString(directory.resolve("config"), "aws-prot = 1\n");
        assertThat(server("--data", directory.resolve("data").toString(), "--config", config.toString()))
                .containsExactly(
                        "millrace: unknown setting 'aws-prot'",
                        "hint: settings: account, aws-port, data, decode-threads, firehose-buckets,"
                            + " firehose-functions, firehose-tables, host, http-port, java-functions, password,"
                            + " pg-port, query-memory, region, spill-limit, state-memory, tls, tls-key, tls-password,"
                            + " workers");
        assertThat(server("--config", directory.resolve("none").toString()))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("millrace: cannot read configuration file " + directory.resolve("none"));
        assertThat(directory.resolve("data")).doesNotExist();
    }

    /** Runs a server that is not to start; returns what it has to say on standard error. */
    private List<String> server(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                // The AWS SDK of the tests brings another Netty.
                "-Dcom.linecorp.armeria.warnNettyVersions=false",
                Runtime.version().feature() < 24 ? "-Dnone" : "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.millrace.server.command.Millrace",
                "server"));
        for (String port : List.of("--aws-port", "--pg-port", "--http-port")) {
            if (!List.of(options).contains(port)) {
                command.addAll(List.of(port, "0"));
            }
        }
        command.addAll(List.of(options));
        Path err = Files.createTempFile(directory, "stderr", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue()).isNotZero();
            return Files.readAllLines(err, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
