package io.millrace.connector.s3;

import com.sun.net.httpserver.HttpServer;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** An S3 server in memory with one bucket. It checks signatures; the {@link FaultyDoor} before it does not. */
final class Bucket {

    static final String NAME = "lake";
    private static final Map<String, String> KEYS =
            Map.of("access_key_id", "local-identity", "secret_access_key", "local-secret");

    private final TransientNio2BlobStore objects = new TransientNio2BlobStore();
    private final S3Proxy checking;
    private final S3Proxy open;
    private final HttpServer door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    final FaultyDoor faults;

    Bucket() throws Exception {
        objects.createContainer(CreateBucketRequest.builder().bucket(NAME).build());
        checking = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, KEYS.get("access_key_id"), KEYS.get("secret_access_key"))
                .build();
        open = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.NONE, null, null)
                .build();
        checking.start();
        open.start();
        faults = new FaultyDoor(open.getPort());
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(threads);
        door.createContext("/", faults);
        door.start();
    }

    /** Opens a folder of the bucket. */
    ObjectStore open(String folder, Map<String, String> more) {
        return open(checking.getPort(), folder, more);
    }

    /** Opens a folder of the bucket through the door that fails when it is told to. */
    ObjectStore openThroughFaults(String folder, Map<String, String> more) {
        return open(door.getAddress().getPort(), folder, more);
    }

    private static ObjectStore open(int port, String folder, Map<String, String> more) {
        Map<String, String> options = new TreeMap<>(KEYS);
        options.put("endpoint", "http://127.0.0.1:" + port);
        options.put("part_bytes", "5 MB");
        options.putAll(more);
        return new S3StoreFactory().open(URI.create("s3://" + NAME + "/" + folder), new Options(options));
    }

    /** Returns the port of the server that asks for no signatures. */
    int openPort() {
        return open.getPort();
    }

    void stop() throws Exception {
        door.stop(0);
        threads.shutdownNow();
        open.stop();
        checking.stop();
    }
}
