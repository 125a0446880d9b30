package io.millrace.connector.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.contract.ObjectStoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Blobs of Azurite, through a door that fails when it is told to. */
class AzureStoreTest extends ObjectStoreContract {

    private static final byte[] LONG = new byte[(9 << 20) + 7];

    private static BlobServer server;
    private static int tests;

    private String folder;

    @BeforeAll
    static void start() throws Exception {
        new Random(1).nextBytes(LONG);
        server = BlobServer.require();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void chooseFolder() {
        folder = "raw/test-" + tests++;
    }

    @AfterEach
    void forget() {
        server.faults().clear();
    }

    @Override
    protected ObjectStore open() {
        return Containers.open(server, folder);
    }

    /** Returns a part of the addresses of a file's requests, in which slashes are escaped. */
    private String address(String name) {
        return (folder + "/" + name).replace("/", "%2F");
    }

    private ObjectStore openThroughFaults(String... more) {
        return Containers.openThroughFaults(server, folder, more);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ObjectStoreFactory.class))
                .anySatisfy(factory -> assertThat(factory.schemes()).containsExactly("abfss", "az", "azure"));
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
    void aFileOfSeveralBlocksIsPublishedByALaterLife() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "long", LONG);
        }
        try (ObjectStore store = open()) {
            assertThat(store.staged("")).containsExactly("long");
            store.publish("long");
            assertThat(bytes(store, "long")).isEqualTo(LONG);
            assertThat(server.blobs(folder).get(folder + "/long")).isEqualTo(LONG);
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
    void whatIsWrittenInTheNameOfAFileThatWasDroppedIsThatAndNoMore() throws IOException {
        try (ObjectStore store = open()) {
            store.stage("a").out().write(LONG);
            put(store, "a", LONG);
            store.discard("a");
        }
        try (ObjectStore store = open()) {
            assertThatThrownBy(() -> store.publish("a")).isInstanceOf(MillraceException.class);
            put(store, "a", new byte[] {1, 2, 3});
        }
        try (ObjectStore store = open()) {
            store.publish("a");
            assertThat(bytes(store, "a")).containsExactly(1, 2, 3);
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "empty", new byte[0]);
            put(store, "later", new byte[0]);
            store.publish("empty");
            assertThat(bytes(store, "empty")).isEmpty();
        }
        try (ObjectStore store = open()) {
            assertThat(store.staged("")).containsExactly("later");
            store.publish("later");
            assertThat(store.list("")).containsExactly("empty", "later");
        }
    }

    @Test
    void foldersOfOneContainerDoNotSeeEachOther() throws IOException {
        try (ObjectStore store = open();
                ObjectStore other = Containers.open(server, folder + "-other")) {
            put(store, "a", new byte[] {1});
            put(store, "b", new byte[] {1});
            store.publish("a");
            assertThat(other.list("")).isEmpty();
            assertThat(other.staged("")).isEmpty();
        }
    }

    @Test
    void blobsThatStandForFoldersAreNoFiles() throws IOException {
        server.putFolder(folder + "/dir");
        server.put(folder + "/dir/a", new byte[] {1});
        try (ObjectStore store = open()) {
            assertThat(store.list("")).containsExactly("dir/a");
            assertThat(store.find("dir")).isNull();
            assertThat(store.staged("")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CUT", "BUSY", "ANSWER_LOST"})
    void whatFailsOnceIsTriedAgain(Fault fault) throws IOException {
        try (ObjectStore store = openThroughFaults()) {
            server.faults().plan("GET", "comp=blocklist", fault, 1);
            server.faults().plan("PUT", "comp=block&", fault, 3);
            server.faults().plan("PUT", "comp=blocklist", fault, 1);
            put(store, "long", LONG);
            store.publish("long");
            store.publish("long");

            assertThat(server.faults().left()).isZero();
            assertThat(store.list("")).containsExactly("long");
            assertThat(bytes(store, "long")).isEqualTo(LONG);
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostEachTimeIsDone() throws IOException {
        try (ObjectStore store = openThroughFaults("attempts", "1")) {
            put(store, "a", LONG);
            server.faults().plan("PUT", "comp=blocklist", Fault.ANSWER_LOST, 1);
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
        try (ObjectStore store = openThroughFaults("attempts", "3")) {
            server.faults().plan("GET", address("busy") + "?", Fault.BUSY, 3);
            assertThatThrownBy(() -> store.stage("busy")).isInstanceOfSatisfying(MillraceException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                assertThat(e).hasMessageContaining("503");
                assertThat(e.hint()).contains("too much to do");
            });
            assertThat(server.faults().seen("GET", address("busy") + "?")).isEqualTo(3);
            store.stage("busy").close();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = Mode.INCLUDE, names = "FORBIDDEN")
    void whatIsForbiddenIsAFailureAndNoLoss(Fault fault) throws IOException {
        try (ObjectStore store = openThroughFaults("attempts", "1")) {
            put(store, "a", new byte[] {1});
            server.faults().plan("PUT", "comp=blocklist", fault, 1);
            assertThatThrownBy(() -> store.publish("a"))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR))
                    .hasMessageContaining("403");
            server.faults().plan("HEAD", address("a"), fault, 1);
            assertThatThrownBy(() -> store.find("a")).hasMessageContaining("403");
            store.publish("a");
            assertThat(bytes(store, "a")).containsExactly(1);
        }
    }

    @Test
    void aTierIsWhatNewBlobsGet() throws IOException {
        try (ObjectStore store = Containers.open(server, folder, "access_tier", "cool")) {
            put(store, "a", new byte[] {1});
            store.publish("a");
            assertThat(server.tier(folder + "/a")).isEqualTo("Cool");
        }
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
