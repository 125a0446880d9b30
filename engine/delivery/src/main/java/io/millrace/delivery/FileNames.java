package io.millrace.delivery;

import java.nio.charset.StandardCharsets;

/** Names of a delivery's files: {@code <delivery>-<incarnation>-<split>-<from, 19 digits><extension>}. */
record FileNames(String delivery, String incarnation, String extension) {

    /** Returns what all the names begin with, and nobody else's do. */
    String prefix() {
        return escaped(delivery) + "-" + incarnation + "-";
    }

    String name(String split, long from) {
        return prefix() + escaped(split) + "-" + "%019d".formatted(from) + extension;
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
