package io.millrace.testing.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own, where its programs are installed: on loopback, in a temporary directory, with the durability
 * that it has by default, so that it may be killed.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    private final Path directory;
    private final int port;
    private Process process;

    private PostgresServer(Path directory, int port, Process process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Returns whether there is one to start. */
    public static boolean installed() {
        return programs() != null;
    }

    private static @Nullable Path programs() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString))
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    /** Makes a database and starts its server. */
    public static PostgresServer start() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("millrace-postgres");
        if (ROOT) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        List<String> init = command("initdb");
        init.addAll(List.of("-D", directory.resolve("data").toString(), "-U", "millrace", "-A", "trust", "-E", "UTF8"));
        init.addAll(List.of("--no-sync", "--locale=C"));
        run(init);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        return new PostgresServer(directory, port, launch(directory, port));
    }

    private static Process launch(Path directory, int port) throws IOException {
        List<String> command = command("postgres");
        command.addAll(List.of("-D", directory.resolve("data").toString(), "-p", Integer.toString(port)));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        command.addAll(List.of("-c", "shared_buffers=8MB", "-c", "max_connections=20"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** It refuses to run as root. */
    private static List<String> command(String program) {
        List<String> command = new ArrayList<>();
        if (ROOT) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(Objects.requireNonNull(programs(), "PostgreSQL is not installed")
                .resolve(program)
                .toString());
        return command;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + output);
        }
    }

    /** Returns the URL of its database. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=millrace";
    }

    /** Returns the port that it listens at. */
    public int port() {
        return port;
    }

    /** Connects, as soon as the server lets anyone. */
    public Connection connect() throws SQLException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return DriverManager.getConnection(url());
            } catch (SQLException e) {
                if (System.nanoTime() > giveUp || !process.isAlive()) {
                    throw e;
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Runs statements, one after the other. */
    public void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows of an answer, each as its values with bars between them. */
    public List<String> rows(String query) throws SQLException {
        return rows(url(), query);
    }

    /** Returns the rows of an answer of any database. */
    public static List<String> rows(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(IntStream.rangeClosed(1, rows.getMetaData().getColumnCount())
                        .mapToObj(i -> cell(rows, i))
                        .collect(Collectors.joining("|")));
            }
            return texts;
        }
    }

    private static String cell(ResultSet rows, int column) {
        try {
            return rows.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as a crash does: what was not durable is gone. */
    public void kill() throws InterruptedException {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
    }

    /** Starts it again behind {@link #kill}. */
    public void restart() throws IOException {
        process = launch(directory, port);
    }

    @Override
    public void close() {
        try {
            // A plain end waits for sessions whose client is gone already; this one drops them.
            run(List.of("kill", "-INT", Long.toString(process.pid())));
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                kill();
            }
            run(List.of("rm", "-rf", directory.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
