package io.millrace.plan;

import io.millrace.plan.expression.Expression;
import io.millrace.spi.type.DataType.RowType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operator of a plan. Immutable; compares by content.
 *
 * <p>Ids are unique in a plan, and the same statement always gets the same ids. Rows that travel between
 * nodes have weights; {@link Plan#updating} says where they may be other than +1.
 */
public sealed interface PlanNode {

    /** Returns the stable name under which the operator's state is stored. */
    String id();

    /** Returns the type of the rows it puts out. */
    RowType rowType();

    List<PlanNode> inputs();

    /**
     * Reads a stream, or a table or materialized view: as it is in a bounded query, and its changes in an endless one.
     *
     * @param stream the stream's, table's or view's name in the catalog
     * @param rowType the columns wanted: declared and {@link
     *     io.millrace.spi.connector.SystemColumns} alike, by name; the declared ones have the declared type
     * @param rowtimeColumn the column of {@code rowType} that is the row's ROWTIME, or -1 where nothing in
     *     the query needs it
     * @param rowtime how the scan bounds it
     */
    record Scan(String id, String stream, RowType rowType, int rowtimeColumn, Rowtime rowtime) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /** Constant rows. */
    record Values(String id, RowType rowType, List<List<Expression>> rows) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /** The rows for which the condition is TRUE. */
    record Filter(String id, PlanNode input, Expression condition) implements PlanNode {
        @Override
        public RowType rowType() {
            return input.rowType();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /** A row computed from each row. */
    record Project(String id, PlanNode input, RowType rowType, List<Expression> expressions) implements PlanNode {
        public Project {
            expressions = List.copyOf(expressions);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Each row once for every window its time lies in, with the columns {@code window_start}, {@code
     * window_end} and {@code window_time} (the last microsecond, {@code window_end} less one) added behind. A
     * row whose time is NULL is dropped and goes to the error stream. The rows of a session come when it has ended,
     * those of other windows at once.
     *
     * @param timeColumn TIMESTAMP column of the input
     * @param partition columns of the input; rows are in one session only where they agree in all of them
     */
    record Window(
            String id, PlanNode input, RowType rowType, int timeColumn, WindowSpec window, List<Integer> partition)
            implements PlanNode {
        public Window {
            partition = List.copyOf(partition);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * One row per group and window: the keys, then {@code window_start} and {@code window_end}, then the
     * aggregates. A window is complete when the rowtime bound reaches its end; a row for a complete window is late.
     *
     * @param timeColumn TIMESTAMP column of the input whose windows are meant
     * @param keys columns of the input; sessions are those of the rows with the same keys
     * @param emission when a window is put out
     */
    record WindowAggregate(
            String id,
            PlanNode input,
            RowType rowType,
            int timeColumn,
            WindowSpec window,
            List<Integer> keys,
            List<AggregateCall> aggregates,
            Emission emission)
            implements PlanNode {
        public WindowAggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Each row with values behind it that it gets from the rows around it: those of the same partition, in an order.
     *
     * <p>An endless query gives a row once the rowtime bound says that no other of its frame follows; there, the first
     * order key is ROWTIME.
     *
     * @param partition columns of the input that all rows of a partition have in common
     * @param order in which rows of a partition follow one another; rows with the same keys as they came
     * @param calls one column each, behind those of the input
     */
    record Over(
            String id,
            PlanNode input,
            RowType rowType,
            List<Integer> partition,
            List<SortKey> order,
            List<OverCall> calls)
            implements PlanNode {
        public Over {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            calls = List.copyOf(calls);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * The rows at some places of each partition, in an order. Rows with the same order keys are in the order of their
     * values, so that the answer hangs on the rows alone and not on how they came.
     *
     * <p>In an endless query rows are put out at once, and taken back when others push them out. Where {@code
     * timeColumn} says when nothing can push a row out any more, it waits for that and stays.
     *
     * @param rowType the input's columns, and the place behind them where it is wanted
     * @param partition columns of the input that all rows of a partition have in common
     * @param order in which rows of a partition follow one another
     * @param ranking how places are counted: ROW_NUMBER, RANK or DENSE_RANK
     * @param offset rows at places up to this one are left out
     * @param limit how many places are wanted
     * @param timeColumn column that has a bound: one of the partition, which is complete when the bound is above it, or
     *     the first of the order, ascending, when rows come into their places in the order of time; -1 for neither
     */
    record TopN(
            String id,
            PlanNode input,
            RowType rowType,
            List<Integer> partition,
            List<SortKey> order,
            OverCall.Ranking ranking,
            long offset,
            long limit,
            int timeColumn)
            implements PlanNode {
        public TopN {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        /** Returns whether the place is a column. */
        public boolean placed() {
            return rowType.size() > input.rowType().size();
        }

        /** Returns whether a partition is put out as a whole, when it is complete. */
        public boolean completesPartitions() {
            return partition.contains(timeColumn);
        }

        /** Returns whether rows come into their places in the order of time, and stay there. */
        public boolean inOrderOfTime() {
            return timeColumn >= 0 && !completesPartitions();
        }
    }

    /**
     * Sequences of rows that match a pattern, in partitions and there in an order: a row for each match, or for each row
     * of a match that is not excluded.
     *
     * <p>An endless query gives a match once no other that is preferred can come any more; there, the first order key is
     * ROWTIME, and the pattern does not say where a partition starts or ends.
     *
     * @param rowType the {@code columns}, then the measures
     * @param columns columns of the input that are put out: of the row, or of the first row where one stands for the match
     * @param rows what the pattern finds
     * @param values what measures are computed from
     * @param measures over a row of {@code values}
     */
    record Match(
            String id,
            PlanNode input,
            RowType rowType,
            List<Integer> partition,
            List<SortKey> order,
            MatchedRows rows,
            List<Integer> columns,
            List<MatchValue> values,
            List<Expression> measures)
            implements PlanNode {
        public Match {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            columns = List.copyOf(columns);
            values = List.copyOf(values);
            measures = List.copyOf(measures);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * One row per group: the keys, then the aggregates. Without keys, one row even over no rows.
     *
     * <p>With {@code closing}, a group is forgotten when it is complete, and put out when that says; without, every
     * step puts out what changed, the old row with weight −1 and the new one with +1, and a bounded query all groups at
     * its end.
     *
     * @param keys columns of the input
     * @param closing says when a group is complete, or null
     */
    record Aggregate(
            String id,
            PlanNode input,
            RowType rowType,
            List<Integer> keys,
            List<AggregateCall> aggregates,
            @Nullable Closing closing)
            implements PlanNode {
        public Aggregate {
            keys = List.copyOf(keys);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * When a group is complete: its key is a growing function of ROWTIME, such as {@code FLOOR(ROWTIME TO
     * MINUTE)}, so no row of it follows once the function of the rowtime bound is greater.
     *
     * @param key place in {@link Aggregate#keys()} of that key
     * @param ofBound the function, of a row with one TIMESTAMP column: the bound
     * @param emission when a group is put out
     */
    record Closing(int key, Expression ofBound, Emission emission) {}

    /** All rows of all inputs, duplicates included. */
    record UnionAll(String id, List<PlanNode> inputs) implements PlanNode {
        public UnionAll {
            inputs = List.copyOf(inputs);
        }

        @Override
        public RowType rowType() {
            return inputs.getFirst().rowType();
        }
    }

    /**
     * The rows of a bounded query in order, from {@code offset} on, at most {@code limit}.
     *
     * @param keys none for the order in which rows come
     * @param limit -1 for all
     */
    record Sort(String id, PlanNode input, List<SortKey> keys, RowCount offset, RowCount limit) implements PlanNode {
        public Sort {
            keys = List.copyOf(keys);
        }

        public Sort(String id, PlanNode input, List<SortKey> keys, long offset, long limit) {
            this(id, input, keys, new RowCount.Constant(offset), new RowCount.Constant(limit));
        }

        @Override
        public RowType rowType() {
            return input.rowType();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * The pairs of rows of two inputs that belong together, the left one's columns first; for {@link
     * JoinType#SEMI} and {@link JoinType#ANTI} rows of the left alone.
     *
     * <p>In an endless query both inputs are kept, a row for as long as {@code times} says that it may still find a
     * partner, and for ever where nothing says so. An outer or anti join puts a row without a partner out at
     * once and takes it back when one comes; where {@code times} says when none can come any more, it waits for that.
     * Where one input is {@linkplain Plan#lookedUp looked up}, it is kept as it is at each step, and rows of the other are
     * joined when they come and forgotten.
     *
     * @param keys columns that must be equal
     * @param condition what else must be TRUE, of the left's columns and the right's behind them; null for nothing
     * @param times how far apart the rows' times may lie, by columns that have bounds. It follows from keys and
     *     condition, and rows are not tested for it again.
     * @param asOf which row of the right that has the keys of a row of the left is meant, of an INNER or LEFT join; the
     *     condition is tested with that one. Null for all.
     */
    record Join(
            String id,
            PlanNode left,
            PlanNode right,
            RowType rowType,
            JoinType type,
            List<JoinKey> keys,
            @Nullable Expression condition,
            List<JoinTime> times,
            @Nullable AsOf asOf)
            implements PlanNode {
        public Join {
            keys = List.copyOf(keys);
            times = List.copyOf(times);
        }

        /** A join with all rows that belong together. */
        public Join(
                String id,
                PlanNode left,
                PlanNode right,
                RowType rowType,
                JoinType type,
                List<JoinKey> keys,
                @Nullable Expression condition,
                List<JoinTime> times) {
            this(id, left, right, rowType, type, keys, condition, times, null);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }

        /** Returns whether rows of the left are forgotten some time. */
        public boolean freesLeft() {
            return times.stream().anyMatch(JoinTime::freesLeft);
        }

        /** Returns whether rows of the right are forgotten some time. */
        public boolean freesRight() {
            return times.stream().anyMatch(JoinTime::freesRight);
        }
    }

    /**
     * Each row once for every element of its array, with the element behind its columns: its fields where it is
     * a row, and itself otherwise.
     *
     * @param array ARRAY column of the input
     * @param ordinality whether the place from 1 follows
     * @param outer whether a row without elements comes once, with NULL behind it
     */
    record Unnest(String id, PlanNode input, RowType rowType, int array, boolean ordinality, boolean outer)
            implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Each row as often as a column of it says, and not at all where that is below one.
     *
     * @param rowType the input's but for that column
     * @param count BIGINT column of the input, the last one
     */
    record Repeat(String id, PlanNode input, RowType rowType, int count) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * What the rows that came and went add up to: each row with its net weight, those that went first.
     *
     * @param everyMicros how often at most by the step's clock, or 0 for once a step
     */
    record Consolidate(String id, PlanNode input, long everyMicros) implements PlanNode {
        @Override
        public RowType rowType() {
            return input.rowType();
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /**
     * Each change as a row that stays: what happened, {@link #INSERT} or {@link #DELETE}, and the row behind it.
     *
     * @param rowType a VARCHAR column, and the input's
     */
    record Changes(String id, PlanNode input, RowType rowType) implements PlanNode {

        /** Says that a row came. */
        public static final String INSERT = "insert";

        /** Says that a row went. */
        public static final String DELETE = "delete";

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }
}
