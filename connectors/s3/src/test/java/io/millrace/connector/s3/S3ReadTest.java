package io.millrace.connector.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.FaultyDoor.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Objects that others wrote, read over connections that break off, while they are written again and go. */
class S3ReadTest {

    private static final byte[] CONTENT = new byte[(2 << 20) + 77];

    private static Bucket bucket;
    private static int tests;

    private String folder;

    @BeforeAll
    static void start() throws Exception {
        new Random(5).nextBytes(CONTENT);
        bucket = new Bucket();
    }

    @AfterAll
    static void stop() {
        bucket.stop();
    }

    @BeforeEach
    void write() {
        folder = "read-" + tests++;
        bucket.server.put(folder + "/a", CONTENT);
    }

    @AfterEach
    void forget() {
        bucket.faults.clear();
    }

    private ObjectStore open(String... options) {
        Map<String, String> all = new java.util.TreeMap<>(Map.of("attempts", "3", "timeout", "200 ms"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return bucket.openThroughFaults(folder, all);
    }

    private static StoredFile found(ObjectStore store) throws IOException {
        return Objects.requireNonNull(store.find("a"));
    }

    private static byte[] all(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN_OFF", "STALLED", "ANSWER_LOST", "BUSY"})
    void whatBreaksOffIsGoneOnWith(Fault fault) throws IOException {
        try (ObjectStore store = open()) {
            StoredFile file = found(store);
            bucket.faults.plan("GET", folder + "/a", fault, 2);
            assertThat(all(store.read(file))).isEqualTo(CONTENT);
            bucket.faults.plan("GET", folder + "/a", fault, 2);
            assertThat(all(store.read("a"))).isEqualTo(CONTENT);
            bucket.faults.plan("GET", folder + "/a", fault, 1);
            try (SeekableByteChannel channel = store.open(file)) {
                ByteBuffer part = ByteBuffer.allocate(1 << 20);
                channel.position(12_345);
                while (part.hasRemaining()) {
                    channel.read(part);
                }
                assertThat(part.array()).isEqualTo(Arrays.copyOfRange(CONTENT, 12_345, 12_345 + (1 << 20)));
            }
            assertThat(bucket.faults.left()).isZero();
        }
    }

    @Test
    void halfOfTheRestEachTimeIsProgress() throws IOException {
        try (ObjectStore store = open("attempts", "1", "timeout", "10 s")) {
            StoredFile file = found(store);
            bucket.faults.plan("GET", folder + "/a", Fault.BROKEN_OFF, 1);
            assertThatThrownBy(() -> all(store.read(file))).isInstanceOf(IOException.class);
        }
        try (ObjectStore store = open("attempts", "2", "timeout", "10 s")) {
            StoredFile file = found(store);
            bucket.faults.plan("GET", folder + "/a", Fault.BROKEN_OFF, 10);
            assertThat(all(store.read(file))).isEqualTo(CONTENT);
            assertThat(bucket.faults.left()).isZero();
        }
    }

    @Test
    void anObjectThatIsWrittenAgainMeanwhileIsNotReadHalf() throws IOException {
        try (ObjectStore store = open()) {
            StoredFile file = found(store);
            bucket.faults.plan("GET", folder + "/a", Fault.BROKEN_OFF, 1);
            bucket.faults.before(
                    "GET", folder + "/a", () -> bucket.server.put(folder + "/a", new byte[CONTENT.length]));
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was written again while it was read");
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was written again");
            fails(() -> store.open(file).read(ByteBuffer.allocate(10)), ErrorCode.WRONG_STATE, "was written again");
            bucket.server.delete(folder + "/a");
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was deleted while it was read");
            fails(() -> store.read("a"), ErrorCode.UNDEFINED_NAME, "no file 'a' is visible");
        }
    }

    @Test
    void aServerThatKnowsNoConditionsIsNotBelieved() throws IOException {
        try (ObjectStore store = open()) {
            StoredFile file = found(store);
            bucket.faults.plan("GET", folder + "/a", Fault.NO_CONDITIONS, 2);
            assertThat(all(store.read(file)))
                    .as("all of it is what was asked for")
                    .isEqualTo(CONTENT);
            fails(() -> store.open(file).read(ByteBuffer.allocate(10)), ErrorCode.IO_ERROR, "bytes came where");
            bucket.server.put(folder + "/a", new byte[CONTENT.length]);
            bucket.faults.plan("GET", folder + "/a", Fault.NO_CONDITIONS, 1);
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was written again");
        }
    }

    @Test
    void whatIsForbiddenSaysSo() throws IOException {
        try (ObjectStore store = open()) {
            StoredFile file = found(store);
            bucket.faults.plan("GET", folder + "/a", Fault.FORBIDDEN, 1);
            fails(() -> all(store.read(file)), ErrorCode.IO_ERROR, "403 AccessDenied, Access Denied");
            bucket.faults.plan("HEAD", folder + "/a", Fault.FORBIDDEN, 1);
            fails(() -> store.find("a"), ErrorCode.IO_ERROR, "looking for '" + folder + "/a' in s3://lake/");
            bucket.faults.plan("HEAD", folder + "/a", Fault.FORBIDDEN, 1);
            assertThatThrownBy(() -> store.find("a"))
                    .hasMessageContaining("403")
                    .hasMessageNotContaining("null");
        }
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        Map<String, String> options =
                Map.of("endpoint", bucket.server.faultyEndpoint(), "access_key_id", "a", "secret_access_key", "b");
        try (ObjectStore store =
                new S3StoreFactory().open(java.net.URI.create("s3://none/x"), new io.millrace.spi.Options(options))) {
            assertThatThrownBy(() -> store.search(new FileSearch("", 1, name -> true, 10)))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.hint()).contains("bucket"))
                    .hasMessageContaining("404 NoSuchBucket");
        }
    }

    @Test
    void moreObjectsThanAPageHasAreFound() throws IOException {
        for (int i = 0; i < 1100; i++) {
            bucket.server.put(folder + "/many/" + i, new byte[] {1});
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

    @Test
    void readsAreBrokenOff() throws Exception {
        try (ObjectStore store = open("timeout", "10 min")) {
            StoredFile file = found(store);
            bucket.faults.plan("GET", folder + "/a", Fault.STALLED, 1);
            CompletableFuture<Object> reading = CompletableFuture.supplyAsync(() -> {
                try {
                    return all(store.read(file));
                } catch (IOException | RuntimeException e) {
                    return e;
                }
            });
            while (bucket.faults.left() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            store.cancel();
            assertThat(reading.join()).isInstanceOf(Exception.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Call.class,
            mode = Mode.INCLUDE,
            names = {"STAGE", "PUBLISH", "LIST"})
    void callsOfASilentServerAreBrokenOff(Call call) throws Exception {
        try (BadServer silent = BadServer.silent();
                ObjectStore store = new S3StoreFactory()
                        .open(
                                java.net.URI.create("s3://lake/x"),
                                new io.millrace.spi.Options(Map.of(
                                        "endpoint", "http://127.0.0.1:" + silent.port(),
                                        "access_key_id", "a",
                                        "secret_access_key", "b",
                                        "timeout", "10 min")))) {
            CompletableFuture<Object> calling = CompletableFuture.supplyAsync(() -> {
                try {
                    call.on(store);
                    return "it was answered";
                } catch (IOException | RuntimeException e) {
                    return e;
                }
            });
            while (silent.connections() == 0) {
                LockSupport.parkNanos(1_000_000);
            }
            store.cancel();
            assertThat(calling.join())
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            fails(() -> store.list(""), ErrorCode.CANCELLED, "stopped");
        }
    }

    enum Call {
        STAGE,
        PUBLISH,
        LIST;

        void on(ObjectStore store) throws IOException {
            switch (this) {
                case STAGE -> store.stage("a");
                case PUBLISH -> store.publish("a");
                case LIST -> store.list("");
            }
        }
    }

    private static void fails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
