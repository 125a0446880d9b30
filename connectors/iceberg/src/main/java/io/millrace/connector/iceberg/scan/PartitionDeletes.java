package io.millrace.connector.iceberg.scan;

import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.format.ColumnBounds;
import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/**
 * What is deleted of the files of one partition, in memory: keys with the commit up to which their rows are gone, and
 * places of rows in files.
 */
final class PartitionDeletes {

    /** Most keys, and most places, that are held. */
    static final int ROWS_MAX = 10_000_000;

    private static final List<WantedField> POSITIONS =
            List.of(WantedField.of(MetadataColumns.DELETE_FILE_PATH), WantedField.of(MetadataColumns.DELETE_FILE_POS));

    private final PinnedTable table;
    private final OpenFile.Opener opener;

    /** By the numbers of the key's fields, and the key: the number of the newest commit that says that it is gone. */
    private final Map<List<Integer>, Map<List<@Nullable Object>, Long>> keys = new HashMap<>();

    private final Map<String, BitSet> positions = new HashMap<>();

    /** How many rows the files have of which something is deleted. */
    private final Map<String, Long> rowCounts = new HashMap<>();

    /** The fields by which rows are deleted, key after key, and the keys among them. */
    private final List<WantedField> keyFields = new ArrayList<>();

    private final List<DeletedKey> byKey = new ArrayList<>();
    private RowType keyType = new RowType(List.of());
    private long rows;

    private record DeletedKey(KeyColumns columns, Map<List<@Nullable Object>, Long> newest) {}

    private PartitionDeletes(PinnedTable table, OpenFile.Opener opener) {
        this.table = table;
        this.opener = opener;
    }

    /** Reads what is deleted of some files. */
    static PartitionDeletes of(List<FileScanTask> tasks, PinnedTable table, OpenFile.Opener opener) throws IOException {
        PartitionDeletes deletes = new PartitionDeletes(table, opener);
        Map<String, DeleteFile> files = new TreeMap<>();
        for (FileScanTask task : tasks) {
            deletes.rowCounts.put(task.file().location(), task.file().recordCount());
            task.deletes().forEach(file -> files.put(file.location() + "@" + file.contentOffset(), file));
        }
        for (DeleteFile file : files.values()) {
            try {
                deletes.read(file);
            } catch (IOException | MillraceException e) {
                throw FilesScan.failed(table, file.location(), e);
            }
        }
        deletes.arrange();
        return deletes;
    }

    private void arrange() {
        keys.forEach((ids, newest) -> {
            byKey.add(new DeletedKey(keyColumns(keyFields.size(), ids.size()), newest));
            keyFields.addAll(fields(ids));
        });
        keyType = OpenFile.type(keyFields);
    }

    private void read(DeleteFile file) throws IOException {
        count(file.recordCount());
        if (file.content() == FileContent.EQUALITY_DELETES) {
            readKeys(file);
        } else if (file.format() == FileFormat.PUFFIN) {
            readVector(file);
        } else {
            readPositions(file);
        }
    }

    private void count(long more) {
        rows += more;
        if (rows > ROWS_MAX) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "more than " + ROWS_MAX + " rows of one partition are deleted in files of their own",
                    "have the table compacted, which takes them out");
        }
    }

    private void readKeys(DeleteFile file) throws IOException {
        List<Integer> ids = file.equalityFieldIds().stream().sorted().toList();
        List<WantedField> fields = fields(ids);
        KeyColumns key = keyColumns(0, ids.size());
        Map<List<@Nullable Object>, Long> newest = keys.computeIfAbsent(ids, each -> new HashMap<>());
        try (OpenFile open = opener.open(file, fields, List.of(), Map.of())) {
            for (RowBatch batch = open.next(); batch != null; batch = open.next()) {
                for (int row = 0; row < batch.size(); row++) {
                    newest.merge(key.of(batch, row), file.dataSequenceNumber(), Math::max);
                }
            }
        }
    }

    private static KeyColumns keyColumns(int from, int count) {
        return new KeyColumns(IntStream.range(from, from + count).boxed().toList());
    }

    /** A key may be of a column that the table has no more. */
    private List<WantedField> fields(List<Integer> ids) {
        return ids.stream().map(this::field).map(WantedField::of).toList();
    }

    private NestedField field(int id) {
        List<Schema> newestFirst = new ArrayList<>();
        newestFirst.add(table.table().schema());
        table.table().schemas().values().stream()
                .sorted(Comparator.comparingInt(Schema::schemaId).reversed())
                .forEach(newestFirst::add);
        for (Schema schema : newestFirst) {
            NestedField field = schema.asStruct().field(id);
            if (field != null) {
                return field;
            }
        }
        throw new MillraceException(
                ErrorCode.UNSUPPORTED,
                "rows are deleted by field " + id + ", which is inside another or of no schema of the table",
                "have the table compacted by who wrote it");
    }

    private void readPositions(DeleteFile file) throws IOException {
        try (OpenFile open = opener.open(file, POSITIONS, bounds(), Map.of())) {
            for (RowBatch batch = open.next(); batch != null; batch = open.next()) {
                BytesColumn paths = (BytesColumn) batch.column(0);
                LongColumn places = (LongColumn) batch.column(1);
                for (int row = 0; row < batch.size(); row++) {
                    delete(paths.text(row), places.get(row));
                }
            }
        }
    }

    /** Of a file that is about many others, only those row groups are read that may be about ours. */
    private List<ColumnBounds> bounds() {
        List<Comparable<?>> paths = new ArrayList<>();
        rowCounts
                .keySet()
                .forEach(path ->
                        paths.add(ColumnBounds.ordered(path.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        paths.sort(ColumnBounds::compare);
        WantedField path = POSITIONS.getFirst();
        return List.of(new ColumnBounds(
                path.field().name(), path.type(), false, paths.getFirst(), false, paths.getLast(), false));
    }

    /** What is said of rows that a file does not have is of no use. */
    private void delete(String path, long place) {
        Long rowCount = rowCounts.get(path);
        if (rowCount != null && place >= 0 && place < rowCount) {
            positions.computeIfAbsent(path, each -> new BitSet()).set(Math.toIntExact(place));
        }
    }

    /** A deletion vector: a bitmap of one data file, somewhere in a file of several. */
    private void readVector(DeleteFile file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.contentSizeInBytes()));
        try (SeekableByteChannel channel = table.files().open(file.location())) {
            channel.position(file.contentOffset());
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until the bitmap is there.
            }
        }
        String path = file.referencedDataFile();
        PositionDeleteIndex.deserialize(bytes.array(), file).forEach(place -> delete(path, place));
    }

    /** Returns the fields by which rows are deleted, key after key. */
    List<WantedField> keyFields() {
        return keyFields;
    }

    /**
     * Has only those rows of a batch count that are still there.
     *
     * @param firstRow which row of its file the first of the batch is
     * @param keyColumns the fields by which rows are deleted
     */
    void select(RowBatch batch, FileScanTask task, long firstRow, Column[] keyColumns) {
        BitSet places = positions.get(task.file().location());
        boolean keyed = task.deletes().stream().anyMatch(file -> file.content() == FileContent.EQUALITY_DELETES);
        if (places == null && !keyed) {
            return;
        }
        RowBatch keysOfRows = new RowBatch(keyType, keyColumns);
        int[] kept = new int[batch.size()];
        int count = 0;
        for (int row = 0; row < kept.length; row++) {
            boolean gone = places != null && places.get(Math.toIntExact(firstRow + row));
            if (!gone && !(keyed && isGone(keysOfRows, row, task.file().dataSequenceNumber()))) {
                kept[count++] = row;
            }
        }
        batch.select(kept, count);
    }

    private boolean isGone(RowBatch keysOfRows, int row, long sequenceNumber) {
        for (DeletedKey each : byKey) {
            Long at = each.newest.get(each.columns.of(keysOfRows, row));
            if (at != null && at > sequenceNumber) {
                return true;
            }
        }
        return false;
    }
}
