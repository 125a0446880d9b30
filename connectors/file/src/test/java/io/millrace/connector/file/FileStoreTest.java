package io.millrace.connector.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.contract.ObjectStoreContract;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends ObjectStoreContract {

    @TempDir
    private Path directory;

    @Override
    protected ObjectStore open() {
        return new FileStoreFactory().open(directory.resolve("lake/trades").toUri(), Options.NONE);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ObjectStoreFactory.class))
                .anySatisfy(factory -> assertThat(factory.schemes()).contains("file"));
    }

    @Test
    void filesAreListedByAge() throws IOException {
        try (ObjectStore store = open();
                StagedObject staged = store.stage("data/a")) {
            staged.seal();
            store.publish("data/a");
            assertThat(store.listBefore("data/", Instant.now().plusSeconds(5))).containsExactly("data/a");
            assertThat(store.listBefore("data/", Instant.now().minusSeconds(60)))
                    .isEmpty();
        }
    }

    @Test
    void stagedFilesLieWhereGlobsDoNotLook() throws IOException {
        try (ObjectStore store = open();
                StagedObject staged = store.stage("dt=1/a.parquet")) {
            staged.out().write(1);
            staged.seal();
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.filter(Files::isRegularFile).map(Path::toString))
                        .singleElement()
                        .asString()
                        .endsWith("/lake/trades/.staged/dt=1%2Fa.parquet.sealed");
            }
        }
    }

    @Test
    void aFullDiskIsNamedAndTheFileDropped() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        Path open = Files.createFile(directory.resolve("a.open"));
        StagedFile staged =
                new StagedFile(open, directory.resolve("a.sealed"), FileChannel.open(full, StandardOpenOption.WRITE));

        assertThatThrownBy(() -> {
                    staged.out().write(new byte[100_000]);
                    staged.seal();
                })
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theStagingDirectoryIsTheStoresOwn() throws IOException {
        try (ObjectStore store = open()) {
            assertThatThrownBy(() -> store.stage(".staged/a")).isInstanceOf(MillraceException.class);
        }
    }

    @Test
    void namesThatTheDiskCannotHoldAreRefused() throws IOException {
        try (ObjectStore store = open()) {
            assertThatThrownBy(() -> store.stage("a".repeat(201)))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("aaa");
        }
    }

    @Test
    void aPlaceThatIsNoDirectoryIsRefused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> new FileStoreFactory().open(file.toUri(), Options.NONE))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO_ERROR));
        assertThatThrownBy(() -> new FileStoreFactory().open(URI.create("file:relative"), Options.NONE))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        assertThatThrownBy(() -> new FileStoreFactory().open(directory.toUri(), new Options(Map.of("a", "b"))))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }
}
