package io.millrace.jdbc;

import java.util.Map;

/** JDBC's functions whose names are others in SQL. */
final class FunctionNames {

    private static final Map<String, String> SQL = Map.of(
            "ucase", "UPPER",
            "lcase", "LOWER",
            "length", "CHAR_LENGTH",
            "character_length", "CHAR_LENGTH",
            "ceiling", "CEIL",
            "log", "LN");

    private FunctionNames() {}

    static String translate(String name) {
        return SQL.getOrDefault(name, name.toUpperCase(java.util.Locale.ROOT));
    }

    static String numeric() {
        return "ABS,ACOS,ASIN,ATAN,ATAN2,CEILING,COS,COT,DEGREES,EXP,FLOOR,LOG,LOG10,MOD,PI,POWER,RADIANS,RAND,ROUND,"
                + "SIGN,SIN,SQRT,TAN,TRUNCATE";
    }

    static String text() {
        return "ASCII,CHAR_LENGTH,CHARACTER_LENGTH,CONCAT,LCASE,LENGTH,LTRIM,OCTET_LENGTH,POSITION,REPLACE,RTRIM,"
                + "SUBSTRING,UCASE";
    }

    static String system() {
        return "USER";
    }

    static String time() {
        return "CURRENT_DATE,CURRENT_TIME,CURRENT_TIMESTAMP,EXTRACT,TIMESTAMPADD,TIMESTAMPDIFF";
    }
}
