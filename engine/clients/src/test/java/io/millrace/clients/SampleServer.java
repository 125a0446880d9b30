package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server with the rows that the page's first section makes, for the tests of one class. */
final class SampleServer implements BeforeAllCallback, AfterAllCallback {

    private static final String SETUP_SECTION = "Rows to look at";

    private @Nullable Path directory;
    private @Nullable MillraceServer server;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        Path data = Files.createTempDirectory("millrace-clients");
        directory = data;
        server = MillraceServer.start(
                ServerSettings.of(Map.of("data", data.toString(), "aws-port", "0", "pg-port", "0", "http-port", "0")));
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(ConnectPage.section(SETUP_SECTION).block("sql"));
        }
        awaitView();
    }

    /** A view has its rows soon after its streams have; each look is a question to the server. */
    private void awaitView() throws SQLException {
        while (!rows("SELECT SUM(trades) FROM turnover").equals(rows("SELECT COUNT(*) FROM trades"))) {
            Thread.onSpinWait();
        }
        assertThat(rows("SELECT COUNT(*) FROM trades")).containsExactly("6");
    }

    int port() {
        return Objects.requireNonNull(server).pgPort();
    }

    /** Returns the URL of our driver. */
    String url() {
        return "jdbc:millrace://127.0.0.1:" + port() + "/millrace";
    }

    /** Returns the URL of PostgreSQL's driver. */
    String pgjdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/millrace";
    }

    /** Connects with PostgreSQL's driver. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(pgjdbcUrl(), "millrace", "");
    }

    /** Returns the rows of an answer, each as its values in text with bars between them. */
    List<String> rows(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> all = new ArrayList<>();
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(Objects.requireNonNullElse(rows.getString(i), ""));
                }
                all.add(String.join("|", values));
            }
            return all;
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        Objects.requireNonNull(server).close();
        delete(Objects.requireNonNull(directory));
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
