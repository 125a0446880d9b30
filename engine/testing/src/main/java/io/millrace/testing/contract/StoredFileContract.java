package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.BadServer;
import io.millrace.testing.connector.FaultyDoor;
import io.millrace.testing.connector.FaultyDoor.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link ObjectStore} over HTTP does with files that others wrote: they are read over connections that break off,
 * while they are written again and go.
 */
public abstract class StoredFileContract {

    private static final AtomicInteger TESTS = new AtomicInteger();
    /** Longer than what any store asks for at once. */
    private static final byte[] CONTENT = new byte[(9 << 20) + 77];

    static {
        new Random(5).nextBytes(CONTENT);
    }

    /** Each test has a folder of its own. */
    private final String folder = "read-" + TESTS.getAndIncrement();

    /** Opens this test's folder through the door that fails when it is told to, with options and their values in turn. */
    protected abstract ObjectStore open(String... options) throws IOException;

    /** Opens a folder at a server that never was one, of which calls are tried twice. */
    protected abstract ObjectStore openAt(int port, String timeout) throws IOException;

    protected abstract FaultyDoor faults();

    /** Puts a file into the store as somebody else does. */
    protected abstract void put(String name, byte[] content);

    /** Deletes a file as somebody else does. */
    protected abstract void delete(String name);

    /** Returns a part of the address of requests for a file. */
    protected String address(String name) {
        return name;
    }

    protected final String folder() {
        return folder;
    }

    /** Returns the full name of the file that each test has. */
    protected final String file() {
        return folder + "/a";
    }

    protected static byte[] content() {
        return CONTENT;
    }

    @BeforeEach
    void write() {
        put(file(), CONTENT);
    }

    @AfterEach
    void forgetFaults() {
        faults().clear();
    }

    protected final void planReads(Fault fault, int times) {
        faults().plan("GET", address(file()), fault, times);
    }

    private ObjectStore openTimed(String timeout) throws IOException {
        return open("attempts", "3", "timeout", timeout);
    }

    protected static StoredFile found(ObjectStore store) throws IOException {
        return Objects.requireNonNull(store.find("a"));
    }

    protected static byte[] all(InputStream in) throws IOException {
        try (in) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN_OFF", "STALLED", "ANSWER_LOST", "BUSY"})
    void whatBreaksOffIsGoneOnWith(Fault fault) throws IOException {
        try (ObjectStore store = openTimed("400 ms")) {
            StoredFile file = found(store);
            planReads(fault, 2);
            assertThat(all(store.read(file))).isEqualTo(CONTENT);
            planReads(fault, 2);
            assertThat(all(store.read("a"))).isEqualTo(CONTENT);
            planReads(fault, 1);
            try (SeekableByteChannel channel = store.open(file)) {
                ByteBuffer part = ByteBuffer.allocate(1 << 20);
                channel.position(12_345);
                while (part.hasRemaining()) {
                    channel.read(part);
                }
                assertThat(part.array()).isEqualTo(Arrays.copyOfRange(CONTENT, 12_345, 12_345 + (1 << 20)));
            }
            assertThat(faults().left()).isZero();
        }
    }

    @Test
    void aFileThatIsWrittenAgainMeanwhileIsNotReadHalf() throws IOException {
        try (ObjectStore store = openTimed("10 s")) {
            StoredFile file = found(store);
            planReads(Fault.BROKEN_OFF, 1);
            faults().before("GET", address(file()), () -> put(file(), new byte[CONTENT.length]));
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was written again while it was read");
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was written again");
            fails(() -> store.open(file).read(ByteBuffer.allocate(10)), ErrorCode.WRONG_STATE, "was written again");
            delete(file());
            fails(() -> all(store.read(file)), ErrorCode.WRONG_STATE, "was deleted while it was read");
            fails(() -> store.read("a"), ErrorCode.UNDEFINED_NAME, "no file 'a' is visible");
        }
    }

    @Test
    void aServerThatKnowsNoConditionsIsNotBelieved() throws IOException {
        try (ObjectStore store = openTimed("10 s")) {
            StoredFile file = found(store);
            planReads(Fault.NO_CONDITIONS, 1);
            fails(() -> store.open(file).read(ByteBuffer.allocate(10)), ErrorCode.IO_ERROR, "");
            put(file(), new byte[CONTENT.length]);
            planReads(Fault.NO_CONDITIONS, 1);
            assertThatThrownBy(() -> all(store.read(file))).isInstanceOf(MillraceException.class);
        }
    }

    @Test
    void whatIsForbiddenSaysSo() throws IOException {
        try (ObjectStore store = openTimed("10 s")) {
            StoredFile file = found(store);
            planReads(Fault.FORBIDDEN, 1);
            fails(() -> all(store.read(file)), ErrorCode.IO_ERROR, "403");
            faults().plan("HEAD", address(file()), Fault.FORBIDDEN, 1);
            assertThatThrownBy(() -> store.find("a"))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("looking for")
                    .hasMessageContaining("403")
                    .hasMessageNotContaining("null");
        }
    }

    @Test
    void readsAreBrokenOff() throws Exception {
        try (ObjectStore store = openTimed("10 min")) {
            StoredFile file = found(store);
            planReads(Fault.STALLED, 1);
            CompletableFuture<Object> reading = begun(() -> all(store.read(file)));
            while (faults().left() > 0) {
                LockSupport.parkNanos(1_000_000);
            }
            store.cancel();
            assertThat(reading.join()).isInstanceOf(Exception.class);
        }
    }

    /** A call that waits for an answer. */
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
                ObjectStore store = openAt(silent.port(), "10 min")) {
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
                ObjectStore store = openAt(silent.port(), "100 ms")) {
            fails(() -> call.on(store), ErrorCode.IO_ERROR, "failed");
            assertThat(silent.connections()).isEqualTo(2);
        }
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

    protected static void fails(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
