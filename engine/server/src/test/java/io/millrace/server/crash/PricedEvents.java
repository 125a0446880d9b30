package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.KilledServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;

/** Events with a price that go into a table which refuses each tenth: those whose id ends with 7. */
final class PricedEvents {

    static final int KEYS = 10;
    static final String TABLE =
            "CREATE TABLE events (id bigint, k text CHECK (k <> 'k7'), price numeric(12, 2)," + " seen timestamp)";

    /** What a delivery of them says of itself. */
    static final String QUERY = "AS SELECT STREAM id, k, CAST(id + 0.25 AS DECIMAL(12, 2)) AS price,"
            + " TIMESTAMP '2026-01-01 00:00:00' + INTERVAL '0.001' SECOND * id AS seen FROM events";

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMillis(800);

    private PricedEvents() {}

    /** Kills one of the two so many times: the database about each fourth time. */
    static void survive(KilledServer server, PostgresServer database, int kills, long seed) throws Exception {
        Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            if (random.nextInt(4) == 0) {
                server.insertFor(SHORTEST, LONGEST);
                database.kill();
                database.restart();
            } else {
                server.survive(1, SHORTEST, LONGEST);
            }
        }
    }

    /** Checks that the table has each row that it takes once, and {@code error_stream} each that it refuses. */
    static void check(KilledServer server, PostgresServer database, long seed) throws SQLException {
        assertThat(database.rows("SELECT count(*), count(DISTINCT id), sum(id), sum(price) FROM events"))
                .as("seed %s", seed)
                .containsExactly(expected(server.rows()));
        // What the table refuses is told, and none of it is lost.
        assertThat(server.rows("SELECT COUNT(DISTINCT DATA_TEXT) FROM error_stream"))
                .as("seed %s", seed)
                .containsExactly(String.valueOf(server.rows() / KEYS));
    }

    private static String expected(int rows) {
        long count = 0;
        long sum = 0;
        for (int id = 0; id < rows; id++) {
            count += id % KEYS == 7 ? 0 : 1;
            sum += id % KEYS == 7 ? 0 : id;
        }
        return count + "|" + count + "|" + sum + "|" + (sum + count / 4) + "."
                + (count % 4 == 0 ? "00" : count % 4 * 25);
    }
}
