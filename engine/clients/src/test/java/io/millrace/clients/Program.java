package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that does not come with Maven, as a command line and an environment. */
final class Program {

    private static final boolean INSTALL = System.getProperty("clients.install") != null;

    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private long secondsMax = 60;

    private Program(List<String> command) {
        this.command = command;
    }

    static Program of(String... command) {
        return new Program(List.of(command));
    }

    Program with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Program input(String text) {
        input = text;
        return this;
    }

    /** Allows the program so long; it is ended then, so that a test does not hang. */
    Program within(long seconds) {
        secondsMax = seconds;
        return this;
    }

    /** Returns what it prints, errors included, and checks that it ends without an error. */
    String run() throws IOException, InterruptedException {
        Process process = builder().start();
        CompletableFuture.delayedExecutor(secondsMax, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s printed%n%s", command, output).isZero();
        return output;
    }

    /**
     * A program at work in the background.
     *
     * @param output what it prints
     */
    record Running(List<String> command, Process process, Path output) implements AutoCloseable {

        /** Checks that it still works. */
        void check() throws IOException {
            assertThat(process.isAlive())
                    .as("%s printed%n%s", command, Files.readString(output))
                    .isTrue();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Starts it in the background; what it prints goes to a file. */
    Running start(Path output) throws IOException {
        return new Running(command, builder().redirectOutput(output.toFile()).start(), output);
    }

    private ProcessBuilder builder() {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder;
    }

    private boolean succeeds() throws InterruptedException {
        try {
            Process process = builder().start();
            process.getOutputStream().close();
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Goes on where this program succeeds, at once or after an installation; the test is skipped otherwise. */
    void require(String client, Program installation) throws InterruptedException {
        boolean there = succeeds() || (INSTALL && installation.succeeds() && succeeds());
        assumeTrue(there, client + " is not installed" + (INSTALL ? " and cannot be" : "; -Dclients.install tries to"));
    }

    /** The installation of Debian's packages; a machine that has no lists of them, or old ones, gets them first. */
    static Program debian(String... packages) {
        String install = "apt-get install -y --no-install-recommends " + String.join(" ", packages);
        return of("sh", "-c", install + " || { apt-get update && " + install + "; }")
                .with("DEBIAN_FRONTEND", "noninteractive");
    }
}
