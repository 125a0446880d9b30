package io.millrace.connector.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.FaultyDoor;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.contract.StoredFileContract;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Objects of a bucket that others wrote. */
class S3ReadTest extends StoredFileContract {

    private static Bucket bucket;

    @BeforeAll
    static void start() throws Exception {
        bucket = new Bucket();
    }

    @AfterAll
    static void stop() {
        bucket.stop();
    }

    @Override
    protected ObjectStore open(String... options) {
        return bucket.openThroughFaults(folder(), options);
    }

    @Override
    protected ObjectStore openAt(int port, String timeout) {
        return Bucket.openAt("http://127.0.0.1:" + port, "x", "attempts", "2", "timeout", timeout);
    }

    @Override
    protected FaultyDoor faults() {
        return bucket.faults;
    }

    @Override
    protected void put(String name, byte[] content) {
        bucket.server.put(name, content);
    }

    @Override
    protected void delete(String name) {
        bucket.server.delete(name);
    }

    @Test
    void halfOfTheRestEachTimeIsProgress() throws IOException {
        try (ObjectStore store = open("attempts", "1", "timeout", "10 s")) {
            StoredFile file = found(store);
            planReads(Fault.BROKEN_OFF, 1);
            assertThatThrownBy(() -> all(store.read(file))).isInstanceOf(IOException.class);
        }
        try (ObjectStore store = open("attempts", "2", "timeout", "10 s")) {
            StoredFile file = found(store);
            planReads(Fault.BROKEN_OFF, 10);
            assertThat(all(store.read(file))).isEqualTo(content());
            assertThat(bucket.faults.left()).isZero();
        }
    }

    @Test
    void aWholeObjectIsTakenWhereAllOfItWasAskedFor() throws IOException {
        try (ObjectStore store = open("timeout", "10 s")) {
            StoredFile file = found(store);
            planReads(Fault.NO_CONDITIONS, 1);
            assertThat(all(store.read(file))).isEqualTo(content());
        }
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        Map<String, String> options =
                Map.of("endpoint", bucket.server.faultyEndpoint(), "access_key_id", "a", "secret_access_key", "b");
        try (ObjectStore store = new S3StoreFactory().open(URI.create("s3://none/x"), new Options(options))) {
            assertThatThrownBy(() -> store.search(new FileSearch("", 1, name -> true, 10)))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.hint()).contains("bucket"))
                    .hasMessageContaining("404 NoSuchBucket");
        }
    }

    @Test
    void moreObjectsThanAPageHasAreFound() throws IOException {
        for (int i = 0; i < 1100; i++) {
            bucket.server.put(folder() + "/many/" + i, new byte[] {1});
        }
        try (ObjectStore store = open("timeout", "10 s")) {
            assertThat(store.search(new FileSearch("many/", 2, name -> true, 2000)))
                    .hasSize(1100);
            assertThat(store.search(new FileSearch("many/10", 2, name -> true, 2000)))
                    .extracting(StoredFile::name)
                    .hasSize(111)
                    .isSorted();
            fails(
                    () -> store.search(new FileSearch("many/", 2, name -> true, 1099)),
                    ErrorCode.LIMIT_EXCEEDED,
                    "more than 1099 files");
        }
    }
}
