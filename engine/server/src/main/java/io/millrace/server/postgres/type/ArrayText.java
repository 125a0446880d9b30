package io.millrace.server.postgres.type;

import io.millrace.server.postgres.wire.WireBuffer;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays in text: {@code {1,NULL,"a b"}}, elements in quotes where they would be misread. */
final class ArrayText {

    private ArrayText() {}

    /** Appends an element's text, quoted where it must be. */
    static void element(byte[] text, int length, WireBuffer out) {
        if (!quoted(text, length)) {
            out.bytes(text, 0, length);
            return;
        }
        out.int8('"');
        for (int i = 0; i < length; i++) {
            if (text[i] == '"' || text[i] == '\\') {
                out.int8('\\');
            }
            out.int8(text[i]);
        }
        out.int8('"');
    }

    private static boolean quoted(byte[] text, int length) {
        if (length == 0 || isNull(text, length)) {
            return true;
        }
        for (int i = 0; i < length; i++) {
            byte at = text[i];
            if (at == '"' || at == '\\' || at == '{' || at == '}' || at == ',' || at == ' ' || (at >= 9 && at <= 13)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNull(byte[] text, int length) {
        return length == 4
                && (text[0] | 0x20) == 'n'
                && (text[1] | 0x20) == 'u'
                && (text[2] | 0x20) == 'l'
                && (text[3] | 0x20) == 'l';
    }

    /** Takes a one-dimensional array apart into the texts of its elements, null for NULL. */
    static List<@Nullable String> elements(String text) {
        String trimmed = text.strip();
        if (!trimmed.startsWith("{") || !trimmed.endsWith("}") || trimmed.length() < 2) {
            throw malformed(text);
        }
        List<@Nullable String> elements = new ArrayList<>();
        int end = trimmed.length() - 1;
        int at = 1;
        if (trimmed.substring(1, end).isBlank()) {
            return elements;
        }
        while (at <= end) {
            StringBuilder element = new StringBuilder();
            boolean quoted = false;
            boolean inside = false;
            for (; at < end && (inside || trimmed.charAt(at) != ','); at++) {
                char c = trimmed.charAt(at);
                if (c == '\\' && at + 1 < end) {
                    element.append(trimmed.charAt(++at));
                } else if (c == '"') {
                    inside = !inside;
                    quoted = true;
                } else if (!inside && (c == '{' || c == '}')) {
                    throw malformed(text);
                } else if (inside || !Character.isWhitespace(c) || !element.isEmpty()) {
                    element.append(c);
                }
            }
            if (inside) {
                throw malformed(text);
            }
            elements.add(finished(element, quoted, text));
            at++;
        }
        return elements;
    }

    private static @Nullable String finished(StringBuilder element, boolean quoted, String whole) {
        if (quoted) {
            return element.toString();
        }
        String bare = element.toString().stripTrailing();
        if (bare.isEmpty()) {
            throw malformed(whole);
        }
        return bare.equalsIgnoreCase("null") ? null : bare;
    }

    private static MillraceException malformed(String text) {
        return new MillraceException(
                ErrorCode.INVALID_VALUE,
                "malformed array literal: \"" + text + "\"",
                "write a one-dimensional array as {1,2,3}");
    }
}
