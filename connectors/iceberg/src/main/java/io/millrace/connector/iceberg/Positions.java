package io.millrace.connector.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.DeliveredEnds;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * How far a table has a delivery's rows, as the table itself says.
 *
 * <pre>
 *   millrace.trades_lake-mi0x3k = {"writer":"3e8a…","files":"trades_lake-1f3a9c2e","ends":{"shardId-000000000000":120400}}
 * </pre>
 *
 * <p>It stands in the table's properties, where nobody expires it, and in the summary of each snapshot, for whoever
 * asks what one holds. The writer is drawn anew each time a delivery is opened; the one that committed last is the one
 * that may commit.
 *
 * @param writer who committed last, empty for nobody
 * @param files what the names of the delivery's files begin with, empty where that is not known
 * @param ends by split, the position after the last that is in the table
 */
record Positions(String writer, String files, Map<String, Long> ends) {

    static final String KEYS = "millrace.";

    private static final ObjectMapper JSON = new ObjectMapper();

    Positions {
        ends = Map.copyOf(ends);
    }

    /** Reads what a table says, which is as new as the table's metadata is. */
    static Positions of(Table table, String key) {
        return of(table, key, SnapshotUtil.currentAncestors(table));
    }

    /** Reads what a table says, or the newest of these snapshots where its property is gone. */
    static Positions of(Table table, String key, Iterable<Snapshot> newestFirst) {
        String text = table.properties().get(key);
        if (text != null) {
            return parse(text);
        }
        for (Snapshot snapshot : newestFirst) {
            String noted = snapshot.summary().get(key);
            if (noted != null) {
                return parse(noted);
            }
        }
        return new Positions("", "", Map.of());
    }

    private static Positions parse(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, Long> ends = new TreeMap<>();
            json.path("ends")
                    .properties()
                    .forEach(end -> ends.put(end.getKey(), end.getValue().longValue()));
            return new Positions(
                    json.path("writer").asText(), json.path("files").asText(""), ends);
        } catch (JsonProcessingException e) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "the table's note of what was delivered cannot be read: " + text,
                    "put the property back to what an earlier snapshot's summary has",
                    e);
        }
    }

    /** Returns what a table says of all deliveries. */
    static Map<String, String> notes(Table table) {
        Map<String, String> notes = new TreeMap<>(table.properties());
        notes.keySet().removeIf(name -> !name.startsWith(KEYS));
        return notes;
    }

    String text() {
        ObjectNode json = JSON.createObjectNode().put("writer", writer).put("files", files);
        ObjectNode positions = json.putObject("ends");
        new TreeMap<>(ends).forEach(positions::put);
        return json.toString();
    }

    /** Returns those of some files that the table does not have; see {@link DeliveredEnds#missing}. */
    List<CommittedFile> missing(List<CommittedFile> files) {
        return new DeliveredEnds(ends).missing(files);
    }

    /** Returns what holds once these files are appended by this writer. */
    Positions with(List<CommittedFile> files, String by) {
        return new Positions(
                by, mark(files), new DeliveredEnds(ends).with(files).ends());
    }

    /** Returns what stands before the split in a file's name. */
    private String mark(List<CommittedFile> some) {
        CommittedFile file = some.getFirst();
        String name = file.name().substring(file.name().lastIndexOf('/') + 1);
        int end = name.indexOf("-" + file.split() + "-");
        return end < 0 ? files : name.substring(0, end);
    }
}
