package io.millrace.server.crash;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A bucket in memory, as much of S3's API as deliveries use. Now and then a call fails without an effect, or has one and
 * gets no answer. It outlives those who write to it.
 */
public final class BucketServer implements AutoCloseable {

    public static final String NAME = "lake";
    private static final int FAULTS_EVERY = 60;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random random;
    private final Map<String, byte[]> objects = new TreeMap<>();
    private final Map<String, Upload> uploads = new TreeMap<>();
    private int uploadsBegun;
    private int faults;

    /** Parts on their way to be an object. */
    private record Upload(String key, TreeMap<Integer, byte[]> parts) {}

    /** @param bytes empty where there are none */
    private record Answer(int status, byte[] bytes) {

        Answer(int status, String body) {
            this(status, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @param random says which calls fail */
    public BucketServer(Random random) throws IOException {
        this.random = random;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/" + NAME, this::handle);
        server.start();
    }

    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns what is visible under keys that begin so, one behind the other. */
    public synchronized List<String> lines(String prefix) {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .flatMap(object -> new String(object.getValue(), StandardCharsets.UTF_8).lines())
                .toList();
    }

    public synchronized int faults() {
        return faults;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Answer answer = answer(exchange, body);
            if (answer != null) {
                byte[] bytes = answer.bytes();
                exchange.getResponseHeaders().add("Content-Type", "application/xml");
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                if (bytes.length > 0) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        }
    }

    /** Returns null where the client is to hear nothing. */
    private synchronized @Nullable Answer answer(HttpExchange exchange, byte[] body) {
        int luck = random.nextInt(2 * FAULTS_EVERY);
        faults += luck < 2 ? 1 : 0;
        if (luck == 0) {
            return new Answer(503, "<Error><Code>SlowDown</Code></Error>");
        }
        String path = exchange.getRequestURI().getPath();
        String key = path.substring(Math.min(path.length(), NAME.length() + 2));
        Answer answer = answer(exchange, key, query(exchange), body);
        return luck == 1 ? null : answer;
    }

    private Answer answer(HttpExchange exchange, String key, Map<String, String> query, byte[] body) {
        String upload = query.get("uploadId");
        return switch (exchange.getRequestMethod()) {
            case "POST" ->
                upload == null
                        ? begun(key)
                        : completed(key, upload, exchange.getRequestHeaders().containsKey("If-None-Match"));
            case "PUT" -> upload == null ? made(exchange, key, body) : put(exchange, upload, query, body);
            case "DELETE" -> upload == null ? deleted(key) : aborted(upload);
            case "HEAD" -> looked(exchange, key);
            default -> {
                if (!key.isEmpty() && upload == null) {
                    yield read(exchange, key);
                }
                yield upload != null ? parts(upload) : query.containsKey("uploads") ? uploads(query) : keys(query);
            }
        };
    }

    private Answer begun(String key) {
        String id = "upload-" + uploadsBegun++;
        uploads.put(id, new Upload(key, new TreeMap<>()));
        return new Answer(
                200, "<InitiateMultipartUploadResult><UploadId>" + id + "</UploadId></InitiateMultipartUploadResult>");
    }

    private Answer put(HttpExchange exchange, @Nullable String id, Map<String, String> query, byte[] body) {
        Upload upload = id == null ? null : uploads.get(id);
        if (upload == null) {
            return noUpload();
        }
        upload.parts().put(Integer.valueOf(query.get("partNumber")), body);
        exchange.getResponseHeaders().add("ETag", tag(body));
        return new Answer(200, "");
    }

    private Answer made(HttpExchange exchange, String key, byte[] body) {
        if (exchange.getRequestHeaders().containsKey("If-None-Match") && objects.containsKey(key)) {
            return new Answer(412, "<Error><Code>PreconditionFailed</Code></Error>");
        }
        objects.put(key, body);
        exchange.getResponseHeaders().add("ETag", tag(body));
        return new Answer(200, "");
    }

    private Answer looked(HttpExchange exchange, String key) {
        byte[] object = objects.get(key);
        if (object == null) {
            return new Answer(404, "");
        }
        exchange.getResponseHeaders().add("ETag", tag(object));
        exchange.getResponseHeaders().add("Content-Length", String.valueOf(object.length));
        return new Answer(200, "");
    }

    /** Gives an object, or the part of it that a header {@code Range: bytes=0-99} names. */
    private Answer read(HttpExchange exchange, String key) {
        byte[] object = objects.get(key);
        if (object == null) {
            return new Answer(404, "<Error><Code>NoSuchKey</Code></Error>");
        }
        exchange.getResponseHeaders().add("ETag", tag(object));
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            return new Answer(200, object);
        }
        String[] sides = range.substring("bytes=".length()).split("-");
        int from = Integer.parseInt(sides[0]);
        int to = Math.min(object.length, Integer.parseInt(sides[1]) + 1);
        exchange.getResponseHeaders().add("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + object.length);
        return new Answer(206, Arrays.copyOfRange(object, from, to));
    }

    /** Copies what is visible under keys that begin so into a directory. */
    public synchronized void copy(String prefix, Path directory) throws IOException {
        for (Map.Entry<String, byte[]> object : objects.entrySet()) {
            if (object.getKey().startsWith(prefix)) {
                Path file = directory.resolve(object.getKey().substring(prefix.length()));
                Files.createDirectories(file.getParent());
                Files.write(file, object.getValue());
            }
        }
    }

    private Answer completed(String key, String id, boolean ifNone) {
        Upload upload = uploads.get(id);
        if (upload == null) {
            return noUpload();
        }
        if (ifNone && objects.containsKey(key)) {
            return new Answer(412, "<Error><Code>PreconditionFailed</Code></Error>");
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        upload.parts().values().forEach(whole::writeBytes);
        objects.put(key, whole.toByteArray());
        uploads.remove(id);
        return new Answer(200, "<CompleteMultipartUploadResult><ETag>\"x\"</ETag></CompleteMultipartUploadResult>");
    }

    private Answer aborted(String id) {
        return uploads.remove(id) == null ? noUpload() : new Answer(204, "");
    }

    private Answer deleted(String key) {
        objects.remove(key);
        return new Answer(204, "");
    }

    private static Answer noUpload() {
        return new Answer(404, "<Error><Code>NoSuchUpload</Code></Error>");
    }

    private Answer uploads(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        return list(
                "ListMultipartUploadsResult",
                uploads.entrySet().stream()
                        .filter(upload -> upload.getValue().key().startsWith(prefix))
                        .map(upload -> "<Upload><Key>" + upload.getValue().key() + "</Key><UploadId>" + upload.getKey()
                                + "</UploadId></Upload>")
                        .collect(Collectors.joining()));
    }

    private Answer parts(String id) {
        Upload upload = uploads.get(id);
        return upload == null
                ? noUpload()
                : list(
                        "ListPartsResult",
                        upload.parts().entrySet().stream()
                                .map(part -> "<Part><PartNumber>" + part.getKey() + "</PartNumber><ETag>"
                                        + tag(part.getValue()) + "</ETag></Part>")
                                .collect(Collectors.joining()));
    }

    private Answer keys(Map<String, String> query) {
        String prefix = query.getOrDefault("prefix", "");
        return list(
                "ListBucketResult",
                objects.entrySet().stream()
                        .filter(object -> object.getKey().startsWith(prefix))
                        // All as if they were new: what is old is nobody's question here.
                        .map(object -> "<Contents><Key>" + object.getKey() + "</Key><LastModified>"
                                + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "</LastModified><Size>"
                                + object.getValue().length + "</Size></Contents>")
                        .collect(Collectors.joining()));
    }

    private static Answer list(String name, String entries) {
        return new Answer(200, "<" + name + "><IsTruncated>false</IsTruncated>" + entries + "</" + name + ">");
    }

    private static String tag(byte[] bytes) {
        try {
            return '"'
                    + HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes))
                    + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new HashMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] sides = pair.split("=", 2);
            query.put(sides[0], sides.length < 2 ? "" : URLDecoder.decode(sides[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
