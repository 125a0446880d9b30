package io.millrace.connector.azure;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.testing.connector.BlobServer;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Folders of a server's container, as stores. */
final class Containers {

    private Containers() {}

    /** Opens a folder. */
    static ObjectStore open(BlobServer server, String folder, String... more) {
        return openAt(server.endpoint(), folder, more);
    }

    /** Opens a folder through the door that fails when it is told to. */
    static ObjectStore openThroughFaults(BlobServer server, String folder, String... more) {
        return openAt(server.faultyEndpoint(), folder, more);
    }

    /** Opens a folder of whatever listens there. */
    static ObjectStore openAt(String endpoint, String folder, String... more) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "endpoint",
                endpoint,
                "account",
                BlobServer.ACCOUNT,
                "account_key",
                BlobServer.ACCOUNT_KEY,
                "block_bytes",
                "4 MB"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return new AzureStoreFactory()
                .open(URI.create("azure://" + BlobServer.CONTAINER + "/" + folder), new Options(options));
    }

    /** Returns a part of the addresses of a blob's requests, in which slashes are escaped. */
    static String address(String blob) {
        return blob.replace("/", "%2F");
    }
}
