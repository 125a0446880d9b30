package io.millrace.format.avro.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a registry that speaks JSON over HTTP. A call ends when its whole answer is there or its time is over.
 *
 * @param name what messages call the registry
 * @param timeout how long a call may take
 */
record RestCalls(String name, Duration timeout) {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int SAID_CHARS_MAX = 2_000;

    /** Made with the first call; one for all, since each has threads of its own. */
    private static final class Client {
        private static final HttpClient ONE = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * An answer.
     *
     * @param body empty where it is no JSON
     * @param text the body as it came
     */
    record Answer(int status, JsonNode body, String text) {

        /** Returns what the registry says is wrong. */
        String said() {
            String message = body.path("message").asText(body.path("Message").asText(text.strip()));
            return message.length() > SAID_CHARS_MAX ? message.substring(0, SAID_CHARS_MAX) + "…" : message;
        }
    }

    /** Sends a request; POST where there is a body. */
    Answer call(URI url, byte @Nullable [] body, Map<String, String> headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url);
        headers.forEach(request::setHeader);
        if (body != null) {
            request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        HttpResponse<String> response = send(request.build());
        return new Answer(response.statusCode(), json(response.body()), response.body());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<String>> sent =
                Client.ONE.sendAsync(request, HttpResponse.BodyHandlers.ofString());
        try {
            return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while " + name + " had not answered");
        } catch (TimeoutException e) {
            throw new IOException(name + " did not answer in " + timeout.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw new IOException(name + " cannot be reached: " + reason, cause);
        } finally {
            sent.cancel(true);
        }
    }

    private static JsonNode json(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read == null ? JSON.missingNode() : read;
        } catch (IOException e) {
            return JSON.missingNode();
        }
    }

    /** What an answer that was not expected comes to. */
    IOException unexpected(Answer answer) {
        String said = name + " answers " + answer.status() + ": " + answer.said();
        boolean refused = answer.status() == 409 || answer.status() == 422 || answer.status() == 400;
        return refused ? new SchemaRegistry.RefusedException(said) : new IOException(said);
    }
}
