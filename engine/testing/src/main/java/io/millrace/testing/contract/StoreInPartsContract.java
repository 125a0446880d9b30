package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.FaultyDoor;
import io.millrace.testing.connector.FaultyDoor.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link ObjectStore} does that sends long files in parts over HTTP, also where requests fail. */
public abstract class StoreInPartsContract extends ObjectStoreContract {

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final byte[] content = new byte[bytesOfThreeParts()];
    /** Each test has a folder of its own. */
    private final String folder = "raw/test-" + TESTS.getAndIncrement();

    protected StoreInPartsContract() {
        new Random(1).nextBytes(content);
    }

    /**
     * A kind of request.
     *
     * @param address a part of its address
     */
    public record Request(String method, String address) {}

    /** Returns how long a file is that has two whole parts and some of a third. */
    protected abstract int bytesOfThreeParts();

    /** Opens a folder, with options and their values in turn. */
    protected abstract ObjectStore open(String in, String... options) throws IOException;

    /** Opens a folder through the door that fails when it is told to. */
    protected abstract ObjectStore openThroughFaults(String in, String... options) throws IOException;

    protected abstract FaultyDoor faults();

    /** Returns the first request of {@code stage}. */
    protected abstract Request staging(String name);

    /** Returns the request that makes a file visible. */
    protected abstract Request publishing();

    /** Has each kind of request that writes a long file fail once. */
    protected abstract void failOnceEach(Fault fault);

    protected final String folder() {
        return folder;
    }

    @Override
    protected ObjectStore open() throws IOException {
        return open(folder);
    }

    @AfterEach
    void forgetFaults() {
        faults().clear();
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
            put(store, "long", content);
        }
        try (ObjectStore store = open()) {
            assertThat(store.staged("")).containsExactly("long");
            store.publish("long");
            assertThat(bytes(store, "long")).isEqualTo(content);
        }
    }

    @Test
    void aLongFileThatWasCutOffIsNotTakenForAWholeOne() throws IOException {
        try (ObjectStore store = open()) {
            store.stage("long").out().write(content);
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
            store.stage("a").out().write(content);
            put(store, "a", content);
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
    void foldersDoNotSeeEachOther() throws IOException {
        try (ObjectStore store = open();
                ObjectStore other = open(folder + "-other")) {
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
        try (ObjectStore store = openThroughFaults(folder)) {
            failOnceEach(fault);
            put(store, "long", content);
            store.publish("long");
            store.publish("long");

            assertThat(faults().left()).isZero();
            assertThat(store.list("")).containsExactly("long");
            assertThat(bytes(store, "long")).isEqualTo(content);
        }
        try (ObjectStore store = open()) {
            // Where the answer to a beginning is lost, what was begun stays behind until it is dropped.
            store.discard("long");
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void aPublicationWhoseAnswerIsLostEachTimeIsDone() throws IOException {
        try (ObjectStore store = openThroughFaults(folder, "attempts", "1")) {
            put(store, "a", content);
            plan(publishing(), Fault.ANSWER_LOST, 1);
            assertFails(() -> store.publish("a"), "publishing");
            store.publish("a");

            assertThat(bytes(store, "a")).isEqualTo(content);
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void aBusyServerIsAskedOnlySoOften() throws IOException {
        try (ObjectStore store = openThroughFaults(folder, "attempts", "3")) {
            Request staging = staging("busy");
            plan(staging, Fault.BUSY, 3);
            assertThatThrownBy(() -> store.stage("busy")).isInstanceOfSatisfying(MillraceException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR);
                assertThat(e).hasMessageContaining("503");
                assertThat(e.hint()).contains("too much to do");
            });
            assertThat(faults().seen(staging.method(), staging.address())).isEqualTo(3);
            store.stage("busy").close();
        }
    }

    @Test
    void whatIsForbiddenIsAFailureAndNoLoss() throws IOException {
        try (ObjectStore store = openThroughFaults(folder, "attempts", "1")) {
            put(store, "a", new byte[] {1});
            plan(publishing(), Fault.FORBIDDEN, 1);
            assertFails(() -> store.publish("a"), "403");
            store.publish("a");
            assertThat(bytes(store, "a")).containsExactly(1);
        }
    }

    private void plan(Request request, Fault fault, int times) {
        faults().plan(request.method(), request.address(), fault, times);
    }

    private static void assertFails(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR))
                .hasMessageContaining(message);
    }

    protected static void put(ObjectStore store, String name, byte[] bytes) throws IOException {
        try (StagedObject staged = store.stage(name)) {
            staged.out().write(bytes);
            staged.seal();
        }
    }

    protected static byte[] bytes(ObjectStore store, String name) throws IOException {
        try (InputStream in = store.read(name)) {
            return in.readAllBytes();
        }
    }
}
