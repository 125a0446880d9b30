package io.millrace.connector.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Passes requests on to a server and answers back, unless it is told to fail. */
final class FaultyDoor implements HttpHandler {

    /** What goes wrong. */
    enum Fault {
        /** The connection ends while the request comes in; the server never sees it. */
        CUT,
        /** The server is busy and does nothing. */
        BUSY,
        /** The server does what it is asked, and its answer never arrives. */
        ANSWER_LOST
    }

    private record Planned(String method, String part, Fault fault) {}

    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");

    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    FaultyDoor(int port) {
        this.port = port;
    }

    /** Has so many of the requests fail that have this method and this text in their address. */
    void plan(String method, String part, Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            planned.add(new Planned(method, part, fault));
        }
    }

    /** Returns how many faults have not happened yet. */
    int left() {
        return planned.size();
    }

    /** Returns how many requests of this method had this text in their address. */
    long seen(String method, String part) {
        return seen.stream()
                .filter(request -> request.startsWith(method + " ") && request.contains(part))
                .count();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String address = exchange.getRequestURI().toString();
        seen.add(exchange.getRequestMethod() + " " + address);
        Fault fault = due(exchange.getRequestMethod(), address);
        try (exchange) {
            if (fault == Fault.CUT) {
                exchange.getRequestBody().readNBytes(1000);
                return;
            }
            if (fault == Fault.BUSY) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            HttpResponse<byte[]> answer = passOn(exchange);
            if (fault != Fault.ANSWER_LOST) {
                answer(exchange, answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Fault due(String method, String address) {
        for (Planned one : planned) {
            if (one.method.equals(method) && address.contains(one.part) && planned.remove(one)) {
                return one.fault;
            }
        }
        return null;
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, new ArrayList<>(values));
            }
        });
        boolean empty = answer.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : answer.body().length);
        if (!empty) {
            exchange.getResponseBody().write(answer.body());
        }
    }
}
