package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.runtime.aggregate.GroupState;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.spill.RowPartitions;
import io.millrace.runtime.spill.SpilledRows;
import io.millrace.runtime.spill.Workspace;
import io.millrace.runtime.spill.WorkspaceShare;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates all rows of a bounded query by key, and puts out the groups.
 *
 * <p>Once the groups take more memory than they may, no new ones are made: rows of groups that are there go on being
 * added to them, and the others are put aside on disk, parted by key. After the groups have been put out, each part is
 * aggregated in the same way, and is parted again if it is still too much.
 *
 * <pre>
 *   input ──► groups at hand ──► out          parts ──► groups at hand ──► out
 *        └──► parts on disk                        └──► parts of parts
 * </pre>
 */
final class BoundedAggregateOperator extends Operator {

    /** From so many groups on they are looked at, for each may be large. */
    private static final int LOOK_FROM_GROUPS = 16;

    /** Groups are looked at again whenever they are twice as many, and from so many on whenever half as many more. */
    private static final int LOOK_OFTEN_FROM_GROUPS = 1 << 12;

    private static final long LOOK_FROM_ROWS = 1 << 12;

    /** By how much groups may still grow, through what their rows add to them, when no others are made. */
    private static final int GROWTH_MAX = 4;

    private final PlanNode.Aggregate node;
    private final ExpressionEngine engine;
    private final WorkspaceShare memory;
    private final boolean global;
    private final int[] keys;
    private final String origin;
    private final GroupedRows rows = new GroupedRows();
    private final RowBatch out;
    private final ArrayDeque<Part> waiting = new ArrayDeque<>();
    private GroupState groups;
    private @Nullable Part part;
    private @Nullable RowPartitions aside;
    private int[] selection = {};
    private long lookAtGroups;
    private long lookAtRows;
    private long fullBytes;
    private boolean inputDone;
    private int emitted;
    private long ordinal;
    private @Nullable Step step;

    /** Rows that were put aside, and how often they have been parted. */
    private record Part(SpilledRows rows, int level) {}

    BoundedAggregateOperator(
            PlanNode.Aggregate node, Operator input, ExpressionEngine engine, Workspace workspace, String origin) {
        super(node.id(), node.rowType(), input);
        this.node = node;
        this.engine = engine;
        this.memory = workspace.share();
        this.global = node.keys().isEmpty();
        this.keys = node.keys().stream().mapToInt(Integer::intValue).toArray();
        this.origin = origin;
        this.out = RowBatch.create(node.rowType(), 0);
        this.groups = noGroups();
    }

    private GroupState noGroups() {
        lookAtGroups = LOOK_FROM_GROUPS;
        lookAtRows = LOOK_FROM_ROWS;
        return new GroupState(input().rowType(), node.keys(), node.aggregates(), false, engine);
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
    }

    @Override
    protected @Nullable RowBatch produce() {
        if (!inputDone) {
            addInput();
            inputDone = true;
        }
        do {
            RowBatch emitted = emitGroups();
            if (emitted != null) {
                return emitted;
            }
        } while (nextPart());
        return null;
    }

    private void addInput() {
        if (global) {
            groups.ensureSingleGroup();
        }
        for (RowBatch batch = input().next(); batch != null; batch = input().next()) {
            add(batch, 0);
        }
        putAsideDone(0);
    }

    private void add(RowBatch batch, int level) {
        if (aside == null) {
            addAll(batch);
        } else {
            addKnown(batch, aside);
        }
        if (groups.table().size() >= lookAtGroups || ordinal >= lookAtRows) {
            look(level);
        }
    }

    private void addAll(RowBatch batch) {
        rows.of(batch, ordinal);
        ordinal += batch.size();
        groups.find(rows);
        if (global) {
            rows.only(0);
        }
        groups.add(rows);
    }

    /** Adds the rows whose groups are there, and puts the others aside. */
    private void addKnown(RowBatch batch, RowPartitions parts) {
        rows.of(batch, ordinal);
        groups.table().lookup(rows, keys);
        int count = rows.count();
        if (selection.length < count) {
            selection = new int[rows.rows().length];
        }
        int others = 0;
        int known = 0;
        for (int i = 0; i < count; i++) {
            if (rows.groups()[i] == GroupTable.NO_GROUP) {
                selection[others++] = rows.rows()[i];
            } else {
                rows.groups()[known] = rows.groups()[i];
                rows.rows()[known++] = rows.rows()[i];
            }
        }
        rows.count(known);
        groups.add(rows);
        ordinal += batch.size();
        if (others > 0) {
            parts.add(Views.of(batch, batch.type(), selection, others));
        }
    }

    private void look(int level) {
        long count = groups.table().size();
        lookAtGroups = Math.max(LOOK_FROM_GROUPS, count < LOOK_OFTEN_FROM_GROUPS ? 2 * count : count + count / 2);
        lookAtRows = Math.max(LOOK_FROM_ROWS, 2 * ordinal);
        HeapSize size = HeapSize.ofState(groups);
        long bytes = size.bytes();
        if (memory.hold(bytes, size.longest())) {
            return;
        }
        if (aside == null && !global && level < RowPartitions.LEVELS) {
            fullBytes = bytes;
            aside = new RowPartitions(input().rowType(), keys, nullIsAKey(), level, memory);
        } else if (global || level == RowPartitions.LEVELS || bytes > GROWTH_MAX * fullBytes) {
            throw memory.exceeded(global ? "an aggregate over all rows" : "GROUP BY", bytes);
        }
    }

    private boolean[] nullIsAKey() {
        boolean[] all = new boolean[keys.length];
        Arrays.fill(all, true);
        return all;
    }

    private void putAsideDone(int level) {
        if (aside != null) {
            aside.finish();
            for (SpilledRows parted : aside.take()) {
                if (parted.rows() > 0) {
                    // Parts of a part come before what else waits, so that few files are open.
                    waiting.addFirst(new Part(parted, level + 1));
                } else {
                    parted.close();
                }
            }
            aside = null;
        }
    }

    /** Takes the groups of the next part in place of those that were put out; returns whether there is one. */
    private boolean nextPart() {
        Part next = waiting.poll();
        if (next == null) {
            return false;
        }
        part = next;
        groups = noGroups();
        memory.hold(0);
        emitted = 0;
        ordinal = 0;
        for (RowBatch batch = next.rows().next();
                batch != null;
                batch = next.rows().next()) {
            if (step != null) {
                step.checkCancelled();
            }
            add(batch, next.level());
        }
        next.rows().close();
        part = null;
        putAsideDone(next.level());
        return true;
    }

    private @Nullable RowBatch emitGroups() {
        int end = groups.table().size();
        out.clear();
        while (emitted < end && out.size() < BATCH_ROWS_MAX) {
            append(emitted++);
        }
        return out.size() > 0 ? out : null;
    }

    private void append(int group) {
        int row = out.size();
        out.ensureCapacity(row + 1);
        try {
            for (int i = 0; i < out.columnCount(); i++) {
                out.column(i).clearNull(row);
            }
            groups.write(group, out, row, node.keys().size());
        } catch (MillraceException e) {
            if (step != null) {
                step.reject(origin, out, row, e.code(), e.describe());
            }
            return;
        }
        out.size(row + 1);
    }

    @Override
    public boolean mayHaveMore() {
        return !inputDone || !waiting.isEmpty() || emitted < groups.table().size();
    }

    @Override
    public long bound(int column) {
        return inputDone ? CLOSED : NO_BOUND;
    }

    @Override
    long spilledBytes() {
        return memory.spilledBytes();
    }

    @Override
    void release() {
        memory.close();
        if (aside != null) {
            aside.close();
        }
        if (part != null) {
            part.rows().close();
        }
        waiting.forEach(left -> left.rows().close());
    }
}
