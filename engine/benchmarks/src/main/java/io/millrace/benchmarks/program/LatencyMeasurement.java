package io.millrace.benchmarks.program;

import io.millrace.server.MillraceServer;
import io.millrace.server.ServerSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** From a put over the record API to the row of a continuous query over JDBC, on loopback. */
public final class LatencyMeasurement implements Measurement {

    private static final int RATE = 1000;
    private static final int SECONDS_WARM_UP = 5;
    private static final int SECONDS = 20;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String what() {
        return "PutRecord over HTTP to the row of SELECT STREAM over JDBC, 1000 records a second, 20 s after 5 s of"
                + " warm-up";
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        ServerSettings settings = ServerSettings.of(Map.of(
                "data", directory.resolve("data").toString(), "aws-port", "0", "pg-port", "0", "http-port", "0"));
        try (MillraceServer server = MillraceServer.start(settings);
                Connection connection =
                        DriverManager.getConnection("jdbc:millrace://127.0.0.1:" + server.pgPort() + "/millrace");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE STREAM ticks (sent BIGINT) WITH (format = 'json')");
            ResultSet rows = statement.executeQuery("SELECT STREAM sent FROM ticks");
            int total = RATE * (SECONDS_WARM_UP + SECONDS);
            CompletableFuture<Void> producer = CompletableFuture.runAsync(() -> produce(server.awsPort(), total));
            long[] nanos = receive(rows, total);
            producer.join();
            statement.cancel();
            long[] counted = Arrays.copyOfRange(nanos, RATE * SECONDS_WARM_UP, total);
            Arrays.sort(counted);
            return List.of(
                    new Figure("median", counted[counted.length / 2] / 1e6, "ms"),
                    new Figure("99 of 100", counted[counted.length * 99 / 100] / 1e6, "ms"),
                    new Figure("999 of 1000", counted[counted.length * 999 / 1000] / 1e6, "ms"),
                    new Figure("slowest", counted[counted.length - 1] / 1e6, "ms"));
        }
    }

    private static long[] receive(ResultSet rows, int total) throws Exception {
        long[] nanos = new long[total];
        for (int i = 0; i < total && rows.next(); i++) {
            nanos[i] = System.nanoTime() - rows.getLong(1);
        }
        return nanos;
    }

    /** Puts one record each millisecond, whether the one before is answered or not. */
    private static void produce(int port, int total) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI endpoint = URI.create("http://127.0.0.1:" + port + "/");
        long started = System.nanoTime();
        CompletableFuture<?>[] puts = new CompletableFuture<?>[total];
        for (int i = 0; i < total; i++) {
            long due = started + i * (1_000_000_000L / RATE);
            while (System.nanoTime() < due) {
                java.util.concurrent.locks.LockSupport.parkNanos(due - System.nanoTime());
            }
            puts[i] = client.sendAsync(request(endpoint), HttpResponse.BodyHandlers.discarding());
        }
        CompletableFuture.allOf(puts).join();
    }

    private static HttpRequest request(URI endpoint) {
        String record = "{\"sent\":" + System.nanoTime() + "}";
        String data = Base64.getEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "Kinesis_20131202.PutRecord")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"StreamName\":\"ticks\",\"PartitionKey\":\"k\",\"Data\":\"" + data + "\"}"))
                .build();
    }
}
