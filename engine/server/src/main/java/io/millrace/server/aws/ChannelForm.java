package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A channel's bucket as a delivery understands it.
 *
 * @param url where it goes
 * @param options what the delivery's {@code WITH} says
 * @param given the configuration with what holds where nothing was said, as descriptions have it
 */
record ChannelForm(String url, Map<String, String> options, ObjectNode given) {

    static final int SECONDS_DEFAULT = 300;
    static final int SECONDS_MAX = 900;

    private static final String TEMPLATE = "kinesis-channel/!{channel-name}/!{channel-id}/!{yyyy}/!{MM}/!{dd}/!{HH}/"
            + "!{channel-name}-!{channel-id}-!{yyyy}-!{MM}-!{dd}-!{HH}-!{mm}!{extension}";
    private static final String EXTENSION = "!{extension}";
    private static final Pattern PLACE = Pattern.compile("!\\{([^}]*)}");
    private static final Set<String> TIMES = Set.of("yyyy", "MM", "dd", "HH", "mm");
    /** What a folder takes, and what a name has behind the prefix and the channel's name. */
    private static final int NAME_BYTES_MAX = 200;

    private static final int OWN_BYTES_MAX = 60;
    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

    /** @param format of the stream's records: JSON, STRING or BYTE_ARRAY */
    static ChannelForm of(Members bucket, String format, String name, String id, AwsSettings settings) {
        ObjectNode given = bucket.copy();
        Map<String, String> options = new HashMap<>();
        records(format, options);
        int seconds = seconds(bucket);
        given.put("DataFreshnessInSeconds", seconds);
        options.put("roll_interval", seconds + " s");
        Members storage = Objects.requireNonNull(
                checked(bucket.require("StorageConfiguration")).structure("StorageConfiguration"));
        storage.require("BucketARN").require("ExpectedBucketOwner").require("CompressionType");
        String arn = storage.string("BucketARN", 1, 2048, null);
        storage.string("ExpectedBucketOwner", 12, 12, ACCOUNT);
        String compression = storage.oneOf("CompressionType", "NONE", "GZIP", "ZSTD");
        String storageClass = storage.oneOf("StorageClass", "STANDARD", "INTELLIGENT_TIERING", "GLACIER_IR");
        String template = storage.string("OutputKeyTemplate", 1, 1024, null);
        checked(bucket);
        String url = settings.bucketUrl(S3Destination.bucketName(arn));
        options.put("compression", String.valueOf(compression).toLowerCase(Locale.ROOT));
        options.put("prefix", prefix(template == null ? TEMPLATE : template, name, id, url));
        options.put("file_extension", extension(format, String.valueOf(compression)));
        ObjectNode stored = (ObjectNode) given.path("StorageConfiguration");
        stored.put("OutputKeyTemplate", template == null ? TEMPLATE : template);
        stored.put("StorageClass", storageClass == null ? "STANDARD" : storageClass);
        if (storageClass != null && url.startsWith("s3:")) {
            options.put("storage_class", storageClass);
        }
        failures(bucket, given, stored, name, id, options);
        return new ChannelForm(url, options, given);
    }

    private static Members checked(Members members) {
        members.check();
        return members;
    }

    static int seconds(Members bucket) {
        return bucket.integer("DataFreshnessInSeconds", SECONDS_DEFAULT, 1, SECONDS_MAX);
    }

    /** Records go as they are; those that are to be JSON and are not have failed. */
    private static void records(String format, Map<String, String> options) {
        options.put("format", "lines");
        options.put("whole_records", "true");
        options.put("start", "latest");
        options.put("deaggregate", "true");
        options.put("record_delimiter", format.equals("BYTE_ARRAY") ? "none" : "newline");
        if (format.equals("JSON")) {
            options.put("split_records", "json");
        }
    }

    private static String extension(String format, String compression) {
        String plain = switch (format) {
            case "JSON" -> ".json";
            case "STRING" -> ".txt";
            default -> ".bin";
        };
        return plain
                + switch (compression) {
                    case "GZIP" -> ".gz";
                    case "ZSTD" -> ".zst";
                    default -> "";
                };
    }

    /** Returns what object names begin with. What follows is ours, since a name is for one range of records only. */
    private static String prefix(String template, String name, String id, String url) {
        String whole = filled(template, name, id);
        if (url.startsWith("s3:") || length(whole, name) <= NAME_BYTES_MAX) {
            return whole;
        }
        // A folder takes shorter names than a bucket; what tells objects apart is behind the prefix in any case.
        String folders = whole.substring(0, whole.lastIndexOf('/') + 1);
        if (length(folders, name) > NAME_BYTES_MAX) {
            throw AwsException.invalidArgument("ChannelName and OutputKeyTemplate give names of more than "
                    + NAME_BYTES_MAX + " bytes, which is too long where buckets are folders.");
        }
        return folders;
    }

    /** Returns about how long names get, with the time, what we put behind, and slashes that are written as three. */
    private static int length(String prefix, String name) {
        String dated = prefix.replaceAll("!\\{timestamp:([^}]*)}", "$1").replace("/", "%2F");
        return dated.length() + name.length() + OWN_BYTES_MAX;
    }

    private static String filled(String template, String name, String id) {
        String whole =
                template.endsWith(EXTENSION) ? template.substring(0, template.length() - EXTENSION.length()) : template;
        StringBuilder prefix = new StringBuilder();
        Matcher places = PLACE.matcher(whole);
        while (places.find()) {
            String place = places.group(1);
            String value = switch (place) {
                case "channel-name" -> name;
                case "channel-id" -> id;
                default -> {
                    if (!TIMES.contains(place)) {
                        throw AwsException.invalidArgument("OutputKeyTemplate has !{" + place
                                + "}, where !{channel-name}, !{channel-id}, !{yyyy}, !{MM}, !{dd}, !{HH}, !{mm}"
                                + " and at its end !{extension} are known.");
                    }
                    yield "!{timestamp:" + place + "}";
                }
            };
            places.appendReplacement(prefix, Matcher.quoteReplacement(value));
        }
        places.appendTail(prefix);
        return prefix.isEmpty() || prefix.charAt(prefix.length() - 1) == '/' ? prefix.toString() : prefix + "-";
    }

    /** Records that failed go to the same bucket. */
    private static void failures(
            Members bucket, ObjectNode given, ObjectNode stored, String name, String id, Map<String, String> options) {
        String prefix = "kinesis-channel/errors/" + name + "/" + id + "/";
        ObjectNode told = given.putObject("DeadLetterQueueS3Configuration");
        told.put("BucketARN", stored.path("BucketARN").asText());
        told.put("ExpectedBucketOwner", stored.path("ExpectedBucketOwner").asText());
        Members queue = bucket.structure("DeadLetterQueueS3Configuration");
        if (queue != null) {
            queue.require("BucketARN").require("ExpectedBucketOwner");
            String arn = queue.string("BucketARN", 1, 2048, null);
            String own = queue.string("ErrorOutputPrefix", 0, 1024, null);
            checked(queue);
            if (!told.path("BucketARN").asText().equals(arn)) {
                throw AwsException.invalidArgument("The dead-letter queue is in the destination's bucket here, "
                        + told.path("BucketARN").asText() + ", under ErrorOutputPrefix.");
            }
            prefix = own == null || own.isEmpty() ? prefix : own;
        }
        told.put("ErrorOutputPrefix", prefix);
        options.put("error_output_prefix", prefix);
    }

    /** Returns the options with another freshness. */
    static Map<String, String> withSeconds(Map<String, String> options, @Nullable Integer seconds) {
        Map<String, String> changed = new HashMap<>(options);
        if (seconds != null) {
            changed.put("roll_interval", seconds + " s");
        }
        return changed;
    }
}
