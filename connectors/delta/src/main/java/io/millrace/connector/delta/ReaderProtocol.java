package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.Set;
import java.util.TreeSet;

/** What a table asks of those who read it. */
final class ReaderProtocol {

    private static final int VERSION_MAX = 3;

    /** Deletion vectors are refused with the first file that has one: a table may be able to have some, and have none. */
    private static final Set<String> KNOWN =
            Set.of("columnMapping", "deletionVectors", Protocol.WALL_CLOCKS, "vacuumProtocolCheck");

    private ReaderProtocol() {}

    /**
     * Fails where a table asks what is not done here.
     *
     * @throws MillraceException {@code UNSUPPORTED}
     */
    static void check(TableState state, String table) {
        int version = state.protocol().path("minReaderVersion").asInt();
        if (version > VERSION_MAX) {
            throw unsupported(table, "version " + version);
        }
        Set<String> features = new TreeSet<>();
        for (JsonNode feature : state.protocol().path("readerFeatures")) {
            features.add(feature.asText());
        }
        features.removeAll(KNOWN);
        if (!features.isEmpty()) {
            throw unsupported(table, "the table features " + features);
        }
        if (state.property("delta.columnMapping.mode").equals("id")) {
            throw unsupported(table, "column mapping by id");
        }
    }

    private static MillraceException unsupported(String table, String what) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED,
                "table '" + table + "' asks of its readers " + what + ", which is not done here",
                "take it off the table, or have its writer make a copy without");
    }
}
