package io.millrace.connector.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.FaultyDoor.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blobs that others wrote, read over connections that break off, while they are written again and go. */
class AzureReadTest {

    private static final byte[] CONTENT = new byte[(9 << 20) + 77];

    private static BlobServer server;
    private static int tests;

    private String folder;

    @BeforeAll
    static void start() throws Exception {
        new Random(5).nextBytes(CONTENT);
        server = BlobServer.require();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void write() {
        folder = "read-" + tests++;
        server.put(folder + "/a", CONTENT);
    }

    @AfterEach
    void forget() {
        server.faults().clear();
    }

    private ObjectStore open(String timeout) {
        return Containers.openThroughFaults(server, folder, "attempts", "3", "timeout", timeout);
    }

    private String address() {
        return folder + "%2Fa";
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
        try (ObjectStore store = open("400 ms")) {
            StoredFile file = found(store);
            server.faults().plan("GET", address(), fault, 2);
            assertThat(all(store.read(file))).isEqualTo(CONTENT);
            server.faults().plan("GET", address(), fault, 2);
            assertThat(all(store.read("a"))).isEqualTo(CONTENT);
            server.faults().plan("GET", address(), fault, 1);
            try (SeekableByteChannel channel = store.open(file)) {
                ByteBuffer part = ByteBuffer.allocate(1 << 20);
                channel.position(12_345);
                while (part.hasRemaining()) {
                    channel.read(part);
                }
                assertThat(part.array()).isEqualTo(Arrays.copyOfRange(CONTENT, 12_345, 12_345 + (1 << 20)));
            }
            assertThat(server.faults().left()).isZero();
        }
    }

    @ParameterizedTest
    @Tag("slow")
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN_OFF", "STALLED", "ANSWER_LOST", "BUSY"})
    void whatBreaksOffEachTimeIsAFailure(Fault fault) throws IOException {
        try (ObjectStore store = open("200 ms")) {
            StoredFile file = found(store);
            server.faults().plan("GET", address(), fault, 100);
            fails(() -> all(store.read(file)), ErrorCode.IO_ERROR, "reading '" + folder + "/a' in azure://lake/");
            server.faults().clear();
            assertThat(all(store.read(file))).isEqualTo(CONTENT);
        }
    }

    @Test
    void aBlobThatIsWrittenAgainMeanwhileIsNotReadHalf() throws IOException {
        try (ObjectStore store = open("10 s")) {
            StoredFile file = found(store);
            server.faults().before("GET", address(), () -> server.put(folder + "/a", new byte[CONTENT.length]));
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was written again while it was read");
            fails(() -> store.open(file).read(ByteBuffer.allocate(10)), ErrorCode.WRONG_STATE, "was written again");
            server.delete(folder + "/a");
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was deleted while it was read");
            fails(() -> store.read("a"), ErrorCode.UNDEFINED_NAME, "no file 'a' is visible");
        }
    }

    @Test
    void aServerThatKnowsNoConditionsIsNotBelieved() throws IOException {
        try (ObjectStore store = open("10 s")) {
            StoredFile file = found(store);
            server.faults().plan("GET", address(), Fault.NO_CONDITIONS, 1);
            fails(() -> store.open(file).read(ByteBuffer.allocate(10)), ErrorCode.IO_ERROR, "reading");
            server.put(folder + "/a", new byte[CONTENT.length]);
            server.faults().plan("GET", address(), Fault.NO_CONDITIONS, 1);
            assertThatThrownBy(() -> all(store.read(file))).isInstanceOf(MillraceException.class);
        }
    }

    @Test
    void whatIsForbiddenSaysSo() throws IOException {
        try (ObjectStore store = open("10 s")) {
            StoredFile file = found(store);
            server.faults().plan("GET", address(), Fault.FORBIDDEN, 1);
            fails(() -> all(store.read(file)), ErrorCode.IO_ERROR, "403");
        }
    }

    @Test
    void aContainerThatIsNotThereIsNamed() {
        Options options = new Options(Map.of(
                "endpoint", server.endpoint(),
                "account", BlobServer.ACCOUNT,
                "account_key", BlobServer.ACCOUNT_KEY));
        try (ObjectStore store = new AzureStoreFactory().open(URI.create("az://none/x"), options)) {
            assertThatThrownBy(() -> store.search(new FileSearch("", 1, name -> true, 10)))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.hint()).contains("container"))
                    .hasMessageContaining("404 ContainerNotFound");
            assertThatThrownBy(() -> store.find("a")).hasMessageContaining("404 ContainerNotFound");
            assertThatThrownBy(() -> store.stage("a")).hasMessageContaining("404 ContainerNotFound");
        }
    }

    @Test
    void whatOthersHaveNamedAsNoFileIsNamedHereIsReadAllTheSame() throws IOException {
        List<String> names = List.of("odd//b", "odd/a%2Fb+c", "odd/c .", "odd/d./e");
        for (String name : names) {
            server.put(folder + "/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        try (ObjectStore store = Containers.open(server, folder)) {
            List<StoredFile> found = store.search(new FileSearch("odd/", 3, name -> true, 10));
            assertThat(found).extracting(StoredFile::name).containsExactlyInAnyOrderElementsOf(names);
            for (StoredFile file : found) {
                try (InputStream in = store.read(file)) {
                    assertThat(in.readAllBytes()).asString().isEqualTo(file.name());
                }
            }
        }
    }

    @Test
    @Tag("slow")
    void moreBlobsThanAPageHasAreFound() throws IOException {
        for (int i = 0; i < 5010; i++) {
            server.put(folder + "/many/" + i, new byte[] {1});
        }
        try (ObjectStore store = open("30 s")) {
            assertThat(store.search(new FileSearch("many/", 2, name -> true, 6000)))
                    .hasSize(5010)
                    .extracting(StoredFile::name)
                    .isSorted();
            assertThat(store.search(new FileSearch("many/500", 2, name -> true, 2000)))
                    .hasSize(11);
            fails(
                    () -> store.search(new FileSearch("many/", 2, name -> true, 5009)),
                    ErrorCode.LIMIT_EXCEEDED,
                    "more than 5009 files");
        }
    }

    @Test
    void readsAreBrokenOff() throws Exception {
        try (ObjectStore store = open("10 min")) {
            StoredFile file = found(store);
            server.faults().plan("GET", address(), Fault.STALLED, 1);
            CompletableFuture<Object> reading = begun(() -> all(store.read(file)));
            while (server.faults().left() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            store.cancel();
            assertThat(reading.join()).isInstanceOf(Exception.class);
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

    @ParameterizedTest
    @EnumSource(Call.class)
    void callsOfASilentServerAreBrokenOff(Call call) throws Exception {
        try (BadServer silent = BadServer.silent();
                ObjectStore store = at(silent, "timeout", "10 min")) {
            CompletableFuture<Object> calling = begun(() -> {
                call.on(store);
                return "it was answered";
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

    @ParameterizedTest
    @EnumSource(Call.class)
    void aServerThatSaysNothingIsGivenUp(Call call) throws Exception {
        try (BadServer silent = BadServer.silent();
                ObjectStore store = at(silent, "timeout", "100 ms")) {
            fails(() -> call.on(store), ErrorCode.IO_ERROR, "in azure://lake/x/ failed");
            assertThat(silent.connections()).isEqualTo(2);
        }
    }

    private static ObjectStore at(BadServer server, String... more) {
        Map<String, String> options = new java.util.TreeMap<>(Map.of(
                "endpoint",
                "http://127.0.0.1:" + server.port() + "/a",
                "account",
                BlobServer.ACCOUNT,
                "account_key",
                BlobServer.ACCOUNT_KEY,
                "attempts",
                "2"));
        options.put(more[0], more[1]);
        return new AzureStoreFactory().open(URI.create("azure://lake/x"), new Options(options));
    }

    /** What may fail. */
    private interface Work {
        Object run() throws Exception;
    }

    private static CompletableFuture<Object> begun(Work work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.run();
            } catch (Exception e) {
                return e;
            }
        });
    }

    private static void fails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
