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
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A function that transforms records as Data Firehose's Lambda functions do, on a free port of loopback. Requests that
 * break a rule are remembered in {@link #violations}.
 */
public final class FunctionServer implements AutoCloseable {

    /**
     * What is made of one record.
     *
     * @param result {@code Ok}, {@code Dropped} or {@code ProcessingFailed}
     * @param keys of partitions
     */
    public record Result(String result, String data, Map<String, String> keys) {

        public static Result ok(String data) {
            return new Result("Ok", data, Map.of());
        }
    }

    /** What is answered in place of results. */
    public record Reply(int status, String body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Function<String, Result> function;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final List<List<String>> calls = new CopyOnWriteArrayList<>();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private volatile String path = "";

    public FunctionServer(Function<String, Result> function) throws IOException {
        this.function = function;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/clean";
    }

    /** Has the next request answered so. */
    public void reply(Reply reply) {
        replies.add(reply);
    }

    public List<String> violations() {
        return violations;
    }

    /** Returns the records of each call, those of calls that were answered otherwise too. */
    public List<List<String>> calls() {
        return calls;
    }

    /** Returns the path of the last request. */
    public String path() {
        return path;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            path = exchange.getRequestURI().getPath();
            JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
            check(exchange, request);
            List<String> call = new ArrayList<>();
            ObjectNode answer = JSON.createObjectNode();
            ArrayNode records = answer.putArray("records");
            for (JsonNode record : request.path("records")) {
                String text = new String(
                        Base64.getDecoder().decode(record.path("data").asText()), StandardCharsets.UTF_8);
                call.add(text);
                add(record.path("recordId").asText(), function.apply(text), records);
            }
            calls.add(call);
            Reply other = replies.poll();
            send(exchange, other == null ? new Reply(200, answer.toString()) : other);
        }
    }

    private void check(HttpExchange exchange, JsonNode request) {
        require(exchange.getRequestMethod().equals("POST"), "the method is POST");
        require(!request.path("invocationId").asText().isEmpty(), "there is an invocationId");
        require(request.has("deliveryStreamArn") && request.has("region"), "the delivery is named");
        for (JsonNode record : request.path("records")) {
            require(record.path("approximateArrivalTimestamp").asLong() > 0, "there is an arrival time");
            require(record.path("recordId").isTextual(), "there is a recordId");
        }
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            violations.add(rule);
        }
    }

    private static void add(String id, Result result, ArrayNode records) {
        ObjectNode record = records.addObject().put("recordId", id).put("result", result.result());
        record.put("data", Base64.getEncoder().encodeToString(result.data().getBytes(StandardCharsets.UTF_8)));
        ObjectNode keys = record.putObject("metadata").putObject("partitionKeys");
        result.keys().forEach(keys::put);
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
