package io.millrace.jdbc;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes JSON: objects as maps in the order of their keys, arrays as lists, strings as strings, null as null,
 * and numbers and truth values as the {@link Bare} words they are written with.
 */
final class JsonText {

    /** Deeper documents are none that the server writes. */
    private static final int DEPTH_MAX = 500;

    /** A number, or true, or false. */
    static final class Bare {
        private final String text;

        Bare(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final String text;
    private int at;
    private int depth;

    private JsonText(String text) {
        this.text = text;
    }

    static @Nullable Object parse(String text) throws SQLException {
        JsonText json = new JsonText(text);
        Object value = json.value();
        json.skipSpace();
        if (json.at < text.length()) {
            throw json.malformed();
        }
        return value;
    }

    private @Nullable Object value() throws SQLException {
        if (++depth > DEPTH_MAX) {
            throw malformed();
        }
        skipSpace();
        Object value;
        switch (peek()) {
            case '{':
                value = object();
                break;
            case '[':
                value = array();
                break;
            case '"':
                value = string();
                break;
            default:
                value = word();
        }
        depth--;
        return value;
    }

    private Map<String, @Nullable Object> object() throws SQLException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        at++;
        if (closes('}')) {
            return members;
        }
        do {
            skipSpace();
            if (peek() != '"') {
                throw malformed();
            }
            String name = string();
            skipSpace();
            expect(':');
            members.put(name, value());
        } while (goesOn('}'));
        return members;
    }

    private List<@Nullable Object> array() throws SQLException {
        List<@Nullable Object> elements = new ArrayList<>();
        at++;
        if (closes(']')) {
            return elements;
        }
        do {
            elements.add(value());
        } while (goesOn(']'));
        return elements;
    }

    private boolean closes(char close) throws SQLException {
        skipSpace();
        if (peek() != close) {
            return false;
        }
        at++;
        return true;
    }

    private boolean goesOn(char close) throws SQLException {
        if (closes(close)) {
            return false;
        }
        expect(',');
        return true;
    }

    private String string() throws SQLException {
        StringBuilder out = new StringBuilder();
        at++;
        while (peek() != '"') {
            char c = text.charAt(at++);
            out.append(c == '\\' ? escaped() : c);
        }
        at++;
        return out.toString();
    }

    private char escaped() throws SQLException {
        char c = peek();
        at++;
        switch (c) {
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                return unicode();
            default:
                return c;
        }
    }

    private char unicode() throws SQLException {
        try {
            char c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
            at += 4;
            return c;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw malformed();
        }
    }

    /** A number, true, false or null. */
    private @Nullable Bare word() throws SQLException {
        int start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
        String word = text.substring(start, at);
        return word.equals("null") ? null : new Bare(word);
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() throws SQLException {
        if (at >= text.length()) {
            throw malformed();
        }
        return text.charAt(at);
    }

    private void expect(char wanted) throws SQLException {
        if (peek() != wanted) {
            throw malformed();
        }
        at++;
    }

    private SQLException malformed() {
        return SqlErrors.value("a JSON document is malformed at character " + (at + 1) + ": " + text);
    }

    /** Returns whether one of these is no single value. */
    static boolean documents(List<?> elements) {
        for (Object element : elements) {
            if (element instanceof Struct
                    || element instanceof Map
                    || element instanceof List
                    || element instanceof Array
                    || element instanceof Object[]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes a value. Beside what {@link #parse} gives it takes numbers and truth values, arrays and structures, and
     * whatever else can be a parameter, as a string of its text.
     */
    static String write(@Nullable Object value) throws SQLException {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out) throws SQLException {
        if (value == null || value instanceof Bare || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number && Double.isFinite(((Number) value).doubleValue())) {
            out.append(ParameterText.of(value).text());
        } else if (value instanceof Map) {
            members((Map<?, ?>) value, out);
        } else if (value instanceof Struct) {
            write(
                    value instanceof MillraceStruct
                            ? ((MillraceStruct) value).json()
                            : ((Struct) value).getAttributes(),
                    out);
        } else if (value instanceof Array) {
            write(
                    value instanceof MillraceArray ? ((MillraceArray) value).elements() : ((Array) value).getArray(),
                    out);
        } else if (value instanceof List) {
            elements((List<?>) value, out);
        } else if (value instanceof Object[]) {
            elements(Arrays.asList((Object[]) value), out);
        } else {
            quote(String.valueOf(ParameterText.of(value).text()), out);
        }
    }

    private static void members(Map<?, ?> members, StringBuilder out) throws SQLException {
        out.append('{');
        String between = "";
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.append(between);
            quote(String.valueOf(ParameterText.of(member.getKey()).text()), out);
            out.append(':');
            write(member.getValue(), out);
            between = ",";
        }
        out.append('}');
    }

    private static void elements(List<?> elements, StringBuilder out) throws SQLException {
        out.append('[');
        for (int i = 0; i < elements.size(); i++) {
            out.append(i == 0 ? "" : ",");
            write(elements.get(i), out);
        }
        out.append(']');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
