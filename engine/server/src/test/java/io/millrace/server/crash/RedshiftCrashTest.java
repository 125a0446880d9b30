package io.millrace.server.crash;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.millrace.testing.connector.PostgresServer;
import io.millrace.testing.redshift.RedshiftDoor;
import io.millrace.testing.server.KilledServer;
import java.util.Random;
import org.junit.jupiter.api.Tag;

/**
 * Rows that are loaded into what stands for Redshift are there exactly once, whichever of the two servers is killed when
 * and though some answers of the bucket get lost.
 */
@Tag("slow")
class RedshiftCrashTest extends DeliveryCrashTest {

    @Override
    void deliver(int kills) throws Exception {
        assumeThat(PostgresServer.installed()).as("PostgreSQL is installed").isTrue();
        try (PostgresServer database = PostgresServer.start();
                BucketServer bucket = new BucketServer(new Random(seed));
                RedshiftDoor door = new RedshiftDoor(database.port(), bucket.endpoint());
                KilledServer server = new KilledServer(directory.resolve("data"), seed, PricedEvents.KEYS)) {
            database.execute(RedshiftDoor.SCHEMA.toArray(String[]::new));
            database.execute(PricedEvents.TABLE);
            server.execute("CREATE DELIVERY d " + PricedEvents.QUERY + " TO '" + door.url()
                    + "' WITH (\"table\" = 'events', staging = 's3://" + BucketServer.NAME + "/staged', endpoint = '"
                    + bucket.endpoint() + "', region = 'us-east-1', access_key_id = 'id', secret_access_key = 'secret',"
                    + " roll_interval = '30 ms')");
            PricedEvents.survive(server, database, kills, seed);
            server.awaitDeliveredOrRefused(1);
            PricedEvents.check(server, database, seed);
            System.out.println(
                    kills + " kills, " + door.loads().size() + " loads, " + bucket.faults() + " faults of the bucket");
        }
    }
}
