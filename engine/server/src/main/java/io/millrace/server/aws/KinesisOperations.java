package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.StreamService;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** The operations of Kinesis Data Streams by their names in the API. */
final class KinesisOperations {

    /** What a request's target header begins with. */
    static final String TARGET_PREFIX = "Kinesis_20131202.";

    private KinesisOperations() {}

    static Map<String, Operation> of(StreamService streams, AwsSettings settings) {
        StreamLookup lookup = new StreamLookup(streams);
        StreamControl control = new StreamControl(streams, lookup);
        StreamDescriptions descriptions = new StreamDescriptions(streams, lookup);
        RecordPuts puts = new RecordPuts(streams, lookup);
        RecordGets gets = new RecordGets(streams, lookup, new ShardIterators(settings));
        return Map.of(
                "CreateStream", now(control::createStream),
                "DeleteStream", now(control::deleteStream),
                "ListStreams", now(control::listStreams),
                "DescribeStream", now(descriptions::describeStream),
                "DescribeStreamSummary", now(descriptions::describeStreamSummary),
                "ListShards", now(descriptions::listShards),
                "PutRecord", puts::putRecord,
                "PutRecords", puts::putRecords,
                "GetShardIterator", now(gets::getShardIterator),
                "GetRecords", now(gets::getRecords));
    }

    /** Returns the empty body of an operation that answers with nothing. */
    static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static Operation now(BiFunction<Members, Caller, ObjectNode> operation) {
        return (request, caller) -> CompletableFuture.completedFuture(operation.apply(request, caller));
    }
}
