package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.BucketServer;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.connector.StoreServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects of a bucket, at a server of S3's protocol. */
class BucketQueriesTest extends StoredFilesQueries {

    private static BucketServer server;

    @BeforeAll
    static void start() throws Exception {
        server = BucketServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    StoreServer server() {
        return server;
    }

    @Override
    String root() {
        return "s3://" + BucketServer.NAME + "/";
    }

    @Override
    String nowhere() {
        return "s3://none/x/";
    }

    @Override
    String thereIsNone() {
        return "404 NoSuchBucket";
    }

    @Override
    String listing() {
        return "list-type=2";
    }

    private static void reading(Runnable asks, String reads) {
        System.setProperty("aws.accessKeyId", BucketServer.ACCESS_KEY_ID);
        System.setProperty("aws.secretAccessKey", BucketServer.SECRET_ACCESS_KEY);
        System.setProperty("aws.region", "us-east-1");
        System.setProperty("aws.endpointUrlS3", reads);
        try {
            asks.run();
        } finally {
            List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.region", "aws.endpointUrlS3")
                    .forEach(System::clearProperty);
        }
    }

    @Test
    void objectsStandInFromWithWhatTheEnvironmentSays() {
        put("a.csv", "city,n", "Bern,1", "Oslo,2");
        put("more/b.csv", "city,n", "Rome,3");
        reading(
                () -> assertThat(engine().rows("SELECT city, n FROM " + url("**.csv") + " ORDER BY n"))
                        .containsExactly("Bern|1", "Oslo|2", "Rome|3"),
                server.endpoint());
    }

    @Test
    void whatIsForbiddenPointsToThePolicy() {
        put("a.csv", "city,n", "Bern,1");
        engine().run("CREATE EXTERNAL TABLE t FROM " + url("*.csv") + access(""));
        server.faults().plan("GET", "a.csv", Fault.FORBIDDEN, 1);
        MillraceException forbidden = engine().failure("SELECT city FROM t");
        assertThat(forbidden.getMessage()).contains("403 AccessDenied");
        assertThat(forbidden.hint()).contains("policy");
    }

    @Test
    void oddNamesAreFilesLikeOthers() {
        List<String> names =
                List.of("a.csv", "x//b.csv", "c d+e%20.csv", "\u00e9\u65e5\u672c.csv", "k=%zz/d.csv", "f'{g}.csv");
        for (int i = 0; i < names.size(); i++) {
            put(names.get(i), i + ",n" + i);
        }
        put("folder/");
        List<String> all = List.of("0|n0", "1|n1", "2|n2", "3|n3", "4|n4", "5|n5");
        String columns = " (id BIGINT, name VARCHAR) FROM ";
        engine().run("CREATE EXTERNAL TABLE t" + columns + url("**.csv") + access(""));
        assertThat(engine().rows("SELECT id, name FROM t ORDER BY id")).isEqualTo(all);
        engine().run("CREATE EXTERNAL TABLE one" + columns + url("x//b.csv") + access(""));
        assertThat(engine().rows("SELECT id, name FROM one")).containsExactly("1|n1");
        engine().run(
                        "CREATE STREAM copied (id BIGINT, name VARCHAR)",
                        "COPY copied FROM " + url("**.csv") + access(""));
        assertThat(engine().rows("SELECT id, name FROM copied ORDER BY id")).isEqualTo(all);
        engine().run(
                        "CREATE EXTERNAL TABLE w" + columns + url("**.csv")
                                + access(", watch_interval = '20 ms', watch_settle = '0 s'"),
                        "CREATE STREAM s (id BIGINT, name VARCHAR)",
                        "CREATE PUMP p STARTED AS INSERT INTO s SELECT STREAM id, UPPER(name) FROM w");
        engine().await(
                        "SELECT id, name FROM s ORDER BY id",
                        List.of("0|N0", "1|N1", "2|N2", "3|N3", "4|N4", "5|N5")::equals);
    }

    @Test
    void tablesOfIcebergLieInBuckets() {
        String place =
                " WITH (catalog_uri = '" + directory.resolve("catalog.db").toUri() + "', warehouse = '" + root()
                        + folder() + "tables', " + server.faultyOptions() + ", timeout = '1 s'";
        engine().run(
                        "CREATE STREAM s (id BIGINT, name VARCHAR)",
                        "INSERT INTO s VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                        "CREATE DELIVERY d FROM s TO 'iceberg:market.names'" + place + ", roll_interval = '20 ms')");
        engine().await("SHOW DELIVERIES", rows -> rows.getFirst().contains("exactly-once|1|3|"));
        engine().run("CREATE EXTERNAL TABLE t FROM 'iceberg:market.names'" + place + ")");
        server.faults().plan("GET", ".parquet", Fault.BROKEN_OFF, 1);
        server.faults().plan("GET", ".metadata.json", Fault.BROKEN_OFF, 1);
        server.faults().plan("GET", ".avro", Fault.STALLED, 1);
        assertThat(engine().rows("SELECT COUNT(*), SUM(id), MAX(name) FROM t WHERE id > 1"))
                .containsExactly("2|5|two");
        assertThat(server.faults().left()).isZero();
    }
}
