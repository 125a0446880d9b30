package io.millrace.connector.opensearch;

import io.millrace.connector.http.CallFailedException;
import io.millrace.connector.http.HttpCalls;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.RowBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An index, or those that follow one another in time. */
final class IndexReceiver implements RowReceiver {

    private static final int TOO_LARGE = 413;

    private final IndexSettings settings;
    private final BulkBody body;
    private final HttpCalls calls;

    IndexReceiver(IndexSettings settings, BulkBody body) {
        this.settings = settings;
        this.body = body;
        this.calls = new HttpCalls(settings.server());
    }

    @Override
    public void check() throws IOException {
        HttpCalls.Answer answer = calls.call(request("/").GET().build(), BulkAnswer.BYTES_MAX);
        if (answer.status() != 200) {
            throw CallFailedException.refused(
                    answer.status(), settings.server() + " answered " + answer.status() + answer.said());
        }
    }

    @Override
    public List<Refusal> receive(BatchName name, RowBatch rows) throws IOException {
        List<Refusal> refusals = new ArrayList<>();
        List<BulkBody.Item> items = body.items(name, rows, refusals);
        if (!items.isEmpty()) {
            send(items, refusals);
        }
        return refusals;
    }

    /** Sends items, in halves where they are too much for one request. */
    private void send(List<BulkBody.Item> items, List<Refusal> refusals) throws IOException {
        HttpCalls.Answer answer =
                calls.call(request("/_bulk").POST(publisher(items)).build(), BulkAnswer.BYTES_MAX);
        if (answer.status() != TOO_LARGE) {
            refusals.addAll(BulkAnswer.refusals(answer, settings.server().toString(), items));
        } else if (items.size() == 1) {
            refusals.add(new Refusal(
                    items.getFirst().row(),
                    ErrorCode.LIMIT_EXCEEDED,
                    "a document of " + items.getFirst().lines().length + " bytes is too large for the server (413)",
                    String.valueOf(TOO_LARGE)));
        } else {
            int middle = items.size() / 2;
            send(items.subList(0, middle), refusals);
            send(items.subList(middle, items.size()), refusals);
        }
    }

    private static HttpRequest.BodyPublisher publisher(List<BulkBody.Item> items) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        items.forEach(item -> lines.writeBytes(item.lines()));
        return HttpRequest.BodyPublishers.ofByteArray(lines.toByteArray());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.server() + path))
                .timeout(settings.timeout())
                .header("Content-Type", "application/x-ndjson")
                .header("User-Agent", "Millrace");
        if (!settings.authorization().isEmpty()) {
            request.header("Authorization", settings.authorization());
        }
        return request;
    }

    /** The status of HTTP, as in Data Firehose; 400 for a record that the server was not shown. */
    @Override
    public String failureName(Refusal refusal) {
        return refusal.name().isEmpty() ? "400" : refusal.name();
    }

    @Override
    public String failureName(IOException failure) {
        return failure instanceof CallFailedException call && call.status() != CallFailedException.NO_STATUS
                ? String.valueOf(call.status())
                : "ConnectionFailed";
    }

    @Override
    public Map<String, Object> errorMembers(BatchName name, RowBatch rows, int row) {
        return body.place(name, rows, row);
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
        return settings.toString();
    }
}
