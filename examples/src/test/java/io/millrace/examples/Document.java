package io.millrace.examples;

import io.millrace.testing.tidy.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown file: its fenced blocks and its tables of expressions, and what they should say instead. */
final class Document {

    private static final String FENCE = "```";

    /** A table's header: expressions, perhaps over a stream, and their values. */
    private static final Pattern EXPRESSIONS = Pattern.compile("\\| expression(?: over `(\\w+)`)? +\\| value .*");

    private static final Pattern CELL_END = Pattern.compile("(?<!\\\\)\\|");
    private static final Pattern CODE = Pattern.compile("`` (.*) ``|`(.*)`");

    private final Path file;
    private final List<String> lines;
    private final List<Part> parts = new ArrayList<>();
    private final TreeMap<Integer, Replacement> replacements = new TreeMap<>();

    /** Something in the document that can be run or compared. Lines count from 0. */
    sealed interface Part {
        int line();
    }

    /**
     * A fenced block.
     *
     * @param info what stands behind the opening fence
     * @param line line of the opening fence
     */
    record Block(String info, String text, int line) implements Part {}

    /**
     * A row of a table of expressions.
     *
     * @param from the stream it is over, empty for none
     */
    record Example(String expression, String value, String from, int line) implements Part {}

    private record Replacement(int end, List<String> lines) {}

    Document(Path file) {
        this.file = file;
        this.lines = ProjectFiles.text(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher header = EXPRESSIONS.matcher(lines.get(i));
            if (lines.get(i).startsWith(FENCE)) {
                i = addBlock(i);
            } else if (header.matches()) {
                i = addExamples(i + 2, header.group(1) == null ? "" : header.group(1));
            }
        }
    }

    private int addBlock(int start) {
        int end = start + 1;
        while (!lines.get(end).startsWith(FENCE)) {
            end++;
        }
        String info = lines.get(start).substring(FENCE.length()).strip();
        parts.add(new Block(info, String.join("\n", lines.subList(start + 1, end)), start));
        return end;
    }

    private int addExamples(int start, String from) {
        int line = start;
        while (line < lines.size() && lines.get(line).startsWith("|")) {
            String[] cells = CELL_END.split(lines.get(line), -1);
            parts.add(new Example(code(cells[1]), code(cells[2]), from, line));
            line++;
        }
        return line - 1;
    }

    private static String code(String cell) {
        Matcher code = CODE.matcher(cell.strip());
        if (!code.matches()) {
            return "";
        }
        return (code.group(1) == null ? code.group(2) : code.group(1)).replace("\\|", "|");
    }

    List<Part> parts() {
        return parts;
    }

    Path file() {
        return file;
    }

    /** Returns where a part is, as editors know it. */
    String place(Part part) {
        return file.getFileName() + ":" + (part.line() + 1);
    }

    void replace(Block block, String text) {
        int end = block.line() + 1 + (int) block.text().lines().count();
        replacements.put(block.line() + 1, new Replacement(end, text.lines().toList()));
    }

    void replace(Example example, String value) {
        String[] cells = CELL_END.split(lines.get(example.line()), -1);
        cells[2] = " `" + value.replace("|", "\\|") + "` ";
        replacements.put(example.line(), new Replacement(example.line() + 1, List.of(String.join("|", cells))));
    }

    /** Writes the file anew, with what was replaced. */
    void save() {
        if (replacements.isEmpty()) {
            return;
        }
        List<String> result = new ArrayList<>(lines);
        replacements.descendingMap().forEach((start, replacement) -> {
            List<String> old = result.subList(start, replacement.end());
            old.clear();
            old.addAll(replacement.lines());
        });
        try {
            Files.writeString(file, String.join("\n", result) + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
