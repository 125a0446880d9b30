package io.millrace.connector.azure;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a block, as the package page has it. All are of one length, as Azure wants the blocks of a blob.
 *
 * @param upload sixteen hex digits, of one attempt to write a file
 * @param kind what it says of the upload
 * @param index its place in the file, from 0
 */
record BlockName(String upload, Kind kind, int index) {

    /** Most blocks that Azure takes for a blob. */
    static final int INDEX_MAX = 49_999;

    private static final Pattern TEXT = Pattern.compile("millrace\\.([0-9a-f]{16})\\.([pzex])\\.(\\d{5})");

    /** What a block is. */
    enum Kind {
        PART('p'),
        LAST('z'),
        EMPTY('e'),
        DROPPED('x');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of block is '" + letter + "'");
        }
    }

    /** Returns the name as Azure has it. */
    String encoded() {
        String text = String.format(Locale.ROOT, "millrace.%s.%c.%05d", upload, kind.letter, index);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads a name, or returns null where somebody else has given it. */
    static @Nullable BlockName of(String encoded) {
        try {
            Matcher text = TEXT.matcher(new String(Base64.getDecoder().decode(encoded), StandardCharsets.ISO_8859_1));
            return text.matches()
                    ? new BlockName(text.group(1), Kind.of(text.group(2).charAt(0)), Integer.parseInt(text.group(3)))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
