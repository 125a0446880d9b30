package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A file of a table's rows.
 *
 * @param path its name below the table's folder
 * @param partition what columns are that the table is parted by, as text, by the names that files have them by
 * @param bytes how long it is
 * @param statistics what is said of its values, or null where nothing is
 */
record DataFile(
        String path,
        JsonNode partition,
        long bytes,
        @Nullable JsonNode statistics) {

    /**
     * Reads an {@code add} action.
     *
     * @throws MillraceException {@code UNSUPPORTED} where rows of it are gone by a deletion vector, or it lies elsewhere
     */
    static DataFile of(JsonNode add, String table) {
        if (add.path("deletionVector").isObject()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED,
                    "table '" + table + "' has deletion vectors, which are not read here",
                    "have its writer purge them (REORG TABLE … APPLY (PURGE)), and set delta.enableDeletionVectors ="
                            + " false");
        }
        String stats = add.path("stats").asText("");
        return new DataFile(
                path(add.path("path").asText(), table),
                add.path("partitionValues"),
                add.path("size").asLong(),
                stats.isEmpty() ? null : Json.read(stats));
    }

    private static String path(String encoded, String table) {
        try {
            URI path = new URI(encoded);
            if (!path.isAbsolute() && path.getPath() != null && !path.getPath().startsWith("/")) {
                return path.getPath();
            }
        } catch (URISyntaxException e) {
            throw elsewhere(encoded, table);
        }
        throw elsewhere(encoded, table);
    }

    private static MillraceException elsewhere(String path, String table) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED,
                "table '" + table + "' has file '" + path + "', which is not named from the table's folder",
                "a shallow clone refers to files of another table: make a deep one");
    }

    /** Returns how many rows it has, or -1 where nobody says. */
    long rows() {
        return statistics == null ? -1 : statistics.path("numRecords").asLong(-1);
    }
}
