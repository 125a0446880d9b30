package io.millrace.testing.connector;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.sas.BlobContainerSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Azurite, which is Microsoft's server of Azure Blob Storage for tests, with one container, and a {@link FaultyDoor} before
 * it. It runs in a process of its own, on loopback, with all in memory. Whoever starts one has the library of Azure's blobs
 * among its dependencies; what writes and reads here is that library and nothing of ours.
 */
public final class BlobServer implements StoreServer {

    /** The container. */
    public static final String CONTAINER = "lake";

    /** The storage account. */
    public static final String ACCOUNT = "millstore";

    /** Its key. */
    public static final String ACCOUNT_KEY = Base64.getEncoder()
            .encodeToString("a key for tests, and for nothing else".getBytes(StandardCharsets.US_ASCII));

    private static final String VERSION = "3.37.0";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final Process process;
    private final BlobContainerClient container;
    private final HttpServer door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FaultyDoor faults;

    private BlobServer(int port, Process process) throws IOException {
        this.port = port;
        this.process = process;
        awaitListening();
        container = new BlobContainerClientBuilder()
                .endpoint(endpoint())
                .containerName(CONTAINER)
                .credential(new StorageSharedKeyCredential(ACCOUNT, ACCOUNT_KEY))
                .httpClient(new JdkHttpClientBuilder().build())
                .buildClient();
        container.create();
        faults = new FaultyDoor(port);
        door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.setExecutor(threads);
        door.createContext("/", faults);
        door.start();
    }

    /** Starts a server; the test is skipped where npm cannot bring it. */
    public static BlobServer require() throws IOException {
        Path program = NpmPackage.require("azurite", VERSION).program("azurite-blob");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        ProcessBuilder azurite = new ProcessBuilder(
                        program.toString(),
                        "--blobHost",
                        "127.0.0.1",
                        "--blobPort",
                        Integer.toString(port),
                        "--inMemoryPersistence",
                        "--disableTelemetry",
                        "--skipApiVersionCheck",
                        "--silent")
                .directory(Files.createTempDirectory("millrace-azurite").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        azurite.environment().put("AZURITE_ACCOUNTS", ACCOUNT + ":" + ACCOUNT_KEY);
        Process process = azurite.start();
        // Also where the tests end before they close it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            return new BlobServer(port, process);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private void awaitListening() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                if (socket.isConnected()) {
                    return;
                }
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("Azurite does not listen", e);
                }
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** Returns the account's endpoint. */
    public String endpoint() {
        return endpoint(port);
    }

    /** Returns the account's endpoint behind a port of loopback. */
    public String endpoint(int before) {
        return "http://127.0.0.1:" + before + "/" + ACCOUNT;
    }

    /** Returns the endpoint of the door that fails when it is told to. */
    public String faultyEndpoint() {
        return endpoint(door.getAddress().getPort());
    }

    @Override
    public FaultyDoor faults() {
        return faults;
    }

    /** Returns the options of an endpoint, as {@code WITH} has them. */
    public static String options(String endpoint) {
        return "endpoint = '" + endpoint + "', account = '" + ACCOUNT + "', account_key = '" + ACCOUNT_KEY + "'";
    }

    @Override
    public String faultyOptions() {
        return options(faultyEndpoint());
    }

    /** Returns a connection string as Azure's portal shows it. */
    public String connectionString() {
        return "DefaultEndpointsProtocol=http;AccountName=" + ACCOUNT + ";AccountKey=" + ACCOUNT_KEY + ";BlobEndpoint="
                + endpoint() + ";";
    }

    /** Returns a token that opens the container for an hour, as the permissions say: {@code rl} reads and lists. */
    public String token(String permissions) {
        return container.generateSas(new BlobServiceSasSignatureValues(
                OffsetDateTime.now(ZoneOffset.UTC).plusHours(1), BlobContainerSasPermission.parse(permissions)));
    }

    /** Writes a blob as others do. */
    @Override
    public void put(String blob, byte[] content) {
        container.getBlobClient(blob).upload(BinaryData.fromBytes(content), true);
    }

    /** Notes that a name is a folder, as accounts with folders of their own do. */
    public void putFolder(String blob) {
        put(blob, new byte[0]);
        container.getBlobClient(blob).setMetadata(Map.of("hdi_isfolder", "true"));
    }

    /** Returns how often a blob is read most cheaply, as Azure says it. */
    public String tier(String blob) {
        return String.valueOf(container.getBlobClient(blob).getProperties().getAccessTier());
    }

    /** Deletes a blob as others do. */
    @Override
    public void delete(String blob) {
        container.getBlobClient(blob).delete();
    }

    /** Returns the visible blobs whose names begin with this. */
    public Map<String, byte[]> blobs(String prefix) {
        Map<String, byte[]> all = new TreeMap<>();
        for (BlobItem blob : container.listBlobs(new ListBlobsOptions().setPrefix(prefix), null)) {
            all.put(
                    blob.getName(),
                    container.getBlobClient(blob.getName()).downloadContent().toBytes());
        }
        return all;
    }

    /** Copies the visible blobs whose names begin with this to a directory. */
    public void copy(String prefix, Path directory) throws IOException {
        for (Map.Entry<String, byte[]> blob : blobs(prefix).entrySet()) {
            Path file = directory.resolve(blob.getKey().substring(prefix.length()));
            Files.createDirectories(file.getParent());
            Files.write(file, blob.getValue());
        }
    }

    @Override
    public void close() {
        door.stop(0);
        threads.shutdownNow();
        process.destroyForcibly();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
