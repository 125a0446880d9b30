package io.millrace.testing.connector;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/**
 * An S3 server in memory with one bucket, and a {@link FaultyDoor} before it. The server checks signatures, the door does
 * not. Whoever starts one has s3proxy and the SDK's client of S3 among its dependencies.
 */
public final class BucketServer implements StoreServer {

    /** The bucket. */
    public static final String NAME = "lake";

    /** The key that the server knows. */
    public static final String ACCESS_KEY_ID = "local-identity";

    /** Its secret. */
    public static final String SECRET_ACCESS_KEY = "local-secret";

    private final TransientNio2BlobStore objects = new TransientNio2BlobStore();
    private final S3Proxy checking;
    private final S3Proxy open;
    private final HttpServer door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final FaultyDoor faults;

    private BucketServer() throws Exception {
        objects.createContainer(CreateBucketRequest.builder().bucket(NAME).build());
        checking = proxy(AuthenticationType.AWS_V4);
        open = proxy(AuthenticationType.NONE);
        faults = new FaultyDoor(open.getPort());
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(threads);
        door.createContext("/", faults);
        door.start();
    }

    private S3Proxy proxy(AuthenticationType authentication) throws Exception {
        boolean checks = authentication != AuthenticationType.NONE;
        S3Proxy proxy = S3Proxy.builder()
                .blobStore(objects)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(authentication, checks ? ACCESS_KEY_ID : null, checks ? SECRET_ACCESS_KEY : null)
                .build();
        proxy.start();
        return proxy;
    }

    /** Starts a server. */
    public static BucketServer start() throws Exception {
        return new BucketServer();
    }

    /** Returns the endpoint that checks signatures. */
    public String endpoint() {
        return "http://127.0.0.1:" + checking.getPort();
    }

    /** Returns the endpoint of the door that fails when it is told to. */
    public String faultyEndpoint() {
        return "http://127.0.0.1:" + door.getAddress().getPort();
    }

    /** Returns the port of the server that asks for no signatures. */
    public int openPort() {
        return open.getPort();
    }

    @Override
    public FaultyDoor faults() {
        return faults;
    }

    /** Returns the options of an endpoint, as {@code WITH} has them. */
    public static String options(String endpoint) {
        return "endpoint = '" + endpoint + "', access_key_id = '" + ACCESS_KEY_ID + "', secret_access_key = '"
                + SECRET_ACCESS_KEY + "'";
    }

    @Override
    public String faultyOptions() {
        return options(faultyEndpoint());
    }

    /** Writes an object as others do. */
    @Override
    public void put(String key, byte[] content) {
        send(object(key).PUT(BodyPublishers.ofByteArray(content)).build());
    }

    /** Deletes an object as others do. */
    @Override
    public void delete(String key) {
        send(object(key).DELETE().build());
    }

    private HttpRequest.Builder object(String key) {
        // Only a slash is itself in a path.
        String path = URLEncoder.encode(key, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + open.getPort() + "/" + NAME + "/" + path));
    }

    private void send(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(request + " was answered " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new IllegalStateException(request + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        door.stop(0);
        threads.shutdownNow();
        try {
            open.stop();
            checking.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the server cannot be stopped", e);
        }
    }
}
