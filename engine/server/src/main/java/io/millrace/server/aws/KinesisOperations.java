package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.StreamService;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** The operations of Kinesis Data Streams by their names in the API. */
final class KinesisOperations {

    /** What a request's target header begins with. */
    static final String TARGET_PREFIX = "Kinesis_20131202.";

    private KinesisOperations() {}

    static Map<String, Operation> of(StreamService streams, DeliveryService deliveries, AwsSettings settings) {
        StreamLookup lookup = new StreamLookup(streams);
        StreamControl control = new StreamControl(streams, lookup);
        StreamDescriptions descriptions = new StreamDescriptions(streams, lookup);
        RecordPuts puts = new RecordPuts(streams, lookup);
        RecordGets gets = new RecordGets(streams, lookup, new ShardIterators(settings));
        Map<String, Operation> operations = new HashMap<>(channels(lookup, deliveries, settings));
        operations.put("CreateStream", now(control::createStream));
        operations.put("DeleteStream", now(control::deleteStream));
        operations.put("ListStreams", now(control::listStreams));
        operations.put("DescribeStream", now(descriptions::describeStream));
        operations.put("DescribeStreamSummary", now(descriptions::describeStreamSummary));
        operations.put("ListShards", now(descriptions::listShards));
        operations.put("PutRecord", puts::putRecord);
        operations.put("PutRecords", puts::putRecords);
        operations.put("GetShardIterator", now(gets::getShardIterator));
        operations.put("GetRecords", now(gets::getRecords));
        return Map.copyOf(operations);
    }

    private static Map<String, Operation> channels(
            StreamLookup lookup, DeliveryService deliveries, AwsSettings settings) {
        DeliveryStreams known = new DeliveryStreams(deliveries, settings);
        Channels channels = new Channels(known, deliveries);
        ChannelDescriptions descriptions = new ChannelDescriptions(channels, lookup);
        ChannelControl control = new ChannelControl(channels, known, deliveries, lookup, descriptions, settings);
        return Map.of(
                "CreateChannel", now(control::create),
                "UpdateChannel", now(control::update),
                "DeleteChannel", now(control::delete),
                "DescribeChannel", now(descriptions::describe),
                "ListChannels", now(descriptions::list));
    }

    /** Returns the empty body of an operation that answers with nothing. */
    static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Operation now(BiFunction<Members, Caller, ObjectNode> operation) {
        return (request, caller) -> CompletableFuture.completedFuture(operation.apply(request, caller));
    }
}
