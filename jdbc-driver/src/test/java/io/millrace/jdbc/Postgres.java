package io.millrace.jdbc;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL 15 of its own for a test, where its programs are installed: loopback only, in a temporary directory. */
@SuppressWarnings("try") // ending the server may be interrupted
final class Postgres implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql/15/bin");

    private final Path directory;
    private final Process process;
    private final int port;

    private Postgres(Path directory, Process process, int port) {
        this.directory = directory;
        this.process = process;
        this.port = port;
    }

    static boolean installed() {
        return Files.isExecutable(PROGRAMS.resolve("initdb"));
    }

    static Postgres start() throws Exception {
        Path directory = Files.createTempDirectory("millrace-jdbc-postgres");
        boolean root = "root".equals(System.getProperty("user.name"));
        if (root) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        String data = directory.resolve("data").toString();
        run(asPostgres(root, "initdb", "-D", data, "-U", "millrace", "-A", "trust", "--no-sync", "-E", "UTF8"));
        int port = freePort();
        List<String> command = asPostgres(root, "postgres", "-D", data, "-p", Integer.toString(port));
        command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="));
        command.addAll(List.of("-c", "fsync=off", "-c", "shared_buffers=8MB", "-c", "max_connections=20"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new Postgres(directory, process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The server refuses to run as root. */
    private static List<String> asPostgres(boolean root, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        if (root) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(PROGRAMS.resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.Charset.defaultCharset());
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed: " + output);
        }
    }

    /** Connects, as soon as the server lets anyone. */
    Connection connect() throws SQLException {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
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

    String url() {
        return "jdbc:millrace://127.0.0.1:" + port + "/postgres";
    }

    @Override
    public void close() throws Exception {
        // A plain end waits for sessions whose client is gone already; this one drops them.
        run(List.of("kill", "-INT", Long.toString(process.pid())));
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(file);
            }
        }
    }
}
