package io.millrace.server.http;

import io.millrace.server.engine.Engine;
import io.millrace.server.postgres.security.Tls;
import io.millrace.server.postgres.security.Users;
import io.millrace.server.session.ResultCursor;
import io.millrace.server.session.SqlService;
import io.millrace.server.session.SqlSession;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An engine behind an HTTP door, and a client. */
final class HttpFixture implements AutoCloseable {

    private final Engine engine;
    private final HttpGateway gateway;
    private final InetSocketAddress address;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private HttpFixture(Engine engine, SqlService sql, Users users, @Nullable Tls tls, String host) {
        this.engine = engine;
        this.gateway = new HttpGateway(sql, new HttpSettings(new InetSocketAddress(host, 0), users, true, tls));
        this.address = gateway.start();
    }

    static HttpFixture open(Path directory) {
        return open(directory, Users.of(Map.of()));
    }

    static HttpFixture open(Path directory, Users users) {
        Engine engine = Engine.open(directory);
        return new HttpFixture(engine, engine, users, null, "127.0.0.1");
    }

    /** Opens one for other machines too, which encrypts what asks for it. */
    static HttpFixture openToAll(Path directory, Users users, Tls tls) {
        Engine engine = Engine.open(directory);
        return new HttpFixture(engine, engine, users, tls, "0.0.0.0");
    }

    /** Opens one whose SELECTs are all answered by the cursor. */
    static HttpFixture open(Path directory, ResultCursor cursor) {
        Engine engine = Engine.open(directory);
        return new HttpFixture(engine, new ScriptedService(engine, cursor), Users.of(Map.of()), null, "127.0.0.1");
    }

    InetSocketAddress address() {
        return address;
    }

    /** Carries out statements without a door. */
    void run(String... statements) {
        try (SqlSession session = engine.open("millrace", "test")) {
            for (String statement : statements) {
                try (ResultCursor cursor = session.execute(session.prepare(statement, List.of()), List.of())) {
                    while (!cursor.finished()) {
                        cursor.poll(Duration.ofSeconds(1));
                    }
                }
            }
        }
    }

    /**
     * Asks for the answer to a statement.
     *
     * @param query what stands behind the question mark, already encoded
     * @param headers names and values in turn
     */
    HttpResponse<InputStream> ask(String query, String sql, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + address.getPort() + "/v1/query?" + query))
                .POST(HttpRequest.BodyPublishers.ofString(sql));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    byte[] bytes(String query, String sql, String... headers) throws Exception {
        try (InputStream body = ask(query, sql, headers).body()) {
            return body.readAllBytes();
        }
    }

    String text(String query, String sql, String... headers) throws Exception {
        return new String(bytes(query, sql, headers), StandardCharsets.UTF_8);
    }

    /** Sends a request as it is and returns its connection. */
    Socket send(String sql, String... headerLines) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.connect(address);
        OutputStream out = socket.getOutputStream();
        byte[] body = sql.getBytes(StandardCharsets.UTF_8);
        String head = "POST /v1/query HTTP/1.1\r\n" + String.join("\r\n", headerLines) + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return socket;
    }

    void closeGateway() {
        gateway.close();
    }

    @Override
    public void close() {
        gateway.close();
        engine.close();
    }
}
