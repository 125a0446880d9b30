package io.millrace.runtime.aggregate;

import io.millrace.plan.AggregateCall;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.state.GroupedRows;
import io.millrace.runtime.state.StateReader;
import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The state of all aggregate calls for groups that somebody else numbers. For one thread at a time. */
public final class GroupValues {

    /**
     * Calls that take the same rows.
     *
     * @param values what those calls share that have their values in one table, or null where they take all rows
     */
    private record Takers(@Nullable DistinctValues values, int filter, List<Accumulator> accumulators) {}

    private final Accumulator[] accumulators;
    private final List<Takers> takers = new ArrayList<>();
    private final SharedValues shared;
    private final GroupedRows filtered = new GroupedRows();
    private int capacity;

    /**
     * Creates state without groups.
     *
     * @param updating whether rows may come with a weight of −1
     * @param engine runs users' functions
     */
    public GroupValues(RowType input, List<AggregateCall> calls, boolean updating, ExpressionEngine engine) {
        this.shared = new SharedValues(calls, input, updating);
        this.accumulators = IntStream.range(0, calls.size())
                .mapToObj(i -> Accumulators.create(calls.get(i), input, updating, engine, shared.of(i)))
                .toArray(Accumulator[]::new);
        for (int i = 0; i < accumulators.length; i++) {
            SharedValues.Place place = shared.of(i);
            takers(place == null ? null : place.values(), calls.get(i).filter()).add(accumulators[i]);
        }
    }

    private List<Accumulator> takers(@Nullable DistinctValues values, int filter) {
        for (Takers known : takers) {
            if (known.values == values && known.filter == filter) {
                return known.accumulators;
            }
        }
        takers.add(new Takers(values, filter, new ArrayList<>()));
        return takers.getLast().accumulators;
    }

    /** Tells of the form in which these calls are stored. */
    public static String layout(List<AggregateCall> calls) {
        // Values of DISTINCT had a table a call before.
        return calls + (calls.stream().anyMatch(AggregateCall::distinct) ? " of values once" : "");
    }

    /** Makes room for groups below this number. */
    public void grow(int groups) {
        if (groups > capacity) {
            capacity = Growth.capacity(capacity, groups);
            for (Accumulator accumulator : accumulators) {
                accumulator.grow(capacity);
            }
        }
    }

    /** Adds rows whose groups are set. */
    public void add(GroupedRows rows) {
        shared.find(rows);
        for (Takers same : takers) {
            GroupedRows taken = same.values == null ? rows : same.values.open();
            if (same.filter != AggregateCall.NO_FILTER) {
                filtered.filtered(taken, same.filter);
                taken = filtered;
            }
            for (Accumulator accumulator : same.accumulators) {
                accumulator.add(taken);
            }
        }
        shared.settle();
    }

    /**
     * Adds what groups of other state hold, which may be this one: then no group both gives and takes, and those that
     * gave are to be forgotten.
     *
     * @param targets per group of the other the one here that takes it, or −1 for none
     */
    public void merge(GroupValues other, int[] targets, int count) {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].merge(other.accumulators[i], targets, count);
        }
    }

    /** Writes a group's results into columns from {@code firstResult} on. */
    public void write(int group, RowBatch out, int row, int firstResult) {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].result(group, out.column(firstResult + i), row);
        }
    }

    /**
     * Writes the results of several groups into columns from {@code firstResult} on.
     *
     * @param rows which row gets the results of each
     */
    public void write(int[] groups, int[] rows, int count, RowBatch out, int firstResult) {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].results(groups, rows, count, out.column(firstResult + i));
        }
    }

    /** Makes a group whose rows have all gone again as over no rows. */
    public void clear(int group) {
        for (Accumulator accumulator : accumulators) {
            accumulator.clear(group);
        }
    }

    /** Makes groups as over no rows, whatever they hold. Costs a look at all state, so many are to go at once. */
    public void forget(boolean[] gone, int count) {
        for (Accumulator accumulator : accumulators) {
            accumulator.forget(gone, count);
        }
    }

    /** Stores what groups below this number hold. */
    public void save(int groups, StateWriter out) {
        for (Accumulator accumulator : accumulators) {
            accumulator.save(groups, out);
        }
    }

    /** Takes back what {@link #save} stored. */
    public void load(int groups, StateReader in) {
        grow(groups);
        for (Accumulator accumulator : accumulators) {
            accumulator.load(groups, in);
        }
    }
}
