package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.connector.BucketServer;
import io.millrace.testing.connector.FaultyProxy;
import io.millrace.testing.connector.FaultyProxy.Fault;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deliveries that are dropped while their destination does not answer, and would not for ten minutes. */
@Timeout(120)
class DropDeliveryTest {

    @TempDir
    Path directory;

    private BucketServer bucket;
    private FaultyProxy proxy;
    private EngineFixture engine;

    @BeforeEach
    void open() throws Exception {
        bucket = BucketServer.start();
        // The door asks for no signatures, which are of another port.
        proxy = new FaultyProxy(URI.create(bucket.faultyEndpoint()));
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM s (id INTEGER)");
    }

    @AfterEach
    void close() throws Exception {
        engine.close();
        proxy.close();
        bucket.close();
    }

    private String access() {
        return BucketServer.options("http://127.0.0.1:" + proxy.port())
                + ", timeout = '10 min', roll_interval = '20 ms'";
    }

    private String to(String kind) {
        return kind.equals("s3")
                ? "TO 's3://lake/rows/' WITH (" + access() + ", format = 'json')"
                : "TO 'iceberg:market.rows' WITH (catalog_uri = '"
                        + directory.resolve("catalog.db").toUri() + "', warehouse = 's3://lake/tables', " + access()
                        + ")";
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "iceberg"})
    void aCallThatIsNotAnsweredIsBrokenOff(String kind) {
        engine.run("CREATE DELIVERY d FROM s " + to(kind), "INSERT INTO s VALUES (1)");
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("exactly-once|1|1|"));
        proxy.have(Fault.SILENT);
        int before = proxy.met();
        engine.run("INSERT INTO s VALUES (2)");
        awaitMet(before);
        engine.run("DROP DELIVERY d", "CREATE STREAM other (id INTEGER)");
        assertThat(engine.rows("SHOW DELIVERIES")).isEmpty();
        proxy.have(Fault.NONE);
        engine.run("CREATE DELIVERY d FROM s " + to(kind).replace("rows", "others"));
        engine.await(
                "SHOW DELIVERIES",
                rows -> rows.getFirst().contains("exactly-once|")
                        && rows.getFirst().contains("|2|0|0|"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3", "iceberg"})
    void aServerThatStopsBreaksItOffAndDeliversOnceAfterwards(String kind) {
        engine.run("CREATE DELIVERY d FROM s " + to(kind), "INSERT INTO s VALUES (1)");
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("exactly-once|1|1|"));
        proxy.have(Fault.SILENT);
        int before = proxy.met();
        engine.run("INSERT INTO s VALUES (2)");
        awaitMet(before);
        engine.close();
        proxy.have(Fault.NONE);
        engine = EngineFixture.open(directory.resolve("data"));
        engine.await("SHOW DELIVERIES", rows -> rows.getFirst().contains("|2|0|0|"));
        if (kind.equals("iceberg")) {
            engine.run("CREATE EXTERNAL TABLE t FROM 'iceberg:market.rows' WITH (catalog_uri = '"
                    + directory.resolve("catalog.db").toUri() + "', warehouse = 's3://lake/tables', "
                    + BucketServer.options(bucket.faultyEndpoint()) + ")");
        } else {
            engine.run("CREATE EXTERNAL TABLE t FROM 's3://lake/rows/**.json' WITH ("
                    + BucketServer.options(bucket.faultyEndpoint()) + ")");
        }
        assertThat(engine.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
    }

    private void awaitMet(int before) {
        while (proxy.met() == before) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
