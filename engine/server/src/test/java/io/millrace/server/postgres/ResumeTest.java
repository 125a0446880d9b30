package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our driver with {@code resume=true}: answers go on over lost connections, without a row missing or coming twice. */
@Timeout(300)
@SuppressWarnings("try") // A gateway is closed here to be opened again.
final class ResumeTest {

    private static final int ROWS_AT_ONCE = 500;

    @TempDir
    Path directory;

    private static Connection connect(CuttingProxy proxy, String options) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:millrace://127.0.0.1:" + proxy.port() + "/millrace?resume=true&" + options);
    }

    private static void create(EngineGateway gateway, int shards) throws SQLException {
        gateway.run("CREATE STREAM numbers (n BIGINT, t VARCHAR) WITH (shards = '" + shards + "')");
    }

    /** Inserts numbers from the first to before the last. */
    private static void insert(EngineGateway gateway, int first, int end) throws SQLException {
        for (int at = first; at < end; at += ROWS_AT_ONCE) {
            gateway.run("INSERT INTO numbers VALUES "
                    + LongStream.range(at, Math.min(end, at + ROWS_AT_ONCE))
                            .mapToObj(n -> "(" + n + ", 'number " + n + "')")
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Inserts beside a statement that waits for the rows, and cancels it where they do not come. */
    private static CompletableFuture<Void> inserting(EngineGateway gateway, int first, int end, Statement waiting) {
        return CompletableFuture.runAsync(() -> {
            try {
                insert(gateway, first, end);
            } catch (SQLException e) {
                cancel(waiting);
                throw new IllegalStateException(e);
            }
        });
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowsOfAShardComeInOrderOverConnectionsThatAreCut(long seed) throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, seed, 20_000)) {
            create(gateway, 1);
            insert(gateway, 0, 3000);
            try (Connection connection = connect(proxy, "");
                    Statement statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT STREAM n * 2, t FROM numbers WHERE MOD(n, 3) <> 0")) {
                proxy.cut();
                CompletableFuture<Void> more = inserting(gateway, 3000, 9000, statement);
                for (long n = 0; n < 9000; n++) {
                    if (n % 3 != 0) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getLong(1)).isEqualTo(2 * n);
                        assertThat(rows.getString(2)).isEqualTo("number " + n);
                    }
                }
                more.join();
                assertThat(proxy.cuts()).isGreaterThan(5);
                proxy.stopCutting();
            }
        }
    }

    @Test
    void rowsOfManyShardsComeOnce() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 11, 15_000)) {
            create(gateway, 4);
            try (Connection connection = connect(proxy, "");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "SELECT STREAM n FROM numbers UNION ALL" + " SELECT STREAM n + 6000 FROM numbers")) {
                proxy.cut();
                CompletableFuture<Void> more = inserting(gateway, 0, 6000, statement);
                BitSet seen = new BitSet();
                for (int i = 0; i < 12_000; i++) {
                    assertThat(rows.next()).isTrue();
                    int n = rows.getInt(1);
                    assertThat(seen.get(n)).as("number " + n + " came before").isFalse();
                    seen.set(n);
                }
                more.join();
                assertThat(seen.cardinality()).isEqualTo(12_000);
                assertThat(proxy.cuts()).isGreaterThan(2);
                proxy.stopCutting();
            }
        }
    }

    @Test
    void answersGoOnAfterTheServerWasStartedAnew() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 5, 1000)) {
            create(gateway, 1);
            insert(gateway, 0, 1000);
            try (Connection connection = connect(proxy, "");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT STREAM n FROM numbers")) {
                for (int n = 0; n < 3000; n++) {
                    if (n == 400 || n == 1700) {
                        gateway.restart();
                        insert(gateway, n == 400 ? 1000 : 2000, n == 400 ? 2000 : 3000);
                    }
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(n);
                }
                try (ResultSet count = connection.createStatement().executeQuery("SELECT COUNT(*) FROM numbers")) {
                    assertThat(count.next()).isTrue();
                    assertThat(count.getInt(1)).isEqualTo(3000);
                }
            }
        }
    }

    @Test
    void answersGoOnWhereOnlyTheServerSeesThatTheConnectionIsLost() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 5, 1000)) {
            create(gateway, 1);
            try (Connection connection = connect(proxy, "");
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT STREAM n FROM numbers")) {
                for (int n = 0; n < 3000; n++) {
                    if (n % 1000 == 0) {
                        proxy.cutRequests();
                        insert(gateway, n, n + 1000);
                    }
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(n);
                }
            }
        }
    }

    @Test
    void anAnswerFromNowOnMissesNothingThatComesWhileTheConnectionIsLost() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 5, 1000)) {
            create(gateway, 2);
            insert(gateway, 0, 100);
            try (Connection connection = connect(proxy, "");
                    Statement statement = connection.createStatement()) {
                statement.execute("SET stream_start = 'latest'");
                ResultSet rows = statement.executeQuery("SELECT STREAM n FROM numbers");
                proxy.cutAll();
                insert(gateway, 100, 101);
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(100);
            }
        }
    }

    @Test
    void mostRowsAreCountedOverAllConnections() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 5, 1000)) {
            create(gateway, 1);
            insert(gateway, 0, 5000);
            try (Connection connection = connect(proxy, "");
                    Statement statement = connection.createStatement()) {
                statement.setMaxRows(4000);
                ResultSet rows = statement.executeQuery("SELECT STREAM n FROM numbers");
                int n = 0;
                for (; rows.next(); n++) {
                    assertThat(rows.getInt(1)).isEqualTo(n);
                    if (n % 1000 == 10) {
                        proxy.cutAll();
                    }
                }
                assertThat(n).isEqualTo(4000);
            }
        }
    }

    @Test
    void queriesThatKeepSomethingAreRefusedBeforeTheFirstRow() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 5, 1000);
                Connection connection = connect(proxy, "");
                Statement statement = connection.createStatement()) {
            create(gateway, 1);
            assertThatThrownBy(() -> statement.executeQuery("SELECT STREAM DISTINCT t FROM numbers"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                    .hasMessageContaining("have a pump write this query into a stream");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void anotherStreamOfTheNameIsNotTakenForTheFirst() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 5, 1000);
                Connection connection = connect(proxy, "");
                Statement statement = connection.createStatement()) {
            create(gateway, 1);
            insert(gateway, 0, 10);
            ResultSet rows = statement.executeQuery("SELECT STREAM n FROM numbers");
            assertThat(rows.next()).isTrue();
            gateway.close();
            gateway.reopen();
            gateway.run("DROP STREAM numbers");
            create(gateway, 1);
            insert(gateway, 0, 100);
            assertThatThrownBy(() -> {
                        while (rows.next()) {
                            assertThat(rows.getInt(1)).isLessThan(10);
                        }
                    })
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("start the query anew");
        }
    }

    @Test
    void cancelAndCloseEndTheWaitForAServerThatIsGone() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 5, 1000);
                Connection connection = connect(proxy, "");
                Statement statement = connection.createStatement()) {
            create(gateway, 1);
            CountDownLatch started = new CountDownLatch(1);
            ResultSet rows = statement.executeQuery("SELECT STREAM n FROM numbers");
            gateway.close();
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
                started.countDown();
                assertThatThrownBy(rows::next)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            });
            started.await();
            statement.cancel();
            reader.get();
            gateway.reopen();
        }
    }

    @Test
    void aServerThatStaysAwayIsToldOfInTheEnd() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                CuttingProxy proxy = new CuttingProxy(gateway::address, 5, 1000);
                Connection connection = connect(proxy, "resumeTimeoutMillis=30");
                Statement statement = connection.createStatement()) {
            create(gateway, 1);
            ResultSet rows = statement.executeQuery("SELECT STREAM n FROM numbers");
            gateway.close();
            assertThatThrownBy(rows::next)
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).startsWith("08"));
            gateway.reopen();
        }
    }
}
