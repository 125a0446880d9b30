package io.millrace.connector.http;

import io.millrace.connector.http.CallFailedException.Kind;
import io.millrace.spi.ShownUrl;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one outside system, one after the other: HTTP/1.1, no redirects, answers of bounded length, and failures
 * that name the place. For one thread at a time, but for {@link #cancel}.
 */
public final class HttpCalls implements AutoCloseable {

    private static final int SHOWN_MAX = 200;

    /** How long a body may take where the request does not say. */
    private static final Duration BODY_TIMEOUT = Duration.ofMinutes(5);

    private final ShownUrl place;
    private volatile boolean cancelled;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param place what failures name */
    public HttpCalls(URI place) {
        this.place = new ShownUrl(place.toString());
    }

    /**
     * An answer.
     *
     * @param contentType without parameters, in lower case; empty where there is none
     */
    public record Answer(int status, String contentType, byte[] body) {

        /** Returns the beginning of what it says behind a colon, or nothing where it says nothing. */
        public String said() {
            String text = new String(body, StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "" : ": " + (text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text);
        }
    }

    /**
     * Sends a request and waits for the answer, its head no longer than the request's timeout says, and its body as long
     * once more.
     *
     * @param bytesMax most bytes that an answer may have
     * @throws CallFailedException where there is no whole answer, or a longer one
     */
    public Answer call(HttpRequest request, int bytesMax) throws IOException {
        HttpResponse<InputStream> response = exchange(request);
        try (InputStream in = response.body()) {
            byte[] body = body(in, bytesMax, request.timeout().orElse(BODY_TIMEOUT));
            if (body.length > bytesMax) {
                throw new CallFailedException(
                        Kind.TOO_LONG,
                        response.statusCode(),
                        place + " answered " + response.statusCode() + " with more than " + bytesMax + " bytes",
                        null);
            }
            String type = response.headers().firstValue("Content-Type").orElse("");
            int parameters = type.indexOf(';');
            String plain = parameters < 0 ? type : type.substring(0, parameters);
            return new Answer(response.statusCode(), plain.strip().toLowerCase(java.util.Locale.ROOT), body);
        }
    }

    /** The client's own timeout ends with the head of an answer; a body that stalls is closed under who reads it. */
    private byte[] body(InputStream in, int bytesMax, Duration timeout) throws IOException {
        CompletableFuture<Void> time = new CompletableFuture<>();
        var unused = time.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((none, late) -> close(late == null ? null : in));
        try {
            return in.readNBytes(bytesMax + 1);
        } catch (IOException e) {
            if (time.isDone()) {
                throw new CallFailedException(
                        Kind.TIMEOUT,
                        CallFailedException.NO_STATUS,
                        place + " began to answer and did not end in " + timeout.toMillis() + " ms",
                        e);
            }
            throw new CallFailedException(
                    Kind.RESET, CallFailedException.NO_STATUS, place + " began to answer and did not end", e);
        } finally {
            time.complete(null);
        }
    }

    private static void close(@Nullable InputStream late) {
        try {
            if (late != null) {
                late.close();
            }
        } catch (IOException e) {
            // Whoever reads it is told.
        }
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while " + place + " had not answered");
        } catch (IOException e) {
            if (cancelled) {
                throw new InterruptedIOException("stopped while " + place + " had not answered");
            }
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : place.in(e.getMessage());
            throw new CallFailedException(
                    kind(e), CallFailedException.NO_STATUS, place + " cannot be reached: " + reason, e);
        }
    }

    private static Kind kind(IOException failure) {
        return switch (failure) {
            case HttpConnectTimeoutException none -> Kind.UNREACHABLE;
            case HttpTimeoutException late -> Kind.TIMEOUT;
            case ConnectException none -> Kind.UNREACHABLE;
            case SocketException cut -> Kind.RESET;
            case EOFException cut -> Kind.RESET;
            default -> failure.getCause() instanceof EOFException ? Kind.RESET : Kind.UNREACHABLE;
        };
    }

    /**
     * Has the request that is under way, and all that are begun later, fail at once. Called by another thread than the one
     * that calls.
     */
    public void cancel() {
        cancelled = true;
        client.shutdownNow();
    }

    @Override
    public void close() {
        // A request under way is of no use any more: its batch is sent again.
        client.shutdownNow();
    }
}
