package io.millrace.server.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.DeliveryStreams.Known;
import io.millrace.server.stream.DeliveryService;
import io.millrace.server.stream.DeliveryService.Alteration;
import io.millrace.server.stream.StreamSummary;
import io.millrace.spi.error.ErrorCode;
import io.millrace.spi.error.MillraceException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Creating, changing and deleting channels. */
final class ChannelControl {

    private static final Pattern KEY = Pattern.compile("\\S+");
    private static final String BUCKET = "S3DestinationConfiguration";
    private static final String TABLES = "S3TablesDestinationConfiguration";
    private static final int TAGS_MAX = 50;

    private final Channels channels;
    private final DeliveryStreams known;
    private final DeliveryService deliveries;
    private final StreamLookup lookup;
    private final ChannelDescriptions descriptions;
    private final AwsSettings settings;

    ChannelControl(
            Channels channels,
            DeliveryStreams known,
            DeliveryService deliveries,
            StreamLookup lookup,
            ChannelDescriptions descriptions,
            AwsSettings settings) {
        this.channels = channels;
        this.known = known;
        this.deliveries = deliveries;
        this.lookup = lookup;
        this.descriptions = descriptions;
        this.settings = settings;
    }

    ObjectNode create(Members request, Caller caller) {
        request.require("ChannelName").require("ServiceExecutionRoleARN").require("StreamConfigurationList");
        String name = request.string("ChannelName", 1, 128, Members.NAME);
        String role = request.string("ServiceExecutionRoleARN", 1, 2048, null);
        List<Members> sources = request.structures("StreamConfigurationList", 1, 1);
        request.check();
        Members source = sources.getFirst();
        StreamSummary stream = lookup.stream(lookup.streamName(source), caller);
        Members bucket = bucket(request);
        String format = format(source);
        String id = UUID.randomUUID().toString().substring(24);
        ChannelForm form = ChannelForm.of(bucket, format, String.valueOf(name), id, settings);
        ObjectNode remark = known.newRemark(Channels.TYPE).put("id", id).put("role", role);
        remark.put("streamCreated", stream.created().toEpochMilli()).put("stream", stream.name());
        remark.set(
                "record",
                Objects.requireNonNull(source.structure("RecordConfiguration")).copy());
        remark.set("destination", form.given());
        encrypt(request, form, remark);
        remark.set("logging", logging(request, String.valueOf(name), id, null));
        remark.set("tags", tags(request));
        request.check();
        if (channels.isTaken(name)) {
            throw taken(name, caller);
        }
        try {
            deliveries.create(new DeliveryService.Summary(
                    String.valueOf(name), stream.name(), form.url(), known.withRemark(form.options(), remark)));
        } catch (MillraceException e) {
            throw e.code() == ErrorCode.DUPLICATE_NAME ? taken(name, caller) : e;
        }
        return descriptions.of(known.get(String.valueOf(name)), caller);
    }

    private static Members bucket(Members request) {
        Members bucket = request.structure(BUCKET);
        if (request.has(TABLES)) {
            throw AwsException.invalidArgument(
                    bucket != null
                            ? "Either " + BUCKET + " or " + TABLES + " may be given, not both."
                            : TABLES
                                    + " is not served here. A table of Iceberg is a destination of CREATE DELIVERY … TO"
                                    + " 'iceberg:namespace.table', with the columns of the stream.");
        }
        if (bucket == null) {
            throw AwsException.invalidArgument(BUCKET + " or " + TABLES + " is needed.");
        }
        return bucket;
    }

    private static String format(Members source) {
        Members record = source.require("RecordConfiguration").structure("RecordConfiguration");
        source.check();
        String format = Objects.requireNonNull(record)
                .require("RecordFormatType")
                .oneOf("RecordFormatType", "JSON", "STRING", "BYTE_ARRAY", "GSR_JSON");
        source.check();
        if ("GSR_JSON".equals(format)) {
            throw AwsException.invalidArgument("RecordFormatType GSR_JSON is for streaming tables only.");
        }
        return String.valueOf(format);
    }

    private static void encrypt(Members request, ChannelForm form, ObjectNode remark) {
        Members encryption = request.structure("EncryptionConfiguration");
        if (encryption == null) {
            return;
        }
        encryption.require("EncryptionType").oneOf("EncryptionType", "KMS");
        String key = encryption.require("KeyId").string("KeyId", 1, 2048, KEY);
        request.check();
        S3Destination.encrypt(String.valueOf(key), form.url(), form.options());
        remark.set("encryption", encryption.copy());
    }

    /** Logs are kept and told, and written by nobody here. */
    private static ObjectNode logging(Members request, String name, String id, @Nullable ObjectNode before) {
        ObjectNode told = before == null ? KinesisOperations.nothing() : before;
        ObjectNode logs = told.withObject("/CloudWatchLogs");
        Members logging = request.structure("LoggingConfiguration");
        Members given = logging == null ? null : logging.structure("CloudWatchLogs");
        if (given != null) {
            logs.put("Enabled", given.require("Enabled").flag("Enabled", false));
            String group = given.string("LogGroupName", 1, 512, null);
            String stream = given.string("LogStreamName", 1, 512, null);
            if (group != null) {
                logs.put("LogGroupName", group);
            }
            if (stream != null) {
                logs.put("LogStreamName", stream);
            }
        }
        if (!logs.has("Enabled")) {
            logs.put("Enabled", false);
        }
        if (!logs.has("LogGroupName")) {
            logs.put("LogGroupName", "/aws/kinesis/" + name + "/" + id);
        }
        if (!logs.has("LogStreamName")) {
            logs.put("LogStreamName", "DestinationDelivery");
        }
        return told;
    }

    private static ObjectNode tags(Members request) {
        Members given = request.structure("Tags");
        ObjectNode tags = given == null ? KinesisOperations.nothing() : given.copy();
        if (tags.size() > TAGS_MAX) {
            throw new AwsException("LimitExceededException", "A channel has at most " + TAGS_MAX + " tags.");
        }
        return tags;
    }

    private static AwsException taken(@Nullable String name, Caller caller) {
        return new AwsException(
                "ResourceInUseException",
                "Channel " + name + " under account " + caller.account()
                        + " already exists, or a delivery of this name that is none.");
    }

    ObjectNode update(Members request, Caller caller) {
        Known found = channels.find(request, caller);
        if (request.has(TABLES)) {
            throw AwsException.invalidArgument("The channel delivers to a bucket and not to a table.");
        }
        Members bucket = request.structure(BUCKET);
        Integer seconds = bucket == null ? null : ChannelForm.seconds(bucket.require("DataFreshnessInSeconds"));
        DeliveryStreams.changed(() -> channels.find(request, caller), channel -> update(request, seconds, channel));
        return descriptions.of(known.get(found.delivery().name()), caller);
    }

    private void update(Members request, @Nullable Integer seconds, Known channel) {
        ObjectNode remark = channel.remark();
        remark.set(
                "logging",
                logging(request, channel.delivery().name(), remark.path("id").asText(), (ObjectNode)
                        remark.path("logging")));
        request.check();
        if (seconds != null) {
            ((ObjectNode) remark.path("destination")).put("DataFreshnessInSeconds", seconds);
        }
        deliveries.alter(new Alteration(
                channel.delivery(),
                known.withRemark(
                        ChannelForm.withSeconds(channel.delivery().options().asMap(), seconds), remark)));
    }

    ObjectNode delete(Members request, Caller caller) {
        deliveries.delete(channels.find(request, caller).delivery().name());
        return KinesisOperations.nothing();
    }
}
