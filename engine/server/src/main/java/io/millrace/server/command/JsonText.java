package io.millrace.server.command;

/** JSON for the terminal. */
final class JsonText {

    private JsonText() {}

    /** Returns the text as a JSON string. */
    static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> json.append(c < ' ' ? String.format(java.util.Locale.ROOT, "\\u%04x", (int) c) : c);
            }
        }
        return json.append('"').toString();
    }

    /** Returns whether the text of a floating-point number is a number to JSON: NaN and Infinity are not. */
    static boolean isNumber(String text) {
        char last = text.charAt(text.length() - 1);
        return last >= '0' && last <= '9';
    }

    /** Returns whether the text begins like a JSON object or array. */
    static boolean isDocument(String text) {
        return text.startsWith("{") || text.startsWith("[");
    }
}
