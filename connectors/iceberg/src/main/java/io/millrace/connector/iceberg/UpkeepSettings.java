package io.millrace.connector.iceberg;

import io.millrace.spi.Options;
import java.time.Duration;
import java.util.List;

/**
 * How a table is kept in order.
 *
 * @param compacts {@code compaction}: whether short files are put together; they are as a rule
 * @param filesMin {@code compaction_files}: how many short files make it worth while; 8 as a rule
 * @param bytes {@code compaction_bytes}: about how long files are to be; 128 MB as a rule
 * @param interval {@code upkeep_interval}: how often is looked; 10 s as a rule
 * @param expires {@code expire_snapshots}: whether old snapshots, and what only they need, are deleted; they are as a
 *     rule
 * @param retention {@code snapshot_retention}: how long a snapshot is kept; 5 days as a rule
 * @param snapshotsMax {@code snapshots_max}: most snapshots that are kept, however young; 1000 as a rule
 * @param orphanRetention {@code orphan_retention}: how old a file of ours must be that no snapshot knows before it is
 *     deleted; 3 days as a rule
 */
record UpkeepSettings(
        boolean compacts,
        int filesMin,
        long bytes,
        Duration interval,
        boolean expires,
        Duration retention,
        int snapshotsMax,
        Duration orphanRetention) {

    static final List<String> NAMES = List.of(
            "compaction",
            "compaction_files",
            "compaction_bytes",
            "upkeep_interval",
            "expire_snapshots",
            "snapshot_retention",
            "snapshots_max",
            "orphan_retention");

    private static final long BYTES_MIN = 64 << 10;
    private static final long BYTES_MAX = 4L << 30;
    private static final int FILES_LIMIT = 1000;
    private static final int SNAPSHOTS_LIMIT = 100_000;

    /** The shortest time after which a file may be taken for one that nobody will ask for. */
    private static final Duration ORPHAN_RETENTION_MIN = Duration.ofHours(1);

    static UpkeepSettings from(Options options) {
        long bytes = options.getBytes("compaction_bytes", 128L << 20);
        if (bytes < BYTES_MIN || bytes > BYTES_MAX) {
            throw Options.invalid("compaction_bytes", options.get("compaction_bytes", ""), "a size from 64 kB to 4 GB");
        }
        Duration orphans = options.getDuration("orphan_retention", Duration.ofDays(3));
        if (orphans.compareTo(ORPHAN_RETENTION_MIN) < 0) {
            throw Options.invalid("orphan_retention", options.get("orphan_retention", ""), "an hour at least");
        }
        return new UpkeepSettings(
                options.getBoolean("compaction", true),
                (int) options.getLong("compaction_files", 8, 2, FILES_LIMIT),
                bytes,
                options.getDuration("upkeep_interval", Duration.ofSeconds(10)),
                options.getBoolean("expire_snapshots", true),
                options.getDuration("snapshot_retention", Duration.ofDays(5)),
                (int) options.getLong("snapshots_max", 1000, 1, SNAPSHOTS_LIMIT),
                orphans);
    }
}
