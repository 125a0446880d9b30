package io.millrace.testing.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/**
 * A strict receiver of version 1.0 of Data Firehose's HTTP delivery protocol, on a free port of loopback. A request that
 * breaks a rule is answered 400 and remembered in {@link #violations}. Batches that come again under their id count once.
 */
public final class FirehoseEndpoint implements AutoCloseable {

    /** What is answered in place of the protocol's yes. */
    public record Reply(int status, String contentType, String body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, List<String>> batches = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<Headers> headers = new CopyOnWriteArrayList<>();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private volatile int requests;

    public FirehoseEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/intake", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/intake?v=1";
    }

    /** Has the next request that was not answered in another way answered so, without taking its batch. */
    public void reply(Reply reply) {
        replies.add(reply);
    }

    /** Returns the records of all batches, in the order in which the batches first came. */
    public List<String> records() {
        List<String> records = new ArrayList<>();
        order.forEach(id -> records.addAll(batches.get(id)));
        return records;
    }

    public List<String> violations() {
        return violations;
    }

    public List<Headers> headers() {
        return headers;
    }

    public int requests() {
        return requests;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // The server has one thread.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests++;
            headers.add(exchange.getRequestHeaders());
            byte[] raw = exchange.getRequestBody().readAllBytes();
            List<String> broken = new ArrayList<>();
            String id = check(exchange, raw, broken);
            violations.addAll(broken);
            Reply reply = replies.poll();
            if (!broken.isEmpty()) {
                send(exchange, new Reply(400, "application/json", "{}"));
            } else if (reply != null) {
                send(exchange, reply);
            } else {
                if (batches.put(id, records(exchange, raw)) == null) {
                    order.add(id);
                }
                send(exchange, new Reply(200, "application/json", "{\"requestId\":\"" + id + "\",\"timestamp\":1}"));
            }
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static String check(HttpExchange exchange, byte[] raw, List<String> broken) throws IOException {
        Headers given = exchange.getRequestHeaders();
        String id = String.valueOf(given.getFirst("X-Amz-Firehose-Request-Id"));
        require(exchange.getRequestMethod().equals("POST"), "the method is POST", broken);
        require("1.0".equals(given.getFirst("X-Amz-Firehose-Protocol-Version")), "the version is 1.0", broken);
        require(id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), "the id is a UUID", broken);
        require(given.containsKey("X-Amz-Firehose-Source-Arn"), "there is a source", broken);
        require("application/json".equals(given.getFirst("Content-Type")), "the body is JSON", broken);
        require(given.containsKey("Content-Length"), "the length is known", broken);
        JsonNode body = JSON.readTree(unpacked(exchange, raw));
        require(id.equals(body.path("requestId").asText()), "header and body have one id", broken);
        require(body.path("timestamp").isIntegralNumber(), "the timestamp is a number", broken);
        int count = body.path("records").size();
        require(count >= 1 && count <= 10_000, "there are 1 to 10,000 records", broken);
        body.path("records").forEach(record -> require(record.path("data").isTextual(), "records have data", broken));
        return id;
    }

    private static void require(boolean kept, String rule, List<String> broken) {
        if (!kept) {
            broken.add(rule);
        }
    }

    private static List<String> records(HttpExchange exchange, byte[] raw) throws IOException {
        List<String> records = new ArrayList<>();
        for (JsonNode record : JSON.readTree(unpacked(exchange, raw)).path("records")) {
            byte[] data = Base64.getDecoder().decode(record.path("data").asText());
            records.add(new String(data, StandardCharsets.UTF_8));
        }
        return records;
    }

    private static byte[] unpacked(HttpExchange exchange, byte[] raw) throws IOException {
        if (!"gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
            return raw;
        }
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(raw))) {
            return in.readAllBytes();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
