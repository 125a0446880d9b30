package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.connector.DeliveredEnds;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What a writer has to know of a table at a version.
 *
 * @param version number of the newest entry
 * @param protocol the action of this name that holds
 * @param metadata the action that describes the table
 * @param transactions by application, the version it has noted
 * @param digest of the newest entry's content, by which a table that was made anew is told from this one; empty where a
 *     checkpoint has the entry alone
 */
record TableState(long version, JsonNode protocol, JsonNode metadata, Map<String, Long> transactions, String digest) {

    private static final String KEYS = "millrace/";

    TableState {
        transactions = Map.copyOf(transactions);
    }

    /** Returns the application that counts the lives of a delivery's writers. */
    static String writer(String identity) {
        return KEYS + identity;
    }

    /** Returns the application that says how far the table has a split. */
    static String split(String identity, String split) {
        return KEYS + identity + "/" + split;
    }

    /** Returns which of a delivery's lives has written last, 0 where none has. */
    long lives(String identity) {
        return transactions.getOrDefault(writer(identity), 0L);
    }

    /** Returns how far the table has a delivery's rows. */
    DeliveredEnds ends(String identity) {
        String prefix = split(identity, "");
        Map<String, Long> ends = new HashMap<>();
        transactions.forEach((application, version) -> {
            if (application.startsWith(prefix)) {
                ends.put(application.substring(prefix.length()), version);
            }
        });
        return new DeliveredEnds(ends);
    }

    /** Returns the table's columns, as a {@code struct}. */
    ObjectNode schema() {
        String text = metadata.path("schemaString").asText("");
        if (Json.read(text) instanceof ObjectNode schema) {
            return schema;
        }
        throw new MillraceException(ErrorCode.DATA_CORRUPTED, "the table's columns cannot be read: " + text);
    }

    List<String> partitionColumns() {
        return StreamSupport.stream(metadata.path("partitionColumns").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** Returns a property of the table, empty where it is not set. */
    String property(String name) {
        return metadata.path("configuration").path(name).asText("");
    }
}
