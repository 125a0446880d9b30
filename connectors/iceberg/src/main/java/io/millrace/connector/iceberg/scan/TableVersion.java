package io.millrace.connector.iceberg.scan;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.row.LongColumn;
import io.millrace.spi.row.SqlText;
import io.millrace.spi.type.DataType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a table is read: {@code snapshot_id}, {@code as_of_timestamp}, {@code branch} or {@code tag}, and
 * the newest where none is said.
 *
 * @param option the name of the option, or null for the newest
 * @param value what it says
 */
public record TableVersion(@Nullable String option, String value) {

    private static final String SNAPSHOT = "snapshot_id";
    private static final String TIME = "as_of_timestamp";
    private static final String BRANCH = "branch";
    private static final String TAG = "tag";

    /** The names of the options. */
    public static final List<String> NAMES = List.of(SNAPSHOT, TIME, BRANCH, TAG);

    /**
     * Reads the options.
     *
     * @throws MillraceException {@code INVALID_ARGUMENT} where there are several, or one has no such value
     */
    public static TableVersion from(Options options) {
        List<String> given = NAMES.stream().filter(options::has).toList();
        if (given.size() > 1) {
            throw new MillraceException(
                    ErrorCode.INVALID_ARGUMENT,
                    "options '" + given.get(0) + "' and '" + given.get(1) + "' each say which version is read",
                    "leave one of them out");
        }
        if (given.isEmpty()) {
            return new TableVersion(null, "");
        }
        TableVersion version = new TableVersion(given.getFirst(), options.get(given.getFirst(), ""));
        switch (given.getFirst()) {
            case SNAPSHOT -> version.snapshotId();
            case TIME -> version.micros();
            default -> {}
        }
        return version;
    }

    private long snapshotId() {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw Options.invalid(SNAPSHOT, value, "the number of a snapshot");
        }
    }

    private long micros() {
        LongColumn time = new LongColumn(1);
        try {
            SqlText.parse(DataType.TIMESTAMP_WITH_TIME_ZONE, value, ZoneOffset.UTC, time, 0);
            return time.get(0);
        } catch (RuntimeException e) {
            throw Options.invalid(TIME, value, "a time such as '2026-01-31 09:00:00', of UTC where it has no zone");
        }
    }

    TableScan of(Table table) {
        return switch (option) {
            case null -> table.newScan();
            case SNAPSHOT -> table.newScan().useSnapshot(known(table, snapshotId()));
            case TIME -> table.newScan().useSnapshot(asOf(table));
            default -> table.newScan().useRef(reference(table));
        };
    }

    private long known(Table table, long id) {
        if (table.snapshot(id) == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "table '" + table.name() + "' has no snapshot " + id,
                    "it may have expired: snapshot_retention of whoever keeps the table says how long they stay");
        }
        return id;
    }

    private long asOf(Table table) {
        Long id = SnapshotUtil.nullableSnapshotIdAsOfTime(table, Math.floorDiv(micros(), 1000));
        if (id == null) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "table '" + table.name() + "' has no snapshot that is as old as " + value,
                    table.history().isEmpty()
                            ? "it has none at all"
                            : "the oldest is of "
                                    + Instant.ofEpochMilli(
                                            table.history().getFirst().timestampMillis()));
        }
        return known(table, id);
    }

    private String reference(Table table) {
        SnapshotRef found = table.refs().get(value);
        if (found == null || found.isBranch() != BRANCH.equals(option)) {
            throw new MillraceException(
                    ErrorCode.UNDEFINED_NAME,
                    "table '" + table.name() + "' has no " + option + " '" + value + "'",
                    table.refs().isEmpty()
                            ? "it has no branches and no tags"
                            : "there are: "
                                    + table.refs().entrySet().stream()
                                            .map(TableVersion::text)
                                            .sorted()
                                            .collect(Collectors.joining(", ")));
        }
        return value;
    }

    private static String text(Map.Entry<String, SnapshotRef> reference) {
        return (reference.getValue().isBranch() ? "branch " : "tag ") + reference.getKey();
    }
}
