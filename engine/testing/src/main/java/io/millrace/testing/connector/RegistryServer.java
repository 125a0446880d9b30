package io.millrace.testing.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A registry of schemas that speaks as Confluent's does, on a free port of loopback. Requests that break a rule of that
 * are remembered in {@link #violations}. Ids begin at 1; a schema has one id under all subjects.
 */
public final class RegistryServer implements AutoCloseable {

    /** Says whether a schema may be a version after others. */
    @FunctionalInterface
    public interface Compatibility {

        /** Any schema may follow any. */
        Compatibility NONE = (schema, before) -> null;

        /** Returns why not, or null where it may. */
        @Nullable
        String problem(String schema, List<String> before);
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";

    private final HttpServer server;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<ObjectNode> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();
    private volatile Compatibility compatibility = Compatibility.NONE;
    private volatile boolean away;
    private volatile @Nullable String authorization;

    public RegistryServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Has new versions checked so. */
    public void compatibility(Compatibility rule) {
        compatibility = rule;
    }

    /** Has all requests answered with 503, or no longer. */
    public void away(boolean isAway) {
        away = isAway;
    }

    /** Has requests without this header refused. */
    public void require(String header) {
        authorization = header;
    }

    public List<String> violations() {
        return violations;
    }

    /** Returns what was asked, such as {@code GET /schemas/ids/1}; what was asked while it was away too. */
    public List<String> requests() {
        return requests;
    }

    /** Makes a schema a version of a subject and returns its id. */
    public synchronized int register(String subject, String schema) {
        return register(subject, JSON.createObjectNode().put("schema", schema));
    }

    /**
     * The same for a schema of any kind.
     *
     * @param schema an object with {@code schema}, and {@code schemaType} or {@code references} where it has them
     */
    public synchronized int register(String subject, ObjectNode schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        List<Integer> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!versions.contains(id)) {
            versions.add(id);
        }
        return id;
    }

    /** Returns the schemas of a subject, in the order of its versions. */
    public synchronized List<String> versions(String subject) {
        return subjects.getOrDefault(subject, List.of()).stream()
                .map(id -> schemas.get(id - 1).path("schema").asText())
                .toList();
    }

    private record Reply(int status, JsonNode body) {

        static Reply error(int status, int code, String message) {
            return new Reply(
                    status, JSON.createObjectNode().put("error_code", code).put("message", message));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String request =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getRawPath();
        requests.add(request);
        Reply reply;
        if (away) {
            reply = Reply.error(503, 50302, "the registry is away");
        } else if (authorization != null
                && !authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            reply = Reply.error(401, 40101, "Unauthorized");
        } else {
            check(exchange, request);
            reply = reply(request, body);
        }
        byte[] answer = JSON.writeValueAsBytes(reply.body());
        exchange.getResponseHeaders().set("Content-Type", JSON_TYPE);
        exchange.sendResponseHeaders(reply.status(), answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private void check(HttpExchange exchange, String request) {
        if (request.startsWith("POST")
                && !JSON_TYPE.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            violations.add(request + " has Content-Type "
                    + exchange.getRequestHeaders().getFirst("Content-Type"));
        }
        if (!String.valueOf(exchange.getRequestHeaders().getFirst("Accept")).contains(JSON_TYPE)) {
            violations.add(
                    request + " has Accept " + exchange.getRequestHeaders().getFirst("Accept"));
        }
    }

    private synchronized Reply reply(String request, byte[] body) throws IOException {
        String[] parts = request.split("[ /]+", -1);
        if (request.matches("GET /schemas/ids/\\d+")) {
            int id = Integer.parseInt(parts[3]);
            return id < 1 || id > schemas.size()
                    ? Reply.error(404, 40403, "Schema " + id + " not found")
                    : new Reply(200, schemas.get(id - 1));
        }
        if (request.matches("GET /subjects/[^/]+/versions/\\d+")) {
            return version(decoded(parts[2]), Integer.parseInt(parts[4]));
        }
        if (request.matches("POST /subjects/[^/]+(/versions)?")) {
            return post(request, decoded(parts[2]), JSON.readTree(body));
        }
        violations.add(request + " is no request");
        return Reply.error(404, 404, "HTTP 404 Not Found");
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }

    private Reply version(String subject, int version) {
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        if (version < 1 || version > versions.size()) {
            return Reply.error(404, 40402, "Version " + version + " not found.");
        }
        int id = versions.get(version - 1);
        return new Reply(
                200,
                schemas.get(id - 1)
                        .deepCopy()
                        .put("subject", subject)
                        .put("version", version)
                        .put("id", id));
    }

    private Reply post(String request, String subject, JsonNode sent) {
        if (!sent.path("schema").isTextual()) {
            violations.add(request + " has no schema");
            return Reply.error(422, 42201, "Empty schema");
        }
        ObjectNode schema =
                JSON.createObjectNode().put("schema", sent.path("schema").asText());
        List<Integer> versions = subjects.getOrDefault(subject, List.of());
        int id = schemas.indexOf(schema) + 1;
        if (!request.endsWith("/versions")) {
            return versions.contains(id)
                    ? version(subject, versions.indexOf(id) + 1)
                    : Reply.error(404, versions.isEmpty() ? 40401 : 40403, "Schema not found");
        }
        if (!versions.contains(id)) {
            String problem = compatibility.problem(sent.path("schema").asText(), versions(subject));
            if (problem != null) {
                return Reply.error(
                        409,
                        409,
                        "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                                + "\", details: [" + problem + "]");
            }
        }
        return new Reply(200, JSON.createObjectNode().put("id", register(subject, schema)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
