package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.DeliveryStreams.Known;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the API tells of channels. They deliver as soon as they are made, so all are active. */
final class ChannelDescriptions {

    private static final int LIST_MAX = 100;
    private static final int FILTERS_MAX = 100;

    private final Channels channels;
    private final StreamLookup lookup;

    ChannelDescriptions(Channels channels, StreamLookup lookup) {
        this.channels = channels;
        this.lookup = lookup;
    }

    ObjectNode describe(Members request, Caller caller) {
        return of(channels.find(request, caller), caller);
    }

    /** Returns a response that describes a channel. */
    ObjectNode of(Known channel, Caller caller) {
        ObjectNode remark = channel.remark();
        ObjectNode response = KinesisOperations.nothing();
        ObjectNode description = response.putObject("ChannelDescription");
        identify(description, channel, caller);
        description.put("ServiceExecutionRoleARN", remark.path("role").asText());
        ObjectNode stream = description.putArray("StreamConfigurationList").addObject();
        stream(stream, channel, caller);
        stream.set("RecordConfiguration", remark.path("record"));
        description.set("S3DestinationConfiguration", remark.path("destination"));
        if (remark.path("encryption").isObject()) {
            description.set("EncryptionConfiguration", remark.path("encryption"));
        }
        description.set("LoggingConfiguration", remark.path("logging"));
        return response;
    }

    private static void identify(ObjectNode node, Known channel, Caller caller) {
        String id = channel.remark().path("id").asText();
        node.put("ChannelName", channel.delivery().name());
        node.put("ChannelARN", Channels.arn(id, caller));
        node.put("ChannelId", id);
        node.put("ChannelStatus", "ACTIVE");
        node.putPOJO(
                "ChannelCreationTimestamp",
                Instant.ofEpochMilli(channel.remark().path("created").asLong()));
    }

    private static void stream(ObjectNode node, Known channel, Caller caller) {
        node.put("StreamARN", caller.streamArn(channel.remark().path("stream").asText()));
        node.putPOJO(
                "StreamCreationTimestamp",
                Instant.ofEpochMilli(channel.remark().path("streamCreated").asLong()));
    }

    ObjectNode list(Members request, Caller caller) {
        int limit = Math.min(LIST_MAX, request.integer("MaxResults", LIST_MAX, 1, Integer.MAX_VALUE));
        String after = request.string("NextToken", 1, 1_048_576, null);
        List<String> wanted = request.structures("StreamFilter", 0, FILTERS_MAX).stream()
                .map(filter -> lookup.streamName(filter.require("StreamARN")))
                .toList();
        request.check();
        List<Known> rest = channels.all().stream()
                .filter(channel -> isAfter(channel, after))
                .filter(channel -> wanted.isEmpty()
                        || wanted.contains(channel.remark().path("stream").asText()))
                .toList();
        ObjectNode response = KinesisOperations.nothing();
        ArrayNode summaries = response.putArray("ChannelSummaries");
        rest.stream().limit(limit).forEach(channel -> {
            ObjectNode summary = summaries.addObject();
            identify(summary, channel, caller);
            summary.put("ChannelDestinationType", "S3");
            stream(summary.putArray("Streams").addObject(), channel, caller);
        });
        if (rest.size() > limit) {
            response.put("NextToken", rest.get(limit - 1).delivery().name());
        }
        return response;
    }

    private static boolean isAfter(Known channel, @Nullable String name) {
        return name == null || channel.delivery().name().compareTo(name) > 0;
    }
}
