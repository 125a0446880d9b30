package io.millrace.runtime.operator;

import io.millrace.plan.JoinType;
import io.millrace.plan.PlanNode;
import io.millrace.runtime.expression.EvaluationContext;
import io.millrace.runtime.expression.ExpressionEngine;
import io.millrace.runtime.expression.RowErrors;
import io.millrace.runtime.join.Gather;
import io.millrace.runtime.join.JoinPairs;
import io.millrace.runtime.join.KeyedRows;
import io.millrace.runtime.join.RowStore;
import io.millrace.runtime.state.GroupTable;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.type.DataType.RowType;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows that come, each beside its partners among rows that are kept.
 *
 * <p>They are put out in the order in which they come, those without a partner beside NULL at their place: what is put out
 * does not hang on where batches of rows that come are cut, which a step that is taken again may do elsewhere. For one
 * thread at a time.
 */
final class LookedUpRows {

    private static final int NONE = -1;

    private final RowType rowType;
    private final JoinType type;
    private final boolean keptAreLeft;
    private final boolean outer;
    private final RowStore kept;
    private final KeyedRows coming;
    private final JoinPairs pairs;
    private @Nullable RowBatch batch;
    /** By row of the batch, whether it has a partner. */
    private boolean[] matched = {};

    private int[] chosen = {};
    private int[] passed = {};
    private int[] passedKept = {};
    /** The place among the rows that count in the batch, and among those with a key, of the row at hand. */
    private int place;

    private int keyedPlace;
    private int partner;
    private int repeated;
    private int shownTo;

    /**
     * @param kept the rows of the side that is looked up
     * @param keptAreLeft whether that is the left one
     */
    LookedUpRows(PlanNode.Join node, RowStore kept, boolean keptAreLeft, ExpressionEngine engine) {
        JoinSides sides = new JoinSides(node);
        this.rowType = node.rowType();
        this.type = node.type();
        this.kept = kept;
        this.keptAreLeft = keptAreLeft;
        this.outer = sides.kept(!keptAreLeft);
        this.coming = sides.keyed(!keptAreLeft);
        this.pairs = sides.pairs(engine);
    }

    /** Takes the rows that count in a batch, and returns those with a key; their groups are to be set before {@link #next}. */
    KeyedRows take(RowBatch rows) {
        batch = rows;
        coming.of(rows);
        place = 0;
        keyedPlace = 0;
        partner = NONE;
        repeated = 0;
        shownTo = 0;
        if (matched.length < rows.size()) {
            matched = new boolean[rows.size()];
            chosen = new int[rows.size()];
        }
        Arrays.fill(matched, 0, rows.size(), false);
        return coming;
    }

    void forget() {
        batch = null;
    }

    /** Returns whether all rows that were taken have been put out. */
    boolean done() {
        return batch == null;
    }

    /**
     * Puts out the next of the rows that were taken, maybe none; what is returned is valid until the next call.
     *
     * @param errors is told by their number in the batch of rows for which the condition failed
     */
    RowBatch next(EvaluationContext context, RowErrors errors) {
        RowBatch rows = Objects.requireNonNull(batch, "nothing was taken");
        collect(rows);
        RowBatch lefts = keptAreLeft ? kept.rows() : rows;
        RowBatch rights = keptAreLeft ? rows : kept.rows();
        int[] mine = comingRows();
        pairs.test(lefts, rights, context, (at, code, reason) -> errors.report(mine[at], code, reason));
        boolean ended = place == rows.selectedCount();
        if (ended) {
            batch = null;
        }
        if (type.leftOnly()) {
            mark();
            return chosen(rows, ended);
        }
        if (outer) {
            showAlone(rows);
        }
        RowBatch result = pairs.rows(lefts, rights);
        weigh(rows, result);
        CopiedOrigins.note(rows, comingRows(), pairs.count(), result);
        return result;
    }

    private int[] comingRows() {
        return keptAreLeft ? pairs.right() : pairs.left();
    }

    private int[] keptRows() {
        return keptAreLeft ? pairs.left() : pairs.right();
    }

    private void add(int row, int partnerRow, int weight) {
        pairs.add(keptAreLeft ? partnerRow : row, keptAreLeft ? row : partnerRow, weight);
    }

    /** Collects pairs of rows one after the other, so many that they fit even where rows without one are put between them. */
    private void collect(RowBatch rows) {
        pairs.clear();
        int alone = 0;
        while (place < rows.selectedCount() && pairs.count() + alone < JoinPairs.PAIRS_MAX) {
            int row = rows.selectedRow(place);
            boolean keyed = keyedPlace < coming.rows().count() && coming.rows().rows()[keyedPlace] == row;
            if (partner == NONE) {
                partner = keyed ? first(coming.rows().groups()[keyedPlace]) : NONE;
                alone += partner == NONE ? 1 : 0;
            }
            addPartners(rows, row, JoinPairs.PAIRS_MAX - alone);
            if (partner == NONE) {
                place++;
                keyedPlace += keyed ? 1 : 0;
            }
        }
    }

    private int first(int group) {
        return group == GroupTable.NO_GROUP ? NONE : kept.first(group);
    }

    private void addPartners(RowBatch rows, int row, int most) {
        while (partner != NONE && pairs.count() < most) {
            // An equal row is stored once, and counts as often as it is there.
            add(row, partner, rows.weight(row));
            if (++repeated >= kept.weight(partner)) {
                partner = kept.next(partner);
                repeated = 0;
            }
        }
    }

    private void mark() {
        int[] mine = comingRows();
        for (int i = 0; i < pairs.count(); i++) {
            matched[mine[i]] = true;
        }
    }

    /** The rows of a semi or anti join, once it is known of all which they are. */
    private RowBatch chosen(RowBatch rows, boolean all) {
        int count = 0;
        for (int i = 0; all && i < rows.selectedCount(); i++) {
            int row = rows.selectedRow(i);
            if (matched[row] == (type == JoinType.SEMI)) {
                chosen[count++] = row;
            }
        }
        return Views.of(rows, rowType, chosen, count);
    }

    /** Puts rows of which all partners are known, and that have none, between the pairs. */
    private void showAlone(RowBatch rows) {
        mark();
        int count = pairs.count();
        keepPassed(count);
        pairs.clear();
        int at = 0;
        for (; shownTo < place; shownTo++) {
            int row = rows.selectedRow(shownTo);
            for (; at < count && passed[at] == row; at++) {
                add(row, passedKept[at], rows.weight(row));
            }
            if (!matched[row]) {
                add(row, Gather.NONE, rows.weight(row));
            }
        }
        for (; at < count; at++) {
            add(passed[at], passedKept[at], rows.weight(passed[at]));
        }
    }

    private void keepPassed(int count) {
        if (passed.length < count) {
            passed = new int[Math.max(count, 2 * passed.length)];
            passedKept = new int[passed.length];
        }
        System.arraycopy(comingRows(), 0, passed, 0, count);
        System.arraycopy(keptRows(), 0, passedKept, 0, count);
    }

    private void weigh(RowBatch rows, RowBatch result) {
        result.weights(rows.weights() == null ? null : pairs.weights());
    }
}
