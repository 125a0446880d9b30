package io.millrace.server.slt;

import java.util.ArrayList;
import java.util.List;

/**
 * A script: steps with empty lines between them. Lines that start with {@code #} are for the reader.
 *
 * <pre>
 *   statement ok              query [sorted] [types]  stream NAME            insert STREAM      crash
 *   CREATE STREAM …           SELECT …                SELECT STREAM …        (1, 'a')
 *                             ----                                           (2, 'b')           watermark STREAM TIME
 *   statement error PATTERN   1|a                     expect NAME
 *   SELECT …                                          +1 a|2                 file NAME          clock TIME
 *                                                                            line                jar NAME
 *                                                                                                class …
 *   database URL
 *   statement of that database
 * </pre>
 *
 * <p>{@code query sorted} sorts the answer's lines. {@code types}, such as {@code INTEGER, VARCHAR(3)}, are those of the
 * answer's columns; where a script is written anew, {@code types} itself is replaced by them. {@code expect} waits for
 * what the stream's rows add up to since the last time. {@code crash} ends the engine as if the machine had stopped;
 * streams that were open go on. {@code watermark} says that no earlier row comes into a stream without WATERMARK, as a
 * pump does that writes it. {@code file} makes a file, and {@code jar} one of a
 * class in Java, in the directory {@code $DIR}, which statements name so. {@code database} has one with a JDBC driver
 * carry statements out.
 */
record ScriptFile(List<Step> steps) {

    private static final String ANSWER = "----";

    /**
     * One step.
     *
     * @param line where it starts, from 1
     * @param comments lines before it
     * @param head its first line
     * @param body its lines that are SQL or rows to insert
     * @param expected its lines that say what it answers
     */
    record Step(int line, List<String> comments, String head, List<String> body, List<String> expected) {

        String word(int place) {
            String[] words = head.split(" ");
            return place < words.length ? words[place] : "";
        }

        /** Returns what stands behind the first words of the head. */
        String rest(int words) {
            String[] parts = head.split(" ", words + 1);
            return parts.length > words ? parts[words] : "";
        }

        String sql() {
            return String.join("\n", body);
        }

        Step answering(List<String> answer) {
            return new Step(line, comments, head, body, List.copyOf(answer));
        }

        Step headed(String newHead) {
            return new Step(line, comments, newHead, body, expected);
        }

        private boolean divides() {
            return head.startsWith("query");
        }
    }

    static ScriptFile parse(List<String> lines) {
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            List<String> comments = new ArrayList<>();
            while (at < lines.size()
                    && (lines.get(at).isEmpty() || lines.get(at).startsWith("#"))) {
                comments.add(lines.get(at++));
            }
            int start = at;
            while (at < lines.size() && !lines.get(at).isEmpty()) {
                at++;
            }
            if (at > start) {
                steps.add(step(start, comments, lines.subList(start, at)));
            }
        }
        return new ScriptFile(steps);
    }

    private static Step step(int start, List<String> comments, List<String> lines) {
        String head = lines.getFirst();
        List<String> rest = lines.subList(1, lines.size());
        int answer = rest.indexOf(ANSWER);
        if (head.startsWith("expect")) {
            return new Step(start + 1, comments, head, List.of(), List.copyOf(rest));
        }
        return answer < 0
                ? new Step(start + 1, comments, head, List.copyOf(rest), List.of())
                : new Step(
                        start + 1,
                        comments,
                        head,
                        List.copyOf(rest.subList(0, answer)),
                        List.copyOf(rest.subList(answer + 1, rest.size())));
    }

    /** Returns the script's text. */
    String text() {
        List<String> lines = new ArrayList<>();
        for (Step step : steps) {
            lines.addAll(step.comments());
            lines.add(step.head());
            lines.addAll(step.body());
            if (step.divides()) {
                lines.add(ANSWER);
            }
            lines.addAll(step.expected());
        }
        return String.join("\n", lines) + "\n";
    }
}
