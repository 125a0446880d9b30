package io.millrace.server.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request. A member of the wrong kind fails at once with {@code SerializationException};
 * broken constraints are collected, and {@link #check} fails with all of them in the service's own words.
 */
final class Members {

    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");
    static final Pattern HASH_KEY = Pattern.compile("0|([1-9]\\d{0,38})");
    static final Pattern SEQUENCE_NUMBER = Pattern.compile("0|([1-9]\\d{0,128})");

    private final JsonNode node;
    private final WireFormat format;
    private final List<String> violations;
    private final String path;

    private Members(JsonNode node, WireFormat format, List<String> violations, String path) {
        this.node = node;
        this.format = format;
        this.violations = violations;
        this.path = path;
    }

    static Members of(JsonNode node, WireFormat format) {
        if (!node.isObject()) {
            throw new AwsException("SerializationException", "Start of structure or map expected");
        }
        return new Members(node, format, new ArrayList<>(), "");
    }

    boolean has(String member) {
        return !value(member).isNull();
    }

    private JsonNode value(String member) {
        JsonNode value = node.get(member);
        return value == null ? com.fasterxml.jackson.databind.node.NullNode.getInstance() : value;
    }

    /** Notes a violation where the member is missing. */
    Members require(String member) {
        if (!has(member)) {
            violate("null", member, "Member must not be null");
        }
        return this;
    }

    @Nullable
    String string(String member) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrongKind(member, "a string");
        }
        return value.textValue();
    }

    /** Returns a text of so many characters and that pattern. */
    @Nullable
    String string(String member, int min, int max, @Nullable Pattern pattern) {
        String text = string(member);
        if (text == null) {
            return null;
        }
        if (text.length() < min) {
            violate(text, member, "Member must have length greater than or equal to " + min);
        }
        if (text.length() > max) {
            violate(text, member, "Member must have length less than or equal to " + max);
        }
        if (pattern != null && !pattern.matcher(text).matches()) {
            violate(text, member, "Member must satisfy regular expression pattern: " + pattern);
        }
        return text;
    }

    /** Returns a text that is one of these. */
    @Nullable
    String oneOf(String member, String... choices) {
        String text = string(member);
        if (text != null && !List.of(choices).contains(text)) {
            violate(text, member, "Member must satisfy enum value set: [" + String.join(", ", choices) + "]");
        }
        return text;
    }

    int integer(String member, int otherwise, int min, int max) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return otherwise;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrongKind(member, "an integer");
        }
        int number = value.intValue();
        if (number < min) {
            violate(value.asText(), member, "Member must have value greater than or equal to " + min);
        }
        if (number > max) {
            violate(value.asText(), member, "Member must have value less than or equal to " + max);
        }
        return number;
    }

    /** Returns a number, of any fraction, within these bounds, or null where the member is missing. */
    @Nullable
    Double number(String member, double min, double max) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrongKind(member, "a number");
        }
        double number = value.doubleValue();
        if (!(number >= min)) {
            violate(value.asText(), member, "Member must have value greater than or equal to " + min);
        }
        if (number > max) {
            violate(value.asText(), member, "Member must have value less than or equal to " + max);
        }
        return number;
    }

    byte @Nullable [] blob(String member, int max) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return null;
        }
        if (!value.isTextual() && !value.isBinary()) {
            throw wrongKind(member, "bytes");
        }
        byte[] bytes;
        try {
            bytes = value.binaryValue();
        } catch (IOException | IllegalArgumentException e) {
            throw wrongKind(member, "bytes in base64");
        }
        if (bytes.length > max) {
            violate("java.nio.HeapByteBuffer", member, "Member must have length less than or equal to " + max);
        }
        return bytes;
    }

    @Nullable
    Instant time(String member) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrongKind(member, "a point in time");
        }
        return format.readTime(value);
    }

    boolean flag(String member, boolean otherwise) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrongKind(member, "true or false");
        }
        return value.booleanValue();
    }

    /** Returns a list of so many texts. */
    List<String> strings(String member, int min, int max) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrongKind(member, "a list");
        }
        checkLength(member, value, min, max);
        List<String> elements = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            if (!element.isTextual()) {
                throw wrongKind(member, "a list of strings");
            }
            elements.add(element.textValue());
        }
        return elements;
    }

    /** Returns all members as they are. */
    ObjectNode copy() {
        return node.deepCopy();
    }

    /** Returns these members, and for those that are missing those of another structure. */
    Members over(ObjectNode others) {
        ObjectNode both = others.deepCopy();
        both.setAll((ObjectNode) node);
        return new Members(both, format, violations, path);
    }

    /** Returns a nested structure, or null. */
    @Nullable
    Members structure(String member) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return null;
        }
        if (!value.isObject()) {
            throw wrongKind(member, "a structure");
        }
        return new Members(value, format, violations, path(member) + ".");
    }

    /** Returns a list of structures of so many elements. */
    List<Members> structures(String member, int min, int max) {
        JsonNode value = value(member);
        if (value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrongKind(member, "a list");
        }
        checkLength(member, value, min, max);
        List<Members> elements = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isObject()) {
                throw wrongKind(member, "a list of structures");
            }
            elements.add(new Members(value.get(i), format, violations, path(member) + "." + (i + 1) + ".member."));
        }
        return elements;
    }

    private void checkLength(String member, JsonNode list, int min, int max) {
        if (list.size() < min || list.size() > max) {
            violate(
                    "[]",
                    member,
                    list.size() < min
                            ? "Member must have length greater than or equal to " + min
                            : "Member must have length less than or equal to " + max);
        }
    }

    /** Fails with {@code ValidationException} where a constraint is broken. */
    void check() {
        if (!violations.isEmpty()) {
            int count = violations.size();
            throw new AwsException(
                    "ValidationException",
                    count + " validation error" + (count > 1 ? "s" : "") + " detected: "
                            + String.join("; ", violations));
        }
    }

    private void violate(String value, String member, String constraint) {
        String shown = value.equals("null") ? "null" : "'" + value + "'";
        violations.add("Value " + shown + " at '" + path(member) + "' failed to satisfy constraint: " + constraint);
    }

    private String path(String member) {
        return path + member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
    }

    private AwsException wrongKind(String member, String expected) {
        return new AwsException("SerializationException", "member " + path(member) + " is not " + expected);
    }
}
