package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.server.KilledServer;
import java.util.List;

/** Rows that go into PostgreSQL are there exactly once, whichever of the two servers is killed when. */
class DatabaseCrashTest extends DeliveryCrashTest {

    @Override
    void deliver(int kills) throws Exception {
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        try (PostgresServer database = PostgresServer.start();
                KilledServer server = new KilledServer(directory.resolve("data"), seed, PricedEvents.KEYS)) {
            database.execute(PricedEvents.TABLE, "CREATE TABLE latest (k text PRIMARY KEY, id bigint)");
            server.execute(
                    "CREATE DELIVERY d " + PricedEvents.QUERY + " TO '" + database.url()
                            + "' WITH (\"table\" = 'events', roll_interval = '30 ms')",
                    "CREATE DELIVERY u AS SELECT STREAM k, id FROM events TO '" + database.url()
                            + "' WITH (\"table\" = 'latest', mode = 'upsert', key = 'k', roll_interval = '50 ms')");
            PricedEvents.survive(server, database, kills, seed);
            server.awaitDeliveredOrRefused(2);
            PricedEvents.check(server, database, seed);
            List<String> latest = database.rows("SELECT k, id FROM latest ORDER BY k");
            assertThat(latest).as("seed %s", seed).hasSize(10).first().isEqualTo("k0|" + (server.rows() - 10));
        }
    }
}
