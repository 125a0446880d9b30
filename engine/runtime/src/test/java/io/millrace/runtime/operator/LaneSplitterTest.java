package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.BytesColumn;
import io.millrace.spi.row.DoubleColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneSplitterTest {

    private static final int LANES = 16;
    private static final RowType TYPE = RowType.of(
            Field.nullable("number", DataType.BIGINT),
            Field.nullable("text", DataType.VARCHAR),
            Field.nullable("real", DataType.DOUBLE));

    @Test
    void everyRowThatCountsIsInOneLaneInOrder() {
        RowBatch batch = batch(5_000, 700);
        int[] selection = new int[2_000];
        Arrays.setAll(selection, i -> 2 * i + 1);
        batch.select(selection, selection.length);
        @Nullable RowBatch[] parts = new LaneSplitter(LANES, new int[] {0, 1, 2}).split(batch);
        int[] laneOf = new int[5_000];
        Arrays.fill(laneOf, -1);
        int rows = 0;
        for (int lane = 0; lane < LANES; lane++) {
            RowBatch part = parts[lane];
            int before = -1;
            for (int i = 0; part != null && i < part.selectedCount(); i++) {
                int row = part.selectedRow(i);
                assertThat(row).isGreaterThan(before);
                assertThat(laneOf[row]).isEqualTo(-1);
                laneOf[row] = lane;
                before = row;
                rows++;
            }
        }
        assertThat(rows).isEqualTo(selection.length);
        for (int row = 701; row < 4_000; row += 2) {
            // Of the same key as 1,400 rows before.
            if (row >= 1_401) {
                assertThat(laneOf[row]).isEqualTo(laneOf[row - 1_400]);
            }
        }
    }

    @Test
    void keysSpreadOverAllLanes() {
        @Nullable RowBatch[] parts = new LaneSplitter(LANES, new int[] {0}).split(batch(16_000, 16_000));
        assertThat(parts).allSatisfy(part -> assertThat(part.selectedCount()).isBetween(800, 1_200));
    }

    @Test
    void equalKeysAreInOneLaneHoweverTheyAreWritten() {
        RowBatch batch = RowBatch.create(TYPE, 4);
        double[] zeros = {0.0, -0.0};
        for (int row = 0; row < 2; row++) {
            ((LongColumn) batch.column(0)).set(row, 1);
            batch.column(1).setNull(row);
            ((DoubleColumn) batch.column(2)).set(row, zeros[row]);
        }
        batch.size(2);
        @Nullable RowBatch[] parts = new LaneSplitter(LANES, new int[] {1, 2}).split(batch);
        assertThat(parts)
                .filteredOn(part -> part != null)
                .singleElement()
                .satisfies(part -> assertThat(part).isSameAs(batch));
    }

    /** What is stored goes by these: should they change, so must the layout of state. */
    @Test
    void lanesStayWhatTheyAre() {
        RowBatch batch = batch(8, 8);
        @Nullable RowBatch[] parts = new LaneSplitter(LANES, new int[] {0, 1}).split(batch);
        int[] lanes = new int[8];
        for (int lane = 0; lane < LANES; lane++) {
            RowBatch part = parts[lane];
            for (int i = 0; part != null && i < part.selectedCount(); i++) {
                lanes[part.selectedRow(i)] = lane;
            }
        }
        assertThat(lanes).containsExactly(EXPECTED);
    }

    private static final int[] EXPECTED = {3, 4, 9, 11, 12, 7, 8, 2};

    private static RowBatch batch(int rows, int keys) {
        RowBatch batch = RowBatch.create(TYPE, rows);
        for (int row = 0; row < rows; row++) {
            int key = row % keys;
            ((LongColumn) batch.column(0)).set(row, key);
            ((BytesColumn) batch.column(1)).append(row, ("key " + key).getBytes(StandardCharsets.UTF_8));
            ((DoubleColumn) batch.column(2)).set(row, key / 7.0);
        }
        batch.size(rows);
        return batch;
    }
}
