package io.millrace.runtime.view;

import io.millrace.runtime.pump.StatefulSink;
import io.millrace.runtime.state.GroupTable;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A multiset of rows: what rows with weights add up to. Safe for use by several threads; a reader sees all of a step
 * or nothing of it.
 */
public final class MaterializedRows implements StatefulSink {

    private static final int BATCH_ROWS = 1024;
    private static final int WEIGHT_MAX = 1 << 30;

    private final RowType rowType;
    private final ChangeLog log;
    private final String query;
    private final Set<String> earlier;
    private final GroupTable table;
    private final GroupedRows grouped = new GroupedRows();
    private long[] weights = {};
    private long rowCount;
    private long step;
    private List<Difference> untold = List.of();

    /** Creates a multiset that nobody follows. */
    public MaterializedRows(RowType rowType) {
        this(rowType, "", Set.of(), ChangeLog.NOBODY);
    }

    /**
     * @param query tells the query from others whose rows these are
     * @param earlier what the same query was called by versions before
     * @param log takes what changes
     */
    public MaterializedRows(RowType rowType, String query, Set<String> earlier, ChangeLog log) {
        this.query = query;
        this.earlier = earlier;
        this.rowType = rowType;
        this.log = log;
        List<Integer> all = IntStream.range(0, rowType.size()).boxed().toList();
        this.table = GroupTable.create(rowType, all);
    }

    public RowType rowType() {
        return rowType;
    }

    @Override
    public boolean acceptsUpdates() {
        return true;
    }

    @Override
    public synchronized CompletableFuture<Void> write(long stepNumber, RowBatch rows, long rowtimeBound) {
        if (stepNumber > step) {
            step = stepNumber;
            add(rows);
        }
        return log.write(stepNumber, rows, rowtimeBound);
    }

    /** Returns all rows, and where the changes after them begin. */
    public synchronized ViewContent content() {
        return new ViewContent(snapshot(), log.end());
    }

    private void add(RowBatch rows) {
        grouped.of(rows, 0);
        table.find(grouped);
        if (weights.length < table.size()) {
            weights = Arrays.copyOf(weights, Math.max(table.size(), 2 * weights.length));
        }
        for (int i = 0; i < grouped.count(); i++) {
            int weight = rows.weight(grouped.rows()[i]);
            weights[grouped.groups()[i]] += weight;
            rowCount += weight;
        }
        for (int i = 0; i < grouped.count(); i++) {
            int group = grouped.groups()[i];
            if (weights[group] == 0 && table.live(group)) {
                table.remove(group);
            }
        }
    }

    /** Returns how many rows there are. */
    public synchronized long rowCount() {
        return rowCount;
    }

    /** Returns the number of the last step whose rows are in. */
    public synchronized long step() {
        return step;
    }

    /**
     * Returns a copy of all rows, each as often as it is there, in no order.
     *
     * @throws MillraceException {@code LIMIT_EXCEEDED} where they do not fit one batch
     */
    public synchronized RowBatch snapshot() {
        if (rowCount > Integer.MAX_VALUE - 8) {
            throw new MillraceException(
                    ErrorCode.LIMIT_EXCEEDED, "a view of " + rowCount + " rows is read as one batch of at most 2^31");
        }
        RowBatch copy = RowBatch.create(rowType, (int) Math.max(0, rowCount));
        for (int group = 0; group < table.size(); group++) {
            long count = table.live(group) ? weights[group] : 0;
            for (long i = 0; i < count; i++) {
                int row = copy.size();
                copy.ensureCapacity(row + 1);
                table.writeKey(group, copy, row);
                copy.size(row + 1);
            }
        }
        return copy;
    }

    @Override
    public synchronized void refill(RowBatch rows) {
        add(rows);
    }

    @Override
    public synchronized long replace(long stepNumber, @Nullable String layout, @Nullable StateReader before) {
        step = stepNumber;
        if (layout == null || before == null || !ViewLayout.sameColumns(layout, rowType)) {
            // Nobody who follows the view knows columns that it had.
            return step;
        }
        MaterializedRows old = new MaterializedRows(rowType);
        old.load(layout, before);
        MaterializedRows changes = new MaterializedRows(rowType);
        old.forEachWeighted(-1, changes);
        forEachWeighted(1, changes);
        changes.step = stepNumber;
        // What was begun to be told of an earlier replacement goes first.
        untold = new ArrayList<>(old.untold);
        if (changes.table.liveCount() > 0) {
            Difference difference = new Difference(changes);
            untold.add(difference);
            step = difference.lastStep();
        }
        return step;
    }

    /** Adds its rows to others, each so often. */
    private void forEachWeighted(int times, MaterializedRows others) {
        RowBatch batch = RowBatch.create(rowType, BATCH_ROWS);
        for (int group = 0; group < table.size(); group++) {
            long left = weight(group);
            while (left != 0) {
                int part = (int) Math.max(-WEIGHT_MAX, Math.min(WEIGHT_MAX, left));
                left -= part;
                int row = batch.size();
                batch.ensureCapacity(row + 1);
                writeRow(group, batch, row, part * times);
                if (batch.size() == BATCH_ROWS) {
                    others.add(batch);
                    batch.clear();
                }
            }
        }
        others.add(batch);
    }

    @Override
    public synchronized @Nullable CompletableFuture<Void> tellReplaced() {
        while (!untold.isEmpty()) {
            CompletableFuture<Void> part = untold.getFirst().tellNext(log);
            if (part != null) {
                return part;
            }
            untold = untold.subList(1, untold.size());
        }
        return null;
    }

    /** Returns below which number the groups are. */
    int groups() {
        return table.size();
    }

    /** Returns how often the row of a group is there. */
    long weight(int group) {
        return table.live(group) ? weights[group] : 0;
    }

    /** Writes the row of a group behind others, with a weight. */
    void writeRow(int group, RowBatch out, int row, int weight) {
        table.writeKey(group, out, row);
        out.weightsForWriting(row + 1)[row] = weight;
        out.size(row + 1);
    }

    @Override
    public String stateLayout() {
        return ViewLayout.of(rowType, query);
    }

    @Override
    public boolean reads(String layout) {
        return layout.equals(stateLayout())
                || layout.equals(ViewLayout.withoutQuery(rowType))
                || earlier.stream().anyMatch(name -> layout.equals(ViewLayout.of(rowType, name)));
    }

    @Override
    public synchronized void save(StateWriter out) {
        saveRows(out);
        out.writeInt(untold.size());
        untold.forEach(difference -> difference.rows().saveRows(out));
    }

    private void saveRows(StateWriter out) {
        out.writeLong(step);
        out.writeLong(rowCount);
        table.save(out);
        out.writeLongs(weights, table.size());
    }

    @Override
    public synchronized void load(String layout, StateReader in) {
        loadRows(in);
        untold = ViewLayout.namesQuery(layout) ? loadUntold(in) : List.of();
    }

    private List<Difference> loadUntold(StateReader in) {
        List<Difference> differences = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            MaterializedRows changes = new MaterializedRows(rowType);
            changes.loadRows(in);
            differences.add(new Difference(changes));
        }
        return differences;
    }

    private void loadRows(StateReader in) {
        step = in.readLong();
        rowCount = in.readLong();
        table.load(in);
        weights = in.readLongs(table.size());
    }

    @Override
    public void close() {}
}
