package io.millrace.runtime.lookup;

import io.millrace.spi.connector.RowLookup;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.RowBatch;
import java.io.IOException;
import java.util.function.LongSupplier;

/** Asks another system again where it does not answer, after pauses that double, until it has had time enough. */
public final class PatientLookup {

    private static final long FIRST_PAUSE_NANOS = 50_000_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000_000;

    /** So long after its first failure it is not asked again. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /** Waits, in short parts, as long as it may. */
    @FunctionalInterface
    public interface Pause {

        /** Waits some nanoseconds; fails where nobody wants the answer any more. */
        void await(long nanos);
    }

    private final String table;
    private final RowLookup lookup;
    private final LongSupplier nanos;

    /** @param nanos a clock that goes on evenly */
    public PatientLookup(String table, RowLookup lookup, LongSupplier nanos) {
        this.table = table;
        this.lookup = lookup;
        this.nanos = nanos;
    }

    /**
     * Returns what {@link RowLookup#find} does.
     *
     * @throws MillraceException {@code IO_ERROR} where it has had time enough, and what the lookup throws
     */
    public RowBatch find(RowBatch keys, Pause pause) {
        long begun = nanos.getAsLong();
        long wait = FIRST_PAUSE_NANOS;
        for (int tries = 1; ; tries++) {
            try {
                return lookup.find(keys);
            } catch (IOException e) {
                if (nanos.getAsLong() - begun >= PATIENCE_NANOS) {
                    throw new MillraceException(
                            ErrorCode.IO_ERROR,
                            "'" + table + "' does not answer lookups, asked " + tries + " times: " + e.getMessage(),
                            "see that the database runs, takes connections from here and has the table",
                            e);
                }
            }
            pause.await(wait);
            wait = Math.min(2 * wait, LONGEST_PAUSE_NANOS);
        }
    }
}
