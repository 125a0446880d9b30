package io.millrace.connector.splunk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.millrace.connector.http.HttpCalls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** The collector's requests and what is answered. */
final class Collector implements AutoCloseable {

    /** How long one call waits for an acknowledgement before it lets its caller look around. */
    static final Duration WAIT = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int BYTES_MAX = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final CollectorSettings settings;
    private final InstantSource clock;
    private final Pause pause;
    private final HttpCalls calls;

    private final CountDownLatch cancelled = new CountDownLatch(1);

    /** Waits for so long, or until there is nothing to wait for. */
    @FunctionalInterface
    interface Pause {
        void rest(Duration time, CountDownLatch cancelled) throws InterruptedException;
    }

    Collector(CollectorSettings settings, InstantSource clock, Pause pause) {
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
        this.calls = new HttpCalls(settings.server());
    }

    /** How events were answered. */
    sealed interface Reception {}

    /**
     * They are accepted.
     *
     * @param ack the number to ask for, -1 where there is none
     * @param until when to send them again where it is not acknowledged
     */
    record Accepted(long ack, Instant until) implements Reception {}

    /** The request is too long. */
    record TooLarge() implements Reception {}

    /** One of them is never taken. */
    record Refused(int event, String reason) implements Reception {}

    /** Fails where the collector does not say that it is well. */
    void check() throws IOException {
        HttpCalls.Answer answer =
                calls.call(request("/services/collector/health").GET().build(), BYTES_MAX);
        if (answer.status() != 200) {
            throw failure(answer);
        }
    }

    /** Sends events. */
    Reception send(List<EventBody.Event> events) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        events.forEach(event -> body.writeBytes(event.bytes()));
        HttpCalls.Answer answer = calls.call(
                request(settings.raw() ? rawPath() : "/services/collector/event")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                        .build(),
                BYTES_MAX);
        if (answer.status() == 413) {
            return new TooLarge();
        }
        JsonNode said = answer.status() == 200 || answer.status() == 400 ? parsed(answer) : MissingNode.getInstance();
        int invalid = said.path("invalid-event-number").asInt(-1);
        if (answer.status() == 400 && invalid >= 0 && invalid < events.size()) {
            return new Refused(invalid, said.path("text").asText());
        }
        if (answer.status() != 200 || said.path("code").asInt(-1) != 0) {
            throw failure(answer);
        }
        if (settings.acknowledged() && !said.path("ackId").isIntegralNumber()) {
            throw new SplunkException(
                    "DisabledAck",
                    settings.server() + " gave no ackId; switch acknowledgements on at the token, or off"
                            + " here: acknowledgements = 'false'",
                    null);
        }
        long ack = settings.acknowledged() ? said.path("ackId").asLong() : -1;
        return new Accepted(ack, clock.instant().plus(settings.ackTimeout()));
    }

    private String rawPath() {
        return settings.members().entrySet().stream()
                .map(member -> member.getKey() + "=" + URLEncoder.encode(member.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "/services/collector/raw?", ""));
    }

    /** Waits for an acknowledgement, but not for long; returns whether it came. */
    boolean isIndexed(long ack) throws IOException {
        Instant giveUp = clock.instant().plus(WAIT);
        Duration rest = FIRST_PAUSE;
        while (!asked(ack)) {
            if (clock.instant().plus(rest).isAfter(giveUp)) {
                return false;
            }
            rest(rest);
            rest = rest.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : rest.multipliedBy(2);
        }
        return true;
    }

    private boolean asked(long ack) throws IOException {
        HttpCalls.Answer answer = calls.call(
                request("/services/collector/ack")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"acks\":[" + ack + "]}"))
                        .build(),
                BYTES_MAX);
        if (answer.status() != 200) {
            throw failure(answer);
        }
        return parsed(answer).path("acks").path(String.valueOf(ack)).asBoolean(false);
    }

    private void rest(Duration time) throws InterruptedIOException {
        try {
            pause.rest(time, cancelled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped while " + settings.server() + " had not acknowledged");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(settings.server() + path))
                .timeout(settings.timeout())
                .header("Authorization", "Splunk " + settings.token())
                .header("X-Splunk-Request-Channel", settings.channel())
                .header("User-Agent", "Millrace");
    }

    private JsonNode parsed(HttpCalls.Answer answer) throws IOException {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new SplunkException(
                    "InvalidEndpoint", settings.server() + " answered with malformed JSON" + answer.said(), e);
        }
    }

    private IOException failure(HttpCalls.Answer answer) {
        return new SplunkException(
                name(answer.status()), settings.server() + " answered " + answer.status() + answer.said(), null);
    }

    private static String name(int status) {
        return switch (status) {
            case 401, 403 -> "InvalidToken";
            case 404 -> "InvalidEndpoint";
            case 400 -> "InvalidDataFormat";
            default -> "ServerError";
        };
    }

    /** Has the request that is under way, and all that are begun later, fail at once. */
    void cancel() {
        calls.cancel();
        cancelled.countDown();
    }

    @Override
    public void close() {
        calls.close();
    }

    InstantSource clock() {
        return clock;
    }

    @Override
    public String toString() {
        return settings.toString();
    }
}
