package io.millrace.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testing.server.KilledServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server that delivers to an Iceberg table, compacts it and expires its snapshots, and that is killed at random
 * moments, and each other time when compaction has begun a file: every row is in the table once.
 */
class IcebergCrashTest extends DeliveryCrashTest {

    private static final String TABLE = "market.trades";

    /** Of so many it may be that none comes in the midst of compaction. */
    private static final int FEW = 10;

    /** Files that compaction wrote, whole or in part, as they were seen at kills. */
    private final Set<String> compacted = new HashSet<>();

    private int killedInCompaction;

    @Override
    void deliver(int kills) throws Exception {
        survive(kills);
        assertThat(compacted).as("files that compaction made").isNotEmpty();
        if (kills > FEW) {
            assertThat(killedInCompaction)
                    .as("kills that left a file of compaction that was not committed")
                    .isPositive();
        }
    }

    private void survive(int kills) throws Exception {
        IcebergTables tables = new IcebergTables(lake());
        try (KilledServer server = new KilledServer(directory.resolve("data"), seed, 3)) {
            server.execute("CREATE DELIVERY d FROM events TO 'iceberg:" + TABLE + "' WITH (warehouse = '"
                    + lake().toUri() + "', partition_by = 'truncate(2, k)', roll_interval = '50 ms',"
                    + " compaction_files = 3, upkeep_interval = '100 ms', snapshots_max = 20)");
            for (int kill = 0; kill < kills; kill++) {
                if (kill % 2 == 0) {
                    server.killAfter(Duration.ofMillis(200), Duration.ofMillis(2000));
                } else {
                    server.killOnce(this::compactionHasBegunAFile);
                }
                lookAtWhatIsLeft(tables);
                server.restart();
            }
            server.awaitDelivered(1, "exactly-once");
            lookAtWhatIsLeft(tables);
            assertThat(server.stop()).isZero();
            int rows = server.rows();
            assertThat(tables.rows(TABLE, "COUNT(*), COUNT(DISTINCT id), MIN(id), MAX(id)", "1"))
                    .as("seed %s", seed)
                    .containsExactly(rows + "|" + rows + "|0|" + (rows - 1));
            System.out.println(rows + " rows, " + kills + " kills, " + killedInCompaction + " in compaction");
        }
    }

    private Path lake() {
        return directory.resolve("lake");
    }

    private boolean compactionHasBegunAFile() {
        return !compacted.containsAll(filesOfCompaction());
    }

    private void lookAtWhatIsLeft(IcebergTables tables) {
        Set<String> now = filesOfCompaction();
        Set<String> known = committed(tables);
        killedInCompaction += now.stream().anyMatch(name -> !compacted.contains(name) && !known.contains(name)) ? 1 : 0;
        compacted.addAll(now);
    }

    /** Returns their names, staged ones among them. */
    private Set<String> filesOfCompaction() {
        try (Stream<Path> files = Files.walk(lake())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("-compacted-"))
                    .collect(Collectors.toSet());
        } catch (UncheckedIOException | IOException e) {
            // One was deleted just then, or there is no table yet.
            return Set.of();
        }
    }

    /** The table is there when the first commit is. */
    private static Set<String> committed(IcebergTables tables) {
        try {
            return tables.filesOfAllSnapshots(TABLE).stream()
                    .map(file -> file.substring(file.lastIndexOf('/') + 1))
                    .collect(Collectors.toSet());
        } catch (Exception e) {
            return Set.of();
        }
    }
}
