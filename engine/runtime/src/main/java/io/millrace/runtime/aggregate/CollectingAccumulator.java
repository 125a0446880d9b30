package io.millrace.runtime.aggregate;

import io.millrace.plan.SortKey;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.Column;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;

/** Functions of all rows of a group, in order: what they need of the rows is kept, and read when a result is wanted. */
final class CollectingAccumulator extends Accumulator {

    private final int[] sources;
    private final int[] required;
    private final OrderedEntries entries;
    private final Collected function;

    /**
     * @param sources columns of the input that are kept, in the order in which the function reads them
     * @param order by which columns of the input, all among the kept ones, rows are ordered
     * @param required columns of the input; a row with a NULL in one does not count
     */
    CollectingAccumulator(
            RowType input, List<Integer> sources, List<SortKey> order, List<Integer> required, Collected function) {
        this.sources = ints(sources);
        this.required = ints(required);
        this.function = function;
        List<DataType> types =
                sources.stream().map(column -> input.field(column).type()).toList();
        List<SortKey> keys = new ArrayList<>();
        for (SortKey key : order) {
            keys.add(new SortKey(sources.indexOf(key.column()), key.descending(), key.nullsFirst()));
        }
        this.entries = new OrderedEntries(types, keys);
    }

    private static int[] ints(List<Integer> columns) {
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    void grow(int groups) {
        entries.grow(groups);
    }

    @Override
    void clear(int group) {
        entries.clear(group);
    }

    @Override
    void add(GroupedRows rows) {
        RowBatch batch = rows.batch();
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.rows()[i];
            if (counts(batch, row)) {
                entries.add(rows.groups()[i], batch, sources, row, rows.ordinal(row), batch.weight(row));
            }
        }
    }

    private boolean counts(RowBatch batch, int row) {
        for (int column : required) {
            if (batch.column(column).isNull(row)) {
                return false;
            }
        }
        return batch.weight(row) != 0;
    }

    @Override
    void merge(Accumulator other, int[] groups, int count) {
        CollectingAccumulator more = (CollectingAccumulator) other;
        for (int i = 0; i < count; i++) {
            if (groups[i] >= 0) {
                entries.addAll(more.entries, i, groups[i]);
            }
        }
    }

    @Override
    void result(int group, Column out, int row) {
        OrderedEntries.Entries all = entries.entries(group);
        long total = all == null ? 0 : all.total();
        if (all == null || total == 0) {
            function.ofNone(out, row);
        } else {
            function.write(entries, all, total, out, row);
        }
    }

    @Override
    void save(int groups, StateWriter out) {
        entries.save(groups, out);
    }

    @Override
    void load(int groups, StateReader in) {
        entries.load(groups, in);
    }
}
