package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.aws.FirehoseMemberTable.Row;
import io.millrace.server.engine.Engine;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each member of a request that the page calls served, but for those of destinations, is looked at when it is given. */
final class FirehoseOperationsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String BUCKET = "'ExtendedS3DestinationConfiguration': {'BucketARN': 'arn:aws:s3:::lake',"
            + " 'RoleARN': 'arn:aws:iam::000000000000:role/a'}";

    /** Operations with all that they take, in an order in which they can be called. */
    private static final String[] CALLS = {
        "CreateDeliveryStream",
        "{'DeliveryStreamName': 'd', 'DeliveryStreamType': 'DirectPut', 'DirectPutSourceConfiguration':"
                + " {'ThroughputHintInMBs': 2}, 'DeliveryStreamEncryptionConfigurationInput': {'KeyType':"
                + " 'CUSTOMER_MANAGED_CMK', 'KeyARN': 'k'}, 'Tags': [{'Key': 'a', 'Value': 'b'}], " + BUCKET + "}",
        "CreateDeliveryStream",
        "{'DeliveryStreamName': 'e', 'DeliveryStreamType': 'KinesisStreamAsSource', 'KinesisStreamSourceConfiguration':"
                + " {'KinesisStreamARN': 'arn:aws:kinesis:us-east-1:000000000000:stream/firehose_d', 'RoleARN': 'r'}, "
                + BUCKET + "}",
        "UpdateDestination",
        "{'DeliveryStreamName': 'd', 'CurrentDeliveryStreamVersionId': '1', 'DestinationId':"
                + " 'destinationId-000000000001', 'ExtendedS3DestinationUpdate': {}}",
        "DescribeDeliveryStream",
        "{'DeliveryStreamName': 'd', 'Limit': 1, 'ExclusiveStartDestinationId': 'x'}",
        "ListDeliveryStreams",
        "{'Limit': 1, 'DeliveryStreamType': 'DirectPut', 'ExclusiveStartDeliveryStreamName': 'c'}",
        "TagDeliveryStream",
        "{'DeliveryStreamName': 'd', 'Tags': [{'Key': 'c', 'Value': 'd'}]}",
        "ListTagsForDeliveryStream",
        "{'DeliveryStreamName': 'd', 'ExclusiveStartTagKey': 'a', 'Limit': 1}",
        "UntagDeliveryStream",
        "{'DeliveryStreamName': 'd', 'TagKeys': ['c']}",
        "StartDeliveryStreamEncryption",
        "{'DeliveryStreamName': 'd', 'DeliveryStreamEncryptionConfigurationInput': {'KeyType':"
                + " 'CUSTOMER_MANAGED_CMK', 'KeyARN': 'k'}}",
        "StopDeliveryStreamEncryption",
        "{'DeliveryStreamName': 'd'}",
        "PutRecord",
        "{'DeliveryStreamName': 'd', 'Record': {'Data': 'YQ=='}}",
        "PutRecordBatch",
        "{'DeliveryStreamName': 'd', 'Records': [{'Data': 'YQ=='}]}",
        "DeleteDeliveryStream",
        "{'DeliveryStreamName': 'e', 'AllowForceDelete': false}",
        "DeleteDeliveryStream",
        "{'DeliveryStreamName': 'd', 'AllowForceDelete': true}",
    };

    private static final Caller CALLER = new Caller("000000000000", "us-east-1");

    @TempDir
    Path directory;

    private Engine engine;
    private Map<String, Operation> operations;

    @BeforeEach
    void open() {
        engine = Engine.open(directory.resolve("data"));
        AwsSettings defaults = AwsSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        operations = FirehoseOperations.of(
                engine.deliveries(),
                engine.streams(),
                new AwsSettings(
                        defaults.address(),
                        defaults.account(),
                        defaults.region(),
                        defaults.iteratorLife(),
                        defaults.clock(),
                        directory.resolve("buckets").toUri() + "/{bucket}",
                        ""));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** A request that notes which of its members are looked at. */
    @SuppressWarnings("unchecked") // As Jackson itself overrides deepCopy.
    private static final class Watched extends ObjectNode {

        private final transient String path;
        private final transient Set<String> seen;

        Watched(JsonNode from, String path, Set<String> seen) {
            super(JsonNodeFactory.instance);
            this.path = path;
            this.seen = seen;
            from.properties().forEach(member -> set(member.getKey(), watched(member.getValue(), member.getKey())));
        }

        private JsonNode watched(JsonNode value, String name) {
            if (value.isObject()) {
                return new Watched(value, path + "." + name, seen);
            }
            if (!value.isArray()) {
                return value;
            }
            List<JsonNode> elements = new ArrayList<>();
            value.forEach(element -> elements.add(watched(element, name)));
            return JSON.createArrayNode().addAll(elements);
        }

        @Override
        public JsonNode get(String member) {
            seen.add(path + "." + member);
            return super.get(member);
        }
    }

    private static boolean isOfDestination(String member) {
        return !member.contains(".") || !FirehoseShapes.REQUESTS.containsKey(member.substring(0, member.indexOf('.')));
    }

    private static List<String> members(String... fates) throws Exception {
        List<Row> rows = FirehoseMemberTable.read();
        return FirehoseShapes.named().stream()
                .filter(member -> !isOfDestination(member))
                .filter(member -> rows.stream()
                        .anyMatch(row -> row.has(member) && List.of(fates).contains(row.fate())))
                .toList();
    }

    private Operation operation(String name) {
        return Objects.requireNonNull(operations.get(name));
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @Test
    void whatIsServedIsLookedAt() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < CALLS.length; i += 2) {
            Members request = Members.of(new Watched(json(CALLS[i + 1]), CALLS[i], seen), WireFormat.JSON);
            assertThat(operation(CALLS[i]).call(request, CALLER).get()).isNotNull();
        }
        assertThat(seen).containsAll(members("served"));
    }

    @Test
    void theseCallsHaveAllThatIsTaken() throws Exception {
        Set<String> given = new TreeSet<>();
        for (int i = 0; i < CALLS.length; i += 2) {
            given(json(CALLS[i + 1]), CALLS[i], given);
        }
        assertThat(given).containsAll(members("served", "no effect"));
    }

    private static void given(JsonNode value, String path, Set<String> into) {
        into.add(path);
        value.properties().forEach(member -> given(member.getValue(), path + "." + member.getKey(), into));
        if (value.isArray()) {
            value.forEach(element -> given(element, path, into));
        }
    }

    @Test
    void whatIsRefusedIsNamed() throws Exception {
        List<String> refused = members("refused");
        assertThat(refused).isNotEmpty();
        for (String member : refused) {
            ObjectNode request = (ObjectNode) json("{'DeliveryStreamName': 'refused', " + BUCKET + "}");
            SampleConfiguration.set(
                    request, FirehoseShapes.request("CreateDeliveryStream"), "CreateDeliveryStream", member, false);
            assertThatThrownBy(() -> operation("CreateDeliveryStream")
                            .call(Members.of(request, WireFormat.JSON), CALLER)
                            .get())
                    .as(member)
                    .isInstanceOf(AwsException.class)
                    .hasMessageContaining(member.split("\\.", 0)[1]);
        }
    }
}
