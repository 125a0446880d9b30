package io.millrace.clients;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a tool sends: statements by what they are for, in the order in which they are sent. */
record ToolStatements(Map<String, String> all) {

    private static final Pattern STATEMENT = Pattern.compile("(?ms)^-- # (.*?)\\n(.*?)(?=^-- # |\\z)");

    static ToolStatements of(String tool) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        try (InputStream in = ToolStatements.class.getResourceAsStream("introspection/" + tool + ".sql")) {
            String script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            Matcher statement = STATEMENT.matcher(script);
            while (statement.find()) {
                all.put(statement.group(1), statement.group(2).strip());
            }
        }
        return new ToolStatements(all);
    }

    /** Returns the statement for this. */
    String get(String purpose) {
        return Objects.requireNonNull(all.get(purpose), purpose);
    }
}
