package io.millrace.connector.s3;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * Keeps S3's rules of server-side encryption before a server that has none of it: notes what an upload says, and refuses
 * what S3 refuses of an object with a customer's key.
 */
final class EncryptingDoor implements HttpHandler, AutoCloseable {

    private static final String SSE = "x-amz-server-side-encryption";
    private static final String CUSTOMER = SSE + "-customer-";
    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private final int port;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Map<String, String>> objects = new ConcurrentHashMap<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();

    /** @param port of the server behind the door, which asks for no signatures */
    EncryptingDoor(int port) throws IOException {
        this.port = port;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Returns what the upload of an object said, of encryption and storage. */
    Map<String, String> said(String path) {
        return objects.getOrDefault(path, Map.of());
    }

    /** Returns the requests that were refused. */
    List<String> refused() {
        return refused;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        Headers headers = exchange.getRequestHeaders();
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (exchange.getRequestMethod().equals("POST") && query.startsWith("uploads")) {
                objects.put(path, said(headers));
            }
            String problem = problem(exchange.getRequestMethod(), path, query, headers);
            if (problem.isEmpty()) {
                pass(exchange, body);
                return;
            }
            refused.add(exchange.getRequestMethod() + " " + path + ": " + problem);
            byte[] answer = ("<Error><Code>InvalidRequest</Code><Message>" + problem + "</Message></Error>")
                    .getBytes(StandardCharsets.UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(400, head ? -1 : answer.length);
            if (!head) {
                exchange.getResponseBody().write(answer);
            }
        }
    }

    private static Map<String, String> said(Headers headers) {
        Map<String, String> said = new TreeMap<>();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(SSE) || lower.equals("x-amz-storage-class")) {
                said.put(lower, values.getFirst());
            }
        });
        return said;
    }

    /** Returns what S3 would refuse, or the empty text. */
    private String problem(String method, String path, String query, Headers headers) {
        Map<String, String> now = said(headers);
        String key = now.getOrDefault(CUSTOMER + "key", "");
        if (!key.isEmpty()
                && (!now.getOrDefault(CUSTOMER + "algorithm", "").equals("AES256")
                        || !now.getOrDefault(CUSTOMER + "key-md5", "").equals(md5(key)))) {
            return "the MD5 of the customer's key is not its MD5, or no algorithm is named";
        }
        if (now.containsKey(SSE) && !query.startsWith("uploads")) {
            return "encryption is said where an upload is begun";
        }
        boolean data = method.equals("HEAD")
                || (method.equals("GET") && !query.contains("uploads"))
                || (method.equals("PUT") && query.contains("partNumber"));
        boolean wanted = said(path).containsKey(CUSTOMER + "key");
        if (data && wanted && !key.equals(said(path).get(CUSTOMER + "key"))) {
            return "The object was stored using a form of Server Side Encryption. The correct parameters must be"
                    + " provided to retrieve the object.";
        }
        return data && !wanted && !key.isEmpty() && objects.containsKey(path)
                ? "The encryption parameters are not applicable to this object."
                : "";
    }

    private static String md5(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("MD5")
                            .digest(Base64.getDecoder().decode(key)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pass(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!NOT_PASSED_ON.contains(lower) && !lower.startsWith(SSE)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            boolean head = exchange.getRequestMethod().equals("HEAD");
            answer.headers().map().forEach((name, values) -> {
                if (!name.equalsIgnoreCase("transfer-encoding") && (head || !name.equalsIgnoreCase("content-length"))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            boolean empty = head || answer.body().length == 0;
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        client.shutdownNow();
    }
}
