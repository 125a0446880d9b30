package io.millrace.server.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.DeliveryStreams.Known;
import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.DeliveryService.Alteration;
import io.millrace.server.stream.DeliveryService.Change;
import io.millrace.server.stream.DeliveryService.Summary;
import io.millrace.server.stream.StreamService;
import io.millrace.spi.Options;
import io.millrace.spi.error.MillraceException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creating, changing and deleting delivery streams. */
final class DeliveryStreamControl {

    static final String DESTINATION_ID = "destinationId-000000000001";

    private static final Pattern STREAM_ARN = Pattern.compile("arn:aws.*:kinesis:.*:\\d{12}:stream/(\\S+)");
    private static final String KINESIS_SOURCE = "KinesisStreamAsSource";
    private static final String DIRECT_PUT = "DirectPut";
    private static final int THROUGHPUT_MAX = 100;

    /** Options that say, beside the URL, where files of a table and of what it does not take are staged. */
    private static final List<String> PLACES_OF_TABLES = List.of("warehouse", "backup");

    /** Options that are settled when a delivery is made. */
    static final String START = "start";

    static final String DEAGGREGATE = "deaggregate";
    static final String TRANSFORM_ARN = "transform_arn";

    private final DeliveryStreams known;
    private final DeliveryService deliveries;
    private final StreamService streams;
    private final AwsSettings settings;
    private final DeliveriesBeside beside;

    DeliveryStreamControl(
            DeliveryStreams known, DeliveryService deliveries, StreamService streams, AwsSettings settings) {
        this.known = known;
        this.deliveries = deliveries;
        this.streams = streams;
        this.settings = settings;
        this.beside = new DeliveriesBeside(known, deliveries);
    }

    ObjectNode create(Members request, Caller caller) {
        String name = DeliveryStreams.name(request);
        String type =
                request.oneOf("DeliveryStreamType", DIRECT_PUT, KINESIS_SOURCE, "MSKAsSource", "DatabaseAsSource");
        DestinationForm destination = DestinationForm.of(request, "Configuration", settings, null);
        ObjectNode remark = known.newRemark(type == null ? DIRECT_PUT : type);
        remark.put("kind", destination.kind()).set("destination", destination.given());
        ObjectNode tags = remark.putObject("tags");
        request.structures("Tags", 0, DeliveryStreamTags.TAGS_MAX).forEach(tag -> DeliveryStreamTags.put(tag, tags));
        keepEncryption(request, remark);
        refuseOtherSources(request, remark);
        request.check();
        if (deliveries.names().contains(name) || beside.exists(name, destination.beside())) {
            throw taken(name, caller);
        }
        destination = named(destination, DeliveryStreams.arn(name, caller));
        String source = source(request, name, remark.get("type").asText(), destination.schema(), remark);
        boolean own = source.equals(DeliveryStreams.source(name));
        try {
            List<Summary> created = new ArrayList<>(beside.created(name, source, started(destination.beside(), own)));
            created.add(new Summary(
                    name,
                    source,
                    destination.url(),
                    known.withRemark(started(destination, own).options(), remark)));
            deliveries.change(new Change(null, created, List.of(), List.of()));
        } catch (MillraceException e) {
            if (own) {
                streams.delete(source);
            }
            throw switch (e.code()) {
                case DUPLICATE_NAME -> taken(name, caller);
                // A table, say: it is no resource of this API.
                case UNDEFINED_NAME -> AwsException.invalidArgument(e.describe());
                default -> e;
            };
        }
        return KinesisOperations.nothing().put("DeliveryStreamARN", DeliveryStreams.arn(name, caller));
    }

    private static void keepEncryption(Members request, ObjectNode remark) {
        Members encryption = request.structure("DeliveryStreamEncryptionConfigurationInput");
        if (encryption == null) {
            return;
        }
        String type = encryption.require("KeyType").oneOf("KeyType", "AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK");
        String key = encryption.string("KeyARN", 1, 512, null);
        request.check();
        if ((key != null) != "CUSTOMER_MANAGED_CMK".equals(type)) {
            throw AwsException.invalidArgument(
                    "KeyARN is given where KeyType is CUSTOMER_MANAGED_CMK, and only there.");
        }
        remark.put("encryption", "ENABLED").put("keyType", type);
        if (key == null) {
            remark.remove("keyArn");
        } else {
            remark.put("keyArn", key);
        }
    }

    /** What is said of a source is that of the type, or else nobody would know which is meant. */
    private static void refuseOtherSources(Members request, ObjectNode remark) {
        for (String other : List.of("MSKSourceConfiguration", "DatabaseSourceConfiguration")) {
            if (request.has(other)) {
                throw AwsException.invalidArgument(other + " is not served here.");
            }
        }
        boolean ofPuts = remark.path("type").asText().equals(DIRECT_PUT);
        if (ofPuts && request.has("KinesisStreamSourceConfiguration")) {
            throw AwsException.invalidArgument(
                    "KinesisStreamSourceConfiguration is for DeliveryStreamType " + KINESIS_SOURCE + ".");
        }
        if (!ofPuts && request.has("DeliveryStreamEncryptionConfigurationInput")) {
            throw AwsException.invalidArgument("Encryption is set on the stream that is the source.");
        }
        Members puts = request.structure("DirectPutSourceConfiguration");
        if (puts != null && !ofPuts) {
            throw AwsException.invalidArgument(
                    "DirectPutSourceConfiguration is for DeliveryStreamType " + DIRECT_PUT + ".");
        }
        if (puts != null) {
            puts.require("ThroughputHintInMBs").integer("ThroughputHintInMBs", 1, 1, THROUGHPUT_MAX);
            // Nothing is provisioned here, so the hint changes nothing.
            remark.set("puts", puts.copy());
        }
    }

    /** A stream is read from its newest record on, as the service does. */
    private static DestinationForm started(DestinationForm destination, boolean own) {
        Map<String, String> options = new HashMap<>(destination.options());
        if (!own) {
            options.put(START, "latest");
            options.put(DEAGGREGATE, "true");
        }
        return destination.with(options);
    }

    private static Map<String, DestinationForm> started(Map<String, DestinationForm> beside, boolean own) {
        Map<String, DestinationForm> all = new HashMap<>();
        beside.forEach((part, form) -> all.put(part, started(form, own)));
        return all;
    }

    /** A function is told for which delivery stream it is called, also by those beside it. */
    private static DestinationForm named(DestinationForm destination, String arn) {
        Map<String, DestinationForm> all = new HashMap<>();
        destination.beside().forEach((part, form) -> all.put(part, named(form, arn)));
        DestinationForm own =
                destination.options().containsKey("transform") ? destination.with(TRANSFORM_ARN, arn) : destination;
        return new DestinationForm(own.kind(), own.url(), own.options(), own.given(), own.schema(), all);
    }

    private static AwsException taken(String name, Caller caller) {
        return new AwsException(
                "ResourceInUseException",
                "Firehose " + name + " under accountId " + caller.account() + " already exists");
    }

    /** Returns the stream to deliver: one of its own for puts, or the one that is named. */
    private String source(Members request, String name, String type, @Nullable String schema, ObjectNode remark) {
        switch (type) {
            case DIRECT_PUT -> {
                String source = DeliveryStreams.source(name);
                deliveries.createSource(source, schema);
                return source;
            }
            case KINESIS_SOURCE -> {
                Members source = request.structure("KinesisStreamSourceConfiguration");
                String arn = source == null ? null : source.string("KinesisStreamARN");
                Matcher parts = STREAM_ARN.matcher(arn == null ? "" : arn);
                if (!parts.matches()) {
                    throw AwsException.invalidArgument(
                            "KinesisStreamSourceConfiguration with a KinesisStreamARN is needed for this type.");
                }
                streams.describe(parts.group(1));
                remark.set("source", Objects.requireNonNull(source).copy());
                return parts.group(1);
            }
            default -> throw AwsException.invalidArgument("DeliveryStreamType " + type + " is not served here.");
        }
    }

    ObjectNode delete(Members request, Caller caller) {
        String name = DeliveryStreams.name(request);
        Known delivery = known.find(name, caller);
        List<String> all = new ArrayList<>(beside.names(name));
        all.add(name);
        deliveries.change(new Change(null, List.of(), List.of(), all));
        if (delivery.directPut()) {
            streams.delete(DeliveryStreams.source(name));
        }
        return KinesisOperations.nothing();
    }

    ObjectNode updateDestination(Members request, Caller caller) {
        request.require("CurrentDeliveryStreamVersionId").require("DestinationId");
        String name = DeliveryStreams.name(request);
        DeliveryStreams.changed(
                () -> known.find(name, caller), delivery -> updateDestination(request, caller, delivery));
        return KinesisOperations.nothing();
    }

    private void updateDestination(Members request, Caller caller, Known delivery) {
        String name = delivery.delivery().name();
        if (!delivery.version().equals(request.string("CurrentDeliveryStreamVersionId"))) {
            throw new AwsException(
                    "ConcurrentModificationException",
                    "The version of Firehose " + name + " is " + delivery.version() + ". Describe it and try again.");
        }
        if (DeliveryOfSql.is(delivery.remark())) {
            // What SQL says of it, such as a format, has no place in this request, and would be lost.
            throw AwsException.invalidArgument("Firehose " + name
                    + " is a delivery that SQL made. Change it there, with" + " CREATE OR REPLACE DELIVERY.");
        }
        if (!DESTINATION_ID.equals(request.string("DestinationId"))) {
            throw AwsException.invalidArgument("Firehose " + name + " has no destination of this id.");
        }
        JsonNode before = delivery.remark().path("destination");
        DestinationForm after =
                DestinationForm.of(request, "Update", settings, before.isObject() ? (ObjectNode) before : null);
        refuseOtherPlace(delivery, after);
        Map<String, String> options = new HashMap<>(after.options());
        keep(delivery, options, "access_key", "token", "password", START, DEAGGREGATE);
        if (options.containsKey("transform")) {
            keep(delivery, options, TRANSFORM_ARN);
            options.putIfAbsent(TRANSFORM_ARN, DeliveryStreams.arn(name, caller));
        }
        ObjectNode remark = delivery.remark();
        remark.put("version", Integer.parseInt(delivery.version()) + 1).set("destination", after.given());
        Map<String, DestinationForm> besideIt =
                named(after, DeliveryStreams.arn(name, caller)).beside();
        Change change = beside.change(
                name, String.valueOf(delivery.delivery().source()), started(besideIt, delivery.directPut()));
        List<Alteration> altered = new ArrayList<>(change.altered());
        altered.add(new Alteration(delivery.delivery(), known.withRemark(options, remark)));
        deliveries.change(new Change(name, change.created(), altered, change.deleted()));
    }

    /** Keeps what descriptions do not have: secrets, and what was settled when it was created. */
    private static void keep(Known delivery, Map<String, String> options, String... names) {
        for (String name : names) {
            String before = delivery.delivery().options().get(name, "");
            if (!before.isEmpty()) {
                options.putIfAbsent(name, before);
            }
        }
    }

    /** What is on its way to one place cannot be published at another. */
    private static void refuseOtherPlace(Known delivery, DestinationForm after) {
        Options before = delivery.delivery().options();
        boolean sameTable = !after.kind().equals("Iceberg")
                || PLACES_OF_TABLES.stream()
                        .allMatch(place ->
                                isOne(before.get(place, ""), after.options().getOrDefault(place, "")));
        if (!isOne(delivery.delivery().url(), after.url()) || !sameTable) {
            throw AwsException.invalidArgument(
                    "A delivery stream cannot be sent to another bucket, endpoint, warehouse or first table while it"
                            + " has data under way; delete it and create it anew.");
        }
    }

    /** Returns whether two places are one: of a folder there were URLs with one slash and with two. */
    private static boolean isOne(String before, String after) {
        return before.equals(after)
                || (before.startsWith("file:")
                        && after.startsWith("file:")
                        && URI.create(before)
                                .normalize()
                                .equals(URI.create(after).normalize()));
    }

    ObjectNode startEncryption(Members request, Caller caller) {
        return encryption(request, caller, "ENABLED");
    }

    ObjectNode stopEncryption(Members request, Caller caller) {
        return encryption(request, caller, "DISABLED");
    }

    private ObjectNode encryption(Members request, Caller caller, String state) {
        known.change(DeliveryStreams.name(request), caller, delivery -> {
            if (!delivery.directPut()) {
                throw AwsException.invalidArgument("Encryption is set on the stream that is the source.");
            }
            delivery.remark().put("encryption", state);
            keepEncryption(request, delivery.remark());
        });
        return KinesisOperations.nothing();
    }
}
