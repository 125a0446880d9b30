package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.DeliveryStreams.Known;
import io.millrace.server.stream.DeliveryService;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries that are channels of Kinesis. What the API said of one is kept with the delivery, as for delivery streams:
 *
 * <pre>
 *   { "type": "Channel", "id": "4f1c…", "created": 1767225600000, "streamCreated": …, "role": "arn:…",
 *     "record": {…}, "destination": {…}, "encryption": {…}, "logging": {…}, "tags": {…} }
 * </pre>
 */
final class Channels {

    static final String TYPE = "Channel";

    private static final Pattern ARN = Pattern.compile("arn:aws.*:kinesis:.*:\\d{12}:channel/(\\S+)");

    private final DeliveryStreams known;
    private final DeliveryService deliveries;

    Channels(DeliveryStreams known, DeliveryService deliveries) {
        this.known = known;
        this.deliveries = deliveries;
    }

    /** Tells whether what the API noted of a delivery says that it is a channel. */
    static boolean is(ObjectNode remark) {
        return remark.path("type").asText().equals(TYPE);
    }

    static String arn(String id, Caller caller) {
        return "arn:aws:kinesis:" + caller.region() + ":" + caller.account() + ":channel/" + id;
    }

    /** Returns all channels, by name. */
    List<Known> all() {
        return deliveries.names().stream()
                .sorted()
                .map(known::get)
                .filter(delivery -> is(delivery.remark()))
                .toList();
    }

    /** Returns the channel in ChannelARN, checking all of the request's members. */
    Known find(Members request, Caller caller) {
        String arn = request.require("ChannelARN").string("ChannelARN", 1, 2048, ARN);
        request.check();
        String id = Objects.requireNonNull(arn).replaceFirst(".*:channel/", "");
        return all().stream()
                .filter(channel -> channel.remark().path("id").asText().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        AwsException.notFound("Channel " + id + " under account " + caller.account() + " not found."));
    }

    /** Returns whether a delivery, of whatever kind, has a name. */
    boolean isTaken(@Nullable String name) {
        return deliveries.names().contains(name);
    }
}
