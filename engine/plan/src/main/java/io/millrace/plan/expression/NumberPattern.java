package io.millrace.plan.expression;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.RowFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A pattern for numbers as PostgreSQL writes them in TO_CHAR and TO_NUMBER, taken apart. */
public final class NumberPattern {

    /** What a part of a pattern stands for. */
    public enum Kind {
        /** {@code 9}: a digit where there is one. */
        DIGIT,
        /** {@code 0}: a digit, 0 where there is none. */
        ZERO,
        /** {@code .} or {@code D}. */
        POINT,
        /** {@code ,} or {@code G}, between digits. */
        GROUP,
        /** {@code L}. */
        CURRENCY,
        /** {@code S}: plus or minus beside the digits. */
        SIGN,
        /** {@code MI}: a minus in this place. */
        MINUS,
        /** {@code PL}: a plus in this place. */
        PLUS,
        /** {@code SG}: plus or minus in this place. */
        PLUS_OR_MINUS,
        /** {@code PR}: angle brackets around what is negative. */
        BRACKETS,
        /** {@code RN}. */
        ROMAN,
        /** {@code TH}: the ending of an ordinal number. */
        ORDINAL,
        /** {@code V}: digits behind it are those that a power of ten brings before the point. */
        SHIFT,
        /** {@code EEEE}. */
        EXPONENT,
        /** {@code FM}: nothing is filled up. */
        UNFILLED,
        /** {@code B}, {@code C} and {@code SP}, which PostgreSQL reads and passes over. */
        NOTHING,
        /** What stands for itself. */
        LITERAL
    }

    /**
     * A part of a pattern.
     *
     * @param written what it was written as, or the text of a literal
     */
    public record Part(Kind kind, String written) {

        /** Returns whether it was written in small letters. */
        public boolean small() {
            return written.equals(written.toLowerCase(Locale.ROOT));
        }

        /** Returns whether a digit or the point stands there. */
        public boolean place() {
            return kind == Kind.DIGIT || kind == Kind.ZERO || kind == Kind.POINT;
        }
    }

    /** Longer ones first. */
    private static final List<Map.Entry<String, Kind>> LETTERS = List.of(
            Map.entry("EEEE", Kind.EXPONENT),
            Map.entry("FM", Kind.UNFILLED),
            Map.entry("MI", Kind.MINUS),
            Map.entry("PL", Kind.PLUS),
            Map.entry("PR", Kind.BRACKETS),
            Map.entry("RN", Kind.ROMAN),
            Map.entry("SG", Kind.PLUS_OR_MINUS),
            Map.entry("SP", Kind.NOTHING),
            Map.entry("TH", Kind.ORDINAL),
            Map.entry("S", Kind.SIGN),
            Map.entry("V", Kind.SHIFT),
            Map.entry("D", Kind.POINT),
            Map.entry("G", Kind.GROUP),
            Map.entry("L", Kind.CURRENCY),
            Map.entry("B", Kind.NOTHING),
            Map.entry("C", Kind.NOTHING),
            Map.entry("9", Kind.DIGIT),
            Map.entry("0", Kind.ZERO),
            Map.entry(".", Kind.POINT),
            Map.entry(",", Kind.GROUP));

    private static final Set<Kind> SIGNS = EnumSet.of(Kind.MINUS, Kind.PLUS, Kind.PLUS_OR_MINUS, Kind.BRACKETS);

    /** Most places of a pattern: more digits than any number has, and no more text than fits. */
    private static final int PLACES_MAX = 400;

    private final String text;
    private final List<Part> parts;
    private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    private int whole;
    private int fraction;
    private int shift;
    private int zeroFrom = -1;
    private int zeroUntil;
    private boolean signBehind;

    private NumberPattern(String text) {
        this.text = text;
        List<Part> found = new ArrayList<>();
        read(text, found);
        this.parts = Collections.unmodifiableList(found);
        found.forEach(this::add);
        signBehind |= has(Kind.SIGN) && signAt(found) == whole + shift;
    }

    /**
     * Takes a pattern apart.
     *
     * @throws RowFailure with {@code INVALID_ARGUMENT} where parts do not go together
     */
    public static NumberPattern of(String text) {
        return new NumberPattern(text);
    }

    /** Returns its parts in order. */
    public List<Part> parts() {
        return parts;
    }

    /** Returns whether it has a part of this kind. */
    public boolean has(Kind kind) {
        return kinds.contains(kind);
    }

    /** Returns how many digits stand before the point. */
    public int whole() {
        return whole;
    }

    /** Returns how many digits stand behind the point. */
    public int fraction() {
        return fraction;
    }

    /** Returns how many digits stand behind {@code V}. */
    public int shift() {
        return shift;
    }

    /** Returns the first place from which on there is a digit always, counted from 0, or -1 where there is none. */
    public int zeroFrom() {
        return zeroFrom;
    }

    /** Returns how many digits there are up to the last that is always there. */
    public int zeroUntil() {
        return zeroUntil;
    }

    /** Returns whether {@code S} stands behind all digits, and so does the sign. */
    public boolean signBehind() {
        return signBehind;
    }

    @Override
    public String toString() {
        return text;
    }

    private static void read(String text, List<Part> parts) {
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) == '"') {
                at = readQuoted(text, at + 1, parts);
                continue;
            }
            at += text.startsWith("\\\"", at) ? 1 : 0;
            Part part = partAt(text, at);
            parts.add(part);
            at += part.written().length();
        }
    }

    private static Part partAt(String text, int at) {
        for (Map.Entry<String, Kind> letters : LETTERS) {
            String name = letters.getKey();
            if (text.startsWith(name, at) || text.startsWith(name.toLowerCase(Locale.ROOT), at)) {
                return new Part(letters.getValue(), text.substring(at, at + name.length()));
            }
        }
        return new Part(Kind.LITERAL, text.substring(at, text.offsetByCodePoints(at, 1)));
    }

    /** A backslash within quotes takes the next character as it is. */
    private static int readQuoted(String text, int start, List<Part> parts) {
        int at = start;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            int end = text.offsetByCodePoints(at, 1);
            parts.add(new Part(Kind.LITERAL, text.substring(at, end)));
            at = end;
        }
        return at + 1;
    }

    private int signAt(List<Part> found) {
        int digits = 0;
        for (Part part : found) {
            if (part.kind() == Kind.SIGN) {
                return digits;
            }
            digits += part.kind() == Kind.DIGIT || part.kind() == Kind.ZERO ? 1 : 0;
        }
        return digits;
    }

    private void add(Part part) {
        Kind kind = part.kind();
        if (has(Kind.EXPONENT) && kind != Kind.LITERAL) {
            throw invalid("\"EEEE\" must be the last of");
        }
        switch (kind) {
            case DIGIT, ZERO -> digit(kind);
            case POINT -> {
                require(!has(Kind.POINT), "there are several decimal points in");
                require(!has(Kind.SHIFT), "\"V\" and a decimal point are together in");
            }
            case SHIFT -> require(!has(Kind.POINT), "\"V\" and a decimal point are together in");
            case SIGN -> {
                require(!has(Kind.SIGN), "\"S\" is twice in");
                require(Collections.disjoint(kinds, SIGNS), "\"S\" is beside \"PL\", \"MI\", \"SG\" or \"PR\" in");
                signBehind = has(Kind.POINT);
            }
            case MINUS, PLUS, PLUS_OR_MINUS -> require(!has(Kind.SIGN), "\"S\" is beside another sign in");
            case BRACKETS ->
                require(
                        !has(Kind.SIGN) && !has(Kind.MINUS) && !has(Kind.PLUS) && !has(Kind.PLUS_OR_MINUS),
                        "\"PR\" is beside another sign in");
            case EXPONENT ->
                require(
                        Collections.disjoint(kinds, SIGNS)
                                && !has(Kind.SIGN)
                                && !has(Kind.UNFILLED)
                                && !has(Kind.ROMAN)
                                && !has(Kind.SHIFT),
                        "\"EEEE\" does not go with the rest of");
            default -> {}
        }
        kinds.add(kind);
    }

    private void digit(Kind kind) {
        require(!has(Kind.BRACKETS), "a digit is behind \"PR\" in");
        if (has(Kind.SHIFT)) {
            shift += kind == Kind.DIGIT ? 1 : 0;
            whole += kind == Kind.ZERO ? 1 : 0;
        } else if (has(Kind.POINT)) {
            fraction++;
        } else {
            whole++;
        }
        if (kind == Kind.ZERO) {
            if (zeroFrom < 0 && !has(Kind.POINT)) {
                zeroFrom = whole - 1;
            }
            zeroUntil = whole + fraction;
        }
        require(whole + fraction + shift <= PLACES_MAX, "there are more than " + PLACES_MAX + " digits in");
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw invalid(otherwise);
        }
    }

    private RowFailure invalid(String what) {
        String shown = text.length() <= PLACES_MAX ? text : text.substring(0, PLACES_MAX) + "…";
        return new RowFailure(ErrorCode.INVALID_ARGUMENT, what + " the pattern '" + shown + "'");
    }
}
