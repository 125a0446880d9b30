package io.millrace.format.orc;

import io.millrace.spi.Options;
import io.millrace.spi.type.DataType.RowType;
import io.millrace.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile.Version;

/**
 * How a file is written.
 *
 * @param compression {@code compression}: zstd (as a rule), snappy, zlib, lz4 or none
 * @param stripeBytes {@code stripe_bytes}: memory after which a stripe is closed; an open file holds about as much
 * @param rowIndexStride {@code row_index_stride}: rows that an entry of the index is about
 * @param dictionaryKeyThreshold {@code dictionary_key_threshold}: a column of text gets a dictionary while its
 *     distinct values are at most this share of its values; 0 makes none, 1 always one
 * @param bloomFilterColumns {@code bloom_filter_columns}: the columns whose values a Bloom filter tells
 * @param bloomFilterFalsePositiveProbability {@code bloom_filter_false_positive_probability}
 * @param blockBytes {@code block_bytes}: the blocks of the file system, which padding goes by
 * @param blockPadding {@code block_padding}: whether a stripe that would reach over the end of a block starts in the
 *     next
 * @param paddingTolerance {@code padding_tolerance}: how much may be lost to that, as a share of a stripe
 * @param version {@code format_version}: 0.12 (as a rule) or 0.11, which Hive before 0.12 reads
 */
record OrcOptions(
        CompressionKind compression,
        long stripeBytes,
        int rowIndexStride,
        double dictionaryKeyThreshold,
        List<String> bloomFilterColumns,
        double bloomFilterFalsePositiveProbability,
        long blockBytes,
        boolean blockPadding,
        double paddingTolerance,
        Version version) {

    static final long STRIPE_BYTES = 32 << 20;
    static final long STRIPE_BYTES_MIN = 64 << 10;
    static final long STRIPE_BYTES_MAX = 1 << 30;
    static final int ROW_INDEX_STRIDE = 10_000;
    static final int ROW_INDEX_STRIDE_MIN = 1000;
    static final int ROW_INDEX_STRIDE_MAX = 10_000_000;
    static final long BLOCK_BYTES = 256 << 20;
    static final double DICTIONARY_KEY_THRESHOLD = 0.8;
    static final double BLOOM_FILTER_FALSE_POSITIVE_PROBABILITY = 0.05;
    static final double PADDING_TOLERANCE = 0.05;

    static OrcOptions from(RowType type, Options options) {
        options.refuseOthers(
                "compression",
                "stripe_bytes",
                "row_index_stride",
                "dictionary_key_threshold",
                "bloom_filter_columns",
                "bloom_filter_false_positive_probability",
                "block_bytes",
                "block_padding",
                "padding_tolerance",
                "format_version");
        return new OrcOptions(
                compression(options.get("compression", "zstd")),
                bytes(options, "stripe_bytes", STRIPE_BYTES, STRIPE_BYTES_MIN, STRIPE_BYTES_MAX),
                (int) options.getLong("row_index_stride", ROW_INDEX_STRIDE, ROW_INDEX_STRIDE_MIN, ROW_INDEX_STRIDE_MAX),
                share(options, "dictionary_key_threshold", DICTIONARY_KEY_THRESHOLD),
                columns(type, options),
                probability(options),
                bytes(options, "block_bytes", BLOCK_BYTES, STRIPE_BYTES_MIN, Long.MAX_VALUE),
                options.getBoolean("block_padding", false),
                share(options, "padding_tolerance", PADDING_TOLERANCE),
                version(options.get("format_version", "0.12")));
    }

    private static long bytes(Options options, String name, long otherwise, long min, long max) {
        long bytes = options.getBytes(name, otherwise);
        if (bytes < min || bytes > max) {
            throw Options.invalid(
                    name,
                    String.valueOf(bytes),
                    max == Long.MAX_VALUE
                            ? "a size of at least " + min + " bytes"
                            : "a size from " + min + " to " + max + " bytes");
        }
        return bytes;
    }

    private static double share(Options options, String name, double otherwise) {
        String text = options.get(name, String.valueOf(otherwise));
        double share = number(text);
        if (!(share >= 0 && share <= 1)) {
            throw Options.invalid(name, text, "a number from 0 to 1");
        }
        return share;
    }

    /** A filter that is never or always wrong has no size. */
    private static double probability(Options options) {
        String name = "bloom_filter_false_positive_probability";
        double share = share(options, name, BLOOM_FILTER_FALSE_POSITIVE_PROBABILITY);
        if (share == 0 || share == 1) {
            throw Options.invalid(name, options.get(name, ""), "a number between 0 and 1");
        }
        return share;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.trim());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Filters are of single values, so of columns that have any. ORC's writer takes dots in names for paths. */
    private static List<String> columns(RowType type, Options options) {
        String text = options.get("bloom_filter_columns", "");
        List<String> columns = new ArrayList<>();
        for (String part : text.isBlank() ? new String[0] : text.split(",", -1)) {
            columns.add(column(type, part.trim(), text));
        }
        return columns;
    }

    private static String column(RowType type, String name, String text) {
        int place = type.indexOf(name);
        for (int i = 0; place < 0 && i < type.size(); i++) {
            place = type.field(i).name().equalsIgnoreCase(name) ? i : -1;
        }
        if (place < 0 || !filterable(type.field(place))) {
            List<String> names = type.fields().stream()
                    .filter(OrcOptions::filterable)
                    .map(Field::name)
                    .toList();
            throw Options.invalid(
                    "bloom_filter_columns", text, "names out of " + String.join(", ", names) + ", with commas between");
        }
        return type.field(place).name();
    }

    private static boolean filterable(Field field) {
        boolean nested = switch (field.type().storage()) {
            case ARRAY, ROW -> true;
            default -> false;
        };
        return !nested && !field.name().contains(".") && !field.name().contains(",");
    }

    private static CompressionKind compression(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "zstd" -> CompressionKind.ZSTD;
            case "snappy" -> CompressionKind.SNAPPY;
            case "zlib" -> CompressionKind.ZLIB;
            case "lz4" -> CompressionKind.LZ4;
            case "none", "uncompressed" -> CompressionKind.NONE;
            default -> throw Options.invalid("compression", name, "zstd, snappy, zlib, lz4 or none");
        };
    }

    private static Version version(String name) {
        return switch (name) {
            case "0.12" -> Version.V_0_12;
            case "0.11" -> Version.V_0_11;
            default -> throw Options.invalid("format_version", name, "0.12 or 0.11");
        };
    }
}
