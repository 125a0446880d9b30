package io.millrace.server.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway in front of a real engine, and our driver. */
abstract class DriverFixture {

    EngineGateway gateway;

    @BeforeEach
    void openGateway(@TempDir Path directory) {
        gateway = EngineGateway.open(directory);
    }

    @AfterEach
    void closeGateway() {
        gateway.close();
    }

    String url() {
        return "jdbc:millrace://127.0.0.1:" + gateway.address().getPort() + "/millrace";
    }

    Connection connect() throws SQLException {
        return connect("");
    }

    /** Connects with properties, as {@code a=b&c=d}. */
    Connection connect(String properties) throws SQLException {
        return DriverManager.getConnection(url() + "?" + properties);
    }

    static List<String> texts(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                cells.add(String.valueOf(rows.getString(i)));
            }
            texts.add(String.join("|", cells));
        }
        return texts;
    }

    static String state(Throwable failure) {
        return ((SQLException) failure).getSQLState();
    }
}
