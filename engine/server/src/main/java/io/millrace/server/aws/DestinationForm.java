package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A destination of Firehose's API as a delivery understands it.
 *
 * @param kind as descriptions name it, such as {@code ExtendedS3}
 * @param url where it goes
 * @param options what the delivery's {@code WITH} says
 * @param given the configuration as it was given, without secrets, with defaults filled in
 * @param schema the stream whose columns records are read with, or null where records go as they are
 * @param beside deliveries of the same stream beside this one, by the last part of their names
 */
record DestinationForm(
        String kind,
        String url,
        Map<String, String> options,
        ObjectNode given,
        @Nullable String schema,
        Map<String, DestinationForm> beside) {

    static final int SECONDS_DEFAULT = 300;
    static final int SECONDS_MAX = 900;
    private static final int MEGABYTES_DEFAULT = 5;
    private static final List<String> NOT_SERVED =
            List.of("SnowflakeDestination", "AmazonOpenSearchServerlessDestination");

    /** Returns the same with other options. */
    DestinationForm with(Map<String, String> others) {
        return new DestinationForm(kind, url, others, given, schema, beside);
    }

    /** Returns the same with another option. */
    DestinationForm with(String option, String value) {
        Map<String, String> others = new HashMap<>(options);
        others.put(option, value);
        return with(others);
    }

    /** Secrets are given in the request: there is nobody here who keeps them. */
    static void refuseSecretsManager(Members configuration, String instead) {
        Members secrets = configuration.structure("SecretsManagerConfiguration");
        if (secrets == null) {
            return;
        }
        if (secrets.flag("Enabled", false) || secrets.has("SecretARN") || secrets.has("RoleARN")) {
            throw AwsException.invalidArgument("SecretsManagerConfiguration is not served here; give " + instead + ".");
        }
    }

    /** Returns what stands beside a destination that may have all records kept as they came. */
    static Map<String, DestinationForm> backedUpIn(@Nullable DestinationForm backup) {
        return backup == null ? Map.of() : Map.of(DeliveriesBeside.BACKUP, backup);
    }

    /** Puts when data goes out into the options, and what holds where nothing was said into the configuration. */
    static void buffering(Members configuration, ObjectNode given, int megabytesMax, Map<String, String> options) {
        buffering(configuration, given, megabytesMax, SECONDS_DEFAULT, SECONDS_MAX, options);
    }

    /** Likewise, with the times that a destination has. */
    static void buffering(
            Members configuration,
            ObjectNode given,
            int megabytesMax,
            int secondsDefault,
            int secondsMax,
            Map<String, String> options) {
        Members hints = configuration.structure("BufferingHints");
        int megabytes = MEGABYTES_DEFAULT;
        int seconds = secondsDefault;
        if (hints != null) {
            if (hints.has("SizeInMBs") != hints.has("IntervalInSeconds")) {
                throw AwsException.invalidArgument("SizeInMBs and IntervalInSeconds must be given together.");
            }
            megabytes = hints.integer("SizeInMBs", megabytes, 1, megabytesMax);
            seconds = hints.integer("IntervalInSeconds", seconds, 0, secondsMax);
        }
        given.putObject("BufferingHints").put("SizeInMBs", megabytes).put("IntervalInSeconds", seconds);
        options.put("roll_bytes", megabytes + " MB");
        options.put("roll_interval", seconds == 0 ? "100 ms" : seconds + " s");
    }

    /** Returns the one destination of a request, whose members begin as told. */
    static DestinationForm of(Members request, String suffix, AwsSettings settings, @Nullable ObjectNode before) {
        for (String other : NOT_SERVED) {
            if (request.has(other + suffix)) {
                throw AwsException.invalidArgument(other + suffix + " is not served here.");
            }
        }
        DestinationForm found = null;
        for (Map.Entry<String, Reader> each : READERS.entrySet()) {
            Members configuration = request.structure(each.getKey() + suffix);
            if (configuration != null) {
                if (found != null) {
                    throw AwsException.invalidArgument("Only one destination may be given.");
                }
                found = each.getValue().read(before == null ? configuration : configuration.over(before), settings);
            }
        }
        request.check();
        if (found == null) {
            throw AwsException.invalidArgument("No destination that is served here is given: ExtendedS3, S3,"
                    + " HttpEndpoint, Splunk, Redshift, Iceberg, Amazonopensearchservice or"
                    + " ElasticsearchDestinationConfiguration. Databases and Kafka are destinations of CREATE DELIVERY;"
                    + " Snowflake and OpenSearch Serverless are none here.");
        }
        return found;
    }

    /** Reads a configuration. */
    @FunctionalInterface
    private interface Reader {
        DestinationForm read(Members configuration, AwsSettings settings);
    }

    private static final Map<String, Reader> READERS = readers();

    private static Map<String, Reader> readers() {
        Map<String, Reader> readers = new HashMap<>();
        readers.put("ExtendedS3Destination", S3Destination::read);
        readers.put("S3Destination", S3Destination::read);
        readers.put("HttpEndpointDestination", HttpDestination::read);
        readers.put("SplunkDestination", SplunkDestination::read);
        readers.put("RedshiftDestination", RedshiftDestination::read);
        readers.put("IcebergDestination", IcebergDestination::read);
        readers.put("AmazonopensearchserviceDestination", SearchDestination::openSearch);
        readers.put("ElasticsearchDestination", SearchDestination::elasticsearch);
        return Map.copyOf(readers);
    }
}
