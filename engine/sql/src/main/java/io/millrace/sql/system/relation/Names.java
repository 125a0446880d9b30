package io.millrace.sql.system.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as SQL writes them. */
public final class Names {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");
    private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")*)\"|([^.\"]+)");

    private Names() {}

    /** Returns the name, in double quotes where PostgreSQL would need them. */
    public static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Returns the parts of {@code schema."Name"}, without quotes; the text itself where it is no name. */
    public static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(text);
        while (matcher.find()) {
            String bare = matcher.group(2);
            parts.add(bare != null ? bare.strip() : matcher.group(1).replace("\"\"", "\""));
        }
        return parts.isEmpty() ? List.of(text) : parts;
    }
}
