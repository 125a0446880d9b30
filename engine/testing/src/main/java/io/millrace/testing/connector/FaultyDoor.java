package io.millrace.testing.connector;

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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Passes requests on to a server and answers back, unless it is told to fail. */
public final class FaultyDoor implements HttpHandler {

    /** What goes wrong. */
    public enum Fault {
        /** The connection ends while the request comes in; the server never sees it. */
        CUT,
        /** The server is busy and does nothing. */
        BUSY,
        /** The server does what it is asked, and its answer never arrives. */
        ANSWER_LOST,
        /** Half of the answer arrives, and the connection ends. */
        BROKEN_OFF,
        /** Half of the answer arrives, and nothing more. */
        STALLED,
        /** The server refuses, whoever asks. */
        FORBIDDEN,
        /**
         * The whole object comes, of whatever version, though a part of one was asked for; and one is made though it was
         * to be only where there is none.
         */
        NO_CONDITIONS
    }

    private record Planned(
            String method,
            String part,
            @Nullable Fault fault,
            @Nullable Runnable before) {}

    private record Seen(String method, String address, Map<String, List<String>> headers) {

        boolean is(String wanted, String part) {
            return method.equals(wanted) && address.contains(part);
        }
    }

    private static final Set<String> NOT_PASSED_ON =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "transfer-encoding");
    /** What is behind encrypts nothing, and would refuse to. */
    private static final String ENCRYPTION = "x-amz-server-side-encryption";

    private static final String FORBIDDEN_BODY =
            "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";

    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    /** @param port where the server listens */
    public FaultyDoor(int port) {
        this.port = port;
    }

    /** Has so many of the requests fail that have this method and this text in their address. */
    public void plan(String method, String part, Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            planned.add(new Planned(method, part, fault, null));
        }
    }

    /** Has something happen before the next such request is passed on. */
    public void before(String method, String part, Runnable happens) {
        planned.add(new Planned(method, part, null, happens));
    }

    /** Returns how many faults have not happened yet. */
    public int left() {
        return planned.size();
    }

    /** Forgets what was planned and not happened. */
    public void clear() {
        planned.clear();
    }

    /** Returns how many requests of this method had this text in their address. */
    public long seen(String method, String part) {
        return seen.stream().filter(request -> request.is(method, part)).count();
    }

    /** Returns what a header said in each such request that had it. */
    public List<String> headers(String method, String part, String header) {
        return seen.stream()
                .filter(request -> request.is(method, part))
                .flatMap(request -> request.headers.entrySet().stream())
                .filter(each -> each.getKey().equalsIgnoreCase(header))
                .flatMap(each -> each.getValue().stream())
                .toList();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String address = exchange.getRequestURI().toString();
        seen.add(new Seen(exchange.getRequestMethod(), address, Map.copyOf(exchange.getRequestHeaders())));
        Planned due = due(exchange.getRequestMethod(), address);
        if (due != null && due.before != null) {
            due.before.run();
        }
        Fault fault = due == null ? null : due.fault;
        try (exchange) {
            if (fault == Fault.CUT) {
                exchange.getRequestBody().readNBytes(1000);
            } else if (fault == Fault.BUSY) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(503, -1);
            } else if (fault == Fault.FORBIDDEN) {
                forbid(exchange);
            } else {
                HttpResponse<byte[]> answer = passOn(exchange, fault != Fault.NO_CONDITIONS);
                if (fault != Fault.ANSWER_LOST) {
                    answer(exchange, answer, fault);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable Planned due(String method, String address) {
        List<Planned> fitting = planned.stream()
                .filter(one -> one.method.equals(method) && address.contains(one.part))
                .toList();
        for (Planned one : fitting) {
            if (planned.remove(one)) {
                return one;
            }
        }
        return null;
    }

    private static void forbid(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(403, -1);
            return;
        }
        byte[] body = FORBIDDEN_BODY.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(403, body.length);
        exchange.getResponseBody().write(body);
    }

    private HttpResponse<byte[]> passOn(HttpExchange exchange, boolean conditions)
            throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            String plain = name.toLowerCase(Locale.ROOT);
            boolean condition = Set.of("if-match", "if-none-match", "range").contains(plain);
            if (!NOT_PASSED_ON.contains(plain) && !plain.startsWith(ENCRYPTION) && (conditions || !condition)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer, @Nullable Fault fault)
            throws IOException, InterruptedException {
        answer.headers().map().forEach((name, values) -> {
            if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, new ArrayList<>(values));
            }
        });
        boolean half = fault == Fault.BROKEN_OFF || fault == Fault.STALLED;
        byte[] body = answer.body();
        if (exchange.getRequestMethod().equals("HEAD")) {
            answer.headers()
                    .firstValue("content-length")
                    .ifPresent(length -> exchange.getResponseHeaders().set("Content-Length", length));
            exchange.sendResponseHeaders(answer.statusCode(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body, 0, half ? body.length / 2 : body.length);
            exchange.getResponseBody().flush();
        }
        if (fault == Fault.STALLED) {
            // Until the server is closed: whoever waits for the rest has to give up by himself.
            new CountDownLatch(1).await();
        }
    }
}
