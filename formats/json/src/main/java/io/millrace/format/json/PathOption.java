package io.millrace.format.json;

import io.millrace.spi.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of {@code path.COLUMN = '$.a.b[0]'}: keys as strings, places in arrays as integers. */
final class PathOption {

    static final String PREFIX = "path.";

    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]]+)|\\[(\\d{1,9})]|\\['([^']+)']");

    private PathOption() {}

    static List<Object> parse(String name, String path) {
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 1;
        while (path.startsWith("$")
                && at < path.length()
                && step.region(at, path.length()).lookingAt()) {
            if (step.group(2) != null) {
                steps.add(Integer.valueOf(step.group(2)));
            } else {
                steps.add(step.group(1) != null ? step.group(1) : step.group(3));
            }
            at = step.end();
        }
        if (steps.isEmpty() || at < path.length() || steps.get(0) instanceof Integer) {
            throw Options.invalid(name, path, "a path such as '$.properties.place' or '$.coordinates[0]'");
        }
        return steps;
    }
}
