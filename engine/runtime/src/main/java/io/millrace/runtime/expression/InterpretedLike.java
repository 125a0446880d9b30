package io.millrace.runtime.expression;

import io.millrace.runtime.expression.function.TextLimits;
import org.jspecify.annotations.Nullable;

/** LIKE by the book: which beginnings of the text match which beginnings of the pattern. */
final class InterpretedLike {

    private InterpretedLike() {}

    static boolean like(String text, String pattern, @Nullable String escape, boolean anyCase) {
        int escaping = escape == null ? -1 : TextLimits.escape(escape);
        int[] characters = text.codePoints().toArray();
        int[] wanted = pattern.codePoints().toArray();
        boolean[] matched = new boolean[characters.length + 1];
        matched[0] = true;
        for (int i = 0; i < wanted.length; i++) {
            boolean literal = wanted[i] == escaping;
            if (literal && ++i == wanted.length) {
                throw TextLimits.danglingEscape(pattern);
            }
            matched = literal || wanted[i] != '%'
                    ? one(matched, characters, wanted[i], !literal && wanted[i] == '_', anyCase)
                    : any(matched);
        }
        return matched[characters.length];
    }

    private static boolean[] any(boolean[] matched) {
        boolean[] next = new boolean[matched.length];
        boolean reached = false;
        for (int i = 0; i < matched.length; i++) {
            reached |= matched[i];
            next[i] = reached;
        }
        return next;
    }

    private static boolean[] one(boolean[] matched, int[] characters, int wanted, boolean whichever, boolean anyCase) {
        boolean[] next = new boolean[matched.length];
        for (int i = 0; i < characters.length; i++) {
            next[i + 1] = matched[i] && (whichever || same(characters[i], wanted, anyCase));
        }
        return next;
    }

    private static boolean same(int character, int wanted, boolean anyCase) {
        return anyCase ? folded(character) == folded(wanted) : character == wanted;
    }

    private static int folded(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }
}
