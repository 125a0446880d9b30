package io.millrace.runtime.expression.function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path into JSON text, {@code $.a.b[0]}, {@code $.a[last]} or {@code $['a b']}. A leading {@code lax} or {@code strict} is
 * accepted and changes nothing. Text that is no JSON has nothing anywhere, wherever the fault lies: all of it is read. Safe for
 * concurrent use.
 *
 * <p>This reads by a library and is there to be obviously right; {@link JsonSearch} does the same to bytes and is there to be fast.
 */
public final class JsonPath {

    private static final int CACHED_MAX = 256;

    /** A longer one comes from data. */
    private static final int CACHED_LENGTH_MAX = 1_000;

    private static final Map<String, JsonPath> CACHE = new ConcurrentHashMap<>();

    /** The path of no step. */
    static final JsonPath ROOT = new JsonPath(List.of());

    /** A step is the name of a field or the Integer place of an element; places from the end are below zero. */
    private final List<Object> steps;

    /** The names of the steps as UTF-8, null for places. */
    private final byte[] @Nullable [] names;

    private JsonPath(List<Object> steps) {
        this.steps = steps;
        this.names = new byte[steps.size()][];
        for (int i = 0; i < names.length; i++) {
            names[i] = steps.get(i) instanceof String name ? name.getBytes(StandardCharsets.UTF_8) : null;
        }
    }

    int length() {
        return names.length;
    }

    /** Returns the name of the field that a step goes to, or null where it goes to an element. */
    byte @Nullable [] name(int step) {
        return names[step];
    }

    /** Returns the place of the element that a step goes to, from the end where it is below zero. */
    int place(int step) {
        return (Integer) steps.get(step);
    }

    /**
     * Returns the path that the text says.
     *
     * @throws RowFailure with {@code INVALID_ARGUMENT} where the path is malformed
     */
    public static JsonPath of(String path) {
        JsonPath known = CACHE.get(path);
        if (known == null) {
            known = new JsonPath(new Steps(path).parse());
            if (CACHE.size() < CACHED_MAX && path.length() <= CACHED_LENGTH_MAX) {
                CACHE.put(path, known);
            }
        }
        return known;
    }

    /** Returns the path of one step: the name of a field, or the place of an element, from the end where it is below zero. */
    public static JsonPath step(Object nameOrPlace) {
        if (nameOrPlace instanceof Number place) {
            long number = place.longValue();
            return new JsonPath(List.of((int) Math.max(-Integer.MAX_VALUE, Math.min(Integer.MAX_VALUE, number))));
        }
        return new JsonPath(List.of(nameOrPlace));
    }

    /** Returns a scalar there as text, and what is nested as it is written; null where there is nothing, or null. */
    public @Nullable String text(String json) {
        return follow(json, (parser, text) -> switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case START_OBJECT, START_ARRAY -> written(parser, text);
            default -> parser.getText();
        });
    }

    /** Returns what is there: VALUE, NULL, NESTED, EMPTY for nothing, or ERROR where the text is no JSON. */
    public String found(String json) {
        if (!JsonKind.VALUE.fits(json)) {
            return "ERROR";
        }
        String found = follow(json, (parser, text) -> switch (parser.currentToken()) {
            case VALUE_NULL -> "NULL";
            case START_OBJECT, START_ARRAY -> "NESTED";
            default -> "VALUE";
        });
        return found == null ? "EMPTY" : found;
    }

    /** Returns the scalar there as text; null where there is none, or it is null. */
    public @Nullable String value(String json) {
        return follow(
                json,
                (parser, text) -> parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL
                        ? parser.getText()
                        : null);
    }

    /** Returns the part there as it is written; null where there is none. */
    public @Nullable String query(String json) {
        return follow(json, JsonPath::written);
    }

    private static String written(JsonParser parser, byte[] text) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        int end = end(parser);
        return new String(text, start, end - start, StandardCharsets.UTF_8).strip();
    }

    /** Passes over what a parser is at, and returns where it ends. */
    private static int end(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }

    public boolean exists(String json) {
        return follow(json, (parser, text) -> "") != null;
    }

    @FunctionalInterface
    private interface Found {
        @Nullable
        String at(JsonParser parser, byte[] text) throws IOException;
    }

    private @Nullable String follow(String json, Found found) {
        if (!JsonKind.VALUE.fits(json)) {
            return null;
        }
        try {
            return follow(json.getBytes(StandardCharsets.UTF_8), 0, found);
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable String follow(byte[] text, int first, Found found) throws IOException {
        try (JsonParser parser = JsonKind.FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return null;
            }
            for (int i = first; i < steps.size(); i++) {
                Object step = steps.get(i);
                if (step instanceof Integer place && place < 0) {
                    byte[] element = fromEnd(parser, text, -place);
                    return element == null ? null : follow(element, i + 1, found);
                }
                if (!(step instanceof Integer place ? toElement(parser, place) : toField(parser, (String) step))) {
                    return null;
                }
            }
            return found.at(parser, text);
        }
    }

    /** Returns the text of the element that is the given number of places before the end of an array, or null. */
    private static byte @Nullable [] fromEnd(JsonParser parser, byte[] text, int places) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return null;
        }
        Deque<int[]> last = new ArrayDeque<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            last.add(new int[] {start, end(parser)});
            if (last.size() > places) {
                last.remove();
            }
        }
        return last.size() < places ? null : Arrays.copyOfRange(text, last.element()[0], last.element()[1]);
    }

    private static boolean toField(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return false;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean here = parser.currentName().equals(name);
            parser.nextToken();
            if (here) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    private static boolean toElement(JsonParser parser, int place) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return false;
        }
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
            if (i == place) {
                return true;
            }
            parser.skipChildren();
        }
        return false;
    }

    /** Reads a path. */
    private static final class Steps {

        private static final Pattern FROM_END = Pattern.compile("last(?:\\s*-\\s*(\\d{1,9}))?");

        /** What a name has in quotes alone: without them a filter or a method begins there. */
        private static final Pattern UNQUOTED = Pattern.compile("[?()@]");

        private static final List<Map.Entry<Pattern, String>> ABSENT = List.of(
                Map.entry(Pattern.compile("\\?\\s*\\("), "filters '?(…)'"),
                Map.entry(Pattern.compile("\\.\\s*\\."), "steps of any depth '..'"),
                Map.entry(Pattern.compile("\\w\\s*\\("), "methods such as size()"),
                Map.entry(Pattern.compile("\\[[^\\]]*(?:\\bto\\b|[,:])"), "ranges or lists of places"),
                Map.entry(Pattern.compile("\\*"), "wildcards '*'"));

        private final String path;
        private int at;

        Steps(String path) {
            this.path = path;
        }

        List<Object> parse() {
            String body = path.strip();
            for (String mode : List.of("lax ", "strict ")) {
                body = body.startsWith(mode) ? body.substring(mode.length()).strip() : body;
            }
            if (!body.startsWith("$")) {
                throw malformed();
            }
            List<Object> steps = new ArrayList<>();
            at = 1;
            while (at < body.length()) {
                steps.add(body.charAt(at++) == '.' ? name(body) : brackets(body));
            }
            return List.copyOf(steps);
        }

        private String name(String body) {
            int start = at;
            if (at < body.length() && body.charAt(at) == '"') {
                return quotedName(body);
            }
            while (at < body.length() && body.charAt(at) != '.' && body.charAt(at) != '[') {
                at++;
            }
            String name = body.substring(start, at);
            if (name.isEmpty() || name.equals("*") || UNQUOTED.matcher(name).find()) {
                throw malformed();
            }
            return name;
        }

        /** A name in quotes may have dots and brackets in it. */
        private String quotedName(String body) {
            int start = at + 1;
            int end = body.indexOf('"', start);
            if (end < 0) {
                throw malformed();
            }
            at = end + 1;
            return body.substring(start, end);
        }

        private Object brackets(String body) {
            int end = body.indexOf(']', at);
            if (body.charAt(at - 1) != '[' || end < 0) {
                throw malformed();
            }
            String inside = body.substring(at, end).strip();
            at = end + 1;
            char quote = inside.isEmpty() ? ' ' : inside.charAt(0);
            if ((quote == '\'' || quote == '"') && inside.length() > 1 && inside.charAt(inside.length() - 1) == quote) {
                return inside.substring(1, inside.length() - 1);
            }
            Matcher fromEnd = FROM_END.matcher(inside);
            if (fromEnd.matches()) {
                String before = fromEnd.group(1);
                return before == null ? -1 : -1 - Integer.parseInt(before);
            }
            if (!inside.matches("\\d{1,9}")) {
                throw malformed();
            }
            return Integer.valueOf(inside);
        }

        private RowFailure malformed() {
            return new RowFailure(
                    ErrorCode.INVALID_ARGUMENT, "'" + path + "' is not a path of names and places" + absent());
        }

        /** Says which part of SQL's paths it is that paths here do not have; nothing where it is another fault. */
        private String absent() {
            for (Map.Entry<Pattern, String> part : ABSENT) {
                if (part.getKey().matcher(path).find()) {
                    return ": there are no " + part.getValue();
                }
            }
            return "";
        }
    }
}
