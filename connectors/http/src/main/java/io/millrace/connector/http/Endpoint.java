package io.millrace.connector.http;

import io.millrace.spi.ShownUrl;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.RecordReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.RowOrigins;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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
        List<Refusal> refusals = new ArrayList<>();
        send(name.id(), records, 0, count, refusals);
        return refusals;
    }

    /** Sends records, in halves where they are too much for one request; a half has the same id whenever it is sent. */
    private void send(String id, BytesColumn records, int from, int to, List<Refusal> refusals) throws IOException {
        byte[] body = RequestBody.of(id, clock.millis(), records, from, to, settings.gzip());
        HttpCalls.Answer answer = calls.call(request(id, body), FirehoseAnswer.BYTES_MAX);
        if (answer.status() != TOO_LARGE) {
            FirehoseAnswer.check(answer, shown, id);
        } else if (to - from == 1) {
            refusals.add(new Refusal(
                    from,
                    ErrorCode.LIMIT_EXCEEDED,
                    "a request of one record, of " + body.length + " bytes, is too large for the endpoint (413)"));
        } else {
            int middle = (from + to) / 2;
            send(half(id, 0), records, from, middle, refusals);
            send(half(id, 1), records, middle, to, refusals);
        }
    }

    private static String half(String id, int which) {
        return UUID.nameUUIDFromBytes((id + "/" + which).getBytes(StandardCharsets.UTF_8))
                .toString();
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

    @Override
    public String failureName(Refusal refusal) {
        return "HttpEndpoint.DestinationException";
    }

    @Override
    public String failureName(IOException failure) {
        return "HttpEndpoint." + (failure instanceof CallFailedException call ? name(call) : "ConnectionFailed");
    }

    private static String name(CallFailedException call) {
        return switch (call.kind()) {
            case UNREACHABLE -> "ConnectionFailed";
            case RESET -> "ConnectionReset";
            case TIMEOUT -> "RequestTimeout";
            case TOO_LONG -> "ResponseTooLarge";
            case INVALID -> "InvalidResponseFromDestination";
            case REFUSED -> "DestinationException";
        };
    }

    @Override
    public Map<String, Object> errorMembers(String position) {
        Map<String, Object> members = new LinkedHashMap<>();
        int part = RowOrigins.part(position);
        members.put("subsequenceNumber", part);
        members.put("dataId", RowOrigins.sequence(position) + "." + part);
        return members;
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
