package io.millrace.runtime.over;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValuePlacesTest {

    private static final int ROWS = 2_000;

    private final RowBatch batch = RowBatch.create(new RowType(List.of()), 0);
    private final BitSet values = new BitSet();
    private int looks;

    private final ValuePlaces places = new ValuePlaces((partition, rows, position) -> {
        looks++;
        return values.get((int) position);
    });

    @Test
    void eachRowIsLookedAtOnce() {
        Partition partition = new Partition(0, 0, 0, GroupEdges.NONE);
        for (int row = 0; row < ROWS; row++) {
            partition.append(row);
            assertThat(places.of(partition, batch, row + 1).count(0, row + 1)).isZero();
        }
        assertThat(looks).isEqualTo(ROWS);
    }

    @Test
    void whatIsCountedIsThere() {
        Random random = new Random(7);
        Partition partition = new Partition(3, 0, 0, GroupEdges.NONE);
        for (int row = 0; row < ROWS; row++) {
            values.set(row, random.nextInt(3) == 0);
            partition.append(row);
            if (random.nextInt(4) == 0) {
                partition.dropBefore(Math.max(partition.first(), row - random.nextInt(50)));
            }
            check(partition, random, row + 1);
        }
    }

    private void check(Partition partition, Random random, int end) {
        int from = (int) partition.first() + random.nextInt((int) (end - partition.first()));
        int to = from + random.nextInt(end - from + 1);
        ValuePlaces.Places found = places.of(partition, batch, end);
        BitSet between = values.get(from, to);
        assertThat(found.count(from, to)).isEqualTo(between.cardinality());
        int number = 0;
        for (int at = between.nextSetBit(0); at >= 0; at = between.nextSetBit(at + 1)) {
            assertThat(found.from(from, ++number)).isEqualTo(from + at);
        }
    }

    @Test
    void partitionsThatAreForgottenBeginAnew() {
        Partition partition = new Partition(0, 0, 0, GroupEdges.NONE);
        partition.append(0);
        values.set(0);
        assertThat(places.of(partition, batch, 1).count(0, 1)).isEqualTo(1);
        places.clear(0);
        values.clear();
        assertThat(places.of(partition, batch, 1).count(0, 1)).isZero();
    }
}
