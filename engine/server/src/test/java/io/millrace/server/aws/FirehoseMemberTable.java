package io.millrace.server.aws;

import io.millrace.testing.tidy.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables of {@code docs/reference/firehose-api.md}. */
final class FirehoseMemberTable {

    private static final Pattern ROW = Pattern.compile("\\| (`.*`) \\| (served|refused|no effect) \\| (.*)");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /**
     * What a row says of members.
     *
     * @param pattern a member, or a structure with {@code .*} behind it
     */
    record Row(String pattern, String fate, String reason) {

        boolean has(String member) {
            return pattern.endsWith(".*")
                    ? member.startsWith(pattern.substring(0, pattern.length() - 1))
                    : member.equals(pattern);
        }
    }

    private FirehoseMemberTable() {}

    static List<Row> read() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ProjectFiles.find().root().resolve("docs/reference/firehose-api.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                NAME.matcher(row.group(1))
                        .results()
                        .forEach(name -> rows.add(new Row(
                                name.group(1),
                                row.group(2),
                                row.group(3).replaceFirst(" *\\|$", "").strip())));
            }
        }
        return rows;
    }
}
