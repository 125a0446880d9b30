package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** HTTP endpoints as destinations, with the bucket that takes what they do not. */
final class HttpDestination {

    private static final int MEGABYTES_MAX = 64;
    private static final int RETRY_SECONDS_DEFAULT = 300;
    private static final int ATTRIBUTES_MAX = 50;

    private HttpDestination() {}

    static DestinationForm read(Members configuration, AwsSettings settings) {
        configuration.require("EndpointConfiguration");
        configuration.check();
        DestinationForm.refuseSecretsManager(configuration, "AccessKey");
        Members endpoint = Objects.requireNonNull(configuration.structure("EndpointConfiguration"));
        String url = endpoint.require("Url").string("Url", 1, 1000, null);
        String key = endpoint.string("AccessKey", 0, 4096, null);
        configuration.check();
        ObjectNode given = configuration.copy();
        Map<String, String> options = new HashMap<>();
        DestinationForm.buffering(configuration, given, MEGABYTES_MAX, options);
        options.put("format", "lines");
        if (key != null && !key.isEmpty()) {
            options.put("access_key", key);
        }
        ((ObjectNode) given.get("EndpointConfiguration")).remove("AccessKey");
        ReceiverBackup.read(
                configuration, settings, "FailedDataOnly", "AllData", RETRY_SECONDS_DEFAULT, given, options);
        request(configuration, options);
        configuration.check();
        Processing.read(configuration, settings, options);
        if (options.remove("record_delimiter") != null) {
            options.put("append_text", "\n");
        }
        options.put("whole_records", "true");
        return new DestinationForm("HttpEndpoint", String.valueOf(url), options, given, null, Map.of());
    }

    private static void request(Members configuration, Map<String, String> options) {
        Members request = configuration.structure("RequestConfiguration");
        if (request == null) {
            return;
        }
        String encoding = request.oneOf("ContentEncoding", "NONE", "GZIP");
        options.put("content_encoding", "GZIP".equals(encoding) ? "gzip" : "none");
        ObjectNode attributes = KinesisOperations.nothing();
        for (Members attribute : request.structures("CommonAttributes", 0, ATTRIBUTES_MAX)) {
            attributes.put(
                    String.valueOf(attribute.require("AttributeName").string("AttributeName", 1, 256, null)),
                    attribute.require("AttributeValue").string("AttributeValue", 0, 1024, null));
        }
        if (!attributes.isEmpty()) {
            options.put("common_attributes", attributes.toString());
        }
    }
}
