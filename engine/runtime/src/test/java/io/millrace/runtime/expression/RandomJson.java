package io.millrace.runtime.expression;

import java.util.Random;

/** JSON texts of few names and values, and some that are almost JSON. */
final class RandomJson {

    private static final String[] NAMES = {"a", "b", "é", "a b", "\\u0061", "\\\"", "0"};
    private static final String[] SCALARS = {
        "1",
        "-0",
        "1.50",
        "2e5",
        "3E-07",
        "true",
        "false",
        "null",
        "\"\"",
        "\"x\"",
        "\"é😀\"",
        "\"\\u00e9\\n\\\\\"",
        "\"\\ud83d\\ude00\"",
        "123456789012345678901234567890"
    };
    private static final String[] FAULTS = {
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "NaN",
        "tru",
        "nulls",
        "'x'",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "",
        ",",
        "{a: 1}",
        "[1,]",
        "{\"a\":1,}",
        "/* */ 1",
        "[1 2]",
        "\"",
        "1 x",
        "\ufeff1",
        "\u00001"
    };
    private static final String[] SPACES = {"", "", "", " ", "\n\t ", "\r"};

    private final Random random;

    RandomJson(Random random) {
        this.random = random;
    }

    /** Returns a text, one in four of which is no JSON, or may be none. */
    String text() {
        String json = value(4);
        int at = json.isEmpty() ? 0 : random.nextInt(json.length());
        return switch (random.nextInt(12)) {
            case 0 -> json.substring(0, at);
            case 1 -> json.substring(0, at) + one(FAULTS) + json.substring(at);
            case 2 -> json.substring(0, at) + json.substring(Math.min(json.length(), at + 1));
            default -> json;
        };
    }

    private String value(int depth) {
        return one(SPACES) + bare(depth) + one(SPACES);
    }

    private String bare(int depth) {
        int kind = random.nextInt(depth > 0 ? 6 : 2);
        if (kind < 2) {
            return random.nextInt(80) == 0 ? one(FAULTS) : one(SCALARS);
        }
        StringBuilder out = new StringBuilder(kind < 4 ? "[" : "{");
        for (int i = random.nextInt(4); i > 0; i--) {
            if (kind >= 4) {
                out.append(one(SPACES) + '"' + one(NAMES) + '"' + one(SPACES) + ":");
            }
            out.append(value(depth - 1)).append(i > 1 ? "," : "");
        }
        return out.append(one(SPACES)).append(kind < 4 ? "]" : "}").toString();
    }

    private String one(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
