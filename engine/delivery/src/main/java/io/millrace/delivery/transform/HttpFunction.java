package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry.Processing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * A function behind HTTP that transforms records as Lambda functions do: a POST of {@link FunctionMessages} for so many
 * bytes of records, several at the same time where there are more.
 */
final class HttpFunction implements RecordProcessor {

    /** Most bytes that a function answers with. */
    static final int ANSWER_BYTES_MAX = 64 << 20;

    private static final int RECORDS_MAX = 10_000;

    private final FunctionSettings settings;
    private final FunctionMessages messages;
    private final HttpClient client;

    HttpFunction(FunctionSettings settings) {
        this.settings = settings;
        this.messages = new FunctionMessages(settings.name(), settings.arn());
        this.client = HttpClient.newBuilder()
                .connectTimeout(FunctionSettings.CONNECT_TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** A call under way. */
    private record Call(List<DeliveryRecord> records, CompletableFuture<HttpResponse<byte[]>> answer) {}

    @Override
    public void process(List<DeliveryRecord> records, ProcessedRecords out) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (List<DeliveryRecord> batch : batches(records)) {
            byte[] body = messages.request(UUID.randomUUID().toString(), batch);
            calls.add(new Call(batch, client.sendAsync(request(body), HttpResponse.BodyHandlers.ofByteArray())));
        }
        for (Call call : calls) {
            take(call, out);
        }
    }

    private List<List<DeliveryRecord>> batches(List<DeliveryRecord> records) {
        List<List<DeliveryRecord>> batches = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int at = 0; at < records.size(); at++) {
            int length = records.get(at).data().length;
            if (at > from && (bytes + length > settings.batchBytes() || at - from == RECORDS_MAX)) {
                batches.add(records.subList(from, at));
                from = at;
                bytes = 0;
            }
            bytes += length;
        }
        if (from < records.size()) {
            batches.add(records.subList(from, records.size()));
        }
        return batches;
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(settings.url())
                .timeout(settings.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private void take(Call call, ProcessedRecords out) throws IOException {
        HttpResponse<byte[]> answer = await(call.answer());
        if (answer.statusCode() == 413) {
            // The same records will never be fewer bytes.
            Processing failure = new Processing("Lambda.RequestTooLarge", 1, settings.name());
            call.records().forEach(record -> out.fail(record, failure, "the function answers 413 to these records"));
            return;
        }
        // Lambda tells of an exception in the function with status 200 and this header.
        boolean threw = answer.headers().firstValue("X-Amz-Function-Error").isPresent();
        if (answer.statusCode() != 200 || threw) {
            throw new FunctionFailedException(
                    answer.statusCode() == 429 ? "Lambda.InvokeLimitExceeded" : "Lambda.FunctionError",
                    settings.name(),
                    (threw ? "failed" : "answers " + answer.statusCode()) + said(answer.body()));
        }
        if (answer.body().length > ANSWER_BYTES_MAX) {
            throw new FunctionFailedException(
                    "Lambda.FunctionError", settings.name(), "answers with more than " + ANSWER_BYTES_MAX + " bytes");
        }
        messages.answer(answer.body(), call.records(), out);
    }

    private static String said(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, 200), java.nio.charset.StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + text;
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer) throws IOException {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while function " + settings.name() + " had not answered");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            boolean late = cause instanceof HttpTimeoutException;
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new FunctionFailedException(
                    late ? "Lambda.FunctionTimedOut" : "Lambda.InvokeFailed",
                    settings.name(),
                    late
                            ? "did not answer in " + settings.timeout().toSeconds() + " s"
                            : "cannot be reached: " + reason,
                    cause);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
