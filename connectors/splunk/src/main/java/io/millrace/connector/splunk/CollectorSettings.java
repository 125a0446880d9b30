package io.millrace.connector.splunk;

import io.millrace.spi.Options;
import io.millrace.spi.connector.ReceiverSetup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Where events go, and how.
 *
 * @param server {@code https://host:port}
 * @param raw {@code endpoint = 'raw'}: records as they are, each a line, and not events with members of their own
 * @param token {@code token}: who may send
 * @param channel a UUID that acknowledgements belong to
 * @param acknowledged {@code acknowledgements}: whether to wait until events are indexed
 * @param ackTimeout {@code ack_timeout}: for how long, 3 minutes as a rule
 * @param members {@code index}, {@code host}, {@code source}, {@code sourcetype}: what each event says
 * @param timeout {@code request_timeout}: how long an answer may take, 1 minute as a rule
 */
record CollectorSettings(
        URI server,
        boolean raw,
        String token,
        String channel,
        boolean acknowledged,
        Duration ackTimeout,
        Map<String, String> members,
        Duration timeout) {

    private static final List<String> MEMBERS = List.of("index", "host", "source", "sourcetype");

    static final List<String> NAMES = List.of(
            "token",
            "endpoint",
            "acknowledgements",
            "ack_timeout",
            "index",
            "host",
            "source",
            "sourcetype",
            "request_timeout");

    static CollectorSettings of(ReceiverSetup setup) {
        Options options = setup.options();
        options.refuseOthers(NAMES.toArray(String[]::new));
        URI location = setup.location();
        String path = String.valueOf(location.getPath());
        if (location.getHost() == null || location.getUserInfo() != null || !(path.isEmpty() || path.equals("/"))) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "the URL of delivery '" + setup.delivery() + "' names no event collector",
                    "write it like 'splunk+https://host:8088'; the token is an option");
        }
        String token = options.get("token", "");
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw Options.invalid("token", token, "the token that Splunk shows for the collector");
        }
        String scheme = location.getScheme().substring(location.getScheme().indexOf('+') + 1);
        return new CollectorSettings(
                URI.create(scheme + "://" + location.getRawAuthority()),
                isRaw(options.get("endpoint", "event")),
                token,
                UUID.nameUUIDFromBytes(setup.sender().getBytes(StandardCharsets.UTF_8))
                        .toString(),
                options.getBoolean("acknowledgements", true),
                options.getDuration("ack_timeout", Duration.ofMinutes(3)),
                members(options),
                options.getDuration("request_timeout", Duration.ofMinutes(1)));
    }

    private static boolean isRaw(String endpoint) {
        return switch (endpoint.toLowerCase(Locale.ROOT)) {
            case "raw" -> true;
            case "event" -> false;
            default -> throw Options.invalid("endpoint", endpoint, "event or raw");
        };
    }

    private static Map<String, String> members(Options options) {
        Map<String, String> members = new LinkedHashMap<>();
        for (String name : MEMBERS) {
            if (options.has(name)) {
                members.put(name, options.get(name, ""));
            }
        }
        return members;
    }

    /** Leaves out what nobody should see. */
    @Override
    public String toString() {
        return server.toString();
    }
}
