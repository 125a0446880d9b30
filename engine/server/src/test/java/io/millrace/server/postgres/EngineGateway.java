package io.millrace.server.postgres;

import io.millrace.server.engine.Engine;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A gateway in front of a real engine on a data directory. */
final class EngineGateway implements AutoCloseable {

    private final Path directory;
    private final PostgresSettings settings;
    private Engine engine;
    private PostgresGateway gateway;
    private InetSocketAddress address;

    private EngineGateway(Path directory, PostgresSettings settings) {
        this.directory = directory;
        this.settings = settings;
        reopen();
    }

    static EngineGateway open(Path directory) {
        return open(directory, PostgresSettings.defaults());
    }

    static EngineGateway open(Path directory, PostgresSettings settings) {
        return new EngineGateway(directory, settings.withAddress("127.0.0.1", 0));
    }

    /** Opens what was closed. */
    void reopen() {
        engine = Engine.open(directory);
        gateway = new PostgresGateway(engine, settings);
        address = gateway.start();
    }

    PostgresGateway gateway() {
        return gateway;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Connects with pgjdbc; {@code options} are added to the URL, as {@code a=b&c=d}. */
    Connection connect(String options) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + address.getPort()
                + "/millrace?user=millrace&connectTimeout=10&socketTimeout=30&" + options);
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = connect("");
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Returns the rows of an answer, each as its values in text with bars between them. */
    List<String> rows(String query) throws SQLException {
        try (Connection connection = connect("preferQueryMode=simple");
                ResultSet rows = connection.createStatement().executeQuery(query)) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(rows.getString(i)));
                }
                all.add(String.join("|", values));
            }
            return all;
        }
    }

    /** Closes everything and opens the data directory again. */
    void restart() {
        close();
        reopen();
    }

    @Override
    public void close() {
        gateway.close();
        engine.close();
    }
}
