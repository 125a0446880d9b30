package io.millrace.delivery.transform;

import io.millrace.spi.connector.RejectedEntry.Processing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A function behind HTTP that transforms records as Lambda functions do: a POST of {@link FunctionMessages}. A call ends
 * when its whole answer is there, or its time is over, whatever of the answer has come by then.
 */
final class HttpFunction implements RecordFunction {

    /** Most bytes that a function answers with: what Lambda lets functions answer. */
    static final int ANSWER_BYTES_MAX = 6 << 20;

    private static final int SAID_BYTES_MAX = 200;

    private final FunctionSettings settings;
    private final URI url;
    private final FunctionMessages messages;
    private final HttpClient client;

    HttpFunction(FunctionSettings settings) {
        this.settings = settings;
        this.url = Objects.requireNonNull(settings.url());
        this.messages = new FunctionMessages(settings.name(), settings.arn());
        this.client = HttpClient.newBuilder()
                .connectTimeout(FunctionSettings.CONNECT_TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public CompletableFuture<ProcessedRecords> call(List<DeliveryRecord> records) {
        HttpRequest request;
        try {
            request = request(messages.request(UUID.randomUUID().toString(), records));
        } catch (IOException e) {
            throw new IllegalStateException("nothing but memory is written to", e);
        }
        CompletableFuture<HttpResponse<byte[]>> sent =
                client.sendAsync(request, head -> new BoundedBody(ANSWER_BYTES_MAX));
        // Of a copy: a request whose time is over is broken off, and not only forgotten.
        return sent.copy()
                .orTimeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .handle((answer, failure) -> {
                    if (failure != null) {
                        sent.cancel(true);
                        throw new CompletionException(failed(failure));
                    }
                    return taken(answer, records);
                });
    }

    private HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private ProcessedRecords taken(HttpResponse<byte[]> answer, List<DeliveryRecord> records) {
        try {
            ProcessedRecords out = new ProcessedRecords();
            take(answer, records, out);
            return out;
        } catch (FunctionFailedException e) {
            throw new CompletionException(e);
        }
    }

    private void take(HttpResponse<byte[]> answer, List<DeliveryRecord> records, ProcessedRecords out)
            throws FunctionFailedException {
        if (answer.statusCode() == 413) {
            // The same records will never be fewer bytes.
            Processing failure = new Processing("Lambda.RequestTooLarge", 1, settings.name());
            records.forEach(record -> out.fail(record, failure, "the function answers 413 to these records"));
            return;
        }
        // Lambda tells of an exception in the function with status 200 and this header.
        boolean threw = answer.headers().firstValue("X-Amz-Function-Error").isPresent();
        if (answer.statusCode() != 200 || threw) {
            throw failure(
                    answer.statusCode() == 429 ? "Lambda.InvokeLimitExceeded" : "Lambda.FunctionError",
                    (threw ? "failed" : "answers " + answer.statusCode()) + said(answer.body()),
                    null);
        }
        messages.answer(answer.body(), records, out);
    }

    private static String said(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, SAID_BYTES_MAX), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "" : ": " + text;
    }

    private FunctionFailedException failed(Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof TimeoutException) {
            return failure("Lambda.FunctionTimedOut", "did not answer in " + settings.timeoutSeconds() + " s", cause);
        }
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof BoundedBody.TooLongException) {
                return failure(
                        "Lambda.FunctionError",
                        "answers with " + at.getMessage() + "; it gets fewer records with a lower transform_bytes",
                        cause);
            }
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return failure("Lambda.InvokeFailed", "cannot be reached: " + reason, cause);
    }

    private FunctionFailedException failure(String code, String message, @Nullable Throwable cause) {
        return cause == null
                ? new FunctionFailedException(code, settings.name(), message)
                : new FunctionFailedException(code, settings.name(), message, cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
