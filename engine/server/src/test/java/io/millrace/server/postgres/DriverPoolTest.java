package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jdbc.MillraceDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEvent;
import javax.sql.StatementEventListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver's data source, alone and under a pool. */
@Timeout(60)
final class DriverPoolTest extends DriverFixture {

    /** What a pool is told. */
    private static final class Told implements ConnectionEventListener, StatementEventListener {

        final List<String> events = new ArrayList<>();

        @Override
        public void connectionClosed(ConnectionEvent event) {
            events.add("closed");
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            events.add("error " + event.getSQLException().getSQLState());
        }

        @Override
        public void statementClosed(StatementEvent event) {
            events.add("statement closed");
        }

        @Override
        public void statementErrorOccurred(StatementEvent event) {
            events.add("statement error");
        }
    }

    private MillraceDataSource source() {
        MillraceDataSource source = new MillraceDataSource();
        source.setServerName("127.0.0.1");
        source.setPortNumber(gateway.address().getPort());
        source.setUser("somebody");
        source.setProperty("applicationName", "pool");
        return source;
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return texts(statement.executeQuery("SHOW " + setting)).getFirst();
        }
    }

    @Test
    void dataSourceConnectsByItsProperties() throws SQLException {
        MillraceDataSource source = source();
        source.setLoginTimeout(5);
        try (Connection connection = source.getConnection()) {
            assertThat(connection.getMetaData().getUserName()).isEqualTo("somebody");
            assertThat(show(connection, "application_name")).isEqualTo("pool");
            assertThat(connection.getCatalog()).isEqualTo("millrace");
        }
        try (Connection connection = source.getConnection("other", "secret")) {
            assertThat(connection.getMetaData().getUserName()).isEqualTo("other");
        }
        source.setUrl(url());
        assertThat(source.unwrap(javax.sql.DataSource.class)).isSameAs(source);
        source.getConnection().close();
        source.setDatabaseName("no where");
        source.setUrl(null);
        assertThat(source.getUrl()).endsWith("/no+where");
        assertThatThrownBy(source::getConnection)
                .extracting(DriverFixture::state)
                .isEqualTo("3D000");
    }

    @Test
    void connectionComesBackAsNewAndThePoolIsTold() throws SQLException {
        PooledConnection pooled = source().getPooledConnection();
        Told told = new Told();
        pooled.addConnectionEventListener(told);
        Connection handle = pooled.getConnection();
        handle.setAutoCommit(false);
        handle.setReadOnly(true);
        handle.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        handle.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT);
        handle.setNetworkTimeout(Runnable::run, 12_345);
        handle.setClientInfo("ApplicationName", "changed");
        Statement statement = handle.createStatement();
        assertThat(statement.getConnection()).isSameAs(handle);
        assertThat(handle.getMetaData().getConnection()).isSameAs(handle);
        statement.execute("SET TIME ZONE 'Asia/Tokyo'; DECLARE c CURSOR FOR SELECT 1");
        ResultSet open = statement.executeQuery("SELECT 1");
        handle.close();
        handle.close();
        assertThat(told.events).containsExactly("closed");
        assertThat(open.isClosed()).isTrue();
        assertThat(statement.isClosed()).isTrue();
        assertThat(handle.isClosed()).isTrue();
        assertThat(handle.isValid(1)).isFalse();
        assertThatThrownBy(handle::createStatement)
                .extracting(DriverFixture::state)
                .isEqualTo("08003");

        try (Connection next = pooled.getConnection()) {
            assertThat(next).isNotEqualTo(handle);
            assertThat(next.getAutoCommit()).isTrue();
            assertThat(next.isReadOnly()).isFalse();
            assertThat(next.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(next.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
            assertThat(next.getNetworkTimeout()).isZero();
            assertThat(next.getClientInfo("ApplicationName")).isNull();
            assertThat(show(next, "application_name")).isEqualTo("pool");
            assertThat(show(next, "TimeZone")).isEqualTo("UTC");
            assertThatThrownBy(() -> next.createStatement().executeQuery("FETCH 1 FROM c"))
                    .hasMessageContaining("\"c\" does not exist");
        }
        pooled.close();
        assertThat(told.events).containsExactly("closed", "closed");
    }

    @Test
    void secondHandleTakesTheFirstItsConnection() throws SQLException {
        PooledConnection pooled = source().getPooledConnection();
        Told told = new Told();
        pooled.addConnectionEventListener(told);
        Connection first = pooled.getConnection();
        Connection second = pooled.getConnection();
        assertThat(first.isClosed()).isTrue();
        first.close();
        assertThat(second.isValid(5)).isTrue();
        assertThat(told.events).isEmpty();
        pooled.close();
    }

    @Test
    void lossOfTheConnectionIsTold() throws SQLException {
        PooledConnection pooled = source().getPooledConnection();
        Told told = new Told();
        pooled.addConnectionEventListener(told);
        Connection handle = pooled.getConnection();
        gateway.close();
        assertThatThrownBy(() -> handle.createStatement().executeQuery("SELECT 1"))
                .isInstanceOf(SQLException.class);
        assertThat(told.events).containsExactly("error 08006");
        handle.close();
        assertThatThrownBy(pooled::getConnection)
                .extracting(DriverFixture::state)
                .isEqualTo("08003");
        gateway.reopen();
    }

    @Test
    void poolOfStatementsIsToldOfThoseThatAreClosed() throws SQLException {
        PooledConnection pooled = source().getPooledConnection();
        Told told = new Told();
        pooled.addStatementEventListener(told);
        try (Connection handle = pooled.getConnection()) {
            PreparedStatement statement = handle.prepareStatement("SELECT 1");
            statement.close();
            handle.createStatement().close();
            assertThat(told.events).containsExactly("statement closed");
            pooled.removeStatementEventListener(told);
            handle.prepareStatement("SELECT 1").close();
        }
        assertThat(told.events).hasSize(1);
        pooled.close();
    }
}
