package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Buckets as destinations. Records go as they were put, one behind the other; with format conversion they are read as
 * JSON with the columns of the stream that the schema's table names, and become Parquet or ORC.
 */
final class S3Destination {

    private static final Pattern BUCKET_ARN = Pattern.compile("arn:.*:s3:::([\\w.\\-]{1,255})");
    private static final Pattern KEY_ARN = Pattern.compile("arn:.*");
    private static final String BY_HOUR = "!{timestamp:yyyy/MM/dd/HH}/";
    private static final int MEGABYTES_MAX = 128;
    /** Partitions that are open at the same time; where a shard has more, its files are ended early. */
    private static final int PARTITIONS_MAX = 256;

    static final Map<String, String> COMPRESSIONS = Map.of(
            "UNCOMPRESSED", "none",
            "GZIP", "gzip",
            "ZIP", "zip",
            "Snappy", "snappy",
            "HADOOP_SNAPPY", "hadoop_snappy");

    private static final Map<String, String> EXTENSIONS =
            Map.of("gzip", ".gz", "zip", ".zip", "snappy", ".snappy", "hadoop_snappy", ".snappy");

    private S3Destination() {}

    static DestinationForm read(Members configuration, AwsSettings settings) {
        configuration.require("RoleARN").require("BucketARN");
        String bucket = configuration.string("BucketARN", 1, 2048, BUCKET_ARN);
        String compression =
                configuration.oneOf("CompressionFormat", COMPRESSIONS.keySet().toArray(String[]::new));
        ObjectNode given = configuration.copy();
        Map<String, String> options = new HashMap<>();
        DestinationForm.buffering(configuration, given, MEGABYTES_MAX, options);
        configuration.check();
        DestinationForm backup = backup(configuration, settings, given);
        Processing.read(configuration, settings, options);
        names(configuration, options);
        Members conversion = configuration.structure("DataFormatConversionConfiguration");
        boolean converts = conversion != null && conversion.flag("Enabled", true);
        String schema = null;
        if (converts) {
            schema = FormatConversion.read(Objects.requireNonNull(conversion), compression, options);
            options.remove("record_delimiter");
        } else {
            options.put("format", "lines");
            String codec = COMPRESSIONS.getOrDefault(compression == null ? "UNCOMPRESSED" : compression, "none");
            options.put("compression", codec);
            options.putIfAbsent("file_extension", EXTENSIONS.getOrDefault(codec, ""));
            options.putIfAbsent("record_delimiter", "none");
            options.put("whole_records", "true");
        }
        if (compression == null) {
            given.put("CompressionFormat", "UNCOMPRESSED");
        }
        String url = settings.bucketUrl(bucketName(bucket));
        encryption(configuration, url, options);
        given.putIfAbsent(
                "EncryptionConfiguration", KinesisOperations.nothing().put("NoEncryptionConfig", "NoEncryption"));
        return new DestinationForm("ExtendedS3", url, options, given, schema, DestinationForm.backedUpIn(backup));
    }

    /** Objects are encrypted with a key of KMS where that is said. */
    static void encryption(Members configuration, String url, Map<String, String> options) {
        Members encryption = configuration.structure("EncryptionConfiguration");
        if (encryption == null) {
            return;
        }
        encryption.oneOf("NoEncryptionConfig", "NoEncryption");
        Members kms = encryption.structure("KMSEncryptionConfig");
        String key = kms == null ? null : kms.require("AWSKMSKeyARN").string("AWSKMSKeyARN", 1, 512, KEY_ARN);
        configuration.check();
        if (key != null && encryption.has("NoEncryptionConfig")) {
            throw AwsException.invalidArgument("Only one of NoEncryptionConfig and KMSEncryptionConfig may be given.");
        }
        if (key != null) {
            encrypt(key, url, options);
        }
    }

    /** Has a bucket encrypt objects with a key of KMS. A folder that stands for one does not: it is only told again. */
    static void encrypt(String key, String url, Map<String, String> options) {
        if (url.startsWith("s3:")) {
            options.put("encryption", "sse-kms");
            options.put("kms_key_id", key);
        }
    }

    static String bucketName(@Nullable String arn) {
        Matcher parts = BUCKET_ARN.matcher(String.valueOf(arn));
        if (!parts.matches()) {
            throw AwsException.invalidArgument("BucketARN " + arn + " is no ARN of a bucket.");
        }
        return parts.group(1);
    }

    /** Returns where all records go as they came, or null. An update goes on from what the description has. */
    static @Nullable DestinationForm backup(Members configuration, AwsSettings settings, ObjectNode given) {
        String mode = configuration.oneOf("S3BackupMode", "Disabled", "Enabled");
        configuration.check();
        given.put("S3BackupMode", mode == null ? "Disabled" : mode);
        if (!"Enabled".equals(mode)) {
            return null;
        }
        Members before = configuration.structure("S3BackupDescription");
        Members update = configuration.structure("S3BackupUpdate");
        Members create = configuration.structure("S3BackupConfiguration");
        Members bucket = update == null ? create : before == null ? update : update.over(before.copy());
        if (bucket == null) {
            bucket = before;
        }
        if (bucket == null) {
            throw AwsException.invalidArgument("S3BackupConfiguration is needed where S3BackupMode is Enabled.");
        }
        DestinationForm backup = read(bucket, settings);
        given.remove("S3BackupConfiguration");
        given.remove("S3BackupUpdate");
        given.set("S3BackupDescription", backup.given());
        return backup;
    }

    /** Names begin with the hour unless the prefix says a time itself, as in the service. */
    private static void names(Members configuration, Map<String, String> options) {
        String prefix = configuration.string("Prefix", 0, 1024, null);
        String errors = configuration.string("ErrorOutputPrefix", 0, 1024, null);
        String extension = configuration.string("FileExtension", 0, 128, null);
        String zone = configuration.string("CustomTimeZone", 0, 50, null);
        configuration.check();
        String given = prefix == null ? "" : prefix;
        partitions(configuration, given, errors, options);
        checkErrorPrefix(given, errors == null ? "" : errors);
        options.put("prefix", dated(given));
        options.put("error_output_prefix", errorPrefix(given, errors));
        if (extension != null && !extension.isEmpty()) {
            options.put("file_extension", extension);
        }
        if (zone != null && !zone.isEmpty()) {
            options.put("time_zone", zone);
        }
    }

    /** Where names have expressions, those of errors are to have the kind of error, as in the service. */
    private static void checkErrorPrefix(String prefix, String errors) {
        if (prefix.contains("!{") && errors.isEmpty()) {
            throw AwsException.invalidArgument("ErrorOutputPrefix is needed where Prefix has expressions.");
        }
        if (errors.contains("!{") && !errors.contains("!{firehose:error-output-type}")) {
            throw AwsException.invalidArgument(
                    "ErrorOutputPrefix has expressions, and none of them is !{firehose:error-output-type}.");
        }
    }

    static String dated(String prefix) {
        return prefix.contains("!{timestamp:") ? prefix : prefix + BY_HOUR;
    }

    static String errorPrefix(@Nullable String prefix, @Nullable String errors) {
        if (errors != null && !errors.isEmpty()) {
            return errors;
        }
        String plain = prefix == null ? "" : prefix.replaceAll("!\\{[^}]*}", "");
        return plain + "!{firehose:error-output-type}/" + BY_HOUR;
    }

    /** Checks that partitions are asked for, have names, and that there is a place for records that have none. */
    private static void partitions(
            Members configuration, String prefix, @Nullable String errors, Map<String, String> options) {
        Members partitioning = configuration.structure("DynamicPartitioningConfiguration");
        boolean parts = partitioning != null && partitioning.flag("Enabled", false);
        boolean named = prefix.contains("!{partitionKeyFrom");
        if (!parts && (named || options.containsKey("partition_query"))) {
            throw AwsException.invalidArgument("Partition keys are for DynamicPartitioningConfiguration with Enabled.");
        }
        if (!parts) {
            return;
        }
        if (!named) {
            throw AwsException.invalidArgument(
                    "Prefix names no partition keys, which dynamic partitioning is done by.");
        }
        if (errors == null || errors.isEmpty()) {
            throw AwsException.invalidArgument("ErrorOutputPrefix is needed for records without partition keys.");
        }
        options.put("partitions_max", String.valueOf(PARTITIONS_MAX));
    }
}
