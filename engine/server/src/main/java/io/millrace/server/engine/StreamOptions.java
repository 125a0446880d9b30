package io.millrace.server.engine;

import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import io.millrace.spi.type.DataType.RowType;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a stream's {@code WITH} says to the engine; the rest is for its format.
 *
 * @param format name of the record format
 * @param shards how many shards a new stream gets
 * @param retention how long entries are kept
 * @param partitionKey column whose text is the partition key of rows that SQL writes, or null
 */
record StreamOptions(
        String format,
        int shards,
        Duration retention,
        @Nullable String partitionKey) {

    /** Options that are not the format's. */
    static final String[] NAMES = {"format", "shards", "retention", "partition_key", "idle_timeout"};

    static final int SHARDS_MAX = 1000;
    static final Duration RETENTION = Duration.ofHours(24);
    private static final String DEFAULT_FORMAT = "json";

    static StreamOptions of(Options options, RowType columns) {
        String key = options.has("partition_key") ? column(options.get("partition_key", ""), columns) : null;
        return new StreamOptions(
                options.get("format", DEFAULT_FORMAT).toLowerCase(Locale.ROOT),
                (int) options.getLong("shards", 1, 1, SHARDS_MAX),
                retention(options),
                key);
    }

    private static String column(String name, RowType columns) {
        return columns.fields().stream()
                .map(field -> field.name())
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "partition_key names column '" + name + "', which the stream does not have"));
    }

    private static Duration retention(Options options) {
        return options.has("retention") ? options.getDuration("retention", RETENTION) : RETENTION;
    }
}
