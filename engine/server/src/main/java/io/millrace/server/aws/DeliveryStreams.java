package io.millrace.server.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.delivery.DeliveryOptions;
import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.DeliveryService.Alteration;
import io.millrace.spi.Options;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Deliveries as Firehose knows them: delivery streams. What the API said of one is kept in an option of the delivery,
 * so that it comes and goes with it. A delivery that SQL made has none and is shown by what it is.
 *
 * <pre>
 *   { "type": "DirectPut", "created": 1767225600000, "updated": …, "version": 1,
 *     "kind": "ExtendedS3", "destination": {…}, "tags": {…}, "encryption": "DISABLED" }
 * </pre>
 */
final class DeliveryStreams {

    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]+");

    /** The stream that a delivery stream's puts go to. */
    static final String SOURCE_PREFIX = "firehose_";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DeliveryService deliveries;
    private final DeliveryOfSql ofSql;
    private final InstantSource clock;

    DeliveryStreams(DeliveryService deliveries, AwsSettings settings) {
        this.deliveries = deliveries;
        this.ofSql = new DeliveryOfSql(settings);
        this.clock = settings.clock();
    }

    /** A delivery, and what the API said of it. */
    record Known(DeliveryService.Summary delivery, ObjectNode remark) {

        boolean directPut() {
            return remark.path("type").asText().equals("DirectPut");
        }

        String version() {
            return String.valueOf(remark.path("version").asInt(1));
        }
    }

    static String name(Members request) {
        request.require("DeliveryStreamName");
        String name = request.string("DeliveryStreamName", 1, 64, NAME);
        request.check();
        return String.valueOf(name);
    }

    static String source(String name) {
        return SOURCE_PREFIX + name;
    }

    static String arn(String name, Caller caller) {
        return "arn:aws:firehose:" + caller.region() + ":" + caller.account() + ":deliverystream/" + name;
    }

    List<String> names() {
        return deliveries.names().stream()
                .filter(name -> isDeliveryStream(remark(deliveries.describe(name))))
                .toList();
    }

    /** Those beside another belong to it, and channels to another API. */
    private static boolean isDeliveryStream(ObjectNode remark) {
        return !DeliveriesBeside.is(remark) && !Channels.is(remark);
    }

    Known find(String name, Caller caller) {
        try {
            DeliveryService.Summary delivery = deliveries.describe(name);
            ObjectNode remark = remark(delivery);
            if (!isDeliveryStream(remark)) {
                throw new MillraceException(ErrorCode.UNDEFINED_NAME, name + " is none");
            }
            return new Known(delivery, remark);
        } catch (MillraceException e) {
            throw e.code() == ErrorCode.UNDEFINED_NAME
                    ? AwsException.notFound("Firehose " + name + " under account " + caller.account() + " not found.")
                    : e;
        }
    }

    Known get(String name) {
        DeliveryService.Summary delivery = deliveries.describe(name);
        return new Known(delivery, remark(delivery));
    }

    private ObjectNode remark(DeliveryService.Summary delivery) {
        String text = delivery.options().get(DeliveryOptions.REMARK, "");
        try {
            return text.isEmpty() ? ofSql.remark(delivery) : (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException | ClassCastException e) {
            throw new MillraceException(
                    ErrorCode.DATA_CORRUPTED,
                    "option 'firehose' of delivery '" + delivery.name() + "' is no JSON",
                    null,
                    e);
        }
    }

    /** Returns options with what the API says in them. */
    Options withRemark(Map<String, String> options, ObjectNode remark) {
        Map<String, String> all = new HashMap<>(options);
        remark.put("updated", clock.instant().toEpochMilli());
        all.put(DeliveryOptions.REMARK, remark.toString());
        return new Options(all);
    }

    /** Changes what the API says of a delivery stream, and nothing that the delivery does. */
    void change(String name, Caller caller, Consumer<Known> change) {
        changed(() -> find(name, caller), found -> {
            change.accept(found);
            deliveries.alter(new Alteration(
                    found.delivery(), withRemark(found.delivery().options().asMap(), found.remark())));
        });
    }

    /** Has a change made that hangs on what is there: anew where somebody else has changed that meanwhile. */
    static void changed(Supplier<Known> find, Consumer<Known> change) {
        Known found = find.get();
        while (true) {
            try {
                change.accept(found);
                return;
            } catch (MillraceException e) {
                Known now = e.code() == ErrorCode.WRONG_STATE ? find.get() : found;
                if (now.delivery().equals(found.delivery())) {
                    throw e;
                }
                found = now;
            }
        }
    }

    ObjectNode newRemark(String type) {
        return KinesisOperations.nothing()
                .put("type", type)
                .put("created", clock.instant().toEpochMilli())
                .put("version", 1)
                .put("encryption", "DISABLED");
    }
}
