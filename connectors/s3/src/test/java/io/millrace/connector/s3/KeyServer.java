package io.millrace.connector.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A bucket that has keys as they are, as Amazon's has: servers that keep objects in folders have no two slashes in a row. */
final class KeyServer implements AutoCloseable {

    private static final String PATH = "/lake/";

    private final TreeMap<String, byte[]> objects = new TreeMap<>();
    private final HttpServer server;

    KeyServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    void put(String key, String content) {
        objects.put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    Map<String, String> options() {
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of("endpoint", endpoint, "access_key_id", "a", "secret_access_key", "b", "attempts", "1");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        byte[] body;
        int status = 200;
        if (query != null && query.contains("list-type=2")) {
            body = list(query).getBytes(StandardCharsets.UTF_8);
        } else {
            String key = decoded(exchange.getRequestURI().getRawPath().substring(PATH.length()));
            byte[] object = objects.get(key);
            status = object == null ? 404 : 200;
            body = object == null ? new byte[0] : part(exchange, object);
        }
        exchange.getResponseHeaders().set("ETag", "\"1\"");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static byte[] part(HttpExchange exchange, byte[] object) {
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range == null) {
            return object;
        }
        String[] places = range.substring("bytes=".length()).split("-", 2);
        return Arrays.copyOfRange(object, Integer.parseInt(places[0]), Integer.parseInt(places[1]) + 1);
    }

    private String list(String query) {
        String prefix = Arrays.stream(query.split("&", -1))
                .filter(part -> part.startsWith("prefix="))
                .map(part -> decoded(part.substring("prefix=".length())))
                .findFirst()
                .orElse("");
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(object -> "<Contents><Key>" + URLEncoder.encode(object.getKey(), StandardCharsets.UTF_8)
                        + "</Key><Size>" + object.getValue().length
                        + "</Size><ETag>\"1\"</ETag><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>")
                .collect(Collectors.joining(
                        "",
                        "<ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>",
                        "</ListBucketResult>"));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
