package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.file.FileStoreFactory;
import io.millrace.spi.Options;
import io.millrace.testing.connector.MemorySource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program reads the directory all the time that files are delivered into it, and restarts happen. */
class ReadWhileDeliveringTest {

    private static final int ROWS = 60_000;

    @TempDir
    private Path directory;

    private final MemorySource source = new MemorySource(Harness.TYPE, "shard-0", "shard-1");

    @Test
    void duckDbNeverSeesHalfAFileNorARowTwice() throws Exception {
        Path lake = directory.resolve("lake");
        AtomicBoolean done = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        append(5000);
        Delivery first = open(lake);
        settle(first);

        Thread reader = new Thread(() -> read(lake, done, failure));
        reader.start();
        Delivery delivery = first;
        for (int i = 5000; i < ROWS; i += 2500) {
            append(2500);
            settle(delivery);
            if (i % 10_000 == 0) {
                // A restart without a farewell: what is open is dropped and read again.
                delivery = open(lake);
            }
        }
        delivery.close();
        done.set(true);
        reader.join();

        assertThat(failure.get()).isNull();
        assertThat(query(lake)).containsExactly(ROWS, ROWS);
    }

    private void append(int rows) {
        for (int i = 0; i < rows; i++) {
            String split = "shard-" + i % 2;
            source.add(split, source.endPosition(split), split + " " + source.endPosition(split));
        }
    }

    private static void settle(Delivery delivery) {
        while (delivery.step()) {
            assertThat(delivery.status().lastError()).isNull();
        }
    }

    private Delivery open(Path lake) throws Exception {
        Options options = new Options(Map.of("roll_rows", "700"));
        return Delivery.open(new DeliverySetup(
                "trades",
                "stream",
                source,
                Harness.TYPE,
                DeliveryFormat.named("parquet", Options.NONE),
                new FileStoreFactory().open(lake.toUri(), Options.NONE),
                directory.resolve("trades.journal"),
                DeliveryOptions.from(options),
                () -> Instant.EPOCH,
                new Random(1),
                entry -> {
                    throw new AssertionError(entry);
                }));
    }

    private static void read(Path lake, AtomicBoolean done, AtomicReference<Throwable> failure) {
        try {
            long before = 0;
            while (!done.get()) {
                long[] counts = query(lake);
                assertThat(counts[0]).isEqualTo(counts[1]).isGreaterThanOrEqualTo(before);
                before = counts[0];
            }
        } catch (Throwable e) {
            failure.set(e);
        }
    }

    private static long[] query(Path lake) throws Exception {
        String sql = "SELECT count(*), count(DISTINCT text) FROM '" + lake + "/**/*.parquet'";
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return new long[] {result.getLong(1), result.getLong(2)};
        }
    }
}
