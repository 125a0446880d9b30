package io.millrace.server.acceptance;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far SHOW DELIVERIES says that a delivery is behind: in records, and in time since the oldest of them came. */
class DeliveryLagTest {

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));

    @Test
    void tellsHowLongTheOldestRecordHasWaited() {
        try (EngineFixture engine = EngineFixture.open(directory.resolve("data"), now::get)) {
            engine.run(
                    "CREATE STREAM clicks (n INTEGER)",
                    "CREATE DELIVERY d FROM clicks TO '"
                            + directory.resolve("lake").toUri() + "' WITH (format = 'json', roll_interval = '1 hour')");
            engine.await("SHOW DELIVERIES", rows -> lag(rows).equals("0 0"));
            engine.run("INSERT INTO clicks VALUES (1)");
            pass(Duration.ofSeconds(40));
            engine.run("INSERT INTO clicks VALUES (2), (3)");
            pass(Duration.ofSeconds(50));
            engine.await("SHOW DELIVERIES", rows -> lag(rows).equals("3 90000"));

            // What is open when the server stops is ended and published.
            engine.restart();
            engine.await("SHOW DELIVERIES", rows -> lag(rows).equals("0 0"));
        }
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /** Returns the columns {@code lag} and {@code lag_ms}. */
    private static String lag(List<String> deliveries) {
        String[] columns = deliveries.getFirst().split("\\|");
        return columns[7] + " " + columns[10];
    }
}
