package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.stream.StreamService;
import io.millrace.server.stream.StreamSummary;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creating, deleting and listing streams. */
final class StreamControl {

    private static final int SHARDS_MAX = 10_000;
    private static final int ON_DEMAND_SHARDS = 4;
    private static final int LIST_DEFAULT = 100;

    private final StreamService streams;
    private final StreamLookup lookup;

    StreamControl(StreamService streams, StreamLookup lookup) {
        this.streams = streams;
        this.lookup = lookup;
    }

    ObjectNode createStream(Members request, Caller caller) {
        request.require("StreamName");
        String name = request.string("StreamName", 1, 128, Members.NAME);
        int shards = request.integer("ShardCount", 0, 1, SHARDS_MAX);
        boolean onDemand = onDemand(request);
        request.check();
        if (shards == 0 && !onDemand) {
            throw new AwsException("ValidationException", "ShardCount must be set for a stream in PROVISIONED mode.");
        }
        try {
            streams.create(String.valueOf(name), onDemand ? ON_DEMAND_SHARDS : shards, onDemand);
        } catch (MillraceException e) {
            throw e.code() == ErrorCode.DUPLICATE_NAME
                    ? new AwsException(
                            "ResourceInUseException",
                            "Stream " + name + " under account " + caller.account() + " already exists.")
                    : e;
        }
        return KinesisOperations.nothing();
    }

    private static boolean onDemand(Members request) {
        Members details = request.structure("StreamModeDetails");
        @Nullable
        String mode =
                details == null ? null : details.require("StreamMode").oneOf("StreamMode", "PROVISIONED", "ON_DEMAND");
        return "ON_DEMAND".equals(mode);
    }

    ObjectNode deleteStream(Members request, Caller caller) {
        String name = lookup.streamName(request);
        lookup.stream(name, caller);
        streams.delete(name);
        return KinesisOperations.nothing();
    }

    ObjectNode listStreams(Members request, Caller caller) {
        int limit = request.integer("Limit", LIST_DEFAULT, 1, 10_000);
        String after = request.string("ExclusiveStartStreamName", 1, 128, Members.NAME);
        String token = request.string("NextToken", 1, 1_048_576, null);
        request.check();
        String start = after != null ? after : token;
        List<String> names = streams.names().stream()
                .filter(name -> start == null || name.compareTo(start) > 0)
                .toList();
        List<String> page = names.subList(0, Math.min(limit, names.size()));
        ObjectNode response = KinesisOperations.nothing();
        ArrayNode list = response.putArray("StreamNames");
        page.forEach(list::add);
        ArrayNode summaries = response.putArray("StreamSummaries");
        page.forEach(name -> summaries.add(summary(streams.describe(name), caller)));
        response.put("HasMoreStreams", page.size() < names.size());
        if (page.size() < names.size()) {
            response.put("NextToken", page.getLast());
        }
        return response;
    }

    private static ObjectNode summary(StreamSummary stream, Caller caller) {
        ObjectNode summary = KinesisOperations.nothing();
        StreamDescriptions.identify(summary, stream, caller);
        return summary;
    }
}
