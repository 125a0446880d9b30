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
        // A description, which an update goes on from, names the bucket's part otherwise.
        String bucketPart = configuration.has("S3Configuration") ? "S3Configuration" : "S3Update";
        String part = configuration.has(bucketPart) ? bucketPart : "S3DestinationDescription";
        if (!configuration.has(part)) {
            configuration.require("S3Configuration");
        }
        configuration.check();
        Members backup = Objects.requireNonNull(configuration.structure(part));
        backup.require("BucketARN");
        String mode = configuration.oneOf("S3BackupMode", failed, all);
        configuration.check();
        options.put("backup", settings.bucketUrl(S3Destination.bucketName(backup.string("BucketARN"))));
        options.put("backup_mode", all.equals(mode) ? "all" : "failed");
        Members retry = configuration.structure("RetryOptions");
        int seconds =
                retry == null ? retrySeconds : retry.integer("DurationInSeconds", retrySeconds, 0, RETRY_SECONDS_MAX);
        given.putObject("RetryOptions").put("DurationInSeconds", seconds);
        options.put("retry_duration", seconds + " s");
        configuration.check();
        ObjectNode bucket = backup.copy();
        given.remove("S3Configuration");
        given.remove("S3Update");
        given.set("S3DestinationDescription", bucket);
    }
}
