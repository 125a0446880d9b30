package io.millrace.runtime.top;

import io.millrace.plan.OverCall.Ranking;
import io.millrace.plan.PlanNode.TopN;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.state.RowOrder;

/** Counts the places of a partition's rows. */
final class Ranker {

    private final RowStore store;
    private final RowPlaces rows;
    private final RowOrder peers;
    private final Ranking ranking;
    private final boolean placed;
    private final long offset;
    private final long end;

    Ranker(TopN node, RowStore store, RowPlaces rows) {
        this.store = store;
        this.rows = rows;
        this.peers = RowOrder.by(node.order());
        this.ranking = node.ranking();
        this.placed = node.placed();
        this.offset = node.offset();
        this.end = end(node);
    }

    /** Returns the last place that is wanted. */
    static long end(TopN node) {
        long end = node.offset() + node.limit();
        return end < 0 ? Long.MAX_VALUE : end;
    }

    /**
     * Collects the rows at the places that are wanted.
     *
     * @param before whether rows count as they did before the step
     */
    void collect(int partition, boolean before, PlacedRows into) {
        long passed = 0;
        long place = 0;
        int count = rows.count(partition);
        for (int i = 0; i < count; i++) {
            int row = rows.row(partition, i);
            int weight = before ? store.weightBefore(row) : store.weight(row);
            place = place(partition, i, place, passed);
            if (place > end) {
                return;
            }
            if (ranking == Ranking.ROW_NUMBER) {
                numbered(row, passed, weight, into);
            } else if (place > offset) {
                into.add(row, placed ? place : 0, weight);
            }
            passed += weight;
        }
    }

    private long place(int partition, int i, long placeBefore, long passed) {
        if (ranking == Ranking.ROW_NUMBER) {
            return passed + 1;
        }
        if (i > 0 && peers(partition, i)) {
            return placeBefore;
        }
        return ranking == Ranking.RANK ? passed + 1 : placeBefore + 1;
    }

    /** A row that is there several times has as many places. */
    private void numbered(int row, long passed, int weight, PlacedRows into) {
        long first = Math.max(passed, offset) + 1;
        long last = Math.min(passed + weight, end);
        if (!placed && last >= first) {
            into.add(row, 0, (int) (last - first + 1));
            return;
        }
        for (long place = first; place <= last; place++) {
            into.add(row, place, 1);
        }
    }

    /** Returns how many rows of a partition, each there once, have a place up to the last wanted. */
    int within(int partition) {
        int count = rows.count(partition);
        if (count <= end) {
            return count;
        }
        return switch (ranking) {
            case ROW_NUMBER -> (int) end;
            case RANK -> {
                int within = (int) end;
                while (within < count && peers(partition, within)) {
                    within++;
                }
                yield within;
            }
            default -> {
                int within = 1;
                for (long place = 1; within < count; within++) {
                    place += peers(partition, within) ? 0 : 1;
                    if (place > end) {
                        break;
                    }
                }
                yield within;
            }
        };
    }

    /** Returns how many different order keys a partition has. */
    int distinct(int partition) {
        int distinct = 1;
        for (int i = 1; i < rows.count(partition); i++) {
            distinct += peers(partition, i) ? 0 : 1;
        }
        return distinct;
    }

    /** Returns whether a row has the order keys of the one before it. */
    private boolean peers(int partition, int i) {
        return peers.compare(store.rows(), rows.row(partition, i - 1), rows.row(partition, i)) == 0;
    }
}
