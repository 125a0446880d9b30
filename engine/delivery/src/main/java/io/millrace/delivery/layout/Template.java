package io.millrace.delivery.layout;

import io.millrace.spi.Options;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A prefix with expressions {@code !{namespace:value}}, taken apart. */
final class Template {

    /** Most characters of a prefix as it is written. */
    static final int LENGTH_MAX = 1024;

    /** A piece of a prefix. */
    sealed interface Part {}

    record Text(String text) implements Part {}

    record Time(DateTimeFormatter format) implements Part {}

    /** @param ofFunction whether a function says it, and not the row or a query of it */
    record Key(String name, boolean ofFunction) implements Part {}

    record RandomText() implements Part {}

    record ErrorType() implements Part {}

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = parts;
    }

    /** @param option the option that the text is of, for messages */
    static Template parse(String option, String text) {
        if (text.length() > LENGTH_MAX) {
            throw Options.invalid(option, text, "at most " + LENGTH_MAX + " characters");
        }
        if (text.startsWith("/")) {
            throw Options.invalid(option, text, "a prefix that does not begin with a slash");
        }
        List<Part> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf("!{"); at >= 0; at = text.indexOf("!{", from)) {
            int end = text.indexOf('}', at);
            if (end < 0) {
                throw Options.invalid(option, text, "a '}' to each '!{'");
            }
            addText(parts, text.substring(from, at));
            parts.add(expression(option, text.substring(at + 2, end)));
            from = end + 1;
        }
        addText(parts, text.substring(from));
        return new Template(parts);
    }

    /** Makes the prefix that lakes use: {@code a=…/b=…/}. */
    static Template hive(List<PartitionField> fields) {
        List<Part> parts = new ArrayList<>();
        for (PartitionField field : fields) {
            parts.add(new Text(field.name() + "="));
            parts.add(new Key(field.name(), false));
            parts.add(new Text("/"));
        }
        return new Template(parts);
    }

    private static void addText(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Text(text));
        }
    }

    private static Part expression(String option, String text) {
        int colon = text.indexOf(':');
        String space = colon < 0 ? text : text.substring(0, colon);
        String value = text.substring(colon + 1);
        return switch (space) {
            case "timestamp" -> new Time(format(option, value));
            case "partitionKeyFromQuery" -> new Key(value, false);
            case "partitionKeyFromLambda" -> new Key(value, true);
            case "firehose" ->
                switch (value) {
                    case "random-string" -> new RandomText();
                    case "error-output-type" -> new ErrorType();
                    default -> throw unknown(option, text);
                };
            default -> throw unknown(option, text);
        };
    }

    private static DateTimeFormatter format(String option, String pattern) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
        } catch (IllegalArgumentException e) {
            throw Options.invalid(option, pattern, "a pattern of Java's DateTimeFormatter, such as 'yyyy/MM/dd/HH'");
        }
    }

    private static RuntimeException unknown(String option, String text) {
        return Options.invalid(
                option,
                "!{" + text + "}",
                "!{timestamp:…}, !{partitionKeyFromQuery:…}, !{partitionKeyFromLambda:…}, !{firehose:random-string}"
                        + " or, for errors, !{firehose:error-output-type}");
    }

    /** Returns whether every name that it makes leads out of the place where files go, or to a folder without a name. */
    boolean leadsAstray() {
        StringBuilder name = new StringBuilder();
        Values some = new Values(Instant.EPOCH, ZoneOffset.UTC, "x", "x");
        for (Part part : parts) {
            if (part instanceof Key) {
                name.append('x');
            } else {
                append(part, some, name);
            }
        }
        return Stream.of(name.append('x').toString().split("/", -1))
                .anyMatch(folder -> folder.isEmpty() || folder.equals(".") || folder.equals(".."));
    }

    boolean hasErrorType() {
        return parts.stream().anyMatch(ErrorType.class::isInstance);
    }

    /** Returns the keys that it uses. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        for (Part part : parts) {
            if (part instanceof Key key) {
                keys.add(key.name());
            }
        }
        return keys;
    }

    /** Returns the keys that a function is to give. */
    Set<String> functionKeys() {
        Set<String> keys = new TreeSet<>();
        for (Part part : parts) {
            if (part instanceof Key key && key.ofFunction()) {
                keys.add(key.name());
            }
        }
        return keys;
    }

    List<Part> parts() {
        return parts;
    }

    /** What the parts that depend on more than the row stand for. */
    record Values(
            Instant time,
            ZoneId zone,
            String random,
            @Nullable String errorType) {}

    static void append(Part part, Values values, StringBuilder out) {
        switch (part) {
            case Text text -> out.append(text.text());
            case Time time -> out.append(time.format().withZone(values.zone()).format(values.time()));
            case RandomText random -> out.append(values.random());
            case ErrorType type -> out.append(values.errorType());
            case Key key -> throw new IllegalStateException(key.name());
        }
    }
}
