package io.millrace.runtime.operator;

import io.millrace.runtime.spill.SpilledRows;
import io.millrace.runtime.spill.WorkspaceShare;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sees to it that lanes hold no more memory than they may: looks now and then how much it is, and puts lanes aside on disk
 * where it is too much. A lane that rows have come for is taken back for the step, and stays where there is room for it.
 *
 * <p>So memory is needed for what may be held and for one lane more. Each step moves all lanes that are on disk and have
 * rows: it is worth taking steps of many rows then.
 */
final class LaneMemory implements AutoCloseable {

    private static final long LOOK_ROWS_MIN = 16;
    private static final long LOOK_ROWS_MAX = 1 << 16;

    /** To look at so many objects takes some milliseconds. */
    private static final long OBJECTS_FEW = 100_000;

    /** A row may take as much as this many of the dearest so far, or of those of {@link #ROW_BYTES_MIN} bytes, before it is noticed. */
    private static final long ROWS_IN_ONE = 128;

    /** Before the first look nobody knows what a row takes. */
    private static final long FIRST_LOOK_ROWS = 256;

    private static final long ROW_BYTES_MIN = 64;

    /** Of fewer rows most of the memory is empty places. */
    private static final int ROWS_MANY = 64;

    private final List<Lane> lanes;
    private final WorkspaceShare share;
    private final String what;
    private final long[] held;
    private final List<SpilledRows> rowsAside = new ArrayList<>();
    private long rows;
    private long rowsAtLook;
    private long bytesAtLook;
    private long rowBytes = ROW_BYTES_MIN;
    private long objects;
    private long waitingRowBytes;
    private boolean begun;
    private boolean tooMuch;

    /** @param what what they hold, for errors */
    LaneMemory(List<Lane> lanes, WorkspaceShare share, String what) {
        this.lanes = lanes;
        this.share = share;
        this.what = what;
        this.held = new long[lanes.size()];
    }

    /** Counts rows that lanes have taken in. */
    void came(int count) {
        rows += count;
    }

    /** Returns whether lanes are on disk, or hold so much that some have to go there. Between steps. */
    boolean needsDisk() {
        return lanes.stream().anyMatch(Lane::isAside) || holdTooMuch();
    }

    /** Puts lanes aside where they hold too much. Between steps. */
    void settle() {
        if (!begun) {
            begun = true;
            putPartsAside();
        }
        if (holdTooMuch()) {
            tooMuch = false;
            long all = Arrays.stream(held).sum();
            // Some room, so that not every look has to; and no more, since what is aside is moved again and again.
            putAside(all - all / 8);
        }
    }

    private boolean holdTooMuch() {
        long since = rows - rowsAtLook;
        long withRoom = rowsWithRoom();
        // A look takes as long as there are objects: where groups are some each, it is not for every few rows.
        long more = Math.min(
                Math.max(LOOK_ROWS_MAX, withRoom),
                Math.max(rows / 8, rowsAtLook == 0 ? Math.min(FIRST_LOOK_ROWS, withRoom / 16) : withRoom / 16));
        long worthALook = Math.max(objects, more);
        if (since >= Math.max(LOOK_ROWS_MIN, worthALook)) {
            look();
            long bytes = Arrays.stream(held).sum();
            rowBytes = Math.max(rowBytes, (bytes - bytesAtLook) / Math.max(1, since));
            bytesAtLook = bytes;
            tooMuch = !share.hold(bytes);
        }
        return tooMuch;
    }

    /** Returns how many rows there is room for, whatever they hold. */
    private long rowsWithRoom() {
        return (share.limit() / 2 - bytesAtLook) / (ROWS_IN_ONE * rowBytes);
    }

    private void look() {
        rowsAtLook = rows;
        objects = 0;
        for (int i = 0; i < held.length; i++) {
            HeapSize heap = new HeapSize();
            held[i] = lanes.get(i).isAside() ? 0 : lanes.get(i).heldBytes(heap);
            objects += heap.objects();
        }
        objects = Math.max(0, objects - OBJECTS_FEW);
    }

    /** Puts lanes aside until they hold no more than so much, and no more than they may. */
    private void putAside(long most) {
        long left = Arrays.stream(held).sum();
        for (int i = held.length - 1; i >= 0; i--) {
            if (left <= most && share.hold(left)) {
                return;
            }
            if (held[i] > 0) {
                left -= held[i];
                putLaneAside(i);
            }
        }
        share.hold(left);
    }

    /** What was loaded comes plan node by plan node, and some of a lane's may have found room. */
    private void putPartsAside() {
        for (int i = 0; i < held.length; i++) {
            if (lanes.get(i).isAside()) {
                putLaneAside(i);
            }
        }
        share.hold(Arrays.stream(held).sum());
    }

    private void putLaneAside(int i) {
        lanes.get(i).putAside(share);
        held[i] = 0;
    }

    /** Says that a lane was loaded, in part or whole; puts it aside at once where there is no room. */
    void loaded(Lane lane) {
        int i = lanes.indexOf(lane);
        held[i] = lane.heldBytes(new HeapSize());
        if (!share.hold(Arrays.stream(held).sum())) {
            putLaneAside(i);
        }
    }

    /**
     * Decides whether a lane stays that was taken back for a step which is done.
     *
     * @throws MillraceException {@code LIMIT_EXCEEDED} where it is more than all lanes may hold, {@code IO_ERROR}
     */
    void done(Lane lane) {
        int i = lanes.indexOf(lane);
        long bytes = lane.heldBytes(new HeapSize());
        held[i] = bytes;
        if (!share.hold(Arrays.stream(held).sum())) {
            if (bytes > share.limit()) {
                throw share.exceeded(what + ", of which a " + lanes.size() + "th part has to be in memory,", bytes);
            }
            putLaneAside(i);
        }
    }

    /** Notes what the rows take that a lane has kept while it was on disk. */
    void kept(Lane lane) {
        if (lane.keptRows() >= ROWS_MANY) {
            waitingRowBytes = lane.keptBytes() / lane.keptRows();
        }
    }

    /** Returns how many bytes a row takes that waits for a lane, by those that were looked at last. */
    long waitingRowBytes() {
        return waitingRowBytes;
    }

    /** Returns an empty file for rows that lanes have put out and whose turn has not come. */
    SpilledRows rowsAside(RowType type) {
        SpilledRows file = share.rows(type);
        rowsAside.add(file);
        return file;
    }

    /** Lets go of the files of rows. */
    void forgetRows() {
        rowsAside.forEach(SpilledRows::close);
        rowsAside.clear();
    }

    long spilledBytes() {
        return share.spilledBytes();
    }

    @Override
    public void close() {
        forgetRows();
        share.close();
    }
}
