package io.millrace.runtime.over;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.IdleGroups;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingRowsTest {

    private static final RowType TYPE = new RowType(List.of(Field.required("k", DataType.BIGINT)));

    private static RowBatch keys(long... keys) {
        RowBatch rows = RowBatch.create(TYPE, keys.length);
        for (int i = 0; i < keys.length; i++) {
            ((LongColumn) rows.column(0)).set(i, keys[i]);
        }
        rows.size(keys.length);
        return rows;
    }

    @Test
    void aPartitionWithRowsThatWaitIsNotIdle() {
        GroupTable partitions = GroupTable.create(TYPE, List.of(0));
        GroupedRows entered = new GroupedRows();
        entered.of(keys(10, 20), 0);
        partitions.find(entered);
        IdleGroups idle = new IdleGroups(1_000);
        idle.touch(entered.groups()[0], 0);
        idle.touch(entered.groups()[1], 0);
        WaitingRows waiting = new WaitingRows();
        waiting.add(0, 2);
        assertThat(idle.due(5_000)).isTrue();
        waiting.spare(keys(20, 30), partitions, new int[] {0}, idle);
        assertThat(idle.idle(entered.groups()[0])).isTrue();
        assertThat(idle.idle(entered.groups()[1])).isFalse();
        assertThat(partitions.size()).isEqualTo(2);
    }
}
