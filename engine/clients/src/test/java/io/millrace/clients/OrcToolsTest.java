package io.millrace.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tools of ORC print our files; what they print in a form of JSON that says the value is compared, Spark compares all. */
@Tag("slow")
@Timeout(900)
final class OrcToolsTest {

    private static final List<String> COMPARED = List.of("id", "flag", "small", "whole", "name", "place", "numbers");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final long seed = Long.getLong("seed", 1);

    @TempDir
    private Path directory;

    @Test
    void orcToolsPrintsOurRows() throws Exception {
        String libraries = MavenLibraries.require("orc-tools", "org.apache.orc:orc-tools:2.1.2:uber");
        long next = seed;
        for (Map<String, String> options : SampleFiles.orcOptions()) {
            RowBatch rows = SampleFiles.rows(next++);
            Path file = SampleFiles.orc(directory, rows, options);
            assertThat(printed(List.of("-cp", libraries, "org.apache.orc.tools.Driver", "data", file.toString())))
                    .as("%s, seed %d", options, next - 1)
                    .isEqualTo(given(rows));
        }
    }

    private static List<String> given(RowBatch rows) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.selectedCount(); i++) {
            List<@Nullable Object> values = JavaValues.row(rows, i);
            List<@Nullable Object> some = new ArrayList<>();
            COMPARED.forEach(name -> some.add(city(values.get(SampleFiles.TYPE.indexOf(name)), name)));
            lines.add(ValueText.of(some));
        }
        return lines;
    }

    /** Of the nested row, its text alone. */
    private static @Nullable Object city(@Nullable Object value, String name) {
        return name.equals("place") && value != null ? ((List<?>) value).getFirst() : value;
    }

    /** Returns the rows among the lines that a program of Java prints. */
    private static List<String> printed(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(JavaHome.between(17, 21), "-Xmx500m"));
        command.addAll(arguments);
        List<String> lines = new ArrayList<>();
        String output = Program.of(command.toArray(String[]::new)).within(120).run();
        for (String line : output.split("\n", -1)) {
            if (line.startsWith("{")) {
                lines.add(text(JSON.readTree(line)));
            }
        }
        return lines;
    }

    private static String text(JsonNode row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (String name : COMPARED) {
            JsonNode value = row.path(name);
            values.add(value(name.equals("place") ? value.path("city") : value));
        }
        return ValueText.of(values);
    }

    /** What the tools leave out is NULL. */
    private static @Nullable Object value(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (node.isArray()) {
            List<@Nullable Object> elements = new ArrayList<>();
            node.forEach(element -> elements.add(value(element)));
            return elements;
        }
        return node.isTextual() ? node.textValue() : node.isBoolean() ? node.booleanValue() : (Object) node.longValue();
    }
}
