package io.millrace.runtime.expression.function;

import io.millrace.spi.row.Utf8Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern of LIKE over UTF-8, compiled once.
 *
 * <p>It is cut at each {@code %} into pieces. The first piece must be at the start and the last at the end; those
 * between are looked for from left to right, which finds a match if there is one. A piece without {@code _} is
 * compared as bytes.
 */
public final class LikePattern {

    /** Code points to match one by one, {@link #ANY} for any; null where {@code bytes} says it all. */
    private record Piece(byte[] bytes, int[] characters, boolean exact) {}

    private static final int ANY = -1;

    private final Piece[] pieces;
    private final boolean anyCase;

    private LikePattern(Piece[] pieces, boolean anyCase) {
        this.pieces = pieces;
        this.anyCase = anyCase;
    }

    /**
     * Compiles a pattern.
     *
     * @param escape the escape character, or null for none
     * @throws io.millrace.spi.error.RowFailure with {@code INVALID_ARGUMENT} where the pattern is malformed
     */
    public static LikePattern of(String pattern, @org.jspecify.annotations.Nullable String escape, boolean anyCase) {
        int escaping = escape == null ? -1 : TextLimits.escape(escape);
        int[] points = pattern.codePoints().toArray();
        List<Piece> pieces = new ArrayList<>();
        int[] piece = new int[points.length];
        int length = 0;
        for (int i = 0; i < points.length; i++) {
            boolean literal = points[i] == escaping;
            if (literal && ++i == points.length) {
                throw TextLimits.danglingEscape(pattern);
            }
            if (!literal && points[i] == '%') {
                pieces.add(piece(piece, length, anyCase));
                length = 0;
            } else {
                boolean any = !literal && points[i] == '_';
                piece[length++] = any ? ANY : anyCase ? folded(points[i]) : points[i];
            }
        }
        pieces.add(piece(piece, length, anyCase));
        return new LikePattern(pieces.toArray(new Piece[0]), anyCase);
    }

    private static Piece piece(int[] characters, int length, boolean anyCase) {
        int[] own = Arrays.copyOf(characters, length);
        boolean exact = !anyCase && Arrays.stream(own).noneMatch(character -> character == ANY);
        Utf8Buffer bytes = new Utf8Buffer();
        if (exact) {
            Arrays.stream(own).forEach(bytes::appendCodePoint);
        }
        return new Piece(bytes.toByteArray(), own, exact);
    }

    private static int folded(int character) {
        return Character.toLowerCase(Character.toUpperCase(character));
    }

    /** Tells whether the whole text matches. */
    public boolean matches(byte[] text, int start, int end) {
        int at = matchAt(pieces[0], text, start, end);
        if (pieces.length == 1) {
            return at == end;
        }
        for (int i = 1; i < pieces.length - 1 && at >= 0; i++) {
            at = find(pieces[i], text, at, end);
        }
        return at >= 0 && endsWith(pieces[pieces.length - 1], text, at, end);
    }

    /** Returns where the piece ends that starts here, or -1. */
    private int matchAt(Piece piece, byte[] text, int start, int end) {
        if (piece.exact) {
            int to = start + piece.bytes.length;
            return to <= end && Arrays.equals(text, start, to, piece.bytes, 0, piece.bytes.length) ? to : -1;
        }
        int at = start;
        for (int wanted : piece.characters) {
            if (at >= end) {
                return -1;
            }
            int next = Text.next(text, at, end);
            if (wanted != ANY && !same(codePoint(text, at, next), wanted)) {
                return -1;
            }
            at = next;
        }
        return at;
    }

    private boolean same(int character, int wanted) {
        return (anyCase ? folded(character) : character) == wanted;
    }

    /** Returns where the piece ends that comes first, or -1. */
    private int find(Piece piece, byte[] text, int start, int end) {
        if (piece.exact) {
            int at = Text.indexOf(text, start, end, piece.bytes, 0, piece.bytes.length);
            return at < 0 ? -1 : at + piece.bytes.length;
        }
        for (int at = start; at <= end; at = Text.next(text, at, end)) {
            int to = matchAt(piece, text, at, end);
            if (to >= 0) {
                return to;
            }
        }
        return -1;
    }

    private boolean endsWith(Piece piece, byte[] text, int start, int end) {
        if (piece.exact) {
            int from = end - piece.bytes.length;
            return from >= start && Arrays.equals(text, from, end, piece.bytes, 0, piece.bytes.length);
        }
        int from = end;
        for (int i = 0; i < piece.characters.length; i++) {
            if (from <= start) {
                return false;
            }
            from--;
            while (from > start && (text[from] & 0xC0) == 0x80) {
                from--;
            }
        }
        return matchAt(piece, text, from, end) == end;
    }

    private static int codePoint(byte[] text, int start, int end) {
        int first = text[start];
        if (end - start == 1) {
            return first;
        }
        int value = first & (0x7F >> (end - start));
        for (int i = start + 1; i < end; i++) {
            value = (value << 6) | (text[i] & 0x3F);
        }
        return value;
    }
}
