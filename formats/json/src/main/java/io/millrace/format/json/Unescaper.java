package io.millrace.format.json;

import java.nio.charset.StandardCharsets;

/** Decodes strings with escapes, which are known to be valid, into an array that it reuses. */
final class Unescaper {

    private byte[] bytes = new byte[64];
    private int length;

    /** Returns the array that holds what was decoded last. Another one after a longer string. */
    byte[] bytes() {
        return bytes;
    }

    String text(byte[] data, int from, int to) {
        return new String(bytes, 0, unescape(data, from, to), StandardCharsets.UTF_8);
    }

    /** Decodes a string's content, which never gets longer by it, and returns how many bytes it has. */
    int unescape(byte[] data, int from, int to) {
        if (bytes.length < to - from) {
            bytes = new byte[Math.max(to - from, 2 * bytes.length)];
        }
        length = 0;
        int at = from;
        while (at < to) {
            if (data[at] != '\\') {
                bytes[length++] = data[at++];
            } else if (data[at + 1] == 'u') {
                at = unicode(data, at);
            } else {
                bytes[length++] = control(data[at + 1]);
                at += 2;
            }
        }
        return length;
    }

    private static byte control(byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    private int unicode(byte[] data, int at) {
        int unit = hex(data, at + 2);
        if (Character.isHighSurrogate((char) unit)) {
            put(Character.toCodePoint((char) unit, (char) hex(data, at + 8)));
            return at + 12;
        }
        put(unit);
        return at + 6;
    }

    private void put(int codePoint) {
        if (codePoint < 0x80) {
            bytes[length++] = (byte) codePoint;
            return;
        }
        int continuations = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
        int lead = continuations == 1 ? 0xC0 : continuations == 2 ? 0xE0 : 0xF0;
        bytes[length++] = (byte) (lead | (codePoint >> (6 * continuations)));
        for (int shift = 6 * (continuations - 1); shift >= 0; shift -= 6) {
            bytes[length++] = (byte) (0x80 | ((codePoint >> shift) & 0x3F));
        }
    }

    /** Returns the number that four hexadecimal digits make, or -1 where there are none. */
    static int hex(byte[] data, int at) {
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int nibble = data[i] < 0 ? -1 : Character.digit(data[i], 16);
            if (nibble < 0) {
                return -1;
            }
            value = (value << 4) | nibble;
        }
        return value;
    }
}
