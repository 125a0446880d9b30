package io.millrace.sql.parser;

import io.millrace.sql.parser.generated.MillraceParserImpl;
import io.millrace.sql.parser.generated.MillraceParserImplConstants;
import io.millrace.sql.parser.generated.ParseException;
import io.millrace.sql.parser.generated.Token;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.jspecify.annotations.Nullable;

/**
 * What could have stood where a statement went wrong.
 *
 * <p>JavaCC lists every token its automaton could have taken, often two hundred. Where a name could stand, all
 * unreserved words could; where an expression could, all functions and literals; after one, all operators. Such crowds
 * become one entry each.
 */
final class Expected {

    /** The kind of the token after the last. */
    static final int END = 0;

    /** What the list says where a name could stand. */
    static final String NAME = "a name";

    /** What the list says where an expression could stand. */
    static final String EXPRESSION = "an expression";

    private static final int WORDS_MAX = 8;

    static final SqlAbstractParserImpl.Metadata WORDS = new MillraceParserImpl(new StringReader("")).getMetadata();

    private final Token found;
    private final Set<String> images;

    private Expected(Token found, Set<String> images) {
        this.found = found;
        this.images = images;
    }

    /** Follows the sequences that could have come as far as they agree with what came. */
    static Expected of(ParseException exception) {
        Token found = exception.currentToken.next;
        int depth = 0;
        for (int[] sequence : exception.expectedTokenSequences) {
            depth = Math.max(depth, agreement(sequence, exception.currentToken.next));
        }
        Set<String> images = new LinkedHashSet<>();
        for (int[] sequence : exception.expectedTokenSequences) {
            if (depth < sequence.length && agreement(sequence, exception.currentToken.next) == depth) {
                images.add(image(sequence[depth]));
            }
        }
        for (int i = 0; i < depth && found.next != null; i++) {
            found = found.next;
        }
        return new Expected(found, images);
    }

    /** Returns how many tokens of the sequence came, leaving out a sequence that came whole. */
    private static int agreement(int[] sequence, Token first) {
        int agreed = 0;
        Token token = first;
        while (agreed < sequence.length && token != null && token.kind == sequence[agreed]) {
            agreed++;
            token = token.next;
        }
        return agreed == sequence.length || token == null ? 0 : agreed;
    }

    private static String image(int kind) {
        String image = MillraceParserImplConstants.tokenImage[kind];
        return image.startsWith("\"") ? image.substring(1, image.length() - 1) : image;
    }

    /**
     * Returns the keyword that the word before the wrong one probably was to be: {@code FORM t} reads as a name and goes
     * wrong only after it.
     */
    @Nullable
    String misspelt(Token before) {
        if (before.kind != MillraceParserImplConstants.IDENTIFIER) {
            return null;
        }
        return Spelling.closest(before.image.toUpperCase(Locale.ROOT), ExpressionWords.CLAUSES);
    }

    Token found() {
        return found;
    }

    /** Returns a short list for people: words close to the one found first. */
    List<String> words() {
        Set<String> words = new LinkedHashSet<>();
        boolean names = images.contains("<IDENTIFIER>");
        boolean expressions = expressions(names);
        boolean operators = images.contains("+") && images.contains("||");
        for (String image : images) {
            if ((operators && ExpressionWords.OPERATORS.contains(image))
                    || (expressions && ExpressionWords.starts(image))) {
                continue;
            }
            add(words, image, names);
        }
        if (expressions) {
            words.add(EXPRESSION);
        }
        if (operators) {
            words.add("an operator");
        }
        return ordered(words);
    }

    /** JavaCC lists but a part of what starts an expression where it has looked more than one token ahead. */
    private boolean expressions(boolean names) {
        return (names && images.contains("<UNSIGNED_INTEGER_LITERAL>"))
                || images.containsAll(Set.of("(", "EXISTS", "CURSOR"))
                || images.equals(Set.of("*"));
    }

    private static void add(Set<String> words, String image, boolean names) {
        switch (image) {
            case "<IDENTIFIER>" -> words.add(NAME);
            case "<QUOTED_STRING>", "<PREFIXED_STRING_LITERAL>", "<UNICODE_STRING_LITERAL>" -> words.add("a text");
            case "<UNSIGNED_INTEGER_LITERAL>", "<DECIMAL_NUMERIC_LITERAL>", "<APPROX_NUMERIC_LITERAL>" ->
                words.add("a number");
            case "<EOF>" -> words.add("the end");
            default -> {
                if (!image.startsWith("<") || image.length() <= 2) {
                    addWord(words, image, names);
                }
            }
        }
    }

    private static void addWord(Set<String> words, String image, boolean names) {
        boolean word = Character.isLetter(image.charAt(0));
        if (!word) {
            words.add("'" + image + "'");
        } else if (!names || !WORDS.isNonReservedKeyword(image)) {
            words.add(image);
        }
    }

    private List<String> ordered(Set<String> words) {
        String given = found.image == null ? "" : found.image.toUpperCase(Locale.ROOT);
        List<String> ordered = new ArrayList<>(words);
        ordered.sort(Comparator.comparingInt(word -> closeness(given, word)));
        if (ordered.size() > WORDS_MAX) {
            ordered = new ArrayList<>(ordered.subList(0, WORDS_MAX));
            ordered.add("…");
        }
        return ordered;
    }

    /** Returns 0 for a word that is probably meant, then signs and phrases, then other words. */
    private static int closeness(String given, String word) {
        boolean keyword = Character.isUpperCase(word.charAt(0));
        if (keyword && given.length() > 2 && Spelling.distance(given, word) <= 2) {
            return 0;
        }
        return keyword ? 2 : 1;
    }
}
