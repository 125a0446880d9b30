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
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
    void whatOthersHaveNamedAsNoFileIsNamedHereIsReadAllTheSame() throws IOException {
        List<String> names =
                List.of("odd/a%2Fb+c", "odd/c d .", "odd/\u00e9\u65e5\u672c&<\ud83d\ude00", "odd/d./e", "odd/=?#[x]");
        for (String name : names) {
            bucket.server.put(folder() + "/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        try (ObjectStore store = open("timeout", "10 s")) {
            areRead(store, "odd/", names);
        }
    }

    @Test
    void twoSlashesAndDotsAreLettersOfAKey() throws IOException {
        List<String> names = List.of("odd//b", "odd/a b", "odd/./c", "odd/../d", "odd/x//y//z", "odd/e+%");
        try (KeyServer keys = new KeyServer()) {
            names.forEach(name -> keys.put("lake/" + name, name));
            keys.put("lake/odd/", "");
            keys.put("/first/a", "a");
            S3StoreFactory factory = new S3StoreFactory();
            try (ObjectStore store = factory.openToRead(URI.create("s3://lake/lake/"), new Options(keys.options()))) {
                areRead(store, "odd/", names);
                fails(() -> store.stage("odd//b"), ErrorCode.INVALID_ARGUMENT, "'odd//b' cannot be used");
            }
            try (ObjectStore store = factory.openToRead(URI.create("s3://lake//first/"), new Options(keys.options()))) {
                areRead(store, "", List.of("a"));
            }
        }
    }

    private static void areRead(ObjectStore store, String prefix, List<String> names) throws IOException {
        List<StoredFile> found = store.search(new FileSearch(prefix, 5, name -> true, 10));
        assertThat(found).extracting(StoredFile::name).containsExactlyInAnyOrderElementsOf(names);
        for (StoredFile file : found) {
            assertThat(store.find(file.name())).isEqualTo(file);
            assertThat(all(store.read(file))).asString().isEqualTo(file.name());
            try (SeekableByteChannel channel = store.open(file)) {
                ByteBuffer whole = ByteBuffer.allocate((int) file.bytes());
                channel.read(whole);
                assertThat(whole.array()).asString().isEqualTo(file.name());
            }
        }
    }

    @Test
    void aSlashInFrontIsReadAndNotWritten() throws IOException {
        assertThat(S3Location.toRead(URI.create("s3://lake//a/")).keyToRead("b"))
                .isEqualTo("/a/b");
        assertThat(S3Location.toRead(URI.create("s3://lake/a/")).keyToRead("b")).isEqualTo("a/b");
        assertThat(S3Location.of(URI.create("s3://lake//a")).key("b")).isEqualTo("a/b");
        assertThatThrownBy(() -> S3Location.of(URI.create("s3://AKIA:sesame@lake/a")))
                .hasMessageContaining("names no bucket")
                .hasMessageNotContaining("sesame");
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
