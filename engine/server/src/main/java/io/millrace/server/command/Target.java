package io.millrace.server.command;

import io.millrace.server.ServerSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where statements go: a running server, or a data directory opened in this process. */
final class Target {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "A running server (MILLRACE_URL, or else jdbc:millrace://127.0.0.1:5433/millrace).")
    private @Nullable String url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A data directory, opened by this command itself; no server may use it.")
    private @Nullable String data;

    /** Returns whether a data directory was named. */
    boolean embedded() {
        return data != null;
    }

    @Nullable
    String data() {
        return data;
    }

    /** Opens a connection with the JDBC driver. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), "millrace", "");
    }

    private String jdbcUrl() {
        if (data != null) {
            return "jdbc:millrace:embedded:" + data;
        }
        String named = url != null ? url : System.getenv("MILLRACE_URL");
        if (named == null) {
            return "jdbc:millrace://127.0.0.1:" + ServerSettings.PG_PORT + "/millrace";
        }
        return named.startsWith("jdbc:") ? named : "jdbc:millrace://" + named;
    }
}
