package io.millrace.runtime.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.spi.row.BytesColumn;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GatherTest {

    private static final int LENGTH = 1 << 20;
    private static final int ROWS = 20;

    /** Values of a megabyte, in arrays of eight. */
    private static BytesColumn kept() {
        BytesColumn column = BytesColumn.inBlocks(0);
        column.ensureCapacity(ROWS);
        for (int row = 0; row < ROWS; row++) {
            if (row % 7 == 3) {
                column.setNull(row);
            } else {
                column.append(row, value(row));
            }
        }
        return column;
    }

    private static byte[] value(int row) {
        byte[] value = new byte[LENGTH];
        Arrays.fill(value, (byte) row);
        return value;
    }

    private static void assertGathered(int[] rows, int[] selection, BytesColumn target) {
        for (int at : selection) {
            int row = rows[at];
            if (row < 0 || row % 7 == 3) {
                assertThat(target.isNull(at)).isTrue();
            } else {
                assertThat(target.isNull(at)).isFalse();
                assertThat(target.get(at)).isEqualTo(value(row));
            }
        }
    }

    @Test
    void valuesOfSeveralArraysAreCopied() {
        BytesColumn source = kept();
        assertThat(source.inSeveral()).isTrue();
        assertThatThrownBy(source::data).isInstanceOf(IllegalStateException.class);
        int[] rows = {19, 0, Gather.NONE, 3, 12, 5};
        BytesColumn target = new BytesColumn(0);
        Gather.gather(source, rows, null, rows.length, target);
        assertGathered(rows, new int[] {0, 1, 2, 3, 4, 5}, target);
        Gather.gather(source, rows, new int[] {1, 4}, 2, target);
        assertGathered(rows, new int[] {1, 4}, target);
    }

    @Test
    void valuesOfOneArrayArePointedTo() {
        BytesColumn source = kept();
        int[] rows = {16, 18, Gather.NONE, 18};
        BytesColumn target = new BytesColumn(0);
        Gather.gather(source, rows, null, rows.length, target);
        assertGathered(rows, new int[] {0, 1, 2, 3}, target);
        assertThat(target.data() == source.data(18)).isTrue();
        Gather.gather(source, new int[] {Gather.NONE}, null, 1, target);
        assertThat(target.isNull(0)).isTrue();
    }

    @Test
    void aColumnThatIsClearedBeginsAnew() {
        BytesColumn column = kept();
        column.clear();
        column.append(0, value(9));
        assertThat(column.inSeveral()).isFalse();
        assertThat(column.get(0)).isEqualTo(value(9));
    }
}
