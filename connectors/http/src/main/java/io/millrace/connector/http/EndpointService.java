package io.millrace.connector.http;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Services that take Firehose's protocol, and what each wants of it. Any option that is given goes before theirs. */
enum EndpointService {
    /** None that is known. */
    OTHER(false, 4, false),
    DATADOG(true, 4, true),
    DYNATRACE(true, 4, true),
    LOGICMONITOR(true, 4, true),
    NEW_RELIC(true, 1, true),
    CORALOGIX(true, 4, true, "applicationName", "subsystemName"),
    ELASTIC(true, 1, true),
    /** Its key is in the URL. */
    SUMO_LOGIC(true, 1, false),
    HONEYCOMB(true, 4, true),
    MONGODB(false, 12, true);

    private final boolean gzip;
    private final int batchMegabytes;
    private final boolean needsKey;

    @SuppressWarnings("ImmutableEnumChecker") // it is a List.of
    private final List<String> attributes;

    EndpointService(boolean gzip, int batchMegabytes, boolean needsKey, String... attributes) {
        this.gzip = gzip;
        this.batchMegabytes = batchMegabytes;
        this.needsKey = needsKey;
        this.attributes = List.of(attributes);
    }

    /** Reads the option {@code service}. */
    static EndpointService of(Options options) {
        String given = options.get("service", "");
        if (given.isEmpty()) {
            return OTHER;
        }
        return Arrays.stream(values())
                .filter(service -> service != OTHER && service.option().equals(given.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Options.invalid("service", given, "one of " + names()));
    }

    private static String names() {
        return Arrays.stream(values())
                .filter(service -> service != OTHER)
                .map(EndpointService::option)
                .collect(Collectors.joining(", "));
    }

    private String option() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns how bodies are encoded unless it is told. */
    String contentEncoding() {
        return gzip ? "gzip" : "none";
    }

    /** Returns how many bytes a request's records may have unless it is told. */
    long batchBytes() {
        return (long) batchMegabytes << 20;
    }

    /**
     * Fails where the service would refuse each request.
     *
     * @param key what is sent as the access key; empty for none
     * @param given the common attributes
     */
    void check(String key, Map<String, String> given) {
        if (needsKey && key.isEmpty()) {
            throw missing("access_key", "access_key = '…'");
        }
        for (String attribute : attributes) {
            if (!given.containsKey(attribute)) {
                throw missing(
                        "the common attribute " + attribute,
                        "common_attributes = '"
                                + attributes.stream().map(name -> name + "=…").collect(Collectors.joining(", ")) + "'");
            }
        }
    }

    private MillraceException missing(String what, String hint) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT, "service '" + option() + "' wants " + what, "give it as " + hint);
    }
}
