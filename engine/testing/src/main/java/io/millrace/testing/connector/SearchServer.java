package io.millrace.testing.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A strict receiver of bulk requests as OpenSearch and Elasticsearch take them, on a free port of loopback. A request that
 * breaks a rule is answered 400 and remembered in {@link #violations}. A document that has a member {@code poison} is
 * refused as one that does not fit its mapping, one with a member {@code busy} is put off once.
 */
public final class SearchServer implements AutoCloseable {

    /** What is answered in place of the protocol's. */
    public record Reply(int status, String body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, Map<String, String>> indexes = new ConcurrentSkipListMap<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<String> putOff = new CopyOnWriteArrayList<>();
    private final int bytesMax;
    private volatile int made;
    private volatile int requests;

    /** @param bytesMax most bytes of a request, beyond which it is answered 413 */
    public SearchServer(int bytesMax) throws IOException {
        this.bytesMax = bytesMax;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Returns the URL of a delivery to an index. */
    public String url(String index) {
        return "opensearch+http://127.0.0.1:" + server.getAddress().getPort() + "/" + index;
    }

    /** Has the next request answered so, without taking anything of it. */
    public void reply(Reply reply) {
        replies.add(reply);
    }

    /** Returns the documents of an index by id. */
    public Map<String, String> documents(String index) {
        return indexes.getOrDefault(index, Map.of());
    }

    /** Returns the names of the indexes. */
    public List<String> indexes() {
        return List.copyOf(indexes.keySet());
    }

    public List<String> violations() {
        return violations;
    }

    /** Returns the headers that said who asks. */
    public List<String> authorizations() {
        return authorizations;
    }

    public int requests() {
        return requests;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // The server has one thread.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests++;
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] body = exchange.getRequestBody().readAllBytes();
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

    private Reply answer(HttpExchange exchange, byte[] body) {
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/")) {
            return new Reply(200, "{\"version\":{\"number\":\"3.8.0\"}}");
        }
        if (body.length > bytesMax) {
            return new Reply(413, "");
        }
        try {
            require(exchange.getRequestMethod().equals("POST"), "the method is POST");
            require(path.equals("/_bulk"), "the path is /_bulk");
            require(
                    "application/x-ndjson".equals(exchange.getRequestHeaders().getFirst("Content-Type")),
                    "the body is lines of JSON");
            String text = new String(body, StandardCharsets.UTF_8);
            require(text.endsWith("\n"), "the last line ends");
            return new Reply(200, bulk(text.lines().toList()));
        } catch (IOException | IllegalArgumentException e) {
            violations.add(String.valueOf(e.getMessage()));
            return new Reply(400, "{\"error\":\"" + e.getClass().getSimpleName() + "\"}");
        }
    }

    private static void require(boolean kept, String rule) {
        if (!kept) {
            throw new IllegalArgumentException(rule);
        }
    }

    private String bulk(List<String> lines) throws IOException {
        require(lines.size() % 2 == 0 && !lines.isEmpty(), "each action has a document");
        ObjectNode answer = JSON.createObjectNode().put("took", 1);
        ArrayNode items = answer.putArray("items");
        boolean errors = false;
        for (int i = 0; i < lines.size(); i += 2) {
            JsonNode action = JSON.readTree(lines.get(i));
            require(action.size() == 1, "an action is one member");
            String kind = action.fieldNames().next();
            require(kind.equals("create") || kind.equals("index"), "an action creates or indexes");
            JsonNode document = JSON.readTree(lines.get(i + 1));
            require(document.isObject(), "a document is an object");
            ObjectNode result = items.addObject().putObject(kind);
            errors |= !take(kind.equals("create"), action.path(kind), document, result);
        }
        return JSON.writeValueAsString(answer.put("errors", errors));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // The server has one thread.
    private boolean take(boolean create, JsonNode action, JsonNode document, ObjectNode result) {
        String index = action.path("_index").asText();
        require(!index.isEmpty(), "an action names its index");
        String id = action.has("_id") ? action.path("_id").asText() : "made-" + made++;
        result.put("_index", index).put("_id", id);
        Map<String, String> documents = indexes.computeIfAbsent(index, name -> new TreeMap<>());
        if (document.has("poison") && !document.path("poison").isNull()) {
            return fail(result, 400, "mapper_parsing_exception", "failed to parse field [poison]");
        }
        if (document.has("busy") && !document.path("busy").isNull() && !putOff.contains(id)) {
            putOff.add(id);
            return fail(result, 429, "rejected_execution_exception", "queue is full");
        }
        if (create && documents.containsKey(id)) {
            return fail(result, 409, "version_conflict_engine_exception", "document already exists");
        }
        result.put("status", documents.put(id, document.toString()) == null ? 201 : 200);
        return true;
    }

    private static boolean fail(ObjectNode result, int status, String type, String reason) {
        result.put("status", status).putObject("error").put("type", type).put("reason", reason);
        return false;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
