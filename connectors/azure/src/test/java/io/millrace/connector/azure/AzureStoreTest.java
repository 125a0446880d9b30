package io.millrace.connector.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.ObjectStoreFactory;
import io.millrace.testing.connector.BlobServer;
import io.millrace.testing.connector.FaultyDoor;
import io.millrace.testing.connector.FaultyDoor.Fault;
import io.millrace.testing.contract.StoreInPartsContract;
import java.io.IOException;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Blobs of Azurite, through a door that fails when it is told to. */
class AzureStoreTest extends StoreInPartsContract {

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
    protected int bytesOfThreeParts() {
        return (9 << 20) + 7;
    }

    @Override
    protected ObjectStore open(String in, String... options) {
        return Containers.open(server, in, options);
    }

    @Override
    protected ObjectStore openThroughFaults(String in, String... options) {
        return Containers.openThroughFaults(server, in, options);
    }

    @Override
    protected FaultyDoor faults() {
        return server.faults();
    }

    @Override
    protected Request staging(String name) {
        return new Request("GET", Containers.address(folder() + "/" + name) + "?");
    }

    @Override
    protected Request publishing() {
        return new Request("PUT", "comp=blocklist");
    }

    @Override
    protected void failOnceEach(Fault fault) {
        server.faults().plan("GET", "comp=blocklist", fault, 1);
        server.faults().plan("PUT", "comp=block&", fault, 3);
        server.faults().plan("PUT", "comp=blocklist", fault, 1);
    }

    @Test
    void isFoundByServiceLoader() {
        assertThat(ServiceLoader.load(ObjectStoreFactory.class))
                .anySatisfy(factory -> assertThat(factory.schemes()).containsExactly("abfss", "az", "azure"));
    }

    @Test
    void blobsThatStandForFoldersAreNoFiles() throws IOException {
        server.putFolder(folder() + "/dir");
        server.put(folder() + "/dir/a", new byte[] {1});
        try (ObjectStore store = open()) {
            assertThat(store.list("")).containsExactly("dir/a");
            assertThat(store.find("dir")).isNull();
            assertThat(store.staged("")).isEmpty();
        }
    }

    @Test
    void aTierIsWhatNewBlobsGet() throws IOException {
        try (ObjectStore store = open(folder(), "access_tier", "cool")) {
            put(store, "a", new byte[] {1});
            store.publish("a");
            assertThat(server.tier(folder() + "/a")).isEqualTo("Cool");
        }
    }
}
