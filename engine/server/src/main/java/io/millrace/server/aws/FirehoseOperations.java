package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.StreamService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** The operations of Data Firehose by their names in the API. */
final class FirehoseOperations {

    /** What a request's target header begins with. */
    static final String TARGET_PREFIX = "Firehose_20150804.";

    private FirehoseOperations() {}

    static Map<String, Operation> of(DeliveryService deliveries, StreamService streams, AwsSettings settings) {
        DeliveryStreams known = new DeliveryStreams(deliveries, settings);
        DeliveryStreamControl control = new DeliveryStreamControl(known, deliveries, streams, settings);
        DeliveryStreamDescriptions descriptions = new DeliveryStreamDescriptions(known);
        DeliveryStreamTags tags = new DeliveryStreamTags(known);
        DeliveryStreamPuts puts = new DeliveryStreamPuts(known, streams);
        return Map.ofEntries(
                Map.entry("CreateDeliveryStream", now(control::create)),
                Map.entry("DeleteDeliveryStream", now(control::delete)),
                Map.entry("UpdateDestination", now(control::updateDestination)),
                Map.entry("DescribeDeliveryStream", now(descriptions::describe)),
                Map.entry("ListDeliveryStreams", now(descriptions::list)),
                Map.entry("TagDeliveryStream", now(tags::tag)),
                Map.entry("UntagDeliveryStream", now(tags::untag)),
                Map.entry("ListTagsForDeliveryStream", now(tags::list)),
                Map.entry("StartDeliveryStreamEncryption", now(control::startEncryption)),
                Map.entry("StopDeliveryStreamEncryption", now(control::stopEncryption)),
                Map.entry("PutRecord", puts::putRecord),
                Map.entry("PutRecordBatch", puts::putRecordBatch));
    }

    private static Operation now(BiFunction<Members, Caller, ObjectNode> operation) {
        return (request, caller) -> CompletableFuture.completedFuture(operation.apply(request, caller));
    }
}
