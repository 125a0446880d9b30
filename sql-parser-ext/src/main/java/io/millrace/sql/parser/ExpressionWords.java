package io.millrace.sql.parser;

import java.util.List;
import java.util.Set;

/** Words and signs that a list of what was expected names by what they make, not one by one. */
final class ExpressionWords {

    /** What may come after an expression and goes on with it. */
    static final Set<String> OPERATORS = Set.of(
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
            "#",
            "@>",
            "<@",
            "&&",
            ":",
            ".",
            "<=>",
            "->",
            "..");

    /** Keywords that come after a place where a name may stand. */
    static final List<String> CLAUSES = List.of(
            "FROM",
            "WHERE",
            "GROUP",
            "HAVING",
            "ORDER",
            "WINDOW",
            "LIMIT",
            "OFFSET",
            "UNION",
            "JOIN",
            "INNER",
            "LEFT",
            "VALUES",
            "SELECT",
            "INSERT",
            "STREAM",
            "WATERMARK",
            "DESCRIPTION",
            "WITH");

    /** Words that statements begin with. */
    static final List<String> STATEMENTS = List.of(
            "SELECT",
            "INSERT",
            "CREATE",
            "DROP",
            "ALTER",
            "SHOW",
            "DESCRIBE",
            "EXPLAIN",
            "SET",
            "RESET",
            "VALUES",
            "WITH");

    private static final Set<String> SIGNS = Set.of("(", "+", "-", "?", "*", "$", "~", "@", "|/", "||/");

    private static final Set<String> STARTS = Set.of(
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
            "PERCENTILE_DISC");

    private ExpressionWords() {}

    /** Returns whether an expression may start with the token. */
    static boolean starts(String image) {
        return SIGNS.contains(image)
                || image.startsWith("{")
                || (image.startsWith("<") && !image.equals("<EOF>"))
                || STARTS.contains(image)
                || Expected.WORDS.isReservedFunctionName(image);
    }
}
