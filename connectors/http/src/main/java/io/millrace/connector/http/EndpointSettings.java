package io.millrace.connector.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where requests go and what stands in them.
 *
 * @param source the ARN that says who sends
 * @param location where they go
 * @param accessKey {@code access_key}: sent as it is; empty for none
 * @param attributes {@code common_attributes}: {@code 'name=value, …'}
 * @param gzip {@code content_encoding = 'gzip'}
 * @param batchBytes {@code batch_bytes}: most bytes of a request's records, 4 MB or what the {@code service} wants
 * @param timeout {@code request_timeout}: how long an answer may take, 180 s as a rule
 */
record EndpointSettings(
        String source,
        URI location,
        String accessKey,
        Map<String, String> attributes,
        boolean gzip,
        long batchBytes,
        Duration timeout) {

    static final List<String> NAMES =
            List.of("service", "access_key", "common_attributes", "content_encoding", "batch_bytes", "request_timeout");

    /** The protocol's limit of a body before it is compressed; base64 makes four bytes of three. */
    private static final long BATCH_BYTES_MAX = (64L << 20) / 4 * 3 - (1L << 20);

    private static final int ACCESS_KEY_MAX = 4096;
    private static final int ATTRIBUTES_MAX = 50;
    private static final int ATTRIBUTE_NAME_MAX = 256;
    private static final int ATTRIBUTE_VALUE_MAX = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    static EndpointSettings of(String delivery, URI location, Options options) {
        options.refuseOthers(NAMES.toArray(String[]::new));
        if (location.getHost() == null || location.getUserInfo() != null || location.getFragment() != null) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "'" + ShownUrl.of(location.toString()) + "' names no endpoint",
                    "write it like 'https://host/path'; keys go into the option access_key");
        }
        EndpointService service = EndpointService.of(options);
        String accessKey = accessKey(options.get("access_key", ""));
        Map<String, String> attributes = attributes(options.get("common_attributes", ""));
        service.check(accessKey, attributes);
        return new EndpointSettings(
                "arn:aws:firehose:us-east-1:000000000000:deliverystream/" + delivery,
                location,
                accessKey,
                attributes,
                isGzip(options.get("content_encoding", service.contentEncoding())),
                batchBytes(options, service.batchBytes()),
                options.getDuration("request_timeout", Duration.ofMinutes(3)));
    }

    private static String accessKey(String key) {
        if (key.length() > ACCESS_KEY_MAX || key.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw Options.invalid("access_key", "(not shown)", "at most " + ACCESS_KEY_MAX + " printable characters");
        }
        return key;
    }

    private static boolean isGzip(String encoding) {
        return switch (encoding.toLowerCase(java.util.Locale.ROOT)) {
            case "gzip" -> true;
            case "none" -> false;
            default -> throw Options.invalid("content_encoding", encoding, "gzip or none");
        };
    }

    private static long batchBytes(Options options, long otherwise) {
        long bytes = options.getBytes("batch_bytes", otherwise);
        if (bytes < 1 || bytes > BATCH_BYTES_MAX) {
            throw Options.invalid("batch_bytes", String.valueOf(bytes), "a size of at most " + BATCH_BYTES_MAX);
        }
        return bytes;
    }

    private static Map<String, String> attributes(String text) {
        Map<String, String> attributes = text.strip().startsWith("{") ? attributesOfJson(text) : attributePairs(text);
        attributes.forEach((name, value) -> {
            if (name.isEmpty() || name.length() > ATTRIBUTE_NAME_MAX || value.length() > ATTRIBUTE_VALUE_MAX) {
                throw wrongAttributes(text);
            }
        });
        if (attributes.size() > ATTRIBUTES_MAX) {
            throw Options.invalid("common_attributes", text, "at most " + ATTRIBUTES_MAX + " of them");
        }
        return attributes;
    }

    private static Map<String, String> attributePairs(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw wrongAttributes(text);
            }
            attributes.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return attributes;
    }

    /** A value with a comma, or with blanks at its ends, has a form there. */
    private static Map<String, String> attributesOfJson(String text) {
        Map<String, String> attributes = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, JsonNode> each : JSON.readTree(text).properties()) {
                if (!each.getValue().isTextual()) {
                    throw wrongAttributes(text);
                }
                attributes.put(each.getKey(), each.getValue().textValue());
            }
        } catch (JsonProcessingException e) {
            throw wrongAttributes(text);
        }
        return attributes;
    }

    private static MillraceException wrongAttributes(String text) {
        return Options.invalid(
                "common_attributes",
                text,
                "'name=value, …', or a JSON object of texts, with names of 1 to " + ATTRIBUTE_NAME_MAX
                        + " and values of up to " + ATTRIBUTE_VALUE_MAX + " characters");
    }

    /** Returns the header that carries the attributes. */
    String attributesHeader() {
        try {
            return JSON.writeValueAsString(Map.of("commonAttributes", attributes));
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts have a form in JSON", e);
        }
    }
}
