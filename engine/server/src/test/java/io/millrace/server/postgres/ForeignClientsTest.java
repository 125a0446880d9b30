package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Drivers of other languages as they are. What is not installed is skipped; with {@code -Dclients.install} it is
 * installed first, from Debian's packages and npm's.
 */
@Tag("slow")
@Timeout(600)
final class ForeignClientsTest {

    private static final boolean INSTALL = System.getProperty("clients.install") != null;

    @TempDir
    private Path directory;

    private EngineGateway gateway;

    @BeforeEach
    void open() throws SQLException {
        gateway = EngineGateway.open(directory.resolve("data"));
        gateway.run(
                "CREATE STREAM trades (ticker VARCHAR NOT NULL, price DECIMAL(10, 2), traded_at TIMESTAMP, size INT)",
                "INSERT INTO trades VALUES ('IBM', 12.5, TIMESTAMP '2026-01-31 10:00:00', 3), ('ORCL', NULL, NULL, 4)");
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void psycopg() throws Exception {
        // Debian's Python, since that is where Debian's packages are.
        require(List.of("/usr/bin/python3", "-c", "import psycopg"), debian("python3-psycopg"), "psycopg 3");
        assertThat(run(List.of("/usr/bin/python3", script("psycopg_client.py"), port()), Map.of()))
                .isEqualTo("""
                    row IBM 12.50 2026-01-31 10:00:00
                    row ORCL None None
                    copied t0 t1 t2
                    named 6
                    streamed IBM
                    streamed ORCL
                    binary 12.50 2026-01-31 10:00:00 3
                    pipelined 8
                    error 42703
                    """);
    }

    @Test
    void sqlalchemy() throws Exception {
        List<String> install = debian("python3-sqlalchemy", "python3-psycopg2");
        require(List.of("/usr/bin/python3", "-c", "import sqlalchemy, psycopg2"), install, "SQLAlchemy");
        assertThat(run(List.of("/usr/bin/python3", script("sqlalchemy_client.py"), port()), Map.of()))
                .isEqualTo("""
                    row IBM
                    row ORCL
                    tables error_stream trades
                    column ticker TEXT False
                    column price NUMERIC(10, 2) True
                    column traded_at TIMESTAMP True
                    column size INTEGER True
                    key [] []
                    indexes [] []
                    reflected 12.50
                    """);
    }

    @Test
    void nodePostgres() throws Exception {
        List<String> install = List.of(
                "npm", "install", "--no-audit", "--no-fund", "--prefix", directory.toString(), "pg", "pg-cursor");
        Map<String, String> modules =
                Map.of("NODE_PATH", directory.resolve("node_modules").toString());
        require(List.of("node", "-e", "require('" + directory + "/node_modules/pg')"), install, "node-postgres");
        assertThat(run(List.of("node", script("node-postgres.js"), port()), modules))
                .isEqualTo("""
                    row IBM 12.50
                    row ORCL null
                    cursor 1 1
                    named 2
                    error 42703 8
                    """);
    }

    @Test
    void odbc() throws Exception {
        require(
                List.of("sh", "-c", "isql --version && ls /usr/lib/*/odbc/psqlodbcw.so"),
                debian("unixodbc", "odbc-postgresql"),
                "psqlODBC");
        Path sources = directory.resolve("odbc.ini");
        Files.writeString(
                sources,
                "[millrace]\nDriver=PostgreSQL Unicode\nServername=127.0.0.1\nPort=" + port()
                        + "\nDatabase=millrace\nUsername=millrace\nSSLmode=disable\n");
        Map<String, String> environment = Map.of("ODBCINI", sources.toString());
        String isql = "printf '%s\\n' \"$1\" | isql -b -d, millrace";
        assertThat(run(
                        List.of("sh", "-c", isql, "isql", "SELECT ticker, price, size FROM trades ORDER BY size"),
                        environment))
                .isEqualTo("IBM,12.50,3\nORCL,,4\n");
        assertThat(run(List.of("sh", "-c", isql, "isql", "help"), environment))
                .contains("millrace,public,trades,TABLE,");
        assertThat(run(List.of("sh", "-c", isql, "isql", "help trades"), environment)
                        .lines())
                .hasSize(4)
                .anyMatch(line -> line.startsWith("millrace,public,trades,price,2,numeric,10,12,2,10,1,"));
    }

    private String port() {
        return String.valueOf(gateway.address().getPort());
    }

    private String script(String name) throws IOException {
        Path script = directory.resolve(name);
        try (var in = ForeignClientsTest.class.getResourceAsStream("/io/millrace/server/clients/" + name)) {
            Files.write(script, in.readAllBytes());
        }
        return script.toString();
    }

    private static List<String> debian(String... packages) {
        return List.of("sh", "-c", "apt-get install -y --no-install-recommends " + String.join(" ", packages));
    }

    /** Goes on where the check succeeds, at once or after the installation. */
    private static void require(List<String> check, List<String> install, String client) throws Exception {
        boolean there = succeeds(check) || (INSTALL && succeeds(install) && succeeds(check));
        assumeTrue(there, client + " is not installed" + (INSTALL ? " and cannot be" : "; -Dclients.install tries to"));
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(5, TimeUnit.MINUTES);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns what a program prints, errors included. */
    private static String run(List<String> command, Map<String, String> environment) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        CompletableFuture.delayedExecutor(60, TimeUnit.SECONDS).execute(process::destroyForcibly);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
