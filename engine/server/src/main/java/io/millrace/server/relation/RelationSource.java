package io.millrace.server.relation;

import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.Source;
import io.millrace.spi.connector.SplitReader;
import io.millrace.spi.log.ShardLog.Subscription;
import java.util.List;
import java.util.Locale;

/**
 * A table of another system as the source of a bounded scan: one split, whose positions are its rows so far, and at its
 * end whatever {@link #endPosition} says, which is a guess.
 */
public final class RelationSource implements Source {

    private static final String SPLIT = "rows";

    /** What is assumed of a table of which nothing is known: more than of a file, less than of a stream. */
    private static final long ROWS_GUESS = 100_000;

    private final String table;
    private final RelationScan scan;
    private final RelationSplit split;

    RelationSource(String table, RelationScan scan) {
        this.table = table;
        this.scan = scan;
        this.split = new RelationSplit(table, scan, endPosition(SPLIT));
    }

    /** Returns what the system is asked. */
    public String asked() {
        return "asks " + scan.asked();
    }

    /** Returns what was read so far. */
    public String report() {
        String more = scan.read();
        return String.format(Locale.ROOT, "read %,d rows of '%s'", split.rows(), table)
                + (more.isEmpty() ? "" : ": " + more);
    }

    @Override
    public List<String> splits() {
        return List.of(SPLIT);
    }

    @Override
    public long firstPosition(String name) {
        return 0;
    }

    @Override
    public long endPosition(String name) {
        return scan.rowEstimate() < 0 ? ROWS_GUESS : Math.max(1, scan.rowEstimate());
    }

    @Override
    public SplitReader open(String name, long position) {
        if (position != 0) {
            throw new IllegalArgumentException("tables of other systems are read from their beginning");
        }
        return split;
    }

    @Override
    public long idleBound(String name, long position) {
        return Long.MAX_VALUE;
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return () -> {};
    }

    @Override
    public void close() {
        scan.close();
    }
}
