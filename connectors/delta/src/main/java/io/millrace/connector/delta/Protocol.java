package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a table asks of those who read and write it. */
final class Protocol {

    static final String WALL_CLOCKS = "timestampNtz";

    private static final int READER_WITH_FEATURES = 3;
    private static final int WRITER_WITH_FEATURES = 7;
    private static final String COLUMN_MAPPING = "columnMapping";

    /**
     * What a writer need do nothing for that only adds files, or what shows in the table's metadata where it is used, see
     * {@link #checkUnused}.
     */
    private static final Set<String> KNOWN = Set.of(
            "appendOnly",
            "invariants",
            "checkConstraints",
            "changeDataFeed",
            "generatedColumns",
            COLUMN_MAPPING,
            "identityColumns",
            WALL_CLOCKS,
            "deletionVectors",
            "domainMetadata",
            "typeWidening",
            "typeWidening-preview",
            "vacuumProtocolCheck");

    /** Of the metadata of columns, what has a writer look at values or make some. */
    private static final List<String> RULES_OF_COLUMNS =
            List.of("delta.invariants", "delta.generationExpression", "delta.identity.start", "CURRENT_DEFAULT");

    private Protocol() {}

    /** Returns the action that a new table begins with. */
    static ObjectNode ofNew(boolean wallClocks) {
        ObjectNode legacy = Json.object().put("minReaderVersion", 1).put("minWriterVersion", 2);
        return wallClocks ? withWallClocks(legacy) : legacy;
    }

    static boolean hasWallClocks(JsonNode protocol) {
        return features(protocol, "writerFeatures").contains(WALL_CLOCKS);
    }

    /** Returns a protocol that has columns of wall clock readings too. */
    static ObjectNode withWallClocks(JsonNode protocol) {
        Set<String> readers = features(protocol, "readerFeatures");
        Set<String> writers = features(protocol, "writerFeatures");
        if (protocol.path("minReaderVersion").asInt() == 2) {
            readers.add(COLUMN_MAPPING);
        }
        writers.addAll(ofLegacy(protocol.path("minWriterVersion").asInt()));
        readers.add(WALL_CLOCKS);
        writers.add(WALL_CLOCKS);
        ObjectNode with = Json.object()
                .put("minReaderVersion", READER_WITH_FEATURES)
                .put("minWriterVersion", WRITER_WITH_FEATURES);
        readers.forEach(with.putArray("readerFeatures")::add);
        writers.forEach(with.putArray("writerFeatures")::add);
        return with;
    }

    /** Before features had names, a version stood for all of the lower ones too. */
    private static List<String> ofLegacy(int writer) {
        List<String> features = new ArrayList<>();
        if (writer < WRITER_WITH_FEATURES) {
            addFrom(2, writer, features, "appendOnly", "invariants");
            addFrom(3, writer, features, "checkConstraints");
            addFrom(4, writer, features, "changeDataFeed", "generatedColumns");
            addFrom(5, writer, features, COLUMN_MAPPING);
            addFrom(6, writer, features, "identityColumns");
        }
        return features;
    }

    private static void addFrom(int version, int writer, List<String> features, String... more) {
        if (writer >= version) {
            features.addAll(List.of(more));
        }
    }

    private static Set<String> features(JsonNode protocol, String kind) {
        Set<String> features = new TreeSet<>();
        if (protocol.path(kind) instanceof ArrayNode names) {
            names.forEach(name -> features.add(name.asText()));
        }
        return features;
    }

    /**
     * Fails where a table asks what is not done here.
     *
     * @throws MillraceException {@code UNSUPPORTED}
     */
    static void check(TableState state, String table) {
        JsonNode protocol = state.protocol();
        int reader = protocol.path("minReaderVersion").asInt();
        int writer = protocol.path("minWriterVersion").asInt();
        if (reader > READER_WITH_FEATURES || writer > WRITER_WITH_FEATURES) {
            throw unsupported(table, "version " + reader + " of readers and " + writer + " of writers");
        }
        Set<String> features = features(protocol, "writerFeatures");
        features.addAll(features(protocol, "readerFeatures"));
        features.removeAll(KNOWN);
        if (!features.isEmpty()) {
            throw unsupported(table, "the table features " + features);
        }
        checkUnused(state, table);
    }

    private static void checkUnused(TableState state, String table) {
        if (!Set.of("", "none").contains(state.property("delta.columnMapping.mode"))) {
            throw unsupported(table, "column mapping");
        }
        for (var properties = state.metadata().path("configuration").fieldNames(); properties.hasNext(); ) {
            String property = properties.next();
            if (property.equals("delta.setTransactionRetentionDuration")) {
                throw unsupported(table, "to forget by '" + property + "' how far a delivery is");
            }
            if (property.startsWith("delta.constraints.")) {
                throw unsupported(table, "to look after the constraint '" + property + "'");
            }
        }
        checkNoRules(state.schema(), "", table);
    }

    /** Looks at a type's columns, at theirs, and at those of what lists and maps hold. */
    private static void checkNoRules(JsonNode type, String path, String table) {
        for (JsonNode field : type.path("fields")) {
            String column = path + field.path("name").asText();
            for (String rule : RULES_OF_COLUMNS) {
                if (field.path("metadata").has(rule)) {
                    throw unsupported(table, "to look after '" + rule + "' of column '" + column + "'");
                }
            }
            checkNoRules(field.path("type"), column + ".", table);
        }
        for (String inner : List.of("elementType", "keyType", "valueType")) {
            if (type.path(inner).isObject()) {
                checkNoRules(type.path(inner), path, table);
            }
        }
    }

    private static MillraceException unsupported(String table, String what) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED,
                "table '" + table + "' asks of its writers " + what + ", which is not done here",
                "take it off the table, or deliver to another one");
    }
}
