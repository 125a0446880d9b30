package io.millrace.server.aws;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What records are converted to: {@code DataFormatConversionConfiguration} as options of a delivery. */
final class FormatConversion {

    private static final int BLOCK_BYTES = 256 << 20;
    private static final int BLOCK_BYTES_MIN = 64 << 20;
    private static final int PAGE_BYTES_MIN = 64 << 10;
    private static final int STRIPE_BYTES = 64 << 20;
    private static final int STRIPE_BYTES_MIN = 8 << 20;
    private static final int ROW_INDEX_STRIDE_MIN = 1000;
    private static final int COLUMNS_MAX = 1000;

    private FormatConversion() {}

    /** Sets the options of the files, and returns the stream that names the columns. */
    static String read(Members conversion, @Nullable String compression, Map<String, String> options) {
        if (compression != null && !compression.equals("UNCOMPRESSED")) {
            throw AwsException.invalidArgument(
                    "CompressionFormat must be UNCOMPRESSED where records are converted; the format has its own.");
        }
        Members schema = conversion.require("SchemaConfiguration").structure("SchemaConfiguration");
        Members output = conversion.require("OutputFormatConfiguration").structure("OutputFormatConfiguration");
        conversion.check();
        deserializer(conversion.structure("InputFormatConfiguration"));
        serializer(Objects.requireNonNull(output).structure("Serializer"), options);
        String table = Objects.requireNonNull(schema).string("TableName", 1, 1024, null);
        String version = schema.string("VersionId", 1, 1024, null);
        conversion.check();
        if (version != null && !version.equals("LATEST")) {
            throw AwsException.invalidArgument("VersionId of SchemaConfiguration is " + version
                    + ". A stream has one version of its columns; leave it out, or say LATEST.");
        }
        if (table == null) {
            throw AwsException.invalidArgument(
                    "SchemaConfiguration has no TableName: the name of a stream whose columns the records have.");
        }
        return table;
    }

    /** JSON is read in one way; what asks for another is told so. */
    private static void deserializer(@Nullable Members input) {
        Members deserializer = input == null ? null : input.structure("Deserializer");
        Members openX = deserializer == null ? null : deserializer.structure("OpenXJsonSerDe");
        Members hive = deserializer == null ? null : deserializer.structure("HiveJsonSerDe");
        if (openX != null && openX.flag("ConvertDotsInJsonKeysToUnderscores", false)) {
            throw unread("OpenXJsonSerDe.ConvertDotsInJsonKeysToUnderscores");
        }
        if (openX != null && !openX.flag("CaseInsensitive", true)) {
            throw unread("OpenXJsonSerDe.CaseInsensitive = false");
        }
        Members mappings = openX == null ? null : openX.structure("ColumnToJsonKeyMappings");
        if (mappings != null && !mappings.copy().isEmpty()) {
            throw unread("OpenXJsonSerDe.ColumnToJsonKeyMappings");
        }
        if (hive != null && !hive.strings("TimestampFormats", 0, COLUMNS_MAX).isEmpty()) {
            throw unread("HiveJsonSerDe.TimestampFormats");
        }
    }

    private static AwsException unread(String member) {
        return AwsException.invalidArgument(
                member + " is not served here: columns are the keys of the same name, whatever their case, and times"
                        + " are as ISO 8601 has them. A query in CREATE DELIVERY … AS SELECT STREAM does the rest.");
    }

    private static void serializer(@Nullable Members serializer, Map<String, String> options) {
        Members parquet = serializer == null ? null : serializer.structure("ParquetSerDe");
        Members orc = serializer == null ? null : serializer.structure("OrcSerDe");
        if ((parquet == null) == (orc == null)) {
            throw AwsException.invalidArgument("Serializer must have one of ParquetSerDe and OrcSerDe.");
        }
        if (parquet != null) {
            parquet(parquet, options);
        } else {
            orc(Objects.requireNonNull(orc), options);
        }
    }

    private static void parquet(Members parquet, Map<String, String> options) {
        String compression = parquet.oneOf("Compression", "UNCOMPRESSED", "SNAPPY", "GZIP");
        String version = parquet.oneOf("WriterVersion", "V1", "V2");
        int block = parquet.integer("BlockSizeBytes", BLOCK_BYTES, BLOCK_BYTES_MIN, Integer.MAX_VALUE);
        int page = parquet.integer("PageSizeBytes", 1 << 20, PAGE_BYTES_MIN, Integer.MAX_VALUE);
        options.put("format", "parquet");
        options.put("compression", codec(compression, "UNCOMPRESSED"));
        options.put("writer_version", "V2".equals(version) ? "2" : "1");
        options.put("dictionary", String.valueOf(parquet.flag("EnableDictionaryCompression", false)));
        options.put("row_group_bytes", block + " B");
        options.put("page_bytes", page + " B");
    }

    private static void orc(Members orc, Map<String, String> options) {
        String compression = orc.oneOf("Compression", "NONE", "ZLIB", "SNAPPY");
        String version = orc.oneOf("FormatVersion", "V0_11", "V0_12");
        int stripe = orc.integer("StripeSizeBytes", STRIPE_BYTES, STRIPE_BYTES_MIN, Integer.MAX_VALUE);
        int block = orc.integer("BlockSizeBytes", BLOCK_BYTES, BLOCK_BYTES_MIN, Integer.MAX_VALUE);
        int stride = orc.integer("RowIndexStride", 10_000, ROW_INDEX_STRIDE_MIN, Integer.MAX_VALUE);
        List<String> bloomed = orc.strings("BloomFilterColumns", 0, COLUMNS_MAX);
        options.put("format", "orc");
        options.put("compression", codec(compression, "NONE"));
        options.put("format_version", "V0_11".equals(version) ? "0.11" : "0.12");
        options.put("stripe_bytes", stripe + " B");
        options.put("block_bytes", block + " B");
        options.put("row_index_stride", String.valueOf(stride));
        options.put("block_padding", String.valueOf(orc.flag("EnablePadding", false)));
        if (!bloomed.isEmpty()) {
            options.put("bloom_filter_columns", String.join(",", bloomed));
        }
        share(orc, "PaddingTolerance", "padding_tolerance", options);
        share(orc, "BloomFilterFalsePositiveProbability", "bloom_filter_false_positive_probability", options);
        share(orc, "DictionaryKeyThreshold", "dictionary_key_threshold", options);
    }

    private static void share(Members orc, String member, String option, Map<String, String> options) {
        Double share = orc.number(member, 0, 1);
        if (share != null) {
            options.put(option, String.valueOf(share));
        }
    }

    private static String codec(@Nullable String compression, String none) {
        return compression == null
                ? "snappy"
                : compression.equals(none) ? "none" : compression.toLowerCase(Locale.ROOT);
    }
}
