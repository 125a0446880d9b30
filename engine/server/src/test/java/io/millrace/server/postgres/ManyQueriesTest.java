package io.millrace.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of endless queries at once: what they cost, and that each gets its rows. */
@Tag("slow")
@Timeout(300)
final class ManyQueriesTest {

    private static final int IDLE = 500;
    private static final int ACTIVE = 50;
    private static final int ROWS = 100;
    private static final long HEAP_BYTES_EACH_MAX = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void fiveHundredIdleQueriesAndFiftyBusyOnesGetTheirRows() throws Exception {
        PostgresSettings settings =
                PostgresSettings.defaults().withLimits(IDLE + ACTIVE + 10, 1 << 20, Duration.ofSeconds(60));
        List<RawClient> clients = new ArrayList<>();
        try (EngineGateway gateway = EngineGateway.open(directory, settings)) {
            gateway.run("CREATE STREAM idle (n INT)", "CREATE STREAM busy (n INT)");
            gateway.run("INSERT INTO idle VALUES (0)");
            long before = heap();
            for (int i = 0; i < IDLE; i++) {
                clients.add(new RawClient(gateway.address()).login().query("SELECT STREAM n FROM idle"));
            }
            for (RawClient client : clients) {
                client.readUntil('D');
            }
            long each = (heap() - before) / IDLE;
            System.out.println("heap of an idle endless query: " + each + " bytes, threads: "
                    + ManagementFactory.getThreadMXBean().getThreadCount());
            assertThat(each).isLessThan(HEAP_BYTES_EACH_MAX);
            for (int i = 0; i < ACTIVE; i++) {
                clients.add(new RawClient(gateway.address()).login().query("SELECT STREAM n FROM busy WHERE n >= 0"));
            }
            for (int i = 0; i < ROWS; i++) {
                gateway.run("INSERT INTO busy VALUES (" + i + ")");
            }
            for (RawClient client : clients.subList(IDLE, IDLE + ACTIVE)) {
                for (int i = 0; i < ROWS; i++) {
                    assertThat(client.readUntil('D').values()).containsExactly(String.valueOf(i));
                }
            }
            gateway.run("INSERT INTO idle VALUES (1)");
            for (RawClient client : clients.subList(0, IDLE)) {
                assertThat(client.readUntil('D').values()).containsExactly("1");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
