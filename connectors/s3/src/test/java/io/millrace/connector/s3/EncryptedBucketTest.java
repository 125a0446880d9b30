package io.millrace.connector.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that the bucket encrypts, as the uploads say. */
class EncryptedBucketTest {

    private static final String SSE = "x-amz-server-side-encryption";
    private static final byte[] CONTENT = new byte[(6 << 20) + 11];
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static Bucket bucket;

    private EncryptingDoor door;

    @BeforeAll
    static void start() throws Exception {
        new Random(7).nextBytes(CONTENT);
        bucket = new Bucket();
    }

    @AfterAll
    static void stop() throws Exception {
        bucket.stop();
    }

    @BeforeEach
    void open() throws IOException {
        door = new EncryptingDoor(bucket.openPort());
    }

    @AfterEach
    void close() {
        door.close();
    }

    private ObjectStore store(String... options) {
        Map<String, String> all = new HashMap<>(Map.of(
                "endpoint", "http://127.0.0.1:" + door.port(),
                "access_key_id", "a",
                "secret_access_key", "b",
                "part_bytes", "5 MB",
                "attempts", "1"));
        for (int i = 0; i < options.length; i += 2) {
            all.put(options[i], options[i + 1]);
        }
        return new S3StoreFactory().open(URI.create("s3://" + Bucket.NAME + "/enc"), new Options(all));
    }

    private static void write(ObjectStore store, String name) throws IOException {
        try (StagedObject file = store.stage(name)) {
            file.out().write(CONTENT);
            file.seal();
        }
        store.publish(name);
        store.publish(name);
    }

    private static byte[] read(ObjectStore store, String name) throws IOException {
        try (InputStream in = store.read(name)) {
            return in.readAllBytes();
        }
    }

    private Map<String, String> said(String name) {
        return door.said("/" + Bucket.NAME + "/enc/" + name);
    }

    @Test
    void keysOfS3AndOfKmsAreAskedForWhereAnUploadBegins() throws IOException {
        try (ObjectStore store = store("encryption", "sse-s3", "storage_class", "standard_ia")) {
            write(store, "s3");
            assertThat(read(store, "s3")).isEqualTo(CONTENT);
        }
        assertThat(said("s3")).isEqualTo(Map.of(SSE, "AES256", "x-amz-storage-class", "STANDARD_IA"));
        try (ObjectStore store = store("encryption", "sse-kms", "kms_key_id", "arn:aws:kms:x:1:key/k")) {
            write(store, "kms");
            assertThat(read(store, "kms")).isEqualTo(CONTENT);
        }
        assertThat(said("kms")).isEqualTo(Map.of(SSE, "aws:kms", SSE + "-aws-kms-key-id", "arn:aws:kms:x:1:key/k"));
        try (ObjectStore store = store()) {
            write(store, "plain");
        }
        assertThat(said("plain")).isEmpty();
        assertThat(door.refused()).isEmpty();
    }

    @Test
    void aCustomersKeyGoesWithEveryCallThatNeedsIt() throws IOException {
        try (ObjectStore store = store("encryption", "sse-c", "sse_customer_key", KEY)) {
            write(store, "own");
            assertThat(read(store, "own")).isEqualTo(CONTENT);
            StoredFile file = Objects.requireNonNull(store.find("own"));
            assertThat(file.bytes()).isEqualTo(CONTENT.length);
            try (SeekableByteChannel in = store.open(file)) {
                in.position(CONTENT.length - 11);
                ByteBuffer end = ByteBuffer.allocate(11);
                while (end.hasRemaining()) {
                    in.read(end);
                }
                assertThat(end.array()).endsWith(CONTENT[CONTENT.length - 1]);
            }
        }
        assertThat(door.refused()).isEmpty();
        try (ObjectStore store = store("encryption", "sse-c", "sse_customer_key", KEY)) {
            // Another life finds what an earlier one sealed, with its key.
            try (StagedObject file = store.stage("later")) {
                file.out().write(CONTENT);
                file.seal();
            }
        }
        try (ObjectStore store = store("encryption", "sse-c", "sse_customer_key", KEY)) {
            store.publish("later");
            assertThat(read(store, "later")).isEqualTo(CONTENT);
        }
        assertThat(door.refused()).isEmpty();
        try (ObjectStore store = store()) {
            assertThatThrownBy(() -> read(store, "own")).hasMessageContaining("Server Side Encryption");
        }
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefusedAndKeysNotShown() {
        for (String[] bad : new String[][] {
            {"encryption", "aes"},
            {"encryption", "sse-s3", "kms_key_id", "k"},
            {"sse_customer_key", KEY},
            {"encryption", "sse-c"},
            {"encryption", "sse-c", "sse_customer_key", "c2hvcnQ="},
            {"encryption", "sse-c", "sse_customer_key", "*no base64*"},
            {"storage_class", "cellar"},
        }) {
            assertThatThrownBy(() -> store(bad).close())
                    .isInstanceOf(MillraceException.class)
                    .hasMessageNotContaining(KEY)
                    .hasMessageNotContaining("c2hvcnQ");
        }
        assertThat(Options.isSecret("sse_customer_key")).isTrue();
        assertThat(Options.isSecret("kms_key_id")).isFalse();
    }
}
