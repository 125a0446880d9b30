package io.millrace.delivery.spool;

import io.millrace.delivery.TextCompression;
import io.millrace.delivery.layout.Layout;
import io.millrace.delivery.layout.LayoutOptions;
import io.millrace.spi.Options;
import io.millrace.spi.row.JavaValues;
import io.millrace.spi.row.RowOrigins;
import io.millrace.spi.type.DataType.RowType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What files of a backup are called, and how they are compressed: {@code all/…} and {@code failed/…}, or as prefixes with expressions say. Times in
 * there are of a batch's first record, so that a batch that is kept again takes its own place.
 */
public final class BackupNames {

    /** {@code backup_prefix}: what names of all records begin with. */
    private static final String PREFIX = "backup_prefix";

    /** {@code backup_error_prefix}: what names of failed records begin with. */
    private static final String ERROR_PREFIX = "backup_error_prefix";

    /** {@code backup_compression}: how files are compressed. */
    private static final String COMPRESSION = "backup_compression";

    /** The names of the options read here. */
    public static final List<String> NAMES = List.of(PREFIX, ERROR_PREFIX, COMPRESSION);

    private final Layout layout;
    private final String errorType;
    private final TextCompression compression;

    private BackupNames(Options options, String errorType, RowType type) {
        this.errorType = options.has(ERROR_PREFIX) ? errorType : "failed";
        this.compression = TextCompression.from(options, COMPRESSION);
        Map<String, String> names = new TreeMap<>();
        names.put("prefix", options.get(PREFIX, "all/"));
        names.put("error_output_prefix", options.get(ERROR_PREFIX, ""));
        this.layout = Layout.of(LayoutOptions.from(new Options(names)), type, null);
    }

    /**
     * Reads the options of these names and leaves alone the others.
     *
     * @param errorType what stands for {@code !{firehose:error-output-type}}, such as {@code http-endpoint-failed}
     * @param type of the rows
     * @throws io.millrace.spi.error.MillraceException {@code INVALID_ARGUMENT}
     */
    public static BackupNames from(Options options, String errorType, RowType type) {
        return new BackupNames(options, errorType, type);
    }

    /** Returns the name of the file with all records of a batch. */
    String all(String id, SpoolBatch batch, InstantSource clock) {
        return layout.prefix("", time(batch, clock), id) + id + compression.extension();
    }

    /** Returns the name of the file with the records of a batch that failed. */
    String failed(String id, SpoolBatch batch, InstantSource clock) {
        return layout.errorPrefix(errorType, time(batch, clock), id) + id + ".json" + compression.extension();
    }

    TextCompression compression() {
        return compression;
    }

    private static Instant time(SpoolBatch batch, InstantSource clock) {
        long first = batch.count() == 0 ? RowOrigins.NO_ROWTIME : batch.rowtimeMicros(0);
        return first == RowOrigins.NO_ROWTIME ? clock.instant() : JavaValues.instant(first);
    }
}
