package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.StreamService;
import io.millrace.server.stream.StreamSummary;
import io.millrace.spi.log.ShardDescription;
import io.millrace.spi.log.ShardLog;
import io.millrace.spi.row.JavaValues;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Describing streams and their shards. */
final class StreamDescriptions {

    private static final int SHARDS_DEFAULT = 100;
    private static final int LIST_DEFAULT = 1000;
    private static final int PAGE_MAX = 10_000;

    private final StreamService streams;
    private final StreamLookup lookup;

    StreamDescriptions(StreamService streams, StreamLookup lookup) {
        this.streams = streams;
        this.lookup = lookup;
    }

    ObjectNode describeStream(Members request, Caller caller) {
        int limit = request.integer("Limit", SHARDS_DEFAULT, 1, PAGE_MAX);
        String after = request.string("ExclusiveStartShardId", 1, 128, Members.NAME);
        String name = lookup.streamName(request);
        StreamSummary stream = lookup.stream(name, caller);
        List<? extends ShardLog> rest = after(streams.log(name).shards(), after);
        List<? extends ShardLog> page = rest.subList(0, Math.min(limit, rest.size()));
        ObjectNode response = KinesisOperations.nothing();
        ObjectNode description = response.putObject("StreamDescription");
        describe(description, stream, caller);
        page.forEach(shard -> description.withArray("/Shards").add(shard(shard)));
        description.putIfAbsent("Shards", description.arrayNode());
        description.put("HasMoreShards", page.size() < rest.size());
        return response;
    }

    ObjectNode describeStreamSummary(Members request, Caller caller) {
        String name = lookup.streamName(request);
        StreamSummary stream = lookup.stream(name, caller);
        ObjectNode response = KinesisOperations.nothing();
        ObjectNode description = response.putObject("StreamDescriptionSummary");
        describe(description, stream, caller);
        long open = streams.log(name).shards().stream()
                .filter(shard -> !shard.description().closed())
                .count();
        description.put("OpenShardCount", open);
        description.put("ConsumerCount", 0);
        return response;
    }

    ObjectNode listShards(Members request, Caller caller) {
        int limit = request.integer("MaxResults", LIST_DEFAULT, 1, PAGE_MAX);
        String after = request.string("ExclusiveStartShardId", 1, 128, Members.NAME);
        String token = request.string("NextToken", 1, 1_048_576, null);
        Instant created = request.time("StreamCreationTimestamp");
        ShardFilter filter = ShardFilter.of(request.structure("ShardFilter"));
        if (token != null && (request.has("StreamName") || after != null || created != null)) {
            throw AwsException.invalidArgument("NextToken and StreamName cannot be provided together.");
        }
        String[] resumed = token == null ? new String[0] : resume(token);
        String name = token == null ? lookup.streamName(request) : resumed[0];
        lookup.stream(name, caller);
        List<? extends ShardLog> rest = after(streams.log(name).shards(), token == null ? after : resumed[1]).stream()
                .filter(filter::accepts)
                .toList();
        List<? extends ShardLog> page = rest.subList(0, Math.min(limit, rest.size()));
        ObjectNode response = KinesisOperations.nothing();
        ArrayNode shards = response.putArray("Shards");
        page.forEach(shard -> shards.add(shard(shard)));
        if (page.size() < rest.size()) {
            response.put("NextToken", token(name, page.getLast().description().id()));
        }
        return response;
    }

    private static String token(String stream, String lastShard) {
        return Base64.getUrlEncoder().encodeToString((stream + "\n" + lastShard).getBytes(StandardCharsets.UTF_8));
    }

    private static String[] resume(String token) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8).split("\n", -1);
            if (parts.length == 2) {
                return parts;
            }
        } catch (IllegalArgumentException e) {
            throw AwsException.invalidArgument("NextToken " + token + " is not one of this service.");
        }
        throw AwsException.invalidArgument("NextToken " + token + " is not one of this service.");
    }

    private static List<? extends ShardLog> after(List<? extends ShardLog> shards, @Nullable String shardId) {
        return shardId == null
                ? shards
                : shards.stream()
                        .filter(shard -> shard.description().id().compareTo(shardId) > 0)
                        .toList();
    }

    /** Writes what every description of a stream begins with. */
    static void identify(ObjectNode node, StreamSummary stream, Caller caller) {
        node.put("StreamName", stream.name());
        node.put("StreamARN", caller.streamArn(stream.name()));
        node.put("StreamStatus", "ACTIVE");
        node.putObject("StreamModeDetails").put("StreamMode", stream.onDemand() ? "ON_DEMAND" : "PROVISIONED");
        node.putPOJO("StreamCreationTimestamp", stream.created());
    }

    private static void describe(ObjectNode node, StreamSummary stream, Caller caller) {
        identify(node, stream, caller);
        node.put("RetentionPeriodHours", Math.max(1, stream.retention().toHours()));
        node.putArray("EnhancedMonitoring").addObject().putArray("ShardLevelMetrics");
        node.put("EncryptionType", "NONE");
    }

    private static ObjectNode shard(ShardLog log) {
        ShardDescription shard = log.description();
        ObjectNode node = KinesisOperations.nothing();
        node.put("ShardId", shard.id());
        List<String> parents = new ArrayList<>();
        shard.parents().forEach(number -> parents.add(String.format(java.util.Locale.ROOT, "shardId-%012d", number)));
        if (!parents.isEmpty()) {
            node.put("ParentShardId", parents.getFirst());
        }
        if (parents.size() > 1) {
            node.put("AdjacentParentShardId", parents.get(1));
        }
        node.putObject("HashKeyRange")
                .put("StartingHashKey", shard.range().first().toString())
                .put("EndingHashKey", shard.range().last().toString());
        ObjectNode range = node.putObject("SequenceNumberRange");
        long created = JavaValues.micros(shard.created());
        range.put("StartingSequenceNumber", shard.sequenceNumber(0, created).toString());
        if (shard.closed()) {
            range.put(
                    "EndingSequenceNumber",
                    shard.sequenceNumber(log.endIndex(), created).toString());
        }
        return Objects.requireNonNull(node);
    }
}
