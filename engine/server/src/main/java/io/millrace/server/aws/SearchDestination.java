package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** OpenSearch and Elasticsearch as destinations, by the cluster's URL. Records are documents of JSON. */
final class SearchDestination {

    private static final int MEGABYTES_MAX = 100;
    private static final int SECONDS_MAX = 900;
    private static final int SECONDS_DEFAULT = 300;
    private static final int RETRY_SECONDS_DEFAULT = 300;

    private SearchDestination() {}

    static DestinationForm openSearch(Members configuration, AwsSettings settings) {
        return read(configuration, settings, "Amazonopensearchservice", "opensearch+");
    }

    static DestinationForm elasticsearch(Members configuration, AwsSettings settings) {
        return read(configuration, settings, "Elasticsearch", "elasticsearch+");
    }

    private static void refuseTypes(Members configuration) {
        String type = configuration.string("TypeName", 0, 100, null);
        configuration.check();
        if (type != null && !type.isEmpty()) {
            throw AwsException.invalidArgument(
                    "TypeName is for Elasticsearch before 7, which is not served here; leave" + " it out.");
        }
    }

    /** The cluster is reached as this machine reaches it; what was said of networks is told under its other name. */
    private static void network(ObjectNode given) {
        if (given.path("VpcConfiguration").isObject()) {
            ObjectNode network = (ObjectNode) given.remove("VpcConfiguration");
            given.set("VpcConfigurationDescription", network.put("VpcId", ""));
        }
    }

    private static DestinationForm read(Members configuration, AwsSettings settings, String kind, String scheme) {
        configuration.require("RoleARN").require("IndexName");
        String index = configuration.string("IndexName", 1, 80, null);
        String endpoint = configuration.string("ClusterEndpoint", 1, 512, null);
        String rotation =
                configuration.oneOf("IndexRotationPeriod", "NoRotation", "OneHour", "OneDay", "OneWeek", "OneMonth");
        configuration.check();
        if (endpoint == null || configuration.has("DomainARN")) {
            throw AwsException.invalidArgument(
                    "ClusterEndpoint is needed, the URL of the cluster, and no DomainARN: it cannot be looked up"
                            + " here.");
        }
        String server = endpoint.replaceFirst("/+$", "");
        if (!server.matches("https?://[^/]+")) {
            throw AwsException.invalidArgument("ClusterEndpoint " + endpoint + " is no URL such as https://host:9200.");
        }
        refuseTypes(configuration);
        ObjectNode given = configuration.copy();
        network(given);
        Map<String, String> options = new HashMap<>();
        DestinationForm.buffering(configuration, given, MEGABYTES_MAX, SECONDS_DEFAULT, SECONDS_MAX, options);
        options.put("format", "lines");
        // The service rotates by the day unless it is told otherwise.
        options.put("index_rotation", rotation == null ? "OneDay" : rotation);
        given.put("IndexRotationPeriod", rotation == null ? "OneDay" : rotation);
        Members ids = configuration.structure("DocumentIdOptions");
        String id = ids == null ? null : ids.oneOf("DefaultDocumentIdFormat", "FIREHOSE_DEFAULT", "NO_DOCUMENT_ID");
        options.put("document_id", "NO_DOCUMENT_ID".equals(id) ? "none" : "row");
        ReceiverBackup.read(
                configuration, settings, "FailedDocumentsOnly", "AllDocuments", RETRY_SECONDS_DEFAULT, given, options);
        Processing.read(configuration, settings, options);
        // Each record is on a line of its own in any case.
        options.remove("record_delimiter");
        options.put("whole_records", "true");
        return new DestinationForm(kind, scheme + server + "/" + index, options, given, null, Map.of());
    }
}
