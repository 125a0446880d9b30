package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.DeliveryStreams.Known;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the API tells of delivery streams. */
final class DeliveryStreamDescriptions {

    private static final int LIST_DEFAULT = 10;
    private static final int LIST_MAX = 10_000;
    /** What the older description of a bucket has of the newer one. */
    private static final Set<String> PLAIN_S3 = Set.of(
            "RoleARN",
            "BucketARN",
            "Prefix",
            "ErrorOutputPrefix",
            "BufferingHints",
            "CompressionFormat",
            "EncryptionConfiguration",
            "CloudWatchLoggingOptions");

    private final DeliveryStreams known;

    DeliveryStreamDescriptions(DeliveryStreams known) {
        this.known = known;
    }

    ObjectNode list(Members request, Caller caller) {
        int limit = request.integer("Limit", LIST_DEFAULT, 1, LIST_MAX);
        String type = request.oneOf(
                "DeliveryStreamType", "DirectPut", "KinesisStreamAsSource", "MSKAsSource", "DatabaseAsSource");
        String after = request.string("ExclusiveStartDeliveryStreamName", 1, 64, DeliveryStreams.NAME);
        request.check();
        List<String> rest = known.names().stream()
                .filter(name -> after == null || name.compareTo(after) > 0)
                .filter(name -> type == null
                        || type.equals(known.get(name).remark().path("type").asText()))
                .toList();
        ObjectNode response = KinesisOperations.nothing();
        ArrayNode names = response.putArray("DeliveryStreamNames");
        rest.stream().limit(limit).forEach(names::add);
        return response.put("HasMoreDeliveryStreams", rest.size() > limit);
    }

    ObjectNode describe(Members request, Caller caller) {
        String name = DeliveryStreams.name(request);
        Known delivery = known.find(name, caller);
        ObjectNode remark = delivery.remark();
        ObjectNode response = KinesisOperations.nothing();
        ObjectNode description = response.putObject("DeliveryStreamDescription");
        description
                .put("DeliveryStreamName", name)
                .put("DeliveryStreamARN", DeliveryStreams.arn(name, caller))
                .put("DeliveryStreamStatus", "ACTIVE")
                .put("DeliveryStreamType", remark.path("type").asText())
                .put("VersionId", delivery.version())
                .put("HasMoreDestinations", false);
        encryption(remark, description.putObject("DeliveryStreamEncryptionConfiguration"));
        time(description, "CreateTimestamp", remark, "created");
        time(description, "LastUpdateTimestamp", remark, "updated");
        source(delivery, description, caller);
        destination(remark, description.putArray("Destinations").addObject());
        return response;
    }

    private static void encryption(ObjectNode remark, ObjectNode out) {
        String status = remark.path("encryption").asText("DISABLED");
        out.put("Status", status);
        if (status.equals("ENABLED")) {
            out.put("KeyType", remark.path("keyType").asText("AWS_OWNED_CMK"));
            if (remark.has("keyArn")) {
                out.put("KeyARN", remark.path("keyArn").asText());
            }
        }
    }

    private static void time(ObjectNode description, String member, ObjectNode remark, String from) {
        if (remark.has(from)) {
            description.putPOJO(member, Instant.ofEpochMilli(remark.get(from).asLong()));
        }
    }

    private static void source(Known delivery, ObjectNode description, Caller caller) {
        String source = delivery.delivery().source();
        if (delivery.remark().has("puts")) {
            description
                    .putObject("Source")
                    .set("DirectPutSourceDescription", delivery.remark().get("puts"));
        }
        if (delivery.directPut() || source == null) {
            return;
        }
        ObjectNode stream = description.putObject("Source").putObject("KinesisStreamSourceDescription");
        stream.put("KinesisStreamARN", caller.streamArn(source));
        stream.put("RoleARN", delivery.remark().path("source").path("RoleARN").asText(""));
        time(stream, "DeliveryStartTimestamp", delivery.remark(), "created");
    }

    private static void destination(ObjectNode remark, ObjectNode out) {
        out.put("DestinationId", DeliveryStreamControl.DESTINATION_ID);
        if (!remark.has("kind")) {
            // The API has no word for it.
            return;
        }
        ObjectNode destination = remark.path("destination").deepCopy();
        String kind = remark.path("kind").asText();
        out.set(kind + "DestinationDescription", destination);
        if (kind.equals("ExtendedS3")) {
            out.set("S3DestinationDescription", destination.deepCopy().retain(PLAIN_S3));
        }
    }
}
