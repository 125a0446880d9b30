package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.DeliveryStreams.Known;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tags of delivery streams. They mean nothing but to whoever set them. */
final class DeliveryStreamTags {

    static final int TAGS_MAX = 50;

    private static final int KEY_CHARS_MAX = 128;
    private static final int VALUE_CHARS_MAX = 256;

    private final DeliveryStreams known;

    DeliveryStreamTags(DeliveryStreams known) {
        this.known = known;
    }

    /** Adds a tag of a request to others. */
    static void put(Members tag, ObjectNode tags) {
        String key = tag.require("Key").string("Key", 1, KEY_CHARS_MAX, null);
        String value = tag.string("Value", 0, VALUE_CHARS_MAX, null);
        tags.put(String.valueOf(key), value == null ? "" : value);
    }

    ObjectNode tag(Members request, Caller caller) {
        request.require("Tags");
        List<Members> added = request.structures("Tags", 1, TAGS_MAX);
        ObjectNode checked = KinesisOperations.nothing();
        added.forEach(tag -> put(tag, checked));
        known.change(DeliveryStreams.name(request), caller, delivery -> {
            ObjectNode tags = tags(delivery);
            tags.setAll(checked);
            if (tags.size() > TAGS_MAX) {
                throw new AwsException(
                        "LimitExceededException", "A delivery stream has at most " + TAGS_MAX + " tags.");
            }
            delivery.remark().set("tags", tags);
        });
        return KinesisOperations.nothing();
    }

    ObjectNode untag(Members request, Caller caller) {
        request.require("TagKeys");
        List<String> keys = request.strings("TagKeys", 1, TAGS_MAX);
        known.change(DeliveryStreams.name(request), caller, delivery -> {
            ObjectNode tags = tags(delivery);
            tags.remove(keys);
            delivery.remark().set("tags", tags);
        });
        return KinesisOperations.nothing();
    }

    ObjectNode list(Members request, Caller caller) {
        int limit = request.integer("Limit", TAGS_MAX, 1, TAGS_MAX);
        String after = request.string("ExclusiveStartTagKey", 1, KEY_CHARS_MAX, null);
        Known delivery = known.find(DeliveryStreams.name(request), caller);
        Map<String, String> sorted = new TreeMap<>();
        tags(delivery)
                .properties()
                .forEach(tag -> sorted.put(tag.getKey(), tag.getValue().asText()));
        List<Map.Entry<String, String>> rest = new ArrayList<>();
        sorted.entrySet().forEach(tag -> addBehind(after, tag, rest));
        ObjectNode response = KinesisOperations.nothing();
        ArrayNode list = response.putArray("Tags");
        rest.stream()
                .limit(limit)
                .forEach(tag -> list.addObject().put("Key", tag.getKey()).put("Value", tag.getValue()));
        return response.put("HasMoreTags", rest.size() > limit);
    }

    private static void addBehind(
            @Nullable String after, Map.Entry<String, String> tag, List<Map.Entry<String, String>> rest) {
        if (after == null || tag.getKey().compareTo(after) > 0) {
            rest.add(tag);
        }
    }

    private static ObjectNode tags(Known delivery) {
        return delivery.remark().path("tags") instanceof ObjectNode tags ? tags : KinesisOperations.nothing();
    }
}
