package io.millrace.format.json;

import io.millrace.spi.row.Utf8Buffer;

/** Text as a JSON string: only what must be escaped is, runs between are copied whole. */
final class StringText {

    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

    private StringText() {}

    /** Puts valid UTF-8 between quotes. */
    static void put(byte[] text, int start, int end, Utf8Buffer out) {
        out.append('"');
        int copied = start;
        for (int i = start; i < end; i++) {
            byte value = text[i];
            if (value == '"' || value == '\\' || (value >= 0 && value < ' ')) {
                out.append(text, copied, i);
                escape(value, out);
                copied = i + 1;
            }
        }
        out.append(text, copied, end);
        out.append('"');
    }

    private static void escape(byte value, Utf8Buffer out) {
        out.append('\\');
        switch (value) {
            case '"', '\\' -> out.append((char) value);
            case '\n' -> out.append('n');
            case '\r' -> out.append('r');
            case '\t' -> out.append('t');
            default -> {
                out.append("u00");
                out.append((char) HEX[value >> 4]);
                out.append((char) HEX[value & 15]);
            }
        }
    }
}
