package io.millrace.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.delivery.spool.BackupNames;
import io.millrace.delivery.spool.RowSpoolFormat;
import io.millrace.delivery.spool.SpoolSettings;
import io.millrace.delivery.spool.SpoolStore;
import io.millrace.format.arrow.ArrowStreamFormat;
import io.millrace.format.json.JsonFormat;
import io.millrace.spi.Options;
import io.millrace.spi.connector.BatchName;
import io.millrace.spi.connector.BatchSize;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.RowReceiver;
import io.millrace.spi.connector.StagedObject;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.format.RowFileWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.ArrayType;
import io.millrace.spi.type.DataType.CharacterType;
import io.millrace.spi.type.DataType.DecimalType;
import io.millrace.spi.type.DataType.IntervalType;
import io.millrace.spi.type.DataType.MapType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.DataType.TimeType;
import io.millrace.spi.type.DataType.TimestampType;
import io.millrace.spi.type.Field;
import io.millrace.testing.row.RandomRows;
import io.millrace.testing.row.RowValues;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows that wait with their types until they are sent. */
class RowSpoolTest {

    private static final BackupNames NAMES =
            BackupNames.from(Options.NONE, "failed", RowType.of(Field.nullable("data", DataType.VARBINARY)));

    private static final RowType TYPE = RowType.of(
            Field.required("id", DataType.BIGINT),
            Field.nullable("c", new CharacterType(5, true)),
            Field.nullable("v", DataType.VARCHAR),
            Field.nullable("x", DataType.VARBINARY),
            Field.nullable("b", DataType.BOOLEAN),
            Field.nullable("f", DataType.REAL),
            Field.nullable("small", new DecimalType(10, 2)),
            Field.nullable("large", new DecimalType(38, 10)),
            Field.nullable("d", DataType.DATE),
            Field.nullable("t", new TimeType(3)),
            Field.nullable("ts", new TimestampType(0, false)),
            Field.nullable("tz", DataType.TIMESTAMP_WITH_TIME_ZONE),
            Field.nullable("iv", new IntervalType(false)),
            Field.nullable("ym", new IntervalType(true)),
            Field.nullable("a", new ArrayType(new DecimalType(5, 1), false)),
            Field.nullable("m", new MapType(DataType.VARCHAR, DataType.INTEGER, false)),
            Field.required("r", RowType.of(Field.required("n", DataType.SMALLINT))));

    private final MemoryStore files = new MemoryStore();
    private final MemoryStore backup = new MemoryStore();
    private final List<RejectedEntry> rejected = new ArrayList<>();
    private final Table table = new Table();

    /** Remembers what it was given; may fail, and refuse a row. */
    private static final class Table implements RowReceiver {

        private final Map<String, List<List<@Nullable Object>>> taken = new LinkedHashMap<>();
        private final List<String> calls = new ArrayList<>();
        private final List<String> origins = new ArrayList<>();
        private int failAt = -1;
        private int refused = -1;

        @Override
        public boolean exactlyOnce() {
            return true;
        }

        @Override
        public List<Refusal> receive(BatchName name, RowBatch rows) throws IOException {
            calls.add(name.toString());
            if (calls.size() - 1 == failAt) {
                throw new IOException("busy");
            }
            RowOrigins from = rows.origins();
            for (int row = 0; row < rows.size(); row++) {
                origins.add(from == null ? "none" : from.position(row) + "@" + from.rowtimeMicros(row));
            }
            assertThat(rows.type()).isEqualTo(TYPE);
            taken.put(name.toString(), RowValues.of(rows));
            return refused < 0 ? List.of() : List.of(new Refusal(refused, ErrorCode.INVALID_VALUE, "no"));
        }

        List<List<@Nullable Object>> rows() {
            return taken.values().stream().flatMap(List::stream).toList();
        }

        @Override
        public void close() {}
    }

    private static final RowSpoolFormat FORMAT =
            new RowSpoolFormat(new ArrowStreamFormat(), new JsonFormat(), BatchSize.USUAL);

    private SpoolStore open() {
        return new SpoolStore(
                files,
                table,
                FORMAT,
                TYPE,
                new SpoolSettings("trades", backup, NAMES, false, true, null, rejected::add, () -> Instant.EPOCH));
    }

    private static RowBatch batch(int count, long seed) {
        RowBatch batch = new RandomRows(new Random(seed), 0.2).batch(TYPE, count);
        batch.origins(new RowOrigins() {
            @Override
            public String position(int row) {
                return "shard:" + row;
            }

            @Override
            public long rowtimeMicros(int row) {
                return 1000L * row;
            }
        });
        return batch;
    }

    private void seal(SpoolStore store, String name, RowBatch... batches) throws IOException {
        try (StagedObject staged = store.stage(name)) {
            RowFileWriter writer = FORMAT.writer(TYPE, staged.out());
            for (RowBatch batch : batches) {
                writer.write(batch);
            }
            writer.finish();
            staged.seal();
        }
    }

    @Test
    void rowsOfEveryTypeComeAsTheyWere() throws IOException {
        SpoolStore store = open();
        RowBatch first = batch(100, 1);
        RowBatch second = batch(50, 2);
        second.select(new int[] {3, 5, 8}, 3);
        seal(store, "a", first, second);
        store.publish("a");
        List<List<@Nullable Object>> expected = new ArrayList<>(RowValues.of(first));
        expected.addAll(RowValues.of(second));
        assertThat(table.rows()).isEqualTo(expected);
        assertThat(table.origins)
                .hasSize(103)
                .startsWith("shard:0@0", "shard:1@1000")
                .endsWith("shard:8@8000");
        assertThat(table.calls).hasSize(1);
        assertThat(store.exactlyOnce()).isTrue();
    }

    @Test
    void manyRowsAndLongRowsAreCutIntoBatches() throws IOException {
        SpoolStore store = open();
        seal(store, "a", batch(6000, 1), batch(6000, 2));
        store.publish("a");
        assertThat(table.taken.values()).extracting(List::size).containsExactly(5000, 5000, 2000);
        RowBatch longRows = batch(5, 3);
        for (int row = 0; row < 5; row++) {
            longRows.column(2).clearNull(row);
            ((io.millrace.spi.row.BytesColumn) longRows.column(2)).append(row, "x".repeat(700_000));
        }
        table.taken.clear();
        seal(store, "b", longRows);
        store.publish("b");
        assertThat(table.taken.values()).extracting(List::size).containsExactly(2, 2, 1);
    }

    @Test
    void aFailureIsRepeatedUnderItsNameAndOnlyFromThereOn() throws IOException {
        SpoolStore store = open();
        RowBatch rows = batch(12_000, 1);
        seal(store, "a", rows);
        table.failAt = 1;
        assertThatThrownBy(() -> store.publish("a")).hasMessage("busy");
        store.publish("a");
        assertThat(table.calls).extracting(call -> call.replaceAll("\\D", "")).containsExactly("0", "1", "1", "2");
        assertThat(table.rows()).isEqualTo(RowValues.of(rows));
    }

    @Test
    void aRowThatIsRefusedIsKeptAsARecordWithItsOrigin() throws IOException {
        SpoolStore store = open();
        table.refused = 2;
        seal(store, "a", batch(5, 1));
        store.publish("a");
        assertThat(rejected).singleElement().satisfies(entry -> {
            assertThat(entry.position()).isEqualTo("shard:2");
            assertThat(entry.rowtimeMicros()).isEqualTo(2000);
            assertThat(new String(entry.data(), StandardCharsets.UTF_8)).startsWith("{\"id\":");
        });
        assertThat(backup.list("failed/")).hasSize(1);
    }

    @Test
    void whatIsRequiredAndMissingIsForTheDestinationToRefuse() throws IOException {
        SpoolStore store = open();
        RowBatch rows = batch(3, 1);
        rows.column(0).setNull(1);
        seal(store, "a", rows);
        store.publish("a");
        assertThat(table.rows().get(1).getFirst()).isNull();
    }
}
