package io.millrace.runtime.operator;

import io.millrace.plan.PlanNode;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SourceBatch;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the scans of one stream in one plan share, so that an entry is read and decoded once however often the query
 * names the stream: the columns that any of them wants, and the piece that the next step reads.
 *
 * <pre>
 *   planning   scan 1 polls ──► piece      scan 2 gets the same piece
 *   step       scan 1 gives its columns    scan 2 gives its columns
 * </pre>
 *
 * <p>Pieces are shared while a step is planned, and used in that step. A scan that is elsewhere, or repeats steps of
 * another life, reads by itself, and the same columns, so that it meets the same entries that cannot be read. Those are
 * told of by the first of the scans alone. For one thread at a time.
 */
final class SharedScan {

    private final PlanNode.Scan wanted;
    private final PlanNode.Scan first;
    private final Map<String, Piece> pieces = new HashMap<>();

    private SharedScan(PlanNode.Scan wanted, PlanNode.Scan first) {
        this.wanted = wanted;
        this.first = first;
    }

    /** Creates what scans of one stream share, which are two or more. */
    static SharedScan of(List<PlanNode.Scan> scans) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (PlanNode.Scan scan : scans) {
            scan.rowType().fields().forEach(field -> fields.putIfAbsent(field.name(), field));
        }
        PlanNode.Scan any = scans.getFirst();
        RowType all = new RowType(List.copyOf(fields.values()));
        return new SharedScan(new PlanNode.Scan(any.id(), any.stream(), all, -1, any.rowtime()), any);
    }

    /** Returns the scan of all columns that are wanted, to open the source for each of the scans. */
    PlanNode.Scan wanted() {
        return wanted;
    }

    /** Returns whether a scan tells of entries that cannot be read. */
    boolean tells(PlanNode.Scan scan) {
        return scan.id().equals(first.id());
    }

    /** Returns the place of each column of a scan among those that are shared. */
    int[] places(RowType type) {
        int[] places = new int[type.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = wanted.rowType().indexOf(type.field(i).name());
        }
        return places;
    }

    /**
     * Returns the piece of a split that starts at a position, reading it if that is what comes next, or null where the
     * split cannot be read there together with others.
     *
     * @param reader who asks
     * @param end up to where it wants to read
     */
    @Nullable
    Taken poll(ScanSplit reader, Source source, long position, long end, int entriesMax) {
        Piece piece = pieces.computeIfAbsent(reader.name(), name -> new Piece());
        return piece.poll(reader, source, position, end, entriesMax);
    }

    /** Lets go of what a split had, which is no longer read. */
    void forget(String split) {
        Piece piece = pieces.remove(split);
        if (piece != null) {
            piece.close();
        }
    }

    /**
     * What was read.
     *
     * @param batch null where there was nothing
     * @param to the position behind it
     * @param bound the greatest that the split has promised up to there
     */
    record Taken(@Nullable SourceBatch batch, long to, long bound) {}

    /** The last piece of a split. */
    private static final class Piece {

        private @Nullable SplitReader reader;
        private @Nullable SourceBatch batch;
        private long from;
        private long to;
        /** A promise is given once, with rows or without; whoever comes second hears of it here. */
        private long heard = Operator.NO_BOUND;
        /** Who was given the piece and may still have to use it. */
        private final Map<ScanSplit, Long> takers = new HashMap<>();

        @Nullable
        Taken poll(ScanSplit by, Source source, long position, long end, int entriesMax) {
            if (batch != null && from == position && to <= end && to - from <= entriesMax) {
                takers.put(by, to);
                return new Taken(batch, to, heard);
            }
            if (reader == null) {
                reader = source.open(by.name(), position);
            }
            if (reader.position() != position || usedByOthers(by)) {
                return null;
            }
            return read(reader, by, position, end, entriesMax);
        }

        private Taken read(SplitReader open, ScanSplit by, long position, long end, int entriesMax) {
            takers.clear();
            SourceBatch polled = open.poll(end, entriesMax);
            long now = open.position();
            boolean rows = polled != null && now > position;
            heard = polled == null ? heard : Math.max(heard, polled.rowtimeBound());
            batch = rows ? polled : null;
            from = position;
            to = now;
            if (rows) {
                takers.put(by, now);
            }
            return new Taken(polled, now, heard);
        }

        /** Reading on would change the rows of a piece that somebody has not come to yet. */
        private boolean usedByOthers(ScanSplit by) {
            for (Map.Entry<ScanSplit, Long> taker : takers.entrySet()) {
                if (taker.getKey() != by && taker.getKey().position() < taker.getValue()) {
                    return true;
                }
            }
            return false;
        }

        void close() {
            if (reader != null) {
                reader.close();
                reader = null;
            }
            batch = null;
        }
    }
}
