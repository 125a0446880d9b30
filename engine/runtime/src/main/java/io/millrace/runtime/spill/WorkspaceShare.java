package io.millrace.runtime.spill;

import io.millrace.runtime.state.StateWriter;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.nio.file.Path;

/** What one operator holds of the memory of a {@link Workspace}, and puts aside there. For one thread at a time. */
public final class WorkspaceShare implements AutoCloseable {

    /** From so many places on an array may be too long for the next time it grows: one has 2^31 at most. */
    private static final int PLACES_MAX = 1 << 30;

    private final Workspace workspace;
    private final StateWriter scratch = new StateWriter();
    private long bytes;
    private long spilled;

    WorkspaceShare(Workspace workspace) {
        this.workspace = workspace;
    }

    /**
     * Says how much the operator holds now; returns false where that is more than it may. It then counts as holding
     * what it held before, and is to put rows aside.
     */
    public boolean hold(long now) {
        if (!workspace.hold(bytes, now)) {
            return false;
        }
        bytes = now;
        return true;
    }

    /**
     * Says how much the operator holds, and returns false as well where an array of it is about to be too long for more.
     *
     * @param longest how many places the longest of its arrays has
     */
    public boolean hold(long now, int longest) {
        return hold(now) && longest < PLACES_MAX;
    }

    /** Returns how much all operators may hold together. */
    public long limit() {
        return workspace.memoryLimit();
    }

    /** Returns where the rows of any file become bytes. */
    StateWriter scratch() {
        return scratch;
    }

    /** Returns an empty file for rows of this type. */
    public SpilledRows rows(RowType type) {
        return new SpilledRows(type, this);
    }

    /** Returns how many bytes of rows the operator has put aside so far. */
    public long spilledBytes() {
        return spilled;
    }

    void useDisk(long more) {
        workspace.useDisk(more);
        spilled += Math.max(0, more);
    }

    Path directory() {
        return workspace.directory();
    }

    /**
     * Returns the error where an operator cannot put aside what it holds, and needs more than it may.
     *
     * @param what what it holds, for the error
     */
    public MillraceException exceeded(String what, long needed) {
        return new MillraceException(
                ErrorCode.LIMIT_EXCEEDED,
                what + " needs more than " + needed + " bytes of memory, and queries may use " + workspace.memoryLimit()
                        + " together",
                "select fewer rows or columns, or raise " + workspace.setting());
    }

    /** Gives all back. */
    @Override
    public void close() {
        hold(0);
    }
}
