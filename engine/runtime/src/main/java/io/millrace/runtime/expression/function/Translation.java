package io.millrace.runtime.expression.function;

import io.millrace.spi.row.Utf8Buffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Characters and what stands for each instead, as TRANSLATE has them. Safe for concurrent use. */
public final class Translation {

    private static final int LEFT_OUT = -1;
    private static final int ASCII = 128;

    private final int[] ascii = new int[ASCII];
    private final Map<Integer, Integer> others = new HashMap<>();

    /**
     * Makes one of the characters to be found and of those in their places; where there is none the character is left out. The
     * first place of a character counts.
     */
    public Translation(String from, String to) {
        Arrays.setAll(ascii, character -> character);
        int[] wanted = from.codePoints().toArray();
        int[] replacements = to.codePoints().toArray();
        for (int place = wanted.length - 1; place >= 0; place--) {
            int replacement = place < replacements.length ? replacements[place] : LEFT_OUT;
            if (wanted[place] < ASCII) {
                ascii[wanted[place]] = replacement;
            } else {
                others.put(wanted[place], replacement);
            }
        }
    }

    /** Sets the slice to the text with its characters replaced. */
    public void apply(byte[] text, int start, int end, Slice out) {
        Utf8Buffer buffer = out.begin();
        int at = start;
        while (at < end) {
            byte first = text[at];
            if (first >= 0) {
                write(ascii[first], buffer);
                at++;
                continue;
            }
            int next = Text.next(text, at, end);
            int character = others.isEmpty() ? 0 : Regex.string(text, at, next).codePointAt(0);
            Integer replacement = others.get(character);
            if (replacement == null) {
                buffer.append(text, at, next);
            } else {
                write(replacement, buffer);
            }
            at = next;
        }
        out.finish();
    }

    private static void write(int replacement, Utf8Buffer buffer) {
        if (replacement != LEFT_OUT) {
            buffer.appendCodePoint(replacement);
        }
    }
}
