package io.millrace.connector.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.contract.ObjectStoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class S3StoreTest extends ObjectStoreContract {

    private static final byte[] LONG = new byte[(12 << 20) + 7];

    private static Bucket bucket;
    private static int tests;

    private String folder;

    @BeforeAll
    static void start() throws Exception {
        new Random(1).nextBytes(LONG);
        bucket = new Bucket();
    }

    @AfterAll
    static void stop() throws Exception {
        bucket.stop();
    }

    @BeforeEach
    void chooseFolder() {
        folder = "raw/test-" + tests++;
    }

    @Override
    protected ObjectStore open() {
        return bucket.open(folder, Map.of());
    }

    private ObjectStore openThroughFaults() {
        return bucket.openThroughFaults(folder, Map.of());
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ObjectStoreFactory.class))
                .anySatisfy(factory -> assertThat(factory.schemes()).contains("s3"));
    }

    @Test
    void filesAreListedByAge() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "data/a", new byte[] {1});
            store.publish("data/a");
            assertThat(store.listBefore("data/", Instant.now().plusSeconds(5))).containsExactly("data/a");
            assertThat(store.listBefore("data/", Instant.now().minusSeconds(60)))
                    .isEmpty();
        }
    }

    @Test
    void aFileOfSeveralPartsIsPublishedByALaterLife() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "long", LONG);
        }
        try (ObjectStore store = open()) {
            assertThat(store.staged("")).containsExactly("long");
            store.publish("long");
            assertThat(bytes(store, "long")).isEqualTo(LONG);
        }
    }

    @Test
    void aLongFileThatWasCutOffIsNotTakenForAWholeOne() throws IOException {
        try (ObjectStore store = open()) {
            store.stage("long").out().write(LONG);
        }
        try (ObjectStore store = open()) {
            assertThat(store.staged("")).containsExactly("long");
            assertThatThrownBy(() -> store.publish("long"))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNDEFINED_NAME));
            store.discard("long");
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "empty", new byte[0]);
            store.publish("empty");
            assertThat(bytes(store, "empty")).isEmpty();
        }
    }

    @Test
    void foldersOfOneBucketDoNotSeeEachOther() throws IOException {
        try (ObjectStore store = open();
                ObjectStore other = bucket.open(folder + "-other", Map.of())) {
            put(store, "a", new byte[] {1});
            put(store, "b", new byte[] {1});
            store.publish("a");
            assertThat(other.list("")).isEmpty();
            assertThat(other.staged("")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "BUSY", "ANSWER_LOST"})
    void whatFailsOnceIsTriedAgain(Fault fault) throws IOException {
        try (ObjectStore store = openThroughFaults()) {
            bucket.faults.plan("POST", "uploads", fault, 1);
            bucket.faults.plan("PUT", "partNumber=2", fault, 1);
            bucket.faults.plan("PUT", "partNumber=1&", fault, 1);
            bucket.faults.plan("POST", "uploadId=", fault, 1);
            put(store, "long", LONG);
            store.publish("long");
            store.publish("long");

            assertThat(bucket.faults.left()).isZero();
            assertThat(store.list("")).containsExactly("long");
            assertThat(bytes(store, "long")).isEqualTo(LONG);
        }
        try (ObjectStore store = open()) {
            // An upload whose beginning was answered into the void stays behind; staging it again drops it.
            store.discard("long");
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void aCompletionWhoseAnswerIsLostEachTimeIsDone() throws IOException {
        try (ObjectStore store = bucket.openThroughFaults(folder, Map.of("attempts", "1"))) {
            put(store, "a", LONG);
            bucket.faults.plan("POST", "uploadId=", Fault.ANSWER_LOST, 1);
            assertThatThrownBy(() -> store.publish("a"))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR))
                    .hasMessageContaining("publishing");
            store.publish("a");

            assertThat(bytes(store, "a")).isEqualTo(LONG);
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void aBusyServerIsAskedOnlySoOften() throws IOException {
        try (ObjectStore store = bucket.openThroughFaults(folder, Map.of("attempts", "3"))) {
            bucket.faults.plan("POST", folder + "/busy?uploads", Fault.BUSY, 3);
            assertThatThrownBy(() -> store.stage("busy")).isInstanceOfSatisfying(MillraceException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                assertThat(e).hasMessageContaining("503");
                assertThat(e.hint()).contains("too much to do");
            });
            assertThat(bucket.faults.seen("POST", folder + "/busy?uploads")).isEqualTo(3);
            store.stage("busy").close();
        }
    }

    @Test
    void wrongKeysAreNamed() {
        try (ObjectStore store = bucket.open(folder, Map.of("secret_access_key", "wrong"))) {
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

    private static void put(ObjectStore store, String name, byte[] bytes) throws IOException {
        try (StagedObject staged = store.stage(name)) {
            staged.out().write(bytes);
            staged.seal();
        }
    }

    private static byte[] bytes(ObjectStore store, String name) throws IOException {
        try (InputStream in = store.read(name)) {
            return in.readAllBytes();
        }
    }
}
