package io.millrace.connector.http;

import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.BytesColumn;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** One endpoint. Requests go one after the other, so that batches come in order. */
final class Endpoint implements RecordReceiver {

    private static final int RECORDS_MAX = 10_000;
    private static final int TOO_LARGE = 413;

    private final EndpointSettings settings;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Endpoint(EndpointSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public int recordsMax() {
        return RECORDS_MAX;
    }

    @Override
    public long bytesMax() {
        return settings.batchBytes();
    }

    @Override
    public List<Refusal> receive(BatchName name, BytesColumn records, int count) throws IOException {
        String id = name.id();
        byte[] body = RequestBody.of(id, clock.millis(), records, count, settings.gzip());
        HttpResponse<InputStream> response = exchange(request(id, body));
        try (InputStream answer = response.body()) {
            if (response.statusCode() == TOO_LARGE) {
                return tooLarge(count, body.length);
            }
            Answer.check(response, answer, id);
        }
        return List.of();
    }

    private HttpRequest request(String id, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.location())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Millrace")
                .header("X-Amz-Firehose-Protocol-Version", "1.0")
                .header("X-Amz-Firehose-Request-Id", id)
                .header("X-Amz-Firehose-Source-Arn", settings.source())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (!settings.accessKey().isEmpty()) {
            request.header("X-Amz-Firehose-Access-Key", settings.accessKey());
        }
        if (!settings.attributes().isEmpty()) {
            request.header("X-Amz-Firehose-Common-Attributes", settings.attributesHeader());
        }
        if (settings.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        return request.build();
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while " + settings.location() + " had not answered");
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(settings.location() + " cannot be reached: " + reason, e);
        }
    }

    private static List<Refusal> tooLarge(int count, int bodyBytes) {
        List<Refusal> refusals = new ArrayList<>();
        for (int record = 0; record < count; record++) {
            refusals.add(new Refusal(
                    record,
                    ErrorCode.LIMIT_EXCEEDED,
                    "a request of " + bodyBytes + " bytes is too large for the endpoint (413); set batch_bytes lower"));
        }
        return refusals;
    }

    @Override
    public void close() {
        // A request under way is of no use any more: its batch is sent again.
        client.shutdownNow();
    }

    @Override
    public String toString() {
        return settings.location().toString();
    }
}
