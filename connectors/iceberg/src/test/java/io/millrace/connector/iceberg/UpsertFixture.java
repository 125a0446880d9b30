package io.millrace.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.connector.CommittedFile;
import io.millrace.spi.connector.Table;
import io.millrace.spi.connector.TableUpkeep;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A table whose rows change, and what it is to have. */
abstract class UpsertFixture {

    static final RowType CHANGES = RowType.of(
            Field.required("op", DataType.VARCHAR),
            Field.nullable("k", DataType.INTEGER),
            Field.required("n", DataType.BIGINT));

    @TempDir
    Path directory;

    protected Lake lake;
    protected long next;

    /** What the table is to have, by key. */
    protected final Map<String, String> expected = new TreeMap<>();

    @BeforeEach
    void open() {
        lake = lake(CHANGES).with("key", "k");
    }

    protected Lake lake(RowType given) {
        return new Lake(directory, given).with("mode", "upsert").with("compaction_files", "4");
    }

    protected static List<Object> insert(Integer k, long n) {
        return Arrays.asList("insert", k, n);
    }

    protected static List<Object> delete(Integer k, long n) {
        return Arrays.asList("delete", k, n);
    }

    /** Writes a range, whole and not published, and notes what the table is to have. */
    protected List<CommittedFile> write(Table table, String split, List<?>... changes) throws IOException {
        List<CommittedFile> files = lake.write(table, split, next, changes);
        next += changes.length;
        for (List<?> change : changes) {
            String k = String.valueOf(change.get(1));
            if (change.getFirst().equals("insert")) {
                expected.put(k, "[" + k + ", " + change.get(2) + "]");
            } else {
                expected.remove(k);
            }
        }
        return files;
    }

    protected void commit(List<?>... changes) throws IOException {
        try (Table table = lake.open()) {
            table.publish(write(table, "a", changes));
        }
    }

    protected void assertRows() throws Exception {
        assertThat(lake.rows()).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    protected void keep() throws IOException {
        try (TableUpkeep upkeep = lake.upkeep()) {
            while (upkeep.step()) {
                // Until there is nothing to do.
            }
        }
    }
}
