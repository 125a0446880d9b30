package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** HTTP endpoints as destinations, with the bucket that takes what they do not. */
final class HttpDestination {

    private static final int MEGABYTES_MAX = 64;
    private static final int RETRY_SECONDS_MAX = 7200;
    private static final int RETRY_SECONDS_DEFAULT = 300;
    private static final int ATTRIBUTES_MAX = 50;

    private HttpDestination() {}

    static DestinationForm read(Members configuration, AwsSettings settings) {
        configuration.require("EndpointConfiguration").require("S3Configuration");
        configuration.check();
        Members endpoint = Objects.requireNonNull(configuration.structure("EndpointConfiguration"));
        Members backup = Objects.requireNonNull(configuration.structure("S3Configuration"));
        String url = endpoint.require("Url").string("Url", 1, 1000, null);
        String key = endpoint.string("AccessKey", 0, 4096, null);
        String mode = configuration.oneOf("S3BackupMode", "FailedDataOnly", "AllData");
        backup.require("BucketARN");
        configuration.check();
        ObjectNode given = configuration.copy();
        Map<String, String> options = new HashMap<>();
        DestinationForm.buffering(configuration, given, MEGABYTES_MAX, options);
        options.put("format", "lines");
        if (key != null && !key.isEmpty()) {
            options.put("access_key", key);
        }
        ((ObjectNode) given.get("EndpointConfiguration")).remove("AccessKey");
        options.put("backup", settings.bucketUrl(S3Destination.bucketName(backup.string("BucketARN"))));
        options.put("backup_mode", "AllData".equals(mode) ? "all" : "failed");
        retry(configuration, given, options);
        request(configuration, options);
        configuration.check();
        Members processing = configuration.structure("ProcessingConfiguration");
        if (processing != null && processing.flag("Enabled", false)) {
            throw AwsException.invalidArgument("ProcessingConfiguration is not served here; a query in CREATE DELIVERY"
                    + " … AS SELECT STREAM transforms records.");
        }
        // The description names the bucket's part otherwise than the request does.
        given.set("S3DestinationDescription", given.remove("S3Configuration"));
        return new DestinationForm("HttpEndpoint", String.valueOf(url), options, given, null);
    }

    private static void retry(Members configuration, ObjectNode given, Map<String, String> options) {
        Members retry = configuration.structure("RetryOptions");
        int seconds = retry == null
                ? RETRY_SECONDS_DEFAULT
                : retry.integer("DurationInSeconds", RETRY_SECONDS_DEFAULT, 0, RETRY_SECONDS_MAX);
        given.putObject("RetryOptions").put("DurationInSeconds", seconds);
        options.put("retry_duration", seconds + " s");
    }

    private static void request(Members configuration, Map<String, String> options) {
        Members request = configuration.structure("RequestConfiguration");
        if (request == null) {
            return;
        }
        String encoding = request.oneOf("ContentEncoding", "NONE", "GZIP");
        options.put("content_encoding", "GZIP".equals(encoding) ? "gzip" : "none");
        List<String> attributes = new ArrayList<>();
        for (Members attribute : request.structures("CommonAttributes", 0, ATTRIBUTES_MAX)) {
            attributes.add(attribute.require("AttributeName").string("AttributeName", 1, 256, null) + "="
                    + attribute.require("AttributeValue").string("AttributeValue", 0, 1024, null));
        }
        if (!attributes.isEmpty()) {
            options.put("common_attributes", String.join(", ", attributes));
        }
    }
}
