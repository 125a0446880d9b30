package io.millrace.server.aws;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeleteDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DescribeDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.ListDeliveryStreamsRequest;
import software.amazon.awssdk.services.firehose.model.ListTagsForDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordBatchRequest;
import software.amazon.awssdk.services.firehose.model.PutRecordRequest;
import software.amazon.awssdk.services.firehose.model.StartDeliveryStreamEncryptionRequest;
import software.amazon.awssdk.services.firehose.model.StopDeliveryStreamEncryptionRequest;
import software.amazon.awssdk.services.firehose.model.TagDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.UntagDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.UpdateDestinationRequest;

/** The members of Firehose's requests as Amazon's SDK has them. */
final class FirehoseShapes {

    private FirehoseShapes() {}

    /** The requests of all operations, by their names. */
    static final Map<String, SdkPojo> REQUESTS = requests();

    private static Map<String, SdkPojo> requests() {
        Map<String, SdkPojo> requests = new LinkedHashMap<>();
        for (SdkPojo request : List.<SdkPojo>of(
                CreateDeliveryStreamRequest.builder().build(),
                UpdateDestinationRequest.builder().build(),
                DeleteDeliveryStreamRequest.builder().build(),
                DescribeDeliveryStreamRequest.builder().build(),
                ListDeliveryStreamsRequest.builder().build(),
                TagDeliveryStreamRequest.builder().build(),
                UntagDeliveryStreamRequest.builder().build(),
                ListTagsForDeliveryStreamRequest.builder().build(),
                StartDeliveryStreamEncryptionRequest.builder().build(),
                StopDeliveryStreamEncryptionRequest.builder().build(),
                PutRecordRequest.builder().build(),
                PutRecordBatchRequest.builder().build())) {
            requests.put(request.getClass().getSimpleName().replace("Request", ""), request);
        }
        return requests;
    }

    static SdkPojo request(String operation) {
        return Objects.requireNonNull(REQUESTS.get(operation));
    }

    /** Returns what is in a list, or the member itself. */
    static SdkField<?> element(SdkField<?> field) {
        return field.getOptionalTrait(ListTrait.class)
                .<SdkField<?>>map(ListTrait::memberFieldInfo)
                .orElse(field);
    }

    static boolean isList(SdkField<?> field) {
        return field.getOptionalTrait(ListTrait.class).isPresent();
    }

    /** Returns the paths of members that are no structures, below one that is. */
    static List<String> leaves(SdkPojo structure, String path) {
        List<String> leaves = new ArrayList<>();
        for (SdkField<?> field : structure.sdkFields()) {
            String member = path.isEmpty() ? field.locationName() : path + "." + field.locationName();
            SdkField<?> element = element(field);
            if (element.constructor() == null) {
                leaves.add(member);
            } else {
                leaves.addAll(leaves(element.constructor().get(), member));
            }
        }
        return leaves;
    }

    /** Returns all members that are no structures as the page names them. */
    static List<String> named() {
        List<String> all = new ArrayList<>();
        REQUESTS.forEach((operation, request) ->
                leaves(request, operation).stream().map(FirehoseShapes::named).forEach(all::add));
        return all.stream().distinct().toList();
    }

    /** Returns the name that the page has for a member of a request. */
    static String named(String path) {
        return path.replaceFirst("^CreateDeliveryStream\\.(\\w+)DestinationConfiguration\\b", "$1")
                .replaceFirst("^UpdateDestination\\.(\\w+)DestinationUpdate\\b", "$1")
                .replaceFirst("\\.S3(Backup)?Update\\b", ".S3$1Configuration");
    }

    /** Returns the members of a destination's configuration, in a request that creates or changes. */
    static SdkField<?> destination(String operation, String member) {
        Predicate<SdkField<?>> is = field -> field.locationName().equals(member);
        return request(operation).sdkFields().stream().filter(is).findFirst().orElseThrow();
    }
}
