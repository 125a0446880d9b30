package io.millrace.connector.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.connector.s3.S3StoreFactory;
import io.millrace.spi.Options;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.BucketServer;
import io.millrace.testing.connector.FaultyDoor.Fault;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table in a bucket, where put-if-absent is a condition of the request. It is read from a copy on disk. */
class BucketTableTest {

    private static final RowType COLUMNS =
            RowType.of(Field.nullable("id", DataType.BIGINT), Field.nullable("ticker", DataType.VARCHAR));

    private static BucketServer server;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = BucketServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static ObjectStore open(URI place, String endpoint) {
        return new S3StoreFactory()
                .open(
                        place,
                        new Options(Map.of(
                                "endpoint", endpoint,
                                "access_key_id", BucketServer.ACCESS_KEY_ID,
                                "secret_access_key", BucketServer.SECRET_ACCESS_KEY)));
    }

    private static Lake lake(String folder, String endpoint) {
        return new Lake(
                URI.create("s3://" + BucketServer.NAME + "/" + folder), COLUMNS, place -> open(place, endpoint));
    }

    private List<String> rows(String folder) throws Exception {
        Path copy = Files.createTempDirectory(directory, "copy");
        try (ObjectStore store = open(URI.create("s3://" + BucketServer.NAME + "/" + folder), server.endpoint())) {
            for (String name : store.list("")) {
                Path file = copy.resolve(name);
                Files.createDirectories(file.getParent());
                try (InputStream in = store.read(name)) {
                    Files.copy(in, file);
                }
            }
        }
        return new KernelTable(copy).rows();
    }

    @Test
    void deliveriesThatWriteAtTheSameTimeAllComeThrough() throws Exception {
        Lake lake = lake("together", server.endpoint()).with("checkpoint_interval", "7");
        lake.open().close();
        List<Throwable> failures = new ArrayList<>();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Lake own = lake.delivery("d" + i, COLUMNS);
            long first = i * 1000L;
            writers.add(Thread.ofPlatform().start(() -> {
                try (Table table = own.open()) {
                    for (int commit = 0; commit < 10; commit++) {
                        table.publish(own.write(table, "a", commit, List.of(first + commit, "T")));
                    }
                } catch (Throwable e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(failures).isEmpty();
        try (TableUpkeep upkeep = lake.upkeep()) {
            assertThat(upkeep.step()).isTrue();
        }
        assertThat(rows("together")).doesNotHaveDuplicates().hasSize(30);
    }

    @Test
    void aBucketThatMakesAnObjectTwiceIsRefused() throws Exception {
        Lake lake = lake("careless", server.faultyEndpoint());
        server.faults().plan("PUT", PutIfAbsent.PROBE, Fault.NO_CONDITIONS, 2);
        MillraceException refusal = catchThrowableOfType(
                MillraceException.class, () -> new DeltaTableFactory().check(lake.setup(FaultyCalls.none())));
        assertThat(refusal).hasMessageContaining("passes over If-None-Match");
        new DeltaTableFactory().check(lake.setup(FaultyCalls.none()));
        try (ObjectStore store = open(URI.create("s3://" + BucketServer.NAME + "/careless"), server.endpoint())) {
            assertThat(store.list("")).isEmpty();
        }
    }

    /** The request comes through and its answer does not; it is sent again, and finds its own entry. */
    @Test
    void anAnswerThatIsLostDoublesNothing() throws Exception {
        Lake lake = lake("lost", server.faultyEndpoint());
        try (Table table = lake.open()) {
            for (int i = 0; i < 5; i++) {
                List<CommittedFile> files = lake.write(table, "a", i, List.of((long) i, "T"));
                server.faults().plan("PUT", "_delta_log", Fault.ANSWER_LOST, 1);
                table.publish(files);
            }
        }
        assertThat(rows("lost")).containsExactly("0|T", "1|T", "2|T", "3|T", "4|T");
    }
}
