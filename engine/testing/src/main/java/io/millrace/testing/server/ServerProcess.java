package io.millrace.testing.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server in a process of its own, so that it can be killed. Whoever starts one has the server among its dependencies.
 * One at a time, from one thread.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready aws=(\\S+):(\\d+) pg=\\S+:(\\d+) http=\\S+:(\\d+)");

    private final Process process;
    private final int awsPort;
    private final int pgPort;

    private ServerProcess(Process process, int awsPort, int pgPort) {
        this.process = process;
        this.awsPort = awsPort;
        this.pgPort = pgPort;
    }

    /** Starts a server and returns once it answers. */
    public static ServerProcess start(Path data) throws IOException {
        return answering(
                launch("server", "--data", data.toString(), "--aws-port", "0", "--pg-port", "0", "--http-port", "0"));
    }

    /** Starts a server with so much memory, such as {@code -Xmx128m}, and a file of settings. */
    public static ServerProcess start(Path data, String memory, Path settings) throws IOException {
        return answering(launch(
                List.of(memory),
                "server",
                "--data",
                data.toString(),
                "--aws-port",
                "0",
                "--pg-port",
                "0",
                "--http-port",
                "0",
                "--config",
                settings.toString()));
    }

    private static ServerProcess answering(Process process) throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            seen.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.matches()) {
                Thread.ofPlatform().daemon().name("server-output").start(() -> passOn(out));
                return new ServerProcess(process, Integer.parseInt(ready.group(2)), Integer.parseInt(ready.group(3)));
            }
        }
        throw new IOException("the server did not start:\n" + seen);
    }

    /** A server whose messages nobody takes would wait at one of them some day. */
    private static void passOn(BufferedReader messages) {
        try {
            for (String line = messages.readLine(); line != null; line = messages.readLine()) {
                System.out.println("server: " + line);
            }
        } catch (IOException e) {
            // The process was killed.
        }
    }

    /** Runs the {@code millrace} command in a process of its own. */
    public static Process launch(String... arguments) throws IOException {
        return launch(List.of("-XX:TieredStopAtLevel=1", "-Xmx512m"), arguments);
    }

    private static Process launch(List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.console=java.base",
                "-cp",
                System.getProperty("java.class.path"),
                "io.millrace.server.command.Millrace"));
        command.addAll(1, options);
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Returns where it speaks as AWS does. */
    public URI aws() {
        return URI.create("http://127.0.0.1:" + awsPort);
    }

    /** Returns the URL for a driver of PostgreSQL. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + pgPort + "/millrace?user=millrace";
    }

    /** Ends the process as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Ends the process as {@code kill} does, and returns its exit code. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the server did not stop in 30 seconds");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
