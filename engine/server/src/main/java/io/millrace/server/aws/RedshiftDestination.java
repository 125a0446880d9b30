package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Redshift as a destination. Records are staged in the bucket of {@code S3Configuration} as they were put, one
 * behind the other, and loaded by {@code CopyCommand}.
 */
final class RedshiftDestination {

    private static final Pattern JDBC_URL = Pattern.compile("jdbc:(?:redshift|postgresql):(//[^/]+/[^?;]+)(\\?.*)?");
    /** What goes into URLs, a manifest and a literal as it is. */
    private static final Pattern PREFIX = Pattern.compile("[^\\s%?#\"'\\\\\\p{Cntrl}]*");

    private static final int MEGABYTES_MAX = 128;
    private static final int RETRY_SECONDS_DEFAULT = 3600;

    private RedshiftDestination() {}

    static DestinationForm read(Members configuration, AwsSettings settings) {
        configuration.require("RoleARN").require("ClusterJDBCURL").require("CopyCommand");
        String role = configuration.string("RoleARN", 1, 512, null);
        String url = url(configuration.string("ClusterJDBCURL", 1, 512, null));
        configuration.check();
        ObjectNode given = configuration.copy();
        Map<String, String> options = new HashMap<>();
        options.put("iam_role", String.valueOf(role));
        options.put("format", "lines");
        copyCommand(Objects.requireNonNull(configuration.structure("CopyCommand")), options);
        login(configuration, given, options);
        staging(configuration, settings, given, options);
        DestinationForm backup = S3Destination.backup(configuration, settings, given);
        ReceiverBackup.retry(configuration, RETRY_SECONDS_DEFAULT, given, options);
        Processing.read(configuration, settings, options);
        if (options.remove("record_delimiter") != null) {
            options.put("append_text", "\n");
        }
        options.put("whole_records", "true");
        return new DestinationForm("Redshift", url, options, given, null, DestinationForm.backedUpIn(backup));
    }

    private static String url(@Nullable String jdbc) {
        Matcher parts = JDBC_URL.matcher(String.valueOf(jdbc));
        if (!parts.matches()) {
            // It may have a password in it.
            throw AwsException.invalidArgument("ClusterJDBCURL"
                    + " is no URL such as jdbc:redshift://cluster.region.redshift.amazonaws.com:5439/database.");
        }
        return "redshift:" + parts.group(1) + (parts.group(2) == null ? "" : parts.group(2));
    }

    private static void copyCommand(Members command, Map<String, String> options) {
        String table = command.require("DataTableName").string("DataTableName", 1, 512, null);
        String columns = command.string("DataTableColumns", 0, 204_800, null);
        String copy = command.string("CopyOptions", 0, 204_800, null);
        command.check();
        options.put("table", String.valueOf(table));
        if (columns != null && !columns.isBlank()) {
            options.put("columns", columns);
        }
        if (copy != null && !copy.isBlank()) {
            options.put("copy_options", copy);
        }
    }

    private static void login(Members configuration, ObjectNode given, Map<String, String> options) {
        DestinationForm.refuseSecretsManager(configuration, "Username and Password");
        String user = configuration.string("Username", 1, 512, null);
        String password = configuration.string("Password", 1, 512, null);
        configuration.check();
        if (user != null) {
            options.put("user", user);
        }
        if (password != null) {
            options.put("password", password);
        }
        given.remove("Password");
    }

    /** The bucket that files are staged in, when they are loaded, and where records go that are not. */
    private static void staging(
            Members configuration, AwsSettings settings, ObjectNode given, Map<String, String> options) {
        Members bucket = ReceiverBackup.bucket(configuration);
        bucket.require("BucketARN");
        String compression = bucket.oneOf("CompressionFormat", "UNCOMPRESSED", "GZIP");
        String prefix = bucket.string("Prefix", 0, 1024, null);
        String errors = bucket.string("ErrorOutputPrefix", 0, 1024, null);
        configuration.check();
        String place = settings.bucketUrl(S3Destination.bucketName(bucket.string("BucketARN")));
        if (!place.startsWith("s3:")) {
            throw AwsException.invalidArgument("Redshift loads from buckets, and buckets are folders here. Start the"
                    + " server with the setting firehose-buckets = s3://{bucket}.");
        }
        String folder = prefix == null ? "" : prefix;
        if (folder.contains("!{")) {
            throw AwsException.invalidArgument("Prefix may have no expressions where Redshift is the destination.");
        }
        if (!PREFIX.matcher(folder).matches()) {
            throw AwsException.invalidArgument("Prefix has a blank, a quote, a backslash, %, ? or #, which the names of"
                    + " files that Redshift loads cannot have.");
        }
        S3Destination.encryption(bucket, place, options);
        options.put("staging", place.replaceFirst("/+$", "") + "/" + folder);
        options.put("keep_files", "true");
        options.put("compression", "GZIP".equals(compression) ? "gzip" : "none");
        options.put("backup", place);
        options.put("backup_error_prefix", S3Destination.errorPrefix(folder, errors));
        ObjectNode description = bucket.copy();
        DestinationForm.buffering(bucket, description, MEGABYTES_MAX, options);
        configuration.check();
        given.remove("S3Configuration");
        given.remove("S3Update");
        given.set("S3DestinationDescription", description);
    }
}
