package io.millrace.sql.lower;

import io.millrace.plan.expression.NameStyle;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's patterns for times, as java.time writes them. */
public final class PostgresPattern {

    /** Longer ones first. */
    private static final List<Map.Entry<String, String>> LETTERS = List.of(
            Map.entry("MONTH", "MMMM"),
            Map.entry("YYYY", "uuuu"),
            Map.entry("HH24", "HH"),
            Map.entry("HH12", "hh"),
            Map.entry("MON", "MMM"),
            Map.entry("DAY", "EEEE"),
            Map.entry("DDD", "DDD"),
            Map.entry("YY", "uu"),
            Map.entry("MM", "MM"),
            Map.entry("DD", "dd"),
            Map.entry("DY", "EEE"),
            Map.entry("HH", "hh"),
            Map.entry("MI", "mm"),
            Map.entry("SS", "ss"),
            Map.entry("MS", "SSS"),
            Map.entry("US", "SSSSSS"),
            Map.entry("AM", "a"),
            Map.entry("PM", "a"),
            Map.entry("Q", "Q"));

    /** What PostgreSQL has and java.time's letters do not say; better refused than written as it stands. */
    private static final List<String> UNKNOWN = List.of(
            "IYYY", "IDDD", "SSSS", "IYY", "TZH", "TZM", "CC", "FX", "ID", "IW", "IY", "OF", "RM", "TM", "TZ", "WW",
            "D", "J", "W", "Y");

    /** Of numbers alone; elsewhere the letters are text. */
    private static final String ORDINAL = "TH";

    /** What means something in patterns of java.time beside letters. */
    private static final String RESERVED = "'[]{}#";

    private PostgresPattern() {}

    /**
     * A piece of a pattern.
     *
     * @param java as java.time writes it
     * @param number whether it is digits of a fixed count
     * @param style marks of {@link NameStyle} for how a name is written
     * @param text what stands for itself, or null where letters are
     */
    private record Piece(
            String java,
            boolean number,
            String style,
            @Nullable String text) {

        static Piece ofText(String text) {
            return new Piece(quoted(text), false, "", text);
        }

        /** Returns it with as many digits as there are. */
        Piece plain() {
            return number && !java.startsWith("u") && !java.startsWith("S")
                    ? new Piece(java.substring(0, 1), true, "", null)
                    : this;
        }
    }

    /**
     * Returns the pattern in java.time's letters, to write times by; what is no pattern letter stands for itself.
     *
     * @throws MillraceException where it has letters that PostgreSQL knows and java.time does not
     */
    public static String toJava(String pattern) {
        StringBuilder java = new StringBuilder();
        pieces(pattern).forEach(piece -> java.append(piece.style()).append(piece.java()));
        return java.toString();
    }

    /**
     * Returns the pattern to read times by: as in PostgreSQL, a number may have fewer digits where none follows or goes
     * before at once.
     */
    public static String toJavaForReading(String pattern) {
        List<Piece> pieces = pieces(pattern);
        StringBuilder java = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            boolean beside = (i > 0 && pieces.get(i - 1).number())
                    || (i + 1 < pieces.size() && pieces.get(i + 1).number());
            java.append((beside ? pieces.get(i) : pieces.get(i).plain()).java());
        }
        return java.toString();
    }

    private static List<Piece> pieces(String pattern) {
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < pattern.length()) {
            boolean filled = !pattern.regionMatches(true, at, "FM", 0, 2);
            at += filled ? 0 : 2;
            Map.Entry<String, String> letters = lettersAt(pattern, at);
            if (letters != null) {
                Piece piece = new Piece(
                        letters.getValue(),
                        !"EMa".contains(letters.getValue().substring(0, 1))
                                || letters.getKey().equals("MM"),
                        style(letters.getKey(), pattern.substring(at), filled),
                        null);
                pieces.add(filled ? piece : piece.plain());
                at += letters.getKey().length();
            } else if (at < pattern.length() && pattern.charAt(at) == '"') {
                int end = pattern.indexOf('"', at + 1);
                int stop = end < 0 ? pattern.length() : end;
                addText(pieces, pattern.substring(at + 1, stop));
                at = stop + 1;
            } else if (at < pattern.length()) {
                known(pattern, at, !pieces.isEmpty() && pieces.getLast().number());
                addText(pieces, pattern.substring(at, at + 1));
                at++;
            }
        }
        return pieces;
    }

    /** Texts side by side are one: between two quoted ones java.time reads a quote. */
    private static void addText(List<Piece> pieces, String text) {
        String before = pieces.isEmpty() ? null : pieces.getLast().text();
        if (before == null) {
            pieces.add(Piece.ofText(text));
        } else {
            pieces.set(pieces.size() - 1, Piece.ofText(before + text));
        }
    }

    /** A name is written in the case that its letters have, and a long one filled up with blanks. */
    private static String style(String letters, String written, boolean filled) {
        boolean halfOfDay = letters.equals("AM") || letters.equals("PM");
        boolean name = letters.equals("MON") || letters.equals("DY");
        boolean longName = letters.equals("MONTH") || letters.equals("DAY");
        if (!(halfOfDay || name || longName)) {
            return "";
        }
        String text = written.substring(0, letters.length());
        String style = "";
        if (text.equals(letters.toLowerCase(Locale.ROOT))) {
            style += NameStyle.SMALL;
        } else if (text.equals(letters) && !halfOfDay) {
            style += NameStyle.CAPITAL;
        }
        return longName && filled ? style + NameStyle.FILLED : style;
    }

    private static void known(String pattern, int at, boolean behindNumber) {
        if (behindNumber && pattern.regionMatches(true, at, ORDINAL, 0, ORDINAL.length())) {
            throw unsupported(ORDINAL, pattern);
        }
        for (String letters : UNKNOWN) {
            if (pattern.regionMatches(true, at, letters, 0, letters.length())) {
                throw unsupported(letters, pattern);
            }
        }
    }

    private static MillraceException unsupported(String letters, String pattern) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "'" + letters + "' in the pattern '" + pattern + "' is not supported",
                "put text into double quotes; DATE_FORMAT and EXTRACT may have what is meant");
    }

    private static Map.@Nullable Entry<String, String> lettersAt(String pattern, int at) {
        for (Map.Entry<String, String> letters : LETTERS) {
            if (pattern.regionMatches(
                    true, at, letters.getKey(), 0, letters.getKey().length())) {
                return letters;
            }
        }
        return null;
    }

    private static String quoted(String text) {
        return text.chars().anyMatch(letter -> Character.isLetter(letter) || RESERVED.indexOf(letter) >= 0)
                ? "'" + text.replace("'", "''") + "'"
                : text;
    }
}
