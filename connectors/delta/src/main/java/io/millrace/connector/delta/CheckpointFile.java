package io.millrace.connector.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.spi.Options;
import io.millrace.spi.format.FileFormat;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A file of a checkpoint: the actions that a log amounts to, in Parquet. */
final class CheckpointFile {

    private static final int BATCH_ROWS = 1024;

    /** What any reader of Parquet has. */
    private static final Options FORMAT = new Options(Map.of("compression", "snappy"));

    private static final Set<String> OF_FILES = Set.of("add", "remove");

    private final RowFileWriter file;
    private final RowBatch rows = RowBatch.create(CheckpointRows.TYPE, BATCH_ROWS);
    private long count;

    private CheckpointFile(RowFileWriter file) {
        this.file = file;
    }

    /**
     * Reads a file and gives its actions on; closes it.
     *
     * @param ofFiles whether those that add or remove files are wanted; otherwise they are not even decoded, and they
     *     are nearly all of a checkpoint
     */
    static void read(FileFormat format, SeekableByteChannel file, boolean ofFiles, Consumer<JsonNode> actions)
            throws IOException {
        Set<String> known = CheckpointRows.TYPE.fields().stream()
                .map(Field::name)
                .filter(kind -> ofFiles || !OF_FILES.contains(kind))
                .collect(Collectors.toSet());
        try (RowFileReader reader = format.reader(file, Options.NONE)) {
            reader.project(IntStream.range(0, reader.type().size())
                    .filter(i -> known.contains(reader.type().field(i).name()))
                    .toArray());
            for (RowBatch batch = reader.next(); batch != null; batch = reader.next()) {
                for (int i = 0; i < batch.selectedCount(); i++) {
                    read(batch, batch.selectedRow(i), actions);
                }
            }
        }
    }

    private static void read(RowBatch batch, int row, Consumer<JsonNode> actions) {
        for (int column = 0; column < batch.columnCount(); column++) {
            Field field = batch.type().field(column);
            Object value = JavaValues.get(field.type(), batch.column(column), row);
            if (value != null) {
                ObjectNode action = Json.object();
                action.set(field.name(), CheckpointRows.json(field.type(), value));
                actions.accept(action);
            }
        }
    }

    /**
     * A checkpoint before it is stored.
     *
     * @param content the file
     * @param actions how many actions it has
     */
    record Content(byte[] content, long actions) {}

    /** @param removedSince files that were taken out before are forgotten */
    static Content write(FileFormat format, LogReplay log, TableFiles files, TableState state, Instant removedSince)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CheckpointFile file = new CheckpointFile(format.writer(CheckpointRows.TYPE, out, FORMAT));
        file.add("protocol", state.protocol());
        file.add("metaData", state.metadata());
        for (JsonNode transaction : log.lastTransactions()) {
            file.add("txn", transaction);
        }
        for (JsonNode domain : log.domains()) {
            file.add("domainMetadata", domain);
        }
        for (byte[] added : files.added()) {
            file.add("add", unchanged(added));
        }
        for (byte[] removed : files.removed()) {
            ObjectNode action = unchanged(removed);
            if (action.path("deletionTimestamp").asLong() >= removedSince.toEpochMilli()) {
                file.add("remove", action);
            }
        }
        file.writeOut();
        file.file.finish();
        return new Content(out.toByteArray(), file.count);
    }

    /** A checkpoint changes nothing, and its actions say so. */
    private static ObjectNode unchanged(byte[] file) {
        return ((ObjectNode) Json.read(file, 0, file.length, "an action of the log")).put("dataChange", false);
    }

    private void add(String kind, JsonNode content) throws IOException {
        JavaValues.append(rows, CheckpointRows.row(kind, content));
        count++;
        if (rows.size() == BATCH_ROWS) {
            writeOut();
        }
    }

    private void writeOut() throws IOException {
        file.write(rows);
        rows.clear();
    }
}
