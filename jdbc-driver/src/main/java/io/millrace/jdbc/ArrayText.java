package io.millrace.jdbc;

import java.lang.reflect.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads and writes arrays in the server's words. Elements are texts, lists of such, or null. */
final class ArrayText {

    private final String text;
    private int at;

    private ArrayText(String text) {
        this.text = text;
    }

    static List<@Nullable Object> parse(String text) throws SQLException {
        // Bounds other than the usual come first: [0:1]={1,2}
        ArrayText parser = new ArrayText(text.startsWith("[") ? text.substring(text.indexOf('=') + 1) : text);
        List<@Nullable Object> elements = parser.list();
        if (parser.at != parser.text.length()) {
            throw parser.malformed();
        }
        return elements;
    }

    private List<@Nullable Object> list() throws SQLException {
        expect('{');
        List<@Nullable Object> elements = new ArrayList<>();
        if (peek() == '}') {
            at++;
            return elements;
        }
        while (true) {
            elements.add(item());
            if (peek() == '}') {
                at++;
                return elements;
            }
            expect(',');
        }
    }

    private @Nullable Object item() throws SQLException {
        if (peek() == '{') {
            return list();
        }
        if (peek() == '"') {
            return quoted();
        }
        int start = at;
        while (peek() != ',' && peek() != '}') {
            at++;
        }
        String item = text.substring(start, at);
        return item.equals("NULL") ? null : item;
    }

    private String quoted() throws SQLException {
        StringBuilder item = new StringBuilder();
        at++;
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            item.append(peek());
            at++;
        }
        at++;
        return item.toString();
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
        return SqlErrors.value("'" + text + "' is no array");
    }

    /** Makes a Java array of elements of a type. */
    static Object toArray(List<?> elements, SqlType type) throws SQLException {
        boolean nested = elements.stream().anyMatch(element -> element instanceof List);
        Class<?> component = nested ? Object.class : type == SqlType.SMALLINT ? Integer.class : type.javaClass;
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Object element = elements.get(i);
            if (element instanceof List) {
                Array.set(array, i, toArray((List<?>) element, type));
            } else if (element != null) {
                Array.set(array, i, new CellValue((String) element, type.oid).object());
            }
        }
        return array;
    }

    static @Nullable String element(@Nullable Object element) {
        return element == null ? null : element instanceof List ? nested((List<?>) element) : element.toString();
    }

    private static String nested(List<?> elements) {
        StringBuilder out = new StringBuilder();
        for (Object element : elements) {
            out.append(out.length() == 0 ? "{" : ",");
            out.append(element instanceof List ? nested((List<?>) element) : quote((String) element));
        }
        return out.length() == 0 ? "{}" : out.append('}').toString();
    }

    private static String quote(@Nullable String element) {
        return element == null ? "NULL" : '"' + element.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Writes Java values; arrays and lists among them are nested. */
    static String write(List<?> elements) throws SQLException {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            Object element = elements.get(i);
            if (element instanceof List) {
                out.append(write((List<?>) element));
            } else if (element instanceof Object[]) {
                out.append(write(Arrays.asList((Object[]) element)));
            } else {
                out.append(quote(ParameterText.of(element).text()));
            }
        }
        return out.append('}').toString();
    }
}
