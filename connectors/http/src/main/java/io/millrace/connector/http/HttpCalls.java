package io.millrace.connector.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Requests to one outside system, one after the other: HTTP/1.1, no redirects, answers of bounded length, and failures
 * that name the place. For one thread at a time.
 */
public final class HttpCalls implements AutoCloseable {

    private static final int SHOWN_MAX = 200;

    private final URI place;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** @param place what failures name */
    public HttpCalls(URI place) {
        this.place = place;
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
     * Sends a request and waits for the answer.
     *
     * @param bytesMax most bytes that an answer may have
     * @throws IOException where there is no answer, or a longer one
     */
    public Answer call(HttpRequest request, int bytesMax) throws IOException {
        HttpResponse<InputStream> response = exchange(request);
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(bytesMax + 1);
            if (body.length > bytesMax) {
                throw new IOException(
                        place + " answered " + response.statusCode() + " with more than " + bytesMax + " bytes");
            }
            String type = response.headers().firstValue("Content-Type").orElse("");
            int parameters = type.indexOf(';');
            String plain = parameters < 0 ? type : type.substring(0, parameters);
            return new Answer(response.statusCode(), plain.strip().toLowerCase(java.util.Locale.ROOT), body);
        }
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while " + place + " had not answered");
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new IOException(place + " cannot be reached: " + reason, e);
        }
    }

    @Override
    public void close() {
        // A request under way is of no use any more: its batch is sent again.
        client.shutdownNow();
    }
}
