package io.millrace.runtime.over;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CountedPlacesTest {

    private static final int ROWS = 2_000;

    private final RowBatch batch = RowBatch.create(new RowType(List.of()), 0);
    private final BitSet values = new BitSet();
    private long looks;

    private CountedPlaces places(long distance) {
        return new CountedPlaces(distance, (partition, rows, position) -> {
            looks++;
            return values.get((int) position);
        });
    }

    private static Partition partition() {
        Partition partition = new Partition(0, 0, 0, GroupEdges.NONE);
        for (int row = 0; row < ROWS; row++) {
            partition.append(row);
        }
        return partition;
    }

    @Test
    void rowsWithoutAValueAreLookedAtAFewTimesOnly() {
        for (long distance : new long[] {1, 3, -1, -3}) {
            looks = 0;
            CountedPlaces places = places(distance);
            Partition partition = partition();
            values.clear();
            values.set(distance > 0 ? ROWS - 3 : 0, distance > 0 ? ROWS : 3);
            for (long row = 0; row < ROWS; row++) {
                places.from(partition, batch, row);
            }
            assertThat(looks).as("distance " + distance).isLessThan(4 * ROWS);
        }
    }

    @Test
    void whatIsRememberedIsWhatCountingFinds() {
        Random random = new Random(7);
        for (int run = 0; run < 200; run++) {
            values.clear();
            for (int i = 0; i < ROWS; i++) {
                values.set(i, random.nextInt(1 + run % 9) == 0);
            }
            long distance = (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(3));
            CountedPlaces places = places(distance);
            Partition partition = new Partition(0, 0, 0, GroupEdges.NONE);
            int appended = 0;
            for (int row = 0; row < 60; row++) {
                while (appended <= row + random.nextInt(5)) {
                    partition.append(appended++);
                }
                assertThat(places.from(partition, batch, row))
                        .as("run " + run + ", row " + row + ", distance " + distance)
                        .isEqualTo(counted(row, distance, appended));
            }
        }
    }

    private long counted(int from, long distance, int end) {
        long left = Math.abs(distance);
        int direction = Long.signum(distance);
        for (int at = from + direction; at >= 0 && at < end; at += direction) {
            if (values.get(at) && --left == 0) {
                return at;
            }
        }
        return CountedPlaces.NONE;
    }
}
