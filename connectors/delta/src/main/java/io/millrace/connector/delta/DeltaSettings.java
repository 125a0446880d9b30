package io.millrace.connector.delta;

import io.millrace.spi.Options;
import io.millrace.spi.ShownUrl;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which table it is, and how it is kept.
 *
 * @param place the folder that the table is, with a slash at its end
 * @param partitionBy {@code partition_by}, columns; null where the table's own stay
 * @param checkpointInterval {@code checkpoint_interval}: how many entries make a checkpoint of the log worth while; 100
 *     as a rule
 * @param logRetention {@code log_retention}: how long entries before a checkpoint are kept; null where the table says, and
 *     {@link #LOG_RETENTION} where it does not
 * @param upkeepInterval {@code upkeep_interval}: how often is looked whether a checkpoint is due; 10 s as a rule
 */
record DeltaSettings(
        URI place,
        @Nullable List<String> partitionBy,
        int checkpointInterval,
        @Nullable Duration logRetention,
        Duration upkeepInterval) {

    static final List<String> NAMES =
            List.of("partition_by", "checkpoint_interval", "log_retention", "upkeep_interval");

    /** What Delta's own writers keep. */
    static final Duration LOG_RETENTION = Duration.ofDays(30);

    /** Whoever reads a table goes by entries for a while, and they must not vanish under it. */
    static final Duration LOG_RETENTION_MIN = Duration.ofHours(1);

    private static final int CHECKPOINT_INTERVAL_MAX = 10_000;

    static DeltaSettings from(URI location, Options options) {
        return new DeltaSettings(
                place(location),
                options.has("partition_by") ? columns(options.get("partition_by", "")) : null,
                (int) options.getLong("checkpoint_interval", 100, 1, CHECKPOINT_INTERVAL_MAX),
                options.has("log_retention") ? retention(options) : null,
                options.getDuration("upkeep_interval", Duration.ofSeconds(10)));
    }

    private static URI place(URI location) {
        try {
            URI place = new URI(location.getRawSchemeSpecificPart().replaceFirst("/*$", "/"));
            if (place.getScheme() != null && place.getRawSchemeSpecificPart().startsWith("//")) {
                return place;
            }
        } catch (URISyntaxException e) {
            throw noTable(location);
        }
        throw noTable(location);
    }

    private static MillraceException noTable(URI location) {
        return new MillraceException(
                ErrorCode.INVALID_ARGUMENT,
                "'" + ShownUrl.of(location.toString()) + "' names no table",
                "write where it lies, like 'delta:file:///lake/trades' or 'delta:s3://bucket/lake/trades'");
    }

    private static List<String> columns(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(column -> !column.isEmpty())
                .toList();
    }

    private static Duration retention(Options options) {
        Duration retention = options.getDuration("log_retention", LOG_RETENTION);
        if (retention.compareTo(LOG_RETENTION_MIN) < 0) {
            throw Options.invalid("log_retention", options.get("log_retention", ""), "an hour at least");
        }
        return retention;
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
