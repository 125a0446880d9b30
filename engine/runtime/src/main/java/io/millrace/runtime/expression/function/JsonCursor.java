package io.millrace.runtime.expression.function;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Passes over JSON text in UTF-8 and makes no objects of it. What is no JSON is told by false; the cursor is nowhere then
 * until it begins again. For one thread.
 */
final class JsonCursor {

    /** How deep arrays and objects may lie in one another; text of more is no JSON. */
    static final int DEPTH_MAX = 1_000;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private byte[] text = {};
    private int end;
    private int depth;
    private boolean escaped;

    /** Where it is: the next byte to be read. */
    int at;

    void begin(byte[] bytes, int from, int to) {
        text = bytes;
        at = from;
        end = to;
        depth = 0;
    }

    /** Returns the next byte that is no space, 0 at the end. */
    byte next() {
        while (at < end) {
            byte c = text[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c;
            }
            at++;
        }
        return 0;
    }

    boolean isAtEnd() {
        next();
        return at == end;
    }

    /** Passes over a sign if it is next. */
    boolean sign(char sign) {
        boolean there = next() == sign;
        at += there ? 1 : 0;
        return there;
    }

    /** Passes over the sign that an array or object begins with. */
    boolean open(char sign) {
        return sign(sign) && ++depth <= DEPTH_MAX;
    }

    /** Passes over the sign that an array or object ends with. */
    boolean close(char sign) {
        depth--;
        return sign(sign);
    }

    /** Passes over a value. */
    boolean value() {
        return switch (next()) {
            case '"' -> string();
            case '{' -> object();
            case '[' -> array();
            case 't' -> word(TRUE);
            case 'f' -> word(FALSE);
            case 'n' -> word(NULL);
            default -> number();
        };
    }

    private boolean object() {
        if (!open('{')) {
            return false;
        }
        if (next() != '}') {
            do {
                if (!name() || !value()) {
                    return false;
                }
            } while (sign(','));
        }
        return close('}');
    }

    private boolean array() {
        if (!open('[')) {
            return false;
        }
        if (next() != ']') {
            do {
                if (!value()) {
                    return false;
                }
            } while (sign(','));
        }
        return close(']');
    }

    /** Passes over a field's name and the colon behind it. */
    private boolean name() {
        next();
        return string() && sign(':');
    }

    /** Passes over a string; {@link #says} tells of it. */
    boolean string() {
        if (at >= end || text[at] != '"') {
            return false;
        }
        escaped = false;
        int i = at + 1;
        while (i < end) {
            byte c = text[i];
            if (c == '"') {
                at = i + 1;
                return true;
            }
            if (c == '\\') {
                escaped = true;
                i = behindEscape(i);
            } else if (c >= 0 && c < ' ') {
                return false;
            } else {
                i++;
            }
        }
        return false;
    }

    /** Returns where what a backslash begins ends; far behind the text where it is none. */
    private int behindEscape(int backslash) {
        byte sign = backslash + 1 < end ? text[backslash + 1] : 0;
        if (sign == 'u') {
            int to = backslash + 6;
            for (int i = backslash + 2; i < Math.min(to, end); i++) {
                if (Character.digit(text[i], 16) < 0) {
                    return Integer.MAX_VALUE;
                }
            }
            return to;
        }
        return sign > 0 && "\"\\/bfnrt".indexOf(sign) >= 0 ? backslash + 2 : Integer.MAX_VALUE;
    }

    /** Returns whether the string that was just passed over, and began there, says this. */
    boolean says(int start, byte[] wanted) {
        return escaped
                ? string(start, at).equals(new String(wanted, StandardCharsets.UTF_8))
                : Arrays.equals(text, start + 1, at - 1, wanted, 0, wanted.length);
    }

    private boolean word(byte[] word) {
        boolean there = end - at >= word.length && Arrays.equals(text, at, at + word.length, word, 0, word.length);
        at += there ? word.length : 0;
        return there;
    }

    private boolean number() {
        at += at < end && text[at] == '-' ? 1 : 0;
        boolean zero = at < end && text[at] == '0';
        if (zero) {
            at++;
        } else if (!digits()) {
            return false;
        }
        if (at < end && text[at] == '.') {
            at++;
            if (!digits()) {
                return false;
            }
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            at += at < end && (text[at] == '+' || text[at] == '-') ? 1 : 0;
            return digits();
        }
        return true;
    }

    private boolean digits() {
        int from = at;
        while (at < end && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at > from;
    }

    /** Returns what a string says that lies there with its quotes. */
    String string(int from, int to) {
        String written = new String(text, from + 1, to - from - 2, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(written.length());
        int i = 0;
        while (i < written.length()) {
            char c = written.charAt(i++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char sign = written.charAt(i++);
            if (sign == 'u') {
                out.append((char) Integer.parseInt(written, i, i + 4, 16));
                i += 4;
            } else {
                out.append(escapedBy(sign));
            }
        }
        return out.toString();
    }

    private static char escapedBy(char sign) {
        return switch (sign) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> sign;
        };
    }
}
