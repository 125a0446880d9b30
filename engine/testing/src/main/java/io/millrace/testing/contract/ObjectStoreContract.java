package io.millrace.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} does. */
public abstract class ObjectStoreContract {

    /** Opens the store of this test, with whatever an earlier one of the same test left behind. */
    protected abstract ObjectStore open() throws IOException;

    @Test
    void aFileIsSeenOnlyWhenPublished() throws IOException {
        try (ObjectStore store = open()) {
            StagedObject staged = store.stage("a.txt");
            staged.out().write(bytes("hello"));
            assertThat(store.list("")).isEmpty();
            staged.seal();
            assertThat(store.list("")).isEmpty();
            assertThat(store.staged("")).containsExactly("a.txt");

            store.publish("a.txt");

            assertThat(store.list("")).containsExactly("a.txt");
            assertThat(store.staged("")).isEmpty();
            assertThat(text(store, "a.txt")).isEqualTo("hello");
            staged.close();
            assertThat(text(store, "a.txt")).isEqualTo("hello");
        }
    }

    @Test
    void publishingMayBeRepeated() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "a.txt", "one");
            store.publish("a.txt");
            store.publish("a.txt");
        }
        try (ObjectStore store = open()) {
            store.publish("a.txt");
            assertThat(text(store, "a.txt")).isEqualTo("one");
        }
    }

    @Test
    void aFileIsMadeAtOnceUnlessThereIsOne() throws IOException {
        try (ObjectStore store = open()) {
            assertThat(store.create("log/1.json", bytes("one"))).isTrue();
            assertThat(store.create("log/1.json", bytes("other"))).isFalse();
            assertThat(text(store, "log/1.json")).isEqualTo("one");
            assertThat(store.create("log/2.json", new byte[0])).isTrue();
            assertThat(store.list("log/")).containsExactly("log/1.json", "log/2.json");
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void ofThoseWhoMakeOneFileAtTheSameTimeOneDoes() throws Exception {
        try (ObjectStore store = open()) {
            for (int round = 0; round < 20; round++) {
                String name = "log/" + round;
                List<String> made = Collections.synchronizedList(new ArrayList<>());
                List<Thread> writers = new ArrayList<>();
                for (String content : List.of("a", "b", "c", "d")) {
                    writers.add(Thread.ofVirtual().start(() -> {
                        try {
                            if (store.create(name, bytes(content))) {
                                made.add(content);
                            }
                        } catch (IOException e) {
                            made.add(e.toString());
                        }
                    }));
                }
                for (Thread writer : writers) {
                    writer.join();
                }
                assertThat(made).hasSize(1).containsExactly(text(store, name));
            }
        }
    }

    @Test
    void aFileIsReplacedAtOnce() throws IOException {
        try (ObjectStore store = open()) {
            store.replace("log/last", bytes("one"));
            store.replace("log/last", bytes("two"));
            assertThat(text(store, "log/last")).isEqualTo("two");
            assertThat(store.list("")).containsExactly("log/last");
        }
    }

    @Test
    void whatIsDeletedIsGone() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "dir/a.txt", "one");
            store.publish("dir/a.txt");
            put(store, "dir/b.txt", "two");
            store.delete("dir/a.txt");
            store.delete("dir/a.txt");
            store.delete("dir/b.txt");
            assertThat(store.list("")).isEmpty();
            assertThat(store.staged("")).containsExactly("dir/b.txt");
        }
    }

    @Test
    void publishingWhatIsNotThereIsRefused() throws IOException {
        try (ObjectStore store = open()) {
            assertRefused(ErrorCode.UNDEFINED_NAME, () -> store.publish("none.txt"));
            store.stage("open.txt").out().write(bytes("half"));
            assertRefused(ErrorCode.UNDEFINED_NAME, () -> store.publish("open.txt"));
            assertThat(store.list("")).isEmpty();
        }
    }

    @Test
    void whatACrashLeavesIsFoundAgain() throws IOException {
        try (ObjectStore store = open()) {
            store.stage("dir/open.txt").out().write(bytes("half"));
            put(store, "dir/sealed.txt", "whole");
        }
        try (ObjectStore store = open()) {
            assertThat(store.list("")).isEmpty();
            assertThat(store.staged("dir/s")).containsExactly("dir/sealed.txt");
            assertThat(store.staged("")).contains("dir/sealed.txt").isSubsetOf("dir/open.txt", "dir/sealed.txt");

            store.publish("dir/sealed.txt");
            store.discard("dir/open.txt");

            assertThat(text(store, "dir/sealed.txt")).isEqualTo("whole");
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void stagingAgainDropsWhatWasStagedBefore() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "a.txt", "first, and longer");
            put(store, "a.txt", "second");
            store.publish("a.txt");
            assertThat(text(store, "a.txt")).isEqualTo("second");
        }
    }

    @Test
    void whatIsVisibleStaysAsItIs() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "a.txt", "first");
            store.publish("a.txt");
            put(store, "a.txt", "second");
            assertThat(text(store, "a.txt")).isEqualTo("first");
            store.publish("a.txt");
            assertThat(text(store, "a.txt")).isEqualTo("first");
        }
    }

    @Test
    void closingDropsWhatIsNotSealed() throws IOException {
        try (ObjectStore store = open()) {
            try (StagedObject staged = store.stage("a.txt")) {
                staged.out().write(bytes("half"));
            }
            assertThat(store.staged("")).isEmpty();
            assertRefused(ErrorCode.UNDEFINED_NAME, () -> store.publish("a.txt"));
        }
    }

    @Test
    void closingKeepsWhatIsSealed() throws IOException {
        try (ObjectStore store = open()) {
            try (StagedObject staged = store.stage("a.txt")) {
                staged.out().write(bytes("whole"));
                staged.seal();
            }
            store.publish("a.txt");
            assertThat(text(store, "a.txt")).isEqualTo("whole");
        }
    }

    @Test
    void namesMayHaveDirectoriesAndOddCharacters() throws IOException {
        List<String> names =
                List.of("dt=2026-01-01/a b.txt", "dt=2026-01-01/ü%2F+.txt", "dt=2026-01-02/c.txt", "z.txt");
        try (ObjectStore store = open()) {
            for (String name : names) {
                put(store, name, name);
            }
            assertThat(store.staged("dt=")).containsExactlyInAnyOrderElementsOf(names.subList(0, 3));
            for (String name : names) {
                store.publish(name);
            }
            assertThat(store.list("")).containsExactlyElementsOf(names);
            assertThat(store.list("dt=2026-01-01/")).containsExactlyElementsOf(names.subList(0, 2));
            for (String name : names) {
                assertThat(text(store, name)).isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/passwd", "../a.txt", "a/../../b.txt", "a//b.txt", "a/", "./a.txt", "a\u0000b"})
    void namesThatLeadElsewhereAreRefused(String name) throws IOException {
        try (ObjectStore store = open()) {
            assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store.stage(name));
            assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store.publish(name));
            assertRefused(ErrorCode.INVALID_ARGUMENT, () -> store.read(name));
        }
    }

    @Test
    void readingWhatIsNotVisibleIsRefused() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "a.txt", "sealed");
            assertRefused(ErrorCode.UNDEFINED_NAME, () -> store.read("a.txt").close());
        }
    }

    @Test
    void largeFilesAreKeptWhole() throws IOException {
        byte[] block = new byte[100_003];
        new java.util.Random(1).nextBytes(block);
        try (ObjectStore store = open()) {
            try (StagedObject staged = store.stage("large")) {
                for (int i = 0; i < 20; i++) {
                    staged.out().write(block);
                    staged.out().write(i);
                }
                staged.seal();
            }
            store.publish("large");
            try (InputStream in = store.read("large")) {
                for (int i = 0; i < 20; i++) {
                    assertThat(in.readNBytes(block.length)).isEqualTo(block);
                    assertThat(in.read()).isEqualTo(i);
                }
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void aVisibleFileIsReadInAnyOrder() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "a", "0123456789");
            store.publish("a");
            ByteBuffer part = ByteBuffer.allocate(3);
            try (SeekableByteChannel file = store.open("a")) {
                assertThat(file.size()).isEqualTo(10);
                file.position(6).read(part);
                assertThat(part.array()).containsExactly(bytes("678"));
                file.position(1).read(part.clear());
                assertThat(part.array()).containsExactly(bytes("123"));
            }
            assertRefused(ErrorCode.UNDEFINED_NAME, () -> store.open("b").close());
        }
    }

    @Test
    void filesAreFoundWithTheirLengths() throws IOException {
        try (ObjectStore store = open()) {
            for (String name : List.of("a.csv", "a.txt", "dir/a.csv", "dir/deep/b.csv")) {
                put(store, name, name);
                store.publish(name);
            }
            Predicate<String> csv = name -> name.endsWith(".csv");
            assertThat(store.search(new FileSearch("", 9, csv, 10)))
                    .extracting(StoredFile::name)
                    .containsExactly("a.csv", "dir/a.csv", "dir/deep/b.csv");
            assertThat(store.search(new FileSearch("", 1, csv, 10)))
                    .extracting(StoredFile::name)
                    .containsExactly("a.csv");
            assertThat(store.search(new FileSearch("dir/d", 3, csv, 10)))
                    .extracting(StoredFile::bytes)
                    .containsExactly(14L);
            assertThat(store.find("dir/a.csv"))
                    .isEqualTo(store.search(new FileSearch("dir/a", 2, csv, 10)).getFirst());
            assertThat(store.find("dir/b.csv")).isNull();
            assertThat(store.find("dir")).isNull();
            assertRefused(ErrorCode.LIMIT_EXCEEDED, () -> store.search(new FileSearch("", 9, csv, 2)));
        }
    }

    @Test
    void aFileThatWasLookedAtIsReadAsItWasOrNotAtAll() throws IOException {
        try (ObjectStore store = open()) {
            put(store, "a", "0123456789");
            store.publish("a");
            StoredFile file = Objects.requireNonNull(store.find("a"));
            try (SeekableByteChannel open = store.open(file);
                    InputStream in = store.read(file)) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("0123456789");
                ByteBuffer part = ByteBuffer.allocate(4);
                assertThat(open.position(5).read(part)).isEqualTo(4);
                assertThat(part.array()).containsExactly(bytes("5678"));
                assertThat(open.position(10).read(part.clear())).isEqualTo(-1);
            }
            store.check(file);
            store.delete("a");
            assertRefused(ErrorCode.WRONG_STATE, () -> readWhole(store, file));
            put(store, "a", "9876543210");
            store.publish("a");
            assertRefused(ErrorCode.WRONG_STATE, () -> readWhole(store, file));
        }
    }

    private static void readWhole(ObjectStore store, StoredFile file) throws IOException {
        try (InputStream in = store.read(file)) {
            in.readAllBytes();
        }
        store.check(file);
    }

    private static void put(ObjectStore store, String name, String text) throws IOException {
        try (StagedObject staged = store.stage(name)) {
            staged.out().write(bytes(text));
            staged.seal();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ObjectStore store, String name) throws IOException {
        try (InputStream in = store.read(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertRefused(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
