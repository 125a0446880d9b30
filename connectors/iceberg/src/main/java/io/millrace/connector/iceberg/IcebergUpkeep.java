package io.millrace.connector.iceberg;

import io.millrace.spi.connector.TableSetup;
import io.millrace.spi.connector.TableUpkeep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a table in order by time: compaction, then old snapshots, then files that nobody knows. Each commits to the
 * table as any other writer does, and a commit of the delivery in between has it try again.
 */
final class IcebergUpkeep implements TableUpkeep {

    private static final Duration EXPIRY_INTERVAL = Duration.ofMinutes(1);
    private static final Duration ORPHAN_INTERVAL = Duration.ofDays(1);

    private final TableSetup setup;
    private final IcebergSettings settings;
    private final UpkeepSettings upkeep;
    private Instant nextLook;
    private Instant nextExpiry;
    private Instant nextOrphans;
    private @Nullable OpenTable open;
    private @Nullable Compaction compaction;

    IcebergUpkeep(TableSetup setup, IcebergSettings settings, UpkeepSettings upkeep) {
        this.setup = setup;
        this.settings = settings;
        this.upkeep = upkeep;
        Instant now = setup.clock().instant();
        this.nextLook = now;
        this.nextExpiry = now;
        this.nextOrphans = now;
    }

    @Override
    public boolean step() throws IOException {
        Instant now = setup.clock().instant();
        if (now.isBefore(nextLook)) {
            return false;
        }
        boolean worked =
                Failures.told("keeping table '" + settings.table() + "' in order", () -> opened() && work(now));
        if (!worked) {
            nextLook = now.plus(upkeep.interval());
        }
        return worked;
    }

    /** Opens the table, if it was not yet, and returns whether there is one. */
    private boolean opened() throws IOException {
        if (open == null) {
            open = OpenTable.existing(settings, setup);
            compaction = open == null ? null : new Compaction(open, setup, upkeep);
        }
        return open != null;
    }

    private boolean work(Instant now) throws IOException {
        OpenTable at = Objects.requireNonNull(open);
        boolean worked = upkeep.compacts()
                && (Objects.requireNonNull(compaction).step()
                        || new SpentDeletes(at.table(), upkeep.filesMin()).drop());
        if (!worked && upkeep.expires() && !now.isBefore(nextExpiry)) {
            nextExpiry = now.plus(EXPIRY_INTERVAL);
            worked = Snapshots.expire(at.table(), now.minus(upkeep.retention()), upkeep.snapshotsMax());
        }
        if (!worked && upkeep.expires() && !now.isBefore(nextOrphans)) {
            nextOrphans = now.plus(ORPHAN_INTERVAL);
            worked = new Orphans(at, setup).delete(now.minus(upkeep.orphanRetention()));
        }
        return worked;
    }

    @Override
    public Instant nextDeadline() {
        return nextLook;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
        }
    }
}
