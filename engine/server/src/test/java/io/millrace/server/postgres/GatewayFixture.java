package io.millrace.server.postgres;

import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A running gateway in front of an engine that a test teaches. */
abstract class GatewayFixture {

    final FakeSqlService engine = new FakeSqlService();
    InetSocketAddress address;
    private PostgresGateway gateway;

    PostgresSettings settings() {
        return PostgresSettings.defaults().withAddress("127.0.0.1", 0);
    }

    @BeforeEach
    final void startGateway() {
        gateway = new PostgresGateway(engine, settings());
        address = gateway.start();
    }

    @AfterEach
    final void closeGateway() {
        gateway.close();
    }

    final PostgresGateway gateway() {
        return gateway;
    }

    /** Connects with pgjdbc; {@code options} are added to the URL, as {@code a=b&c=d}. */
    final Connection connect(String options) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + address.getPort()
                + "/millrace?user=millrace&connectTimeout=10&socketTimeout=20&" + options);
    }
}
