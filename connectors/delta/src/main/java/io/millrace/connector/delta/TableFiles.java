package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that a log's actions leave in a table, and those that were taken out. Kept as JSON, so that a table of very
 * many files takes a few hundred bytes for each. For one thread at a time.
 */
final class TableFiles {

    private final Map<String, byte[]> added = new LinkedHashMap<>();
    private final Map<String, byte[]> removed = new LinkedHashMap<>();

    void action(String kind, ObjectNode file) {
        String key = key(file);
        if (kind.equals("add")) {
            removed.remove(key);
            added.put(key, Json.bytes(file));
        } else {
            added.remove(key);
            removed.put(key, Json.bytes(file));
        }
    }

    /** A file may be there with some of its rows gone, and again with more of them. */
    private static String key(JsonNode file) {
        JsonNode deleted = file.path("deletionVector");
        String path = file.path("path").asText();
        return deleted.isObject()
                ? path
                        + '\n'
                        + deleted.path("storageType").asText()
                        + deleted.path("pathOrInlineDv").asText()
                        + '@'
                        + deleted.path("offset").asText()
                : path;
    }

    Iterable<byte[]> added() {
        return added.values();
    }

    Iterable<byte[]> removed() {
        return removed.values();
    }

    int count() {
        return added.size();
    }
}
