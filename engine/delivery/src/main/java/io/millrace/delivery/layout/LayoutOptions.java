package io.millrace.delivery.layout;

import io.millrace.spi.Options;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery's options say of names and partitions.
 *
 * @param prefix {@code prefix}: what names begin with, may have expressions; null where it is not given
 * @param errorPrefix {@code error_output_prefix}: likewise for what cannot be delivered; null to write none of it
 * @param unroutedPrefix {@code route_error_prefix}: likewise for records of which nobody knows where they go; null to treat
 *     them as the others
 * @param partitionBy {@code partition_by}: the partition's columns, empty for none
 * @param zone {@code time_zone}: of times in names; UTC as a rule
 * @param extension {@code file_extension}: what names end with, null for the format's own
 * @param keepColumns {@code write_partition_columns}: whether files hold the partition's columns; as a rule where a
 *     prefix is given
 * @param partitionsMax {@code partitions_max}: most files of a shard that are open at the same time; 32 as a rule
 */
public record LayoutOptions(
        @Nullable String prefix,
        @Nullable String errorPrefix,
        @Nullable String unroutedPrefix,
        String partitionBy,
        ZoneId zone,
        @Nullable String extension,
        boolean keepColumns,
        int partitionsMax) {

    /** The names of the options read here. */
    public static final List<String> NAMES = List.of(
            "prefix",
            "error_output_prefix",
            "partition_by",
            "time_zone",
            "file_extension",
            "write_partition_columns",
            "partitions_max");

    /** Option of records without a place, which belongs to those that find it. */
    public static final String UNROUTED_PREFIX = "route_error_prefix";

    private static final int PARTITIONS_MAX = 32;

    /** The most that may be asked for: each open file holds what its format buffers. */
    static final int PARTITIONS_LIMIT = 256;

    /** Everything in one folder, under the delivery's own names. */
    public static final LayoutOptions DEFAULT =
            new LayoutOptions(null, null, null, "", ZoneOffset.UTC, null, false, PARTITIONS_MAX);

    /** Reads the options of these names and leaves alone the others. */
    public static LayoutOptions from(Options options) {
        return new LayoutOptions(
                given(options, "prefix"),
                given(options, "error_output_prefix"),
                given(options, UNROUTED_PREFIX),
                options.get("partition_by", ""),
                zone(options.get("time_zone", "UTC")),
                extension(given(options, "file_extension")),
                options.getBoolean("write_partition_columns", options.has("prefix")),
                (int) options.getLong("partitions_max", PARTITIONS_MAX, 1, PARTITIONS_LIMIT));
    }

    private static @Nullable String given(Options options, String name) {
        return options.has(name) ? options.get(name, "") : null;
    }

    private static ZoneId zone(String name) {
        try {
            return name.equalsIgnoreCase("UTC") ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw Options.invalid("time_zone", name, "a time zone such as 'UTC' or 'Europe/Berlin'");
        }
    }

    private static @Nullable String extension(@Nullable String extension) {
        if (extension != null && !extension.matches("|\\.[0-9a-zA-Z!\\-_.*'()]{1,127}")) {
            throw Options.invalid("file_extension", extension, "a dot and letters, such as '.json.gz', or nothing");
        }
        return extension;
    }
}
