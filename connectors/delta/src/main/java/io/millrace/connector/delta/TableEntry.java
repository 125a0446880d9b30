package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.spi.connector.RelationChange;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An entry of a log as the change that it is for those who follow the table.
 *
 * @param version its number
 * @param added the files with rows that the version before does not have
 * @param removes whether it takes rows away
 */
record TableEntry(long version, List<DataFile> added, boolean removes) {

    static TableEntry read(TableLog log, long version) throws IOException {
        byte[] entry = log.entry(version);
        if (entry == null) {
            throw new MillraceException(
                    ErrorCode.WRONG_STATE,
                    "entry " + version + " of the log of table '" + log.table()
                            + "', which was to be read next, is gone",
                    "have the table keep its log longer (delta.logRetentionDuration), and make the external table"
                            + " anew");
        }
        List<DataFile> added = new ArrayList<>();
        boolean removes = false;
        for (String line : new String(entry, StandardCharsets.UTF_8).lines().toList()) {
            JsonNode action = Json.read(line);
            // Compaction moves rows to other files, and says that it changes nothing.
            if (action != null && action.path("add").path("dataChange").booleanValue()) {
                added.add(DataFile.of(action.path("add"), log.table()));
            }
            removes |=
                    action != null && action.path("remove").path("dataChange").booleanValue();
        }
        added.sort(Comparator.comparing(DataFile::path));
        return new TableEntry(version, added, removes);
    }

    RelationChange change() {
        return new RelationChange(
                String.valueOf(version),
                !removes && !added.isEmpty(),
                removes
                        ? "version " + version
                                + " takes rows away or changes them, and is passed over with what it adds"
                        : null);
    }
}
