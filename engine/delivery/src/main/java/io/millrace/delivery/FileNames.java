package io.millrace.delivery;

import java.nio.charset.StandardCharsets;

/**
 * The part of its files' names that a delivery chooses: {@code <delivery>-<incarnation>-<split>-<from, 19 digits>}. A
 * prefix of the user's stands before it, an extension behind it.
 */
record FileNames(String delivery, String incarnation) {

    /** Returns what all the names have in them, and nobody else's do. */
    String mark() {
        return escaped(delivery) + "-" + incarnation + "-";
    }

    String of(String split, long from) {
        return mark() + escaped(split) + "-" + "%019d".formatted(from);
    }

    /** Keeps letters, digits and {@code . _ = -} and writes other bytes as {@code %} and two digits. */
    private static String escaped(String text) {
        StringBuilder name = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "._=-".indexOf(c) >= 0);
            name.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
        }
        return name.toString();
    }
}
