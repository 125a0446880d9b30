package io.millrace.format.arrow;

import io.millrace.spi.Options;
import java.util.Locale;

/**
 * How a file or stream is written.
 *
 * @param zstd {@code compression}: zstd or none (as a rule, since every reader knows it and may map the file)
 * @param batchRows {@code batch_rows}: most rows of a record batch
 */
record ArrowOptions(boolean zstd, int batchRows) {

    static final int BATCH_ROWS = 64 << 10;
    static final int BATCH_ROWS_MAX = 16 << 20;

    /** Memory after which a record batch is written even if it has fewer rows. */
    static final int BATCH_BYTES = 16 << 20;

    static ArrowOptions from(Options options) {
        options.refuseOthers("compression", "batch_rows");
        return new ArrowOptions(zstd(options.get("compression", "none")), (int)
                options.getLong("batch_rows", BATCH_ROWS, 1, BATCH_ROWS_MAX));
    }

    private static boolean zstd(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "zstd" -> true;
            case "none" -> false;
            default -> throw Options.invalid("compression", name, "zstd or none");
        };
    }
}
