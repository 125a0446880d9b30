package io.millrace.connector.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.Options;
import io.millrace.spi.connector.FileSearch;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.FaultyDoor;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.contract.StoredFileContract;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Blobs of Azurite that others wrote. */
class AzureReadTest extends StoredFileContract {

    private static BlobServer server;

    @BeforeAll
    static void start() throws Exception {
        server = BlobServer.require();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected ObjectStore open(String... options) {
        return Containers.openThroughFaults(server, folder(), options);
    }

    @Override
    protected ObjectStore openAt(int port, String timeout) {
        return Containers.openAt("http://127.0.0.1:" + port + "/a", "x", "attempts", "2", "timeout", timeout);
    }

    @Override
    protected FaultyDoor faults() {
        return server.faults();
    }

    @Override
    protected void put(String name, byte[] content) {
        server.put(name, content);
    }

    @Override
    protected void delete(String name) {
        server.delete(name);
    }

    @Override
    protected String address(String name) {
        return Containers.address(name);
    }

    @ParameterizedTest
    @Tag("slow")
    @EnumSource(
            value = Fault.class,
            names = {"BROKEN_OFF", "STALLED", "ANSWER_LOST", "BUSY"})
    void whatBreaksOffEachTimeIsAFailure(Fault fault) throws IOException {
        try (ObjectStore store = open("attempts", "3", "timeout", "200 ms")) {
            StoredFile file = found(store);
            planReads(fault, 100);
            fails(() -> all(store.read(file)), ErrorCode.IO_ERROR, "reading '" + file() + "' in azure://lake/");
            faults().clear();
            assertThat(all(store.read(file))).isEqualTo(content());
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
            server.put(folder() + "/" + name, name.getBytes(StandardCharsets.UTF_8));
        }
        try (ObjectStore store = Containers.open(server, folder())) {
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
            server.put(folder() + "/many/" + i, new byte[] {1});
        }
        try (ObjectStore store = open("timeout", "30 s")) {
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
}
