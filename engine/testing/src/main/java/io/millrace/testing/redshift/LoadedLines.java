package io.millrace.testing.redshift;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** The rows of a manifest's files, each as a line that PostgreSQL's {@code COPY} takes. */
final class LoadedLines {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Gives an object of the bucket by its URL. */
    @FunctionalInterface
    interface Bucket {
        byte[] read(String url) throws IOException;
    }

    private LoadedLines() {}

    static List<String> of(LoadRequest load, Bucket bucket) throws IOException {
        List<String> lines = new ArrayList<>();
        for (JsonNode entry : JSON.readTree(bucket.read(load.manifest())).get("entries")) {
            byte[] file = bucket.read(entry.get("url").asText());
            byte[] plain = load.has("GZIP") ? new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes() : file;
            lines.addAll(
                    load.has("JSON")
                            ? documents(plain, load.columnNames())
                            : new String(plain, StandardCharsets.UTF_8).lines().toList());
        }
        return lines;
    }

    /** Keys are columns' names; a document may end where the next begins. */
    private static List<String> documents(byte[] bytes, List<String> columns) throws IOException {
        List<String> lines = new ArrayList<>();
        try (MappingIterator<JsonNode> documents =
                JSON.readerFor(JsonNode.class).readValues(bytes)) {
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                lines.add(columns.stream()
                        .map(column -> cell(document.path(column)))
                        .collect(Collectors.joining("\t")));
            }
        }
        return lines;
    }

    private static String cell(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "\\N";
        }
        String text = value.isContainerNode()
                ? value.toString()
                : value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
