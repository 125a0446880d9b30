package io.millrace.runtime.operator;

import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.join.BuildTable;
import io.millrace.runtime.join.Gather;
import io.millrace.runtime.join.JoinPairs;
import io.millrace.runtime.join.KeyedRows;
import io.millrace.runtime.join.NullColumns;
import io.millrace.runtime.spill.RowPartitions;
import io.millrace.runtime.spill.SpilledRows;
import io.millrace.runtime.spill.Workspace;
import io.millrace.runtime.spill.WorkspaceShare;
import io.millrace.runtime.state.GroupTable;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Joins in a bounded query: takes all rows of one side by key, then looks the other side's rows up as they come.
 *
 * <p>Rows of the side taken whole that need more memory than they may are put aside on disk, parted by key, and so are
 * those of the other side; then part is joined with part, which is parted again if it is still too much.
 *
 * <p>Where each key has at most one row and nothing else is to be tested, a row of the other side passes with its
 * own columns as they are, and the partner's values are put beside it.
 */
final class HashJoinOperator extends Operator {

    /** What finding rows by key takes beside them, for each. */
    private static final int BYTES_A_ROW = 24;

    /** How much they take is looked at whenever they are more by this part. */
    private static final int LOOK_SHARE = 8;

    private final JoinType type;
    private final boolean buildsLeft;
    private final boolean tests;
    private final boolean keepsProbe;
    private final boolean keepsBuild;
    private final String origin;
    private final JoinSides sides;
    private final WorkspaceShare memory;
    private final KeyedRows keyed;
    private final JoinPairs pairs;
    private final NullColumns noBuild;
    private final NullColumns noProbe;
    private final RowBatch beside;
    private final RowBatch rest;
    private final ArrayDeque<Part> waiting = new ArrayDeque<>();
    private final List<RowPartitions> open = new ArrayList<>();
    private BuildTable table;
    private @Nullable Part part;
    /** By group where there is no condition, else by row. */
    private boolean[] buildMatched = {};

    private boolean[] probeMatched = {};
    private int[] partner = {};
    private int[] selection = {};
    private @Nullable Step step;
    private @Nullable RowBatch probing;
    private int probed;
    private int place;
    private long lookAtRows;
    private boolean built;
    private int left;
    private boolean probeDone;
    private boolean done;

    HashJoinOperator(
            PlanNode.Join node,
            Operator left,
            Operator right,
            boolean buildsLeft,
            ExpressionEngine engine,
            Workspace workspace,
            String origin) {
        super(node.id(), node.rowType(), left, right);
        this.sides = new JoinSides(node);
        this.memory = workspace.share();
        this.type = node.type();
        this.buildsLeft = buildsLeft;
        this.tests = node.condition() != null;
        this.keepsProbe = sides.kept(!buildsLeft);
        this.keepsBuild = sides.kept(buildsLeft);
        this.origin = origin;
        this.table = emptyTable();
        this.keyed = sides.keyed(!buildsLeft);
        this.pairs = sides.pairs(engine);
        this.noBuild = new NullColumns(sides.type(buildsLeft));
        this.noProbe = new NullColumns(sides.type(!buildsLeft));
        this.beside = RowBatch.create(sides.type(buildsLeft), 0);
        this.rest = RowBatch.create(sides.type(buildsLeft), 0);
    }

    private BuildTable emptyTable() {
        return new BuildTable(sides.type(buildsLeft), sides.keyColumns(buildsLeft), sides.nullsMatch());
    }

    private Operator side(boolean left) {
        return inputs().get(left ? 0 : 1);
    }

    /** Rows of both sides that were put aside, and how often they have been parted. */
    private record Part(SpilledRows build, SpilledRows probe, int level) {

        void close() {
            build.close();
            probe.close();
        }
    }

    @Override
    public void begin(Step newStep) {
        super.begin(newStep);
        step = newStep;
    }

    @Override
    protected @Nullable RowBatch produce() {
        do {
            RowBatch rows = joined();
            if (rows != null) {
                return rows;
            }
        } while (nextPart());
        done = true;
        return null;
    }

    /** Returns the next rows of the input, or of the part at hand. */
    private @Nullable RowBatch joined() {
        if (!built) {
            built = true;
            if (!build()) {
                return null;
            }
        }
        while (!probeDone) {
            RowBatch rows = probing == null ? probeNext() : pairsOf(probing);
            if (rows != null && rows.selectedCount() > 0) {
                return rows;
            }
        }
        return leftOver();
    }

    private @Nullable RowBatch next(boolean ofBuild) {
        running().checkCancelled();
        if (part == null) {
            return side(ofBuild == buildsLeft).next();
        }
        return (ofBuild ? part.build() : part.probe()).next();
    }

    /** Takes all rows of one side; returns false where they were too much, and both sides have been parted. */
    private boolean build() {
        for (RowBatch batch = next(true); batch != null; batch = next(true)) {
            table.add(batch);
            int rows = table.rows().size();
            if (rows < lookAtRows) {
                continue;
            }
            lookAtRows = rows + (long) rows / LOOK_SHARE;
            HeapSize size = HeapSize.ofState(table.rows());
            long bytes = size.bytes() + (long) BYTES_A_ROW * rows;
            if (!memory.hold(bytes, size.longest())) {
                partBoth(bytes);
                return false;
            }
        }
        table.seal();
        buildMatched = new boolean[tests ? table.rows().size() : table.groups()];
        return true;
    }

    private void partBoth(long bytes) {
        int level = part == null ? 0 : part.level();
        if (sides.keyColumns(buildsLeft).length == 0 || level == RowPartitions.LEVELS) {
            throw memory.exceeded(level == 0 ? "a join without equal keys" : "a join of rows with the same key", bytes);
        }
        RowPartitions builds = partitions(buildsLeft, level);
        RowPartitions probes = partitions(!buildsLeft, level);
        builds.add(table.rows());
        table = emptyTable();
        memory.hold(0);
        for (RowBatch batch = next(true); batch != null; batch = next(true)) {
            builds.add(batch);
        }
        for (RowBatch batch = next(false); batch != null; batch = next(false)) {
            probes.add(batch);
        }
        builds.finish();
        probes.finish();
        List<SpilledRows> buildParts = builds.take();
        List<SpilledRows> probeParts = probes.take();
        open.clear();
        for (int i = 0; i < buildParts.size(); i++) {
            // Parts of a part come before what else waits, so that few files are open.
            waiting.addFirst(new Part(buildParts.get(i), probeParts.get(i), level + 1));
        }
        probeDone = true;
    }

    private RowPartitions partitions(boolean left, int level) {
        RowPartitions partitions =
                new RowPartitions(sides.type(left), sides.keyColumns(left), sides.nullsMatch(), level, memory);
        open.add(partitions);
        return partitions;
    }

    /** Takes up the next part that waits, in place of what was joined; returns whether there is one. */
    private boolean nextPart() {
        if (part != null) {
            part.close();
        }
        part = waiting.poll();
        if (part == null) {
            return false;
        }
        table = emptyTable();
        memory.hold(0);
        lookAtRows = 0;
        built = false;
        probeDone = false;
        probing = null;
        left = 0;
        return true;
    }

    private @Nullable RowBatch probeNext() {
        RowBatch batch = next(false);
        if (batch == null) {
            probeDone = true;
            return null;
        }
        keyed.of(batch);
        table.lookup(keyed);
        if (!tests && type.leftOnly()) {
            return buildsLeft ? markGroups() : chosen(batch);
        }
        if (!tests && table.unique()) {
            return besidePartner(batch);
        }
        probing = batch;
        probed = 0;
        place = -1;
        if (probeMatched.length < batch.size()) {
            probeMatched = new boolean[batch.size()];
        }
        Arrays.fill(probeMatched, 0, batch.size(), false);
        return null;
    }

    private @Nullable RowBatch markGroups() {
        int[] groups = keyed.rows().groups();
        for (int i = 0; i < keyed.rows().count(); i++) {
            if (groups[i] >= 0) {
                buildMatched[groups[i]] = true;
            }
        }
        return null;
    }

    /** The rows of a semi or anti join whose rows are those at hand. */
    private RowBatch chosen(RowBatch batch) {
        ensurePartner(batch.size());
        Arrays.fill(partner, 0, batch.size(), GroupTable.NO_GROUP);
        int[] rows = keyed.rows().rows();
        int[] groups = keyed.rows().groups();
        for (int i = 0; i < keyed.rows().count(); i++) {
            partner[rows[i]] = groups[i];
        }
        int kept = 0;
        for (int i = 0; i < batch.selectedCount(); i++) {
            int row = batch.selectedRow(i);
            if (partner[row] >= 0 == (type == JoinType.SEMI)) {
                selection[kept++] = row;
            }
        }
        return Views.of(batch, rowType(), selection, kept);
    }

    private RowBatch besidePartner(RowBatch batch) {
        ensurePartner(batch.size());
        if (keepsProbe) {
            Arrays.fill(partner, 0, batch.size(), Gather.NONE);
        }
        int[] rows = keyed.rows().rows();
        int[] groups = keyed.rows().groups();
        int count = keyed.rows().count();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            if (group >= 0) {
                partner[rows[i]] = table.row(table.start(group));
                selection[kept++] = rows[i];
            }
        }
        if (keepsBuild) {
            markGroups();
        }
        int[] wanted = keepsProbe ? batch.selection() : selection;
        int wantedCount = keepsProbe ? batch.selectedCount() : kept;
        boolean all = wantedCount == batch.size();
        for (int i = 0; i < beside.columnCount(); i++) {
            Gather.gather(table.rows().column(i), partner, all ? null : wanted, wantedCount, beside.column(i));
            // Rows that do not count may be looked at by loops over all rows.
            beside.column(i).ensureCapacity(batch.size());
        }
        Column[] columns = besides(batch, beside);
        return all || wanted == null ? whole(batch, columns) : Views.of(batch, rowType(), columns, wanted, wantedCount);
    }

    private RowBatch whole(RowBatch batch, Column[] columns) {
        RowBatch rows = new RowBatch(rowType(), columns);
        rows.size(batch.size());
        return rows;
    }

    private Column[] besides(RowBatch probe, RowBatch build) {
        Column[] columns = new Column[rowType().size()];
        RowBatch first = buildsLeft ? build : probe;
        RowBatch second = buildsLeft ? probe : build;
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i < first.columnCount() ? first.column(i) : second.column(i - first.columnCount());
        }
        return columns;
    }

    private void ensurePartner(int rows) {
        if (partner.length < rows) {
            partner = new int[rows];
            selection = new int[rows];
        }
    }

    /** Returns the next pairs of the batch at hand, and behind them those of its rows that have none. */
    private @Nullable RowBatch pairsOf(RowBatch batch) {
        if (probed == keyed.rows().count()) {
            probing = null;
            return unmatched(batch);
        }
        // Rows of many pairs of which none passes give nothing for long.
        running().checkCancelled();
        collect();
        RowBatch lefts = buildsLeft ? table.rows() : batch;
        RowBatch rights = buildsLeft ? batch : table.rows();
        pairs.test(lefts, rights, running().context(), (at, code, reason) -> reject(batch, at, code, reason));
        mark();
        return type.leftOnly() || pairs.count() == 0 ? null : pairs.rows(lefts, rights);
    }

    private void collect() {
        pairs.clear();
        int[] rows = keyed.rows().rows();
        int[] groups = keyed.rows().groups();
        int count = keyed.rows().count();
        while (probed < count && !pairs.full()) {
            int group = groups[probed];
            if (group < 0) {
                probed++;
                continue;
            }
            int end = table.end(group);
            int from = place < 0 ? table.start(group) : place;
            int to = Math.min(end, from + pairs.room());
            for (int at = from; at < to; at++) {
                int mine = rows[probed];
                int other = table.row(at);
                pairs.add(buildsLeft ? other : mine, buildsLeft ? mine : other, 1);
            }
            place = to == end ? -1 : to;
            probed += to == end ? 1 : 0;
        }
    }

    private void mark() {
        int[] mine = buildsLeft ? pairs.right() : pairs.left();
        int[] others = buildsLeft ? pairs.left() : pairs.right();
        for (int i = 0; i < pairs.count(); i++) {
            probeMatched[mine[i]] = true;
            buildMatched[tests ? others[i] : table.groupOf(others[i])] = true;
        }
    }

    private @Nullable RowBatch unmatched(RowBatch batch) {
        boolean wanted = type == JoinType.SEMI;
        boolean own = !buildsLeft && type.leftOnly();
        if (!keepsProbe && !own) {
            return null;
        }
        ensurePartner(batch.size());
        int kept = 0;
        for (int i = 0; i < batch.selectedCount(); i++) {
            int row = batch.selectedRow(i);
            if (probeMatched[row] == wanted) {
                selection[kept++] = row;
            }
        }
        return own
                ? Views.of(batch, rowType(), selection, kept)
                : Views.of(batch, rowType(), padded(batch, noBuild, buildsLeft), selection, kept);
    }

    private Column[] padded(RowBatch rows, NullColumns nulls, boolean nullsFirst) {
        Column[] none = nulls.of(rows.size());
        Column[] columns = new Column[rowType().size()];
        int before = nullsFirst ? none.length : 0;
        System.arraycopy(none, 0, columns, nullsFirst ? 0 : rows.columnCount(), none.length);
        for (int i = 0; i < rows.columnCount(); i++) {
            columns[before + i] = rows.column(i);
        }
        return columns;
    }

    /** Returns the next rows of the side that was taken whole that are put out for want, or sake, of a partner. */
    private @Nullable RowBatch leftOver() {
        boolean own = buildsLeft && type.leftOnly();
        if (!keepsBuild && !own) {
            return null;
        }
        boolean wanted = type == JoinType.SEMI;
        ensurePartner(BATCH_ROWS_MAX);
        int count = 0;
        int rows = table.rows().size();
        for (; left < rows && count < BATCH_ROWS_MAX; left++) {
            int at = tests ? left : table.groupOf(left);
            if ((at >= 0 && buildMatched[at]) == wanted) {
                partner[count++] = left;
            }
        }
        if (count == 0) {
            return null;
        }
        rest.clear();
        for (int i = 0; i < rest.columnCount(); i++) {
            Gather.gather(table.rows().column(i), partner, null, count, rest.column(i));
        }
        rest.size(count);
        return own ? rest : whole(rest, padded(rest, noProbe, !buildsLeft));
    }

    private Step running() {
        if (step == null) {
            throw new IllegalStateException("no step has begun");
        }
        return step;
    }

    private void reject(RowBatch batch, int at, ErrorCode code, String reason) {
        running().reject(origin, batch, (buildsLeft ? pairs.right() : pairs.left())[at], code, reason);
    }

    @Override
    public long bound(int column) {
        return done ? CLOSED : NO_BOUND;
    }

    @Override
    public long rowtimeBound() {
        return done ? CLOSED : NO_BOUND;
    }

    @Override
    long spilledBytes() {
        return memory.spilledBytes();
    }

    @Override
    void release() {
        memory.close();
        open.forEach(RowPartitions::close);
        waiting.forEach(Part::close);
        if (part != null) {
            part.close();
        }
    }
}
