package io.millrace.testing.connector;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A strict HTTP event collector of Splunk's, on a free port of loopback, with the token {@code token}. A request that
 * breaks a rule is answered as Splunk does and remembered in {@link #violations}. Events count when they are acknowledged,
 * which they are when they were asked for so often. One whose event is the text {@code poison} is refused.
 */
public final class SplunkServer implements AutoCloseable {

    /** What is answered in place of the protocol's. */
    public record Reply(int status, String body) {}

    /** Keeps numbers as they were written. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final HttpServer server;
    private final Map<Long, List<String>> waiting = new TreeMap<>();
    private final Map<Long, Integer> asked = new TreeMap<>();
    private final List<String> indexed = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final int bytesMax;
    private volatile int acknowledgedAfter = 1;
    private long acks;

    /** @param bytesMax most bytes of a request, beyond which it is answered 413 */
    public SplunkServer(int bytesMax) throws IOException {
        this.bytesMax = bytesMax;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Returns the URL of a delivery to it. */
    public String url() {
        return "splunk+http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has the next request answered so, without taking anything of it. */
    public void reply(Reply reply) {
        replies.add(reply);
    }

    /** Says how often an acknowledgement must be asked for until it is given. */
    public void acknowledgeAfter(int times) {
        acknowledgedAfter = times;
    }

    /** Returns what is indexed: events as JSON, or lines. */
    public List<String> indexed() {
        return indexed;
    }

    public List<String> violations() {
        return violations;
    }

    /** Returns the requests' paths with what stands behind a question mark. */
    public List<String> paths() {
        return paths;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            paths.add(exchange.getRequestURI().toString());
            Reply reply = replies.poll();
            if (reply == null) {
                reply = answer(exchange, body);
            }
            byte[] said = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
            exchange.sendResponseHeaders(reply.status(), said.length == 0 ? -1 : said.length);
            exchange.getResponseBody().write(said);
        }
    }

    private Reply answer(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/services/collector/health")) {
            return said(200, "HEC is healthy", 17);
        }
        if (!"Splunk token".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return said(403, "Invalid token", 4);
        }
        if (!isChannel(exchange.getRequestHeaders().getFirst("X-Splunk-Request-Channel"))) {
            violations.add("a request has a channel");
            return said(400, "Data channel is missing", 10);
        }
        if (body.length > bytesMax) {
            return new Reply(413, "");
        }
        return switch (path) {
            case "/services/collector/ack" -> acknowledge(JSON.readTree(body));
            case "/services/collector/event" -> events(body);
            case "/services/collector/raw" -> lines(body);
            default -> said(404, "The requested URL was not found on this server.", 404);
        };
    }

    private static boolean isChannel(@Nullable String channel) {
        try {
            return channel != null && UUID.fromString(channel).toString().equals(channel);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Reply said(int status, String text, int code) {
        return new Reply(status, "{\"text\":\"" + text + "\",\"code\":" + code + "}");
    }

    private Reply events(byte[] body) throws IOException {
        List<String> events = new ArrayList<>();
        try (MappingIterator<JsonNode> objects = JSON.readerFor(JsonNode.class).readValues(body)) {
            while (objects.hasNext()) {
                JsonNode object = objects.next();
                if (!object.has("event") || object.path("event").asText().equals("poison")) {
                    return new Reply(
                            400,
                            "{\"text\":\"Event field is required\",\"code\":12,\"invalid-event-number\":"
                                    + events.size() + "}");
                }
                events.add(JSON.writeValueAsString(object));
            }
        }
        return accept(events);
    }

    private Reply lines(byte[] body) {
        return accept(new String(body, StandardCharsets.UTF_8).lines().toList());
    }

    private Reply accept(List<String> events) {
        if (events.isEmpty()) {
            violations.add("a request has events");
            return said(400, "No data", 5);
        }
        long ack = acks++;
        waiting.put(ack, events);
        return new Reply(200, "{\"text\":\"Success\",\"code\":0,\"ackId\":" + ack + "}");
    }

    private Reply acknowledge(JsonNode query) {
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode given = answer.putObject("acks");
        for (JsonNode node : query.path("acks")) {
            long ack = node.asLong();
            boolean done = asked.merge(ack, 1, Integer::sum) >= acknowledgedAfter && waiting.containsKey(ack);
            given.put(String.valueOf(ack), done);
            if (done) {
                indexed.addAll(waiting.remove(ack));
            }
        }
        return new Reply(200, answer.toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
