package io.millrace.sql.system.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one thing in FROM that pass the conditions on it alone. */
final class ScanPlan implements RowPlan {

    private final Source source;
    private final int from;
    private final int to;
    private final boolean lateral;
    private final List<Conjunct> conditions;

    ScanPlan(Source source, int from, int to, boolean lateral, List<Conjunct> conditions) {
        this.source = source;
        this.from = from;
        this.to = to;
        this.lateral = lateral;
        this.conditions = List.copyOf(conditions);
    }

    /** What a thing in FROM has: rows of its own columns only. */
    @FunctionalInterface
    interface Source {
        List<@Nullable Object[]> rows(Frame frame);
    }

    @Override
    public int from() {
        return from;
    }

    @Override
    public int to() {
        return to;
    }

    @Override
    public boolean lateral() {
        return lateral;
    }

    @Override
    public List<@Nullable Object[]> rows(Context context, @Nullable Frame outer, @Nullable Object[] left) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (@Nullable Object[] own : source.rows(new Frame(context, left, outer))) {
            @Nullable Object[] row = left.clone();
            System.arraycopy(own, 0, row, from, to - from);
            if (Filters.pass(conditions, new Frame(context, row, outer))) {
                rows.add(row);
            }
        }
        return rows;
    }
}
