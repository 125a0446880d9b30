package io.millrace.runtime.operator;

import io.millrace.runtime.Environment;
import io.millrace.runtime.spill.WorkspaceShare;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts the state of a query that cannot go to disk, since it has no key or is what a view holds: looks now and then how
 * much it is. It counts as state that is in memory, so that lanes of all queries have so much less, and where it is more
 * than all may hold, the query fails and says so. For one thread at a time.
 */
public final class StateInMemory implements AutoCloseable {

    /** After so many rows it is worth a look. */
    private static final long LOOK_ROWS = 1 << 16;

    private static final int SHARE_OF_ROWS = 8;

    private final List<Operator> operators;
    private final @Nullable Object content;
    private final String name;
    private final WorkspaceShare share;
    private long rowsAtLook = -LOOK_ROWS;
    private long objects;

    /**
     * @param content what is held beside the operators, or null
     * @param name of the query, for errors
     */
    public StateInMemory(OperatorTree tree, @Nullable Object content, String name, Environment environment) {
        this.operators = tree.operators().stream()
                .filter(operator -> !(operator instanceof LanedNode) && !(operator instanceof ScanOperator))
                .filter(operator -> !operator.stateLayout().isEmpty())
                .toList();
        this.content = content;
        this.name = name;
        this.share = environment.stateSpace().share();
    }

    /**
     * Looks how much is held, where enough rows have come since it was looked last. Between steps.
     *
     * @param rows how many have come and gone so far
     * @throws MillraceException {@code LIMIT_EXCEEDED} where it is more than all queries may hold
     */
    public void check(long rows) {
        if (operators.isEmpty() && content == null) {
            return;
        }
        long since = rows - rowsAtLook;
        // A look takes as long as there are objects.
        if (since < Math.max(LOOK_ROWS, Math.max(rowsAtLook / SHARE_OF_ROWS, objects))) {
            return;
        }
        rowsAtLook = rows;
        look();
    }

    private void look() {
        HeapSize heap = new HeapSize();
        long all = 0;
        long most = 0;
        long objectsOfContent = 0;
        String what = "the content of " + name;
        if (content != null) {
            HeapSize ofContent = HeapSize.ofState(content);
            objectsOfContent = ofContent.objects();
            all = ofContent.bytes();
            most = all;
        }
        for (Operator operator : operators) {
            long bytes = heap.of(operator);
            all += bytes;
            if (bytes > most) {
                most = bytes;
                what = operator.id() + " of " + name + ", which has no key to be put aside on disk by,";
            }
        }
        objects = objectsOfContent + heap.objects();
        // What lanes hold beside it is no reason to fail: they go to disk when it is theirs that does not fit.
        if (!share.hold(all) && all > share.limit()) {
            throw share.exceeded(what, most);
        }
    }

    @Override
    public void close() {
        share.close();
    }
}
