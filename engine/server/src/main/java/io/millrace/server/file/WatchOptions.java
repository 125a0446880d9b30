package io.millrace.server.file;

import io.millrace.spi.Options;
import io.millrace.sql.catalog.ExternalTable;
import io.millrace.sql.define.WatermarkClause;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How new files of an external table are looked for.
 *
 * @param interval {@code watch_interval}: how often they are listed
 * @param settle {@code watch_settle}: how long a file must have been the same before it is read
 * @param retention {@code watch_retention}: how long rows are kept that queries that go on may still read
 */
public record WatchOptions(Duration interval, Duration settle, Duration retention) {

    private static final String INTERVAL = ExternalTable.WATCH_INTERVAL;

    private static final List<String> OWN = List.of(INTERVAL, "watch_settle", "watch_retention");

    /** The names of the options, and that of the WATERMARK that a watched table may have. */
    public static final List<String> NAMES =
            Stream.concat(OWN.stream(), Stream.of(WatermarkClause.IDLE_TIMEOUT)).toList();

    private static final Duration SHORTEST = Duration.ofMillis(10);

    /**
     * Reads the options, or returns null where files are not watched.
     *
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT} where they are not right
     */
    public static @Nullable WatchOptions from(Options options) {
        if (!options.has(INTERVAL)) {
            for (String name : OWN) {
                if (options.has(name)) {
                    throw Options.invalid(name, options.get(name, ""), "watch_interval as well, or leave it out");
                }
            }
            return null;
        }
        Duration interval = options.getDuration(INTERVAL, SHORTEST);
        Duration settle = options.getDuration("watch_settle", Duration.ofSeconds(5));
        Duration retention = options.getDuration("watch_retention", Duration.ofHours(24));
        if (interval.compareTo(SHORTEST) < 0) {
            throw Options.invalid(INTERVAL, options.get(INTERVAL, ""), "at least 10 ms");
        }
        if (settle.isNegative() || retention.isNegative()) {
            throw Options.invalid("watch_settle", options.get("watch_settle", ""), "no time below 0");
        }
        return new WatchOptions(interval, settle, retention);
    }
}
