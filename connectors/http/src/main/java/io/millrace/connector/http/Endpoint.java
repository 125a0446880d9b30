package io.millrace.connector.http;

import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.BytesColumn;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** One endpoint. Requests go one after the other, so that batches come in order. */
final class Endpoint implements RecordReceiver {

    private static final int RECORDS_MAX = 10_000;
    private static final int TOO_LARGE = 413;

    private final EndpointSettings settings;
    private final InstantSource clock;
    private final HttpCalls calls;
    private final ShownUrl shown;

    Endpoint(EndpointSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.calls = new HttpCalls(settings.location());
        this.shown = new ShownUrl(settings.location().toString());
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
        HttpCalls.Answer answer = calls.call(request(id, body), FirehoseAnswer.BYTES_MAX);
        if (answer.status() == TOO_LARGE) {
            return tooLarge(count, body.length);
        }
        FirehoseAnswer.check(answer, shown, id);
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
    public void cancel() {
        calls.cancel();
    }

    @Override
    public void close() {
        calls.close();
    }

    @Override
    public String toString() {
        return shown.toString();
    }
}
