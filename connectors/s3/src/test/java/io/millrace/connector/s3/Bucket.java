package io.millrace.connector.s3;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.testing.connector.BucketServer;
import io.millrace.testing.connector.FaultyDoor;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** The bucket of a server, as stores. */
final class Bucket {

    static final String NAME = BucketServer.NAME;

    final BucketServer server;
    final FaultyDoor faults;

    Bucket() throws Exception {
        server = BucketServer.start();
        faults = server.faults();
    }

    /** Opens a folder of the bucket. */
    ObjectStore open(String folder, String... more) {
        return openAt(server.endpoint(), folder, more);
    }

    /** Opens a folder of the bucket through the door that fails when it is told to. */
    ObjectStore openThroughFaults(String folder, String... more) {
        return openAt(server.faultyEndpoint(), folder, more);
    }

    /** Opens a folder of the bucket of whatever listens there. */
    static ObjectStore openAt(String endpoint, String folder, String... more) {
        Map<String, String> options = new TreeMap<>(Map.of(
                "endpoint",
                endpoint,
                "access_key_id",
                BucketServer.ACCESS_KEY_ID,
                "secret_access_key",
                BucketServer.SECRET_ACCESS_KEY,
                "part_bytes",
                "5 MB"));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return new S3StoreFactory().open(URI.create("s3://" + NAME + "/" + folder), new Options(options));
    }

    /** Returns the port of the server that asks for no signatures. */
    int openPort() {
        return server.openPort();
    }

    void stop() {
        server.close();
    }
}
