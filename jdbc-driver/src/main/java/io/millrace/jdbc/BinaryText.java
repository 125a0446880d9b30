package io.millrace.jdbc;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Bytes as the server writes them: {@code \x} and two hexadecimal digits for each. */
final class BinaryText {

    private BinaryText() {}

    /** Reads bytes; text that does not look like them stands for its own bytes. */
    static byte[] parse(String text) throws SQLException {
        if (!text.startsWith("\\x")) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] bytes = new byte[text.length() / 2 - 1];
        for (int i = 0; i < bytes.length; i++) {
            int high = Character.digit(text.charAt(2 * i + 2), 16);
            int low = Character.digit(text.charAt(2 * i + 3), 16);
            if (high < 0 || low < 0) {
                throw SqlErrors.value("'" + text + "' is no text for bytes");
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder(2 + 2 * bytes.length).append("\\x");
        for (byte value : bytes) {
            text.append(Character.forDigit(value >> 4 & 15, 16)).append(Character.forDigit(value & 15, 16));
        }
        return text.toString();
    }
}
