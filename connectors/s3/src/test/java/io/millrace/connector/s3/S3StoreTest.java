package io.millrace.connector.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.FaultyDoor;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.contract.StoreInPartsContract;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects of a bucket, through a door that fails when it is told to. */
class S3StoreTest extends StoreInPartsContract {

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
    protected int bytesOfThreeParts() {
        return (12 << 20) + 7;
    }

    @Override
    protected ObjectStore open(String in, String... options) {
        return bucket.open(in, options);
    }

    @Override
    protected ObjectStore openThroughFaults(String in, String... options) {
        return bucket.openThroughFaults(in, options);
    }

    @Override
    protected FaultyDoor faults() {
        return bucket.faults;
    }

    @Override
    protected Request staging(String name) {
        return new Request("POST", folder() + "/" + name + "?uploads");
    }

    @Override
    protected Request publishing() {
        return new Request("POST", "uploadId=");
    }

    @Override
    protected void failOnceEach(Fault fault) {
        bucket.faults.plan("POST", "uploads", fault, 1);
        bucket.faults.plan("PUT", "partNumber=2", fault, 1);
        bucket.faults.plan("PUT", "partNumber=1&", fault, 1);
        bucket.faults.plan("POST", "uploadId=", fault, 1);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ObjectStoreFactory.class))
                .anySatisfy(factory -> assertThat(factory.schemes()).contains("s3"));
    }

    @Test
    void wrongKeysAreNamed() {
        try (ObjectStore store = open(folder(), "secret_access_key", "wrong")) {
            assertThatThrownBy(() -> store.staged("")).isInstanceOfSatisfying(MillraceException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                assertThat(e).hasMessageContaining("403");
                assertThat(e.hint()).contains("access keys");
            });
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws IOException {
        try (ObjectStore store = open()) {
            Options options = new Options(Map.of(
                    "endpoint", "http://127.0.0.1:1", "access_key_id", "a", "secret_access_key", "b", "attempts", "1"));
            try (ObjectStore gone = new S3StoreFactory().open(URI.create("s3://none/x"), options)) {
                assertThatThrownBy(() -> gone.list(""))
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR))
                        .hasMessageContaining("s3://none/x/");
            }
            assertThat(store.list("")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "endpoint, nowhere",
        "part_bytes, 1 MB",
        "path_style, perhaps",
        "attempts, 0",
        "acces_key, x",
        "access_key_id, x"
    })
    void wrongOptionsAreRefused(String name, String value) {
        assertThatThrownBy(() -> new S3StoreFactory().open(URI.create("s3://lake/x"), new Options(Map.of(name, value))))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
}
