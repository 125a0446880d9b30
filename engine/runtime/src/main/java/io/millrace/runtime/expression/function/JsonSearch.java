package io.millrace.runtime.expression.function;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What {@link JsonPath} and {@link JsonKind} say of text in UTF-8, in one pass over it and without making objects. For one
 * thread.
 */
public final class JsonSearch {

    private static final byte[] VALUE = "VALUE".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NESTED = "NESTED".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY = "EMPTY".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "ERROR".getBytes(StandardCharsets.US_ASCII);

    private final JsonCursor cursor = new JsonCursor();
    private JsonPath path = JsonPath.ROOT;

    /** Where what was found starts, or -1; and where it ends. */
    private int from;

    private int to;

    /** Sets the slice to what {@link JsonPath#value} returns, or returns false for null. */
    public boolean value(JsonPath wanted, byte[] text, int start, int end, Slice out) {
        return find(wanted, text, start, end) && !isNested(text[from]) && scalar(text, out);
    }

    /** Sets the slice to what {@link JsonPath#query} returns, or returns false for null. */
    public boolean query(JsonPath wanted, byte[] text, int start, int end, Slice out) {
        boolean found = find(wanted, text, start, end);
        if (found) {
            out.set(text, from, to);
        }
        return found;
    }

    /** Sets the slice to what {@link JsonPath#text} returns, or returns false for null. */
    public boolean text(JsonPath wanted, byte[] text, int start, int end, Slice out) {
        if (!find(wanted, text, start, end)) {
            return false;
        }
        if (isNested(text[from])) {
            out.set(text, from, to);
            return true;
        }
        return scalar(text, out);
    }

    public boolean exists(JsonPath wanted, byte[] text, int start, int end) {
        return find(wanted, text, start, end);
    }

    /** Sets the slice to what {@link JsonPath#found} returns. */
    public void found(JsonPath wanted, byte[] text, int start, int end, Slice out) {
        boolean json = read(wanted, text, start, end);
        out.set(!json ? ERROR : from < 0 ? EMPTY : text[from] == 'n' ? NULL : isNested(text[from]) ? NESTED : VALUE);
    }

    /** Returns what {@link JsonKind#fits} does. */
    public boolean is(JsonKind kind, byte[] text, int start, int end) {
        if (!read(JsonPath.ROOT, text, start, end)) {
            return false;
        }
        return switch (kind) {
            case VALUE -> true;
            case OBJECT -> text[from] == '{';
            case ARRAY -> text[from] == '[';
            case SCALAR -> !isNested(text[from]);
        };
    }

    private static boolean isNested(byte first) {
        return first == '{' || first == '[';
    }

    /** Sets the slice to what the scalar says that was found, or returns false for null. */
    private boolean scalar(byte[] text, Slice out) {
        if (text[from] == 'n') {
            return false;
        }
        if (text[from] != '"') {
            out.set(text, from, to);
        } else if (Text.indexOf(text, from, to, (byte) '\\') >= 0) {
            out.set(cursor.string(from, to));
        } else {
            out.set(text, from + 1, to - 1);
        }
        return true;
    }

    private boolean find(JsonPath wanted, byte[] text, int start, int end) {
        return read(wanted, text, start, end) && from >= 0;
    }

    /** Reads all of a text; returns whether it is JSON. */
    private boolean read(JsonPath wanted, byte[] text, int start, int end) {
        path = wanted;
        from = -1;
        cursor.begin(text, start, end);
        return follow(0) && cursor.isAtEnd();
    }

    /** Passes over a value, in which the path goes on with a step. */
    private boolean follow(int step) {
        byte first = cursor.next();
        if (step == path.length()) {
            int start = cursor.at;
            boolean passed = cursor.value();
            from = start;
            to = cursor.at;
            return passed;
        }
        byte @Nullable [] name = path.name(step);
        if (name != null) {
            return first == '{' ? toField(step, name) : cursor.value();
        }
        return first == '[' ? toElement(step, path.place(step)) : cursor.value();
    }

    /** The first field of the name counts. */
    private boolean toField(int step, byte[] name) {
        if (!cursor.open('{')) {
            return false;
        }
        boolean taken = false;
        if (cursor.next() != '}') {
            do {
                cursor.next();
                int start = cursor.at;
                if (!cursor.string()) {
                    return false;
                }
                boolean here = !taken && cursor.says(start, name);
                if (!cursor.sign(':') || !(here ? follow(step + 1) : cursor.value())) {
                    return false;
                }
                taken |= here;
            } while (cursor.sign(','));
        }
        return cursor.close('}');
    }

    private boolean toElement(int step, int place) {
        if (place >= 0) {
            return elements(step, place) >= 0;
        }
        int start = cursor.at;
        int count = elements(step, -1);
        if (count < 0) {
            return false;
        }
        if (count + place >= 0) {
            int behind = cursor.at;
            cursor.at = start;
            elements(step, count + place);
            cursor.at = behind;
        }
        return true;
    }

    /** Passes over an array, in one element of which the path goes on; returns how many it has, -1 where it is none. */
    private int elements(int step, int place) {
        if (!cursor.open('[')) {
            return -1;
        }
        int count = 0;
        if (cursor.next() != ']') {
            do {
                if (!(count == place ? follow(step + 1) : cursor.value())) {
                    return -1;
                }
                count++;
            } while (cursor.sign(','));
        }
        return cursor.close(']') ? count : -1;
    }
}
