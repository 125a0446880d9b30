package io.millrace.server.engine;

import io.millrace.runtime.RejectedRows;
import io.millrace.server.file.WatchOptions;
import io.millrace.spi.connector.BreakableCalls;
import io.millrace.spi.connector.BreakableCalls.Call;
import io.millrace.spi.connector.RejectedEntry;
import io.millrace.spi.connector.Relation;
import io.millrace.spi.connector.RelationChange;
import io.millrace.spi.connector.RelationScan;
import io.millrace.spi.connector.StoredFile;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.log.ShardLog.Subscription;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowBatch;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows the versions of a table of another system, and copies the rows that each adds into the table's log: first all
 * rows of the version that is found first, then those of each behind it. A version's rows go in the same steps whenever
 * they are read, of which a shard takes none twice. For one thread at a time.
 */
final class VersionsTask implements TaskThread.Task {

    private final ExternalTableRows rows;
    private final WatchOptions options;
    private final Supplier<Relation> table;
    private final WatchLedger ledger;
    private final RejectedRows reports;
    private final InstantSource clock;
    private final UnderWay underWay = new UnderWay();
    private final BreakableCalls calls;
    private final Deque<RelationChange> changes = new ArrayDeque<>();
    private @Nullable Relation relation;
    private long nextLook = Long.MIN_VALUE;

    /**
     * Where the rows go.
     *
     * @param name the external table's
     * @param type the columns
     * @param sink makes a sink of a version's rows, by the name of who writes them
     */
    record ExternalTableRows(String name, RowType type, Function<String, StreamSink> sink) {}

    VersionsTask(
            ExternalTableRows rows,
            WatchOptions options,
            Supplier<Relation> table,
            WatchLedger ledger,
            RejectedRows reports,
            InstantSource clock) {
        this.rows = rows;
        this.options = options;
        this.table = table;
        this.ledger = ledger;
        this.reports = reports;
        this.clock = clock;
        this.calls = new BreakableCalls("'" + rows.name() + "'");
    }

    @Override
    public boolean step() {
        RelationChange next = changes.poll();
        if (next != null) {
            take(next);
            return true;
        }
        long now = JavaValues.micros(clock.instant());
        if (now < nextLook) {
            return false;
        }
        look();
        nextLook = now + options.interval().toNanos() / 1000;
        return !changes.isEmpty();
    }

    private void look() {
        String done = ledger.lastDone();
        String begun = ledger.lastBegun();
        if (done == null && begun != null) {
            // The first version was on its way: others are behind it by now, and its rows are those.
            relation = table.get();
            changes.add(new RelationChange(begun, true, null));
            return;
        }
        try {
            relation = table.get();
            Relation asked = relation;
            changes.addAll(calls.run(() -> asked.changes(done)));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private void take(RelationChange change) {
        StoredFile note = new StoredFile(change.id(), 0, "");
        if (change.refusal() != null) {
            report(change.id(), ErrorCode.UNSUPPORTED, change.refusal());
        } else if (change.adds()) {
            boolean whole = ledger.lastDone() == null;
            ledger.begun(note);
            try {
                copy(change.id(), whole);
            } catch (IOException e) {
                changes.clear();
                throw unreadable(e);
            } catch (RuntimeException e) {
                changes.clear();
                throw e;
            }
        }
        ledger.done(note);
    }

    private void copy(String version, boolean whole) throws IOException {
        Relation of = relation == null ? table.get() : relation;
        try (StreamSink sink = rows.sink().apply("version " + version);
                RelationScan scan = calls.run(() -> of.added(version, whole, rows.type()))) {
            CopySteps steps = new CopySteps(rows.type(), sink, reports);
            CopyRejections none = new CopyRejections(rows.name());
            Call<Optional<RowBatch>, IOException> next = () -> Optional.ofNullable(scan.next());
            for (Optional<RowBatch> batch = calls.run(next); batch.isPresent(); batch = calls.run(next)) {
                underWay.check();
                steps.add(batch.get(), none);
            }
            steps.end(none);
        }
    }

    private void report(String version, ErrorCode code, String reason) {
        reports.write(
                        0,
                        List.of(new RejectedEntry(
                                rows.name(), version, code, reason, new byte[0], RowOrigins.NO_ROWTIME)))
                .toCompletableFuture()
                .join();
    }

    private MillraceException unreadable(IOException e) {
        return new MillraceException(
                ErrorCode.IO_ERROR,
                "'" + rows.name() + "' cannot be read: " + (e.getMessage() == null ? e : e.getMessage()),
                "it is tried again; see that the place can be reached from here",
                e);
    }

    @Override
    public Subscription onAvailable(Runnable listener) {
        return () -> {};
    }

    @Override
    public OptionalLong wakeMicros() {
        return OptionalLong.of(nextLook);
    }

    @Override
    public void cancel() {
        underWay.cancel();
        calls.cancel();
    }

    @Override
    public void close() {
        ledger.close();
    }
}
