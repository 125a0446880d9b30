package io.millrace.format.parquet;

import io.millrace.spi.Options;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.jspecify.annotations.Nullable;

/**
 * How a file is written.
 *
 * @param codec {@code compression}: zstd (as a rule), snappy, gzip or none
 * @param compressionLevel {@code compression_level}: how hard zstd tries, 1 (as a rule) to 22
 * @param rowGroupBytes {@code row_group_bytes}: memory after which a row group is closed; an open file holds
 *     about as much
 * @param pageBytes {@code page_bytes}: bytes of a page before compression
 * @param dictionary {@code dictionary}: whether columns of few distinct values get one
 * @param version {@code writer_version}: 1 (as a rule; every reader knows it) or 2 (smaller: delta encodings)
 * @param encryption how it is encrypted; null where it is not
 */
record ParquetOptions(
        Codec codec,
        int compressionLevel,
        long rowGroupBytes,
        int pageBytes,
        boolean dictionary,
        WriterVersion version,
        @Nullable FileEncryption encryption) {

    private static final String LEVEL = "compression_level";

    private static final List<String> NAMES =
            List.of("compression", LEVEL, "row_group_bytes", "page_bytes", "dictionary", "writer_version");

    /** Level 3, Zstandard's own default, made numbers and short texts no shorter, and took a quarter of the time more. */
    static final int LEVEL_USUAL = 1;

    static final int LEVEL_MAX = 22;
    static final long ROW_GROUP_BYTES = 32 << 20;
    static final long ROW_GROUP_BYTES_MIN = 64 << 10;
    static final long ROW_GROUP_BYTES_MAX = 1 << 30;
    static final int PAGE_BYTES = 1 << 20;
    static final int PAGE_BYTES_MIN = 4 << 10;
    static final int PAGE_BYTES_MAX = 64 << 20;

    static ParquetOptions from(Options options) {
        options.refuseOthers(Stream.concat(NAMES.stream(), FileEncryption.names(options).stream())
                .toArray(String[]::new));
        FileEncryption encryption = FileEncryption.from(options);
        if (encryption != null && options.getLong("writer_version", 1, 1, 2) == 2) {
            // Its pages have the levels, which say what is NULL, before what is encrypted.
            throw Options.invalid("writer_version", "2", "1 where files are encrypted");
        }
        Codec codec = codec(options.get("compression", "zstd"));
        if (codec != Codec.ZSTD && !options.get(LEVEL, "").isEmpty()) {
            throw Options.invalid(LEVEL, options.get(LEVEL, ""), "left out where compression is not zstd");
        }
        return new ParquetOptions(
                codec,
                (int) options.getLong(LEVEL, LEVEL_USUAL, 1, LEVEL_MAX),
                bytes(options, "row_group_bytes", ROW_GROUP_BYTES, ROW_GROUP_BYTES_MIN, ROW_GROUP_BYTES_MAX),
                (int) bytes(options, "page_bytes", PAGE_BYTES, PAGE_BYTES_MIN, PAGE_BYTES_MAX),
                options.getBoolean("dictionary", true),
                options.getLong("writer_version", 1, 1, 2) == 1 ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0,
                encryption);
    }

    /** Returns whether pages are of the first version. */
    boolean isFirstVersion() {
        return version == WriterVersion.PARQUET_1_0;
    }

    private static long bytes(Options options, String name, long otherwise, long min, long max) {
        long bytes = options.getBytes(name, otherwise);
        if (bytes < min || bytes > max) {
            throw Options.invalid(name, String.valueOf(bytes), "a size from " + min + " to " + max + " bytes");
        }
        return bytes;
    }

    private static Codec codec(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "zstd" -> Codec.ZSTD;
            case "snappy" -> Codec.SNAPPY;
            case "gzip" -> Codec.GZIP;
            case "none", "uncompressed" -> Codec.NONE;
            default -> throw Options.invalid("compression", name, "zstd, snappy, gzip or none");
        };
    }
}
