package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Splunk's event collector as a destination. Records go to its raw endpoint, each a line. */
final class SplunkDestination {

    private static final int MEGABYTES_MAX = 5;
    private static final int SECONDS_MAX = 60;
    private static final int RETRY_SECONDS_DEFAULT = 300;
    private static final int ACK_SECONDS_MIN = 180;
    private static final int ACK_SECONDS_MAX = 600;

    private SplunkDestination() {}

    static DestinationForm read(Members configuration, AwsSettings settings) {
        configuration.require("HECEndpoint").require("HECEndpointType");
        String endpoint = configuration.string("HECEndpoint", 1, 2048, null);
        String type = configuration.oneOf("HECEndpointType", "Raw", "Event");
        String token = configuration.string("HECToken", 1, 2048, null);
        int ack = configuration.integer(
                "HECAcknowledgmentTimeoutInSeconds", ACK_SECONDS_MIN, ACK_SECONDS_MIN, ACK_SECONDS_MAX);
        configuration.check();
        DestinationForm.refuseSecretsManager(configuration, "HECToken");
        if (!"Raw".equals(type)) {
            throw AwsException.invalidArgument("HECEndpointType Event is not served here; Raw is, and CREATE DELIVERY"
                    + " … TO 'splunk+https://…' makes events of rows.");
        }
        String server = Objects.requireNonNull(endpoint).replaceFirst("/+$", "");
        if (!server.matches("https?://[^/]+")) {
            throw AwsException.invalidArgument("HECEndpoint " + endpoint + " is no URL such as https://host:8088.");
        }
        ObjectNode given = configuration.copy();
        Map<String, String> options = new HashMap<>();
        DestinationForm.buffering(configuration, given, MEGABYTES_MAX, SECONDS_MAX, SECONDS_MAX, options);
        options.put("format", "lines");
        options.put("endpoint", "raw");
        options.put("ack_timeout", ack + " s");
        if (token != null) {
            options.put("token", token);
        }
        given.remove("HECToken");
        ReceiverBackup.read(
                configuration, settings, "FailedEventsOnly", "AllEvents", RETRY_SECONDS_DEFAULT, given, options);
        Processing.read(configuration, settings, options);
        // Each record is on a line of its own in any case.
        options.remove("record_delimiter");
        options.put("whole_records", "true");
        return new DestinationForm("Splunk", "splunk+" + server, options, given, null, Map.of());
    }
}
