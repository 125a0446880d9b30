package io.millrace.runtime.operator;

import static io.millrace.runtime.Scenario.ARRIVAL;
import static io.millrace.runtime.Scenario.at;
import static io.millrace.runtime.Scenario.count;
import static io.millrace.runtime.Scenario.endless;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.plan.PlanNode;
import io.millrace.plan.WindowSpec;
import io.millrace.plan.expression.Expression;
import io.millrace.runtime.Environment;
import io.millrace.runtime.Scenario;
import io.millrace.runtime.StartPosition;
import io.millrace.runtime.query.RunningQuery;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.testing.connector.MemorySink;
import io.millrace.testing.connector.MemorySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SharedScanTest {

    private final Scenario scenario = new Scenario();
    private final MemorySource ticks = scenario.source("ticks", "0", "1");
    private int piecesRead;

    private static PlanNode.Scan scan(String id, int... columns) {
        RowType type = Scenario.TICKS.project(columns);
        return new PlanNode.Scan(id, "ticks", type, type.indexOf("ROWTIME"), ARRIVAL);
    }

    /** Time and ticker of all rows, and once more, of a scan that has its columns in another order. */
    private static PlanNode twice() {
        PlanNode.Scan narrow = scan("narrow", 0, 1);
        PlanNode.Scan wide = scan("wide", 2, 1, 0);
        List<Expression> reordered = List.of(
                new Expression.Column(2, wide.rowType().field(2).type(), false),
                new Expression.Column(1, wide.rowType().field(1).type(), true));
        PlanNode second = new PlanNode.Project("reordered", wide, narrow.rowType(), reordered);
        return new PlanNode.UnionAll("both", List.of(narrow, second));
    }

    private RunningQuery open(PlanNode root) {
        Environment environment = scenario.environment();
        Environment counting = new Environment(
                environment.expressions(),
                scan -> new CountingSource(scan.rowType()),
                environment.clock(),
                environment.rejected(),
                List.of(),
                environment.zone());
        return RunningQuery.open(endless(root), counting, StartPosition.EARLIEST);
    }

    private static List<String> now(RunningQuery query) {
        List<String> rows = new ArrayList<>();
        for (RowBatch batch = query.next(); batch != null; batch = query.next()) {
            rows.addAll(Scenario.texts(MemorySink.rowsOf(batch)));
        }
        return rows;
    }

    @Test
    void aPieceIsReadOnceForAllScansOfAStream() {
        try (RunningQuery query = open(twice())) {
            for (int round = 1; round <= 10; round++) {
                ticks.add(round % 2 == 0 ? "0" : "1", at(round), "A" + round, (long) round, 1.0);
                int before = piecesRead;
                String row = "+1 " + round + " A" + round;
                assertThat(now(query)).containsExactly(row, row);
                assertThat(piecesRead).as("pieces of round " + round).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void anEntryThatCannotBeReadIsRejectedOnce() {
        try (RunningQuery query = open(twice())) {
            ticks.add("0", at(1), "A", 1L, 1.0).addMalformed("0", "broken").add("0", at(2), "B", 2L, 1.0);
            assertThat(now(query)).hasSize(4);
            assertThat(scenario.rejected()).hasSize(1);
        }
    }

    /** Else the step that would read what it leaves is taken again and again, and what cannot be read is never told. */
    @Test
    @Timeout(60)
    void aBranchThatHasItsRowsGoesOnReading() {
        PlanNode few = new PlanNode.Sort("few", scan("first", 0, 1), List.of(), 0, 1);
        PlanNode both = new PlanNode.UnionAll("both", List.of(few, scan("second", 0, 1)));
        try (RunningQuery query = open(both)) {
            ticks.add("0", at(1), "A", 1L, 1.0).add("0", at(2), "B", 1L, 1.0);
            assertThat(now(query)).containsExactly("+1 1 A", "+1 1 A", "+1 2 B");
            for (int round = 3; round <= 6; round++) {
                int before = piecesRead;
                String split = round % 2 == 0 ? "0" : "1";
                ticks.add(split, at(round), "C", 1L, 1.0).addMalformed(split, "broken");
                assertThat(now(query)).containsExactly("+1 " + round + " C");
                assertThat(piecesRead).isEqualTo(before + 1);
                assertThat(scenario.rejected()).hasSize(round - 2);
            }
        }
    }

    /** What a split promises is told once by its reader, and counts for every scan. */
    @Test
    void aPromiseIsHeardByAllScans() {
        PlanNode left = tumbling("left", scan("first", 0, 1));
        PlanNode right = tumbling("right", scan("second", 0, 2));
        PlanNode both = new PlanNode.UnionAll("both", List.of(left, right));
        try (RunningQuery query = open(both)) {
            ticks.add("0", at(1), "A", 1L, 1.0);
            assertThat(now(query)).isEmpty();
            ticks.addBound("0", 20).add("0", at(21), "A", 2L, 1.0);
            ticks.addBound("1", 20).add("1", at(21), "A", 2L, 1.0);
            assertThat(now(query)).containsExactly("+1 0 10 1", "+1 0 10 1");
        }
    }

    private static PlanNode tumbling(String id, PlanNode input) {
        PlanNode.WindowAggregate windows =
                Scenario.windows(input, new WindowSpec.Hopping(10, 10, 0), List.of(), count());
        return new PlanNode.WindowAggregate(
                id, input, windows.rowType(), 0, windows.window(), List.of(), windows.aggregates(), windows.emission());
    }

    /** The stream's rows with some of its columns; it counts the pieces that hold rows. */
    private final class CountingSource implements Source {

        private final RowType wanted;

        CountingSource(RowType wanted) {
            this.wanted = wanted;
        }

        @Override
        public List<String> splits() {
            return ticks.splits();
        }

        @Override
        public long firstPosition(String split) {
            return ticks.firstPosition(split);
        }

        @Override
        public long endPosition(String split) {
            return ticks.endPosition(split);
        }

        @Override
        public SplitReader open(String split, long position) {
            SplitReader reader = ticks.open(split, position);
            return new SplitReader() {
                @Override
                public @Nullable SourceBatch poll(long endPosition, int entriesMax) {
                    SourceBatch batch = reader.poll(endPosition, entriesMax);
                    if (batch == null) {
                        return null;
                    }
                    piecesRead += batch.rows().size() > 0 ? 1 : 0;
                    return new SourceBatch(project(batch.rows()), batch.rejected(), batch.rowtimeBound());
                }

                @Override
                public long position() {
                    return reader.position();
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }

        private RowBatch project(RowBatch rows) {
            Column[] columns = new Column[wanted.size()];
            Arrays.setAll(
                    columns,
                    i -> rows.column(rows.type().indexOf(wanted.field(i).name())));
            RowBatch projected = new RowBatch(wanted, columns);
            projected.size(rows.size());
            return projected;
        }

        @Override
        public long idleBound(String split, long position) {
            return Long.MIN_VALUE;
        }

        @Override
        public Subscription onAvailable(Runnable listener) {
            return ticks.onAvailable(listener);
        }

        @Override
        public void close() {}
    }
}
