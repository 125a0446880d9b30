package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.session.ResultCursor;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that break the protocol, storm or do not read: the server goes on, and others do not notice. */
@Timeout(300)
final class HostileClientsTest {

    @TempDir
    private Path directory;

    @Test
    void brokenConversationsHarmNobodyElse() throws Exception {
        converse(200);
    }

    @Test
    @Tag("slow")
    void tenThousandBrokenConversationsHarmNobodyElse() throws Exception {
        converse(10_000);
    }

    private void converse(int conversations) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        try (EngineGateway gateway = EngineGateway.open(directory)) {
            gateway.run("CREATE STREAM s (n INT, v VARCHAR)", "CREATE STREAM good (n INT)");
            try (Connection good = gateway.connect("");
                    Statement statement = good.createStatement()) {
                for (int i = 0; i < conversations; i++) {
                    new BrokenConversation(seed + i).run(gateway.address());
                    if (i % 20 == 0) {
                        assertThat(statement.executeUpdate("INSERT INTO good VALUES (" + i + ")"))
                                .isEqualTo(1);
                    }
                }
                try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM good")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo((conversations + 19) / 20);
                }
                awaitConnected(gateway.gateway(), 1, seed);
            }
        }
    }

    /** Waits until just so many connections are left. */
    private static void awaitConnected(PostgresGateway gateway, int expected, long seed) {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (gateway.connected() != expected) {
            assertThat(System.nanoTime())
                    .as("%d connections are left, seed %d", gateway.connected(), seed)
                    .isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void whoStopsReadingStopsHisOwnQueryAlone() throws Exception {
        FakeSqlService engine = new FakeSqlService();
        Rows endless = new Rows();
        engine.teach("SELECT STREAM wide", List.of(), Rows.TYPE, parameters -> endless);
        engine.rows("SELECT n", RowType.of(Field.required("n", DataType.INTEGER)), List.of(1));
        PostgresGateway gateway =
                new PostgresGateway(engine, PostgresSettings.defaults().withAddress("127.0.0.1", 0));
        var address = gateway.start();
        try (RawClient slow = new RawClient(address).login();
                RawClient other = new RawClient(address).login()) {
            slow.query("SELECT STREAM wide").readUntil('D');
            int before;
            do {
                before = endless.batches.get();
                for (int i = 0; i < 50; i++) {
                    other.query("SELECT n");
                    assertThat(other.typesUntilReady()).isEqualTo("TDCZ");
                }
            } while (endless.batches.get() != before);
            // What the two sockets hold, and a batch at hand; each batch is 100 kB.
            assertThat(endless.batches.get()).isLessThan(200);
            slow.readUntil('D');
            for (int i = 0; i < 100_000; i++) {
                slow.readUntil('D');
            }
            assertThat(endless.batches.get()).isGreaterThan(before);
        } finally {
            long started = System.nanoTime();
            gateway.close();
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
        }
        assertThat(endless.closed).isTrue();
    }

    /** Rows without an end, as fast as they are read. */
    private static final class Rows implements ResultCursor {

        static final RowType TYPE = RowType.of(Field.required("v", DataType.VARCHAR));
        final AtomicInteger batches = new AtomicInteger();
        volatile boolean closed;
        private volatile boolean cancelled;
        private final RowBatch batch = RowBatch.create(TYPE, 100);

        Rows() {
            for (int row = 0; row < 100; row++) {
                JavaValues.set(DataType.VARCHAR, batch.column(0), row, "x".repeat(1000));
            }
            batch.size(100);
        }

        @Override
        public RowType rowType() {
            return TYPE;
        }

        @Override
        public boolean endless() {
            return true;
        }

        @Override
        public @Nullable RowBatch poll(Duration wait) {
            batches.incrementAndGet();
            return batch;
        }

        @Override
        public boolean finished() {
            return cancelled;
        }

        @Override
        public String commandTag() {
            return "SELECT";
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void stormsOfRequestsToCancelHitNobody() throws Exception {
        try (EngineGateway gateway = EngineGateway.open(directory);
                Connection good = gateway.connect("");
                Statement statement = good.createStatement()) {
            for (int i = 0; i < 300; i++) {
                try (RawClient client = new RawClient(gateway.address())) {
                    client.out().int32(16).int32(1234 << 16 | 5678).int32(1).int32(i);
                    client.send();
                }
                if (i % 10 == 0) {
                    assertThat(one(statement)).isEqualTo(1);
                }
            }
            awaitConnected(gateway.gateway(), 1, 0);
        }
    }

    private static int one(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
            return rows.getInt(1);
        }
    }
}
