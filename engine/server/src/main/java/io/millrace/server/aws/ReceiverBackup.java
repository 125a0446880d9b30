package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;

/** What destinations that take records have in common: the bucket for what fails, and how long they are retried. */
final class ReceiverBackup {

    private static final int RETRY_SECONDS_MAX = 7200;

    private ReceiverBackup() {}

    /**
     * Reads {@code S3Configuration}, {@code S3BackupMode} and {@code RetryOptions}.
     *
     * @param failed the mode that keeps what failed; the service's first choice
     * @param all the mode that keeps everything
     */
    static void read(
            Members configuration,
            AwsSettings settings,
            String failed,
            String all,
            int retrySeconds,
            ObjectNode given,
            Map<String, String> options) {
        Members backup = bucket(configuration);
        backup.require("BucketARN");
        String mode = configuration.oneOf("S3BackupMode", failed, all);
        configuration.check();
        String place = settings.bucketUrl(S3Destination.bucketName(backup.string("BucketARN")));
        options.put("backup", place);
        S3Destination.encryption(backup, place, options);
        String prefix = backup.string("Prefix", 0, 1024, null);
        String errors = backup.string("ErrorOutputPrefix", 0, 1024, null);
        configuration.check();
        options.put("backup_prefix", S3Destination.dated(prefix == null ? "" : prefix));
        options.put("backup_error_prefix", S3Destination.errorPrefix(prefix, errors));
        String compression = backup.oneOf(
                "CompressionFormat", S3Destination.COMPRESSIONS.keySet().toArray(String[]::new));
        configuration.check();
        if (compression != null && !compression.equals("UNCOMPRESSED")) {
            options.put("backup_compression", S3Destination.COMPRESSIONS.getOrDefault(compression, "none"));
        }
        options.put("backup_mode", all.equals(mode) ? "all" : "failed");
        retry(configuration, retrySeconds, given, options);
        ObjectNode bucket = backup.copy();
        given.remove("S3Configuration");
        given.remove("S3Update");
        given.set("S3DestinationDescription", bucket);
    }

    /** Reads {@code RetryOptions}. */
    static void retry(Members configuration, int otherwise, ObjectNode given, Map<String, String> options) {
        Members retry = configuration.structure("RetryOptions");
        int seconds = retry == null ? otherwise : retry.integer("DurationInSeconds", otherwise, 0, RETRY_SECONDS_MAX);
        given.putObject("RetryOptions").put("DurationInSeconds", seconds);
        options.put("retry_duration", seconds + " s");
        configuration.check();
    }

    /** Returns the bucket's part. A description, which an update goes on from, has another name for it. */
    static Members bucket(Members configuration) {
        Members created = configuration.structure("S3Configuration");
        Members update = configuration.structure("S3Update");
        Members before = configuration.structure("S3DestinationDescription");
        Members bucket = created;
        if (bucket == null) {
            bucket = update == null || before == null ? before : update.over(before.copy());
        }
        if (bucket == null) {
            configuration.require("S3Configuration").check();
        }
        return Objects.requireNonNull(bucket);
    }
}
