package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.state.RowCopy;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import io.millrace.testing.connector.Origins;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows that are kept say where they came from, whatever became of the batches they were in. */
class KeptOriginsTest {

    private static final RowType TYPE =
            RowType.of(Field.required("ROWTIME", DataType.TIMESTAMP), Field.required("n", DataType.INTEGER));

    private final RowBatch kept = RowBatch.create(TYPE, 0);

    @Test
    void rowsOfSeveralBatchesKeepTheirOwn() {
        keep(rows(3), new int[] {0, 2});
        keep(rows(2), new int[] {1});
        assertThat(positions()).containsExactly("shard:0", "shard:2", "shard:1");
        assertThat(origins().rowtimeMicros(1) - origins().rowtimeMicros(0)).isEqualTo(2_000_000);
    }

    @Test
    void rowsWithoutOriginsSayTheirRowtime() {
        keep(without(rows(1)), new int[] {0});
        assertThat(kept.origins()).isNull();
        keep(rows(2), new int[] {1});
        keep(without(rows(4)), new int[] {0, 3});
        assertThat(positions()).containsExactly("", "shard:1", "", "");
        assertThat(origins().rowtimeMicros(0)).isEqualTo(0);
        assertThat(origins().rowtimeMicros(3)).isEqualTo(3);
    }

    @Test
    void copiesOfRowsAreFromWhereTheRowsAre() {
        RowBatch source = rows(3);
        RowBatch copies = RowBatch.create(TYPE, 2);
        for (int row : new int[] {2, 2}) {
            copies.appendFrom(source, row);
            CopiedOrigins.note(source, row, copies, copies.size() - 1);
        }
        keep(copies, new int[] {1});
        copies.origins(null);
        assertThat(positions()).containsExactly("shard:2");
    }

    private void keep(RowBatch batch, int[] selection) {
        batch.select(selection, selection.length);
        KeptOrigins.note(batch, kept);
        RowCopy.append(kept, batch);
    }

    private static RowBatch without(RowBatch rows) {
        rows.origins(null);
        return rows;
    }

    /** Rows of which the n-th has a ROWTIME of n microseconds. */
    private static RowBatch rows(int count) {
        RowBatch batch = RowBatch.create(TYPE, count);
        for (int i = 0; i < count; i++) {
            JavaValues.append(batch, List.of(LocalDateTime.ofEpochSecond(0, 1000 * i, ZoneOffset.UTC), i));
        }
        batch.origins(new Origins(Origins.FIRST));
        return batch;
    }

    private RowOrigins origins() {
        return Objects.requireNonNull(kept.origins());
    }

    private List<String> positions() {
        return IntStream.range(0, kept.size())
                .mapToObj(row -> origins().position(row))
                .toList();
    }
}
