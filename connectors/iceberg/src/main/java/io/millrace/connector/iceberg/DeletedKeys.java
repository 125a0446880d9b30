package io.millrace.connector.iceberg;

import io.millrace.connector.iceberg.scan.KeyColumns;
import io.millrace.spi.Options;
import io.millrace.spi.connector.ObjectStore;
import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.format.FieldIds;
import io.millrace.spi.format.RowFileReader;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.jspecify.annotations.Nullable;

/**
 * What files of keys say: of each key, up to which commit its rows are gone. In memory, all keys of the files that it is
 * made of.
 */
final class DeletedKeys {

    private final TableSetup setup;
    private final ObjectStore store;
    private final String location;

    /** By the numbers of the key's columns, and the key: the number of the newest commit that says that it is gone. */
    private final Map<List<Integer>, Map<List<@Nullable Object>, Long>> gone = new HashMap<>();

    private DeletedKeys(TableSetup setup, ObjectStore store, String location) {
        this.setup = setup;
        this.store = store;
        this.location = location;
    }

    /** Reads what is deleted of some files. */
    static DeletedKeys of(Collection<FileScanTask> tasks, TableSetup setup, ObjectStore store, String location)
            throws IOException {
        DeletedKeys keys = new DeletedKeys(setup, store, location);
        Set<String> read = new HashSet<>();
        for (FileScanTask task : tasks) {
            for (DeleteFile file : task.deletes()) {
                if (read.add(file.location())) {
                    keys.read(file);
                }
            }
        }
        return keys;
    }

    private void read(DeleteFile file) throws IOException {
        String name = file.location().substring(location.length() + 1);
        List<Integer> ids = file.equalityFieldIds();
        KeyColumns columns = columns(ids, name);
        Map<List<@Nullable Object>, Long> newest = gone.computeIfAbsent(ids, key -> new HashMap<>());
        try (RowFileReader reader = setup.format().reader(store.open(name), Options.NONE)) {
            for (RowBatch rows = reader.next(); rows != null; rows = reader.next()) {
                for (int i = 0; i < rows.selectedCount(); i++) {
                    newest.merge(columns.of(rows, rows.selectedRow(i)), file.dataSequenceNumber(), Math::max);
                }
            }
        }
    }

    private KeyColumns columns(List<Integer> ids, String name) throws IOException {
        try (SeekableByteChannel bytes = store.open(name)) {
            List<Integer> fields = setup.format().summary(bytes).fields().stream()
                    .map(FieldIds::id)
                    .toList();
            return new KeyColumns(ids.stream().map(fields::indexOf).toList());
        }
    }

    boolean isEmpty() {
        return gone.isEmpty();
    }

    /** Looks at the rows of one file. */
    final class OfFile {

        private final long sequenceNumber;
        private final List<Map<List<@Nullable Object>, Long>> newest = new ArrayList<>();
        private final List<KeyColumns> keys = new ArrayList<>();

        /**
         * @param name the file's
         * @param sequenceNumber the number of the commit that its rows are of
         */
        OfFile(String name, long sequenceNumber) throws IOException {
            this.sequenceNumber = sequenceNumber;
            for (Map.Entry<List<Integer>, Map<List<@Nullable Object>, Long>> each : gone.entrySet()) {
                newest.add(each.getValue());
                keys.add(columns(each.getKey(), name));
            }
        }

        /** Has only those rows of a batch count that are still there. */
        void select(RowBatch rows) {
            int[] kept = new int[rows.selectedCount()];
            int count = 0;
            for (int i = 0; i < kept.length; i++) {
                int row = rows.selectedRow(i);
                if (!isGone(rows, row)) {
                    kept[count++] = row;
                }
            }
            rows.select(kept, count);
        }

        private boolean isGone(RowBatch rows, int row) {
            for (int i = 0; i < keys.size(); i++) {
                Long at = newest.get(i).get(keys.get(i).of(rows, row));
                if (at != null && at > sequenceNumber) {
                    return true;
                }
            }
            return false;
        }
    }
}
