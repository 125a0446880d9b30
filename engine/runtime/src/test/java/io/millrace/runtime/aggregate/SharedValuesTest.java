package io.millrace.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.AggregateCall;
import io.millrace.plan.AggregateFunction;
import io.millrace.runtime.expression.InterpretedExpressions;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.BooleanColumn;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that share a table of values give what each would by itself. */
class SharedValuesTest {

    private static final int GROUPS = 5;
    private static final RowType INPUT = new RowType(List.of(
            new Field("v", DataType.BIGINT, true),
            new Field("small", DataType.BOOLEAN, true),
            new Field("even", DataType.BOOLEAN, true)));
    private static final List<AggregateCall> CALLS = List.of(
            call(AggregateFunction.COUNT, 1),
            call(AggregateFunction.COUNT, AggregateCall.NO_FILTER),
            call(AggregateFunction.SUM, 2),
            call(AggregateFunction.COUNT, 2));

    private record Row(int group, long value, boolean isNull) {}

    private final List<Row> there = new ArrayList<>();

    private static AggregateCall call(AggregateFunction function, int filter) {
        DataType type = DataType.BIGINT;
        return new AggregateCall(function, List.of(0), true, filter, type, true);
    }

    private static GroupValues values(List<AggregateCall> calls, boolean updating) {
        GroupValues values = new GroupValues(INPUT, calls, updating, new InterpretedExpressions());
        values.grow(2 * GROUPS);
        return values;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void asByThemselves(boolean updating) {
        Random random = new Random(3);
        GroupValues shared = values(CALLS, updating);
        List<GroupValues> alone =
                CALLS.stream().map(call -> values(List.of(call), updating)).toList();
        for (int step = 0; step < 300; step++) {
            GroupedRows rows = rows(random, updating);
            shared.add(rows);
            alone.forEach(values -> values.add(rows));
            if (step % 50 == 49) {
                mergeTwo(shared, alone, updating);
                shared = restored(shared, updating);
            }
            assertSame(shared, alone);
        }
    }

    private static void assertSame(GroupValues shared, List<GroupValues> alone) {
        RowType types = new RowType(IntStream.range(0, CALLS.size())
                .mapToObj(i -> new Field("r" + i, DataType.BIGINT, true))
                .toList());
        RowBatch expected = RowBatch.create(types, 1);
        RowBatch found = RowBatch.create(types, 1);
        for (int group = 0; group < 2 * GROUPS; group++) {
            shared.write(group, found, 0, 0);
            for (int i = 0; i < alone.size(); i++) {
                alone.get(i).write(group, expected, 0, i);
                assertThat(found.column(i).isNull(0))
                        .isEqualTo(expected.column(i).isNull(0));
                assertThat(((LongColumn) found.column(i)).get(0)).isEqualTo(((LongColumn) expected.column(i)).get(0));
            }
        }
    }

    /** Group 0 is given to group 6, and begins anew. */
    private void mergeTwo(GroupValues shared, List<GroupValues> alone, boolean updating) {
        int[] targets = new int[2 * GROUPS];
        java.util.Arrays.fill(targets, -1);
        targets[0] = GROUPS + 1;
        boolean[] gone = new boolean[2 * GROUPS];
        gone[0] = true;
        for (GroupValues values : alone) {
            values.merge(values, targets, targets.length);
            values.forget(gone, gone.length);
        }
        shared.merge(shared, targets, targets.length);
        shared.forget(gone, gone.length);
        there.replaceAll(row -> row.group == 0 ? new Row(GROUPS + 1, row.value, row.isNull) : row);
        assertThat(updating || there.isEmpty()).isTrue();
    }

    private static GroupValues restored(GroupValues from, boolean updating) {
        StateWriter out = new StateWriter();
        from.save(2 * GROUPS, out);
        GroupValues to = values(CALLS, updating);
        StateReader in = new StateReader(out.toByteArray());
        to.load(2 * GROUPS, in);
        assertThat(in.atEnd()).isTrue();
        return to;
    }

    private GroupedRows rows(Random random, boolean updating) {
        int count = random.nextInt(12);
        RowBatch batch = RowBatch.create(INPUT, count);
        GroupedRows rows = new GroupedRows();
        rows.start(batch, count, 0);
        for (int i = 0; i < count; i++) {
            boolean back = updating && !there.isEmpty() && random.nextInt(3) == 0;
            Row row = back
                    ? there.remove(random.nextInt(there.size()))
                    : new Row(random.nextInt(GROUPS), random.nextInt(9), random.nextInt(6) == 0);
            if (updating && !back) {
                there.add(row);
            }
            write(batch, i, row);
            batch.weightsForWriting(count)[i] = back ? -1 : 1;
            rows.rows()[i] = i;
            rows.groups()[i] = row.group;
        }
        batch.size(count);
        return rows;
    }

    private static void write(RowBatch batch, int i, Row row) {
        if (row.isNull) {
            batch.column(0).setNull(i);
        } else {
            ((LongColumn) batch.column(0)).set(i, row.value);
        }
        ((BooleanColumn) batch.column(1)).set(i, row.value < 4);
        ((BooleanColumn) batch.column(2)).set(i, row.value % 2 == 0);
    }
}
