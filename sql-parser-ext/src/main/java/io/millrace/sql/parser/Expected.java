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

    private static final int WORDS_MAX = 8;

    private static final SqlAbstractParserImpl.Metadata WORDS =
            new MillraceParserImpl(new StringReader("")).getMetadata();

    private static final Set<String> OPERATORS = Set.of(
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "=",
            "<",
            ">",
            "<=",
            ">=",
            "<>",
            "!=",
            "AND",
            "OR",
            "NOT",
            "IN",
            "IS",
            "BETWEEN",
            "LIKE",
            "ILIKE",
            "RLIKE",
            "SIMILAR",
            "~",
            "!",
            "::",
            "[",
            "OVERLAPS",
            "CONTAINS",
            "EQUALS",
            "PRECEDES",
            "SUCCEEDS",
            "IMMEDIATELY",
            "MULTISET",
            "MEMBER",
            "SUBMULTISET",
            "COLLATE",
            "OPERATOR",
            "FORMAT",
            "&",
            "|",
            "^",
            "<<",
            ">>",
            ":",
            ".",
            "<=>",
            "->",
            "..");

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

    Token found() {
        return found;
    }

    /** Returns a short list for people: words close to the one found first. */
    List<String> words() {
        Set<String> words = new LinkedHashSet<>();
        boolean names = images.contains("<IDENTIFIER>");
        boolean expressions = names && images.contains("<UNSIGNED_INTEGER_LITERAL>");
        boolean operators = images.contains("+") && images.contains("||");
        for (String image : images) {
            if ((operators && OPERATORS.contains(image)) || (expressions && startsExpression(image))) {
                continue;
            }
            add(words, image, names);
        }
        if (expressions) {
            words.add("an expression");
        }
        if (operators) {
            words.add("an operator");
        }
        return ordered(words);
    }

    private static void add(Set<String> words, String image, boolean names) {
        switch (image) {
            case "<IDENTIFIER>" -> words.add("a name");
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

    private static boolean startsExpression(String image) {
        if (image.equals("(") || image.equals("+") || image.equals("-") || image.equals("?")) {
            return true;
        }
        if (image.startsWith("{") || (image.startsWith("<") && !image.equals("<EOF>"))) {
            return true;
        }
        return WORDS.isReservedFunctionName(image) || EXPRESSION_WORDS.contains(image);
    }

    private static final Set<String> EXPRESSION_WORDS = Set.of(
            "ARRAY",
            "CASE",
            "CAST",
            "CURRENT",
            "CURSOR",
            "DATE",
            "DATETIME",
            "EXISTS",
            "FALSE",
            "INTERVAL",
            "MAP",
            "MULTISET",
            "NEW",
            "NEXT",
            "NOT",
            "NULL",
            "PERIOD",
            "ROW",
            "SPECIFIC",
            "TIME",
            "TIMESTAMP",
            "TRUE",
            "UNIQUE",
            "UNKNOWN",
            "UUID",
            "CONVERT",
            "EXTRACT",
            "FLOOR",
            "CEIL",
            "CEILING",
            "POSITION",
            "SUBSTRING",
            "TRANSLATE",
            "TRIM",
            "OVERLAY",
            "GROUPING",
            "JSON_ARRAY",
            "JSON_OBJECT",
            "JSON_ARRAYAGG",
            "JSON_OBJECTAGG",
            "CLASSIFIER",
            "MATCH_NUMBER",
            "RUNNING",
            "FINAL",
            "PREV",
            "LEFT",
            "RIGHT",
            "TRUNCATE",
            "SAFE_CAST",
            "TRY_CAST",
            "PERCENTILE_CONT",
            "PERCENTILE_DISC",
            "$");

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
        if (keyword && given.length() > 2 && distance(given, word) <= 2) {
            return 0;
        }
        return keyword ? 2 : 1;
    }

    /** Returns how many letters must be put in, taken out or changed to make one word the other. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
