package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.server.engine.Engine;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.FirehoseException;
import software.amazon.awssdk.services.firehose.model.KeyType;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** Members of Firehose's requests that change nothing here: they are told again, or refused by their names. */
final class FirehoseFieldsTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/any";
    private static final String KEY = "arn:aws:kms:eu-west-1:000000000000:key/1";

    @TempDir
    Path directory;

    private Engine engine;
    private FirehoseDoor firehose;
    private FirehoseClient client;

    @BeforeEach
    void open() {
        engine = Engine.open(directory.resolve("data"));
        firehose = new FirehoseDoor(engine, directory.resolve("buckets").toUri() + "/{bucket}", "");
        client = firehose.client();
    }

    @AfterEach
    void close() {
        firehose.close();
        engine.close();
    }

    private void assertRefused(String words, Consumer<CreateDeliveryStreamRequest.Builder> request) {
        assertThatThrownBy(() -> client.createDeliveryStream(r -> {
                    r.deliveryStreamName("refused");
                    request.accept(r);
                }))
                .isInstanceOf(FirehoseException.class)
                .hasMessageContaining(words);
    }

    private static Consumer<S3DestinationConfiguration.Builder> bucket() {
        return s -> s.roleARN(ROLE).bucketARN("arn:aws:s3:::lake");
    }

    private static void files(CreateDeliveryStreamRequest.Builder request) {
        request.extendedS3DestinationConfiguration(s -> s.roleARN(ROLE).bucketARN("arn:aws:s3:::lake"));
    }

    private DeliveryStreamDescription describe(String name) {
        return client.describeDeliveryStream(r -> r.deliveryStreamName(name)).deliveryStreamDescription();
    }

    @Test
    void theKeyAndTheHintAreToldAgain() {
        client.createDeliveryStream(r -> {
            files(r);
            r.deliveryStreamName("told")
                    .directPutSourceConfiguration(p -> p.throughputHintInMBs(7))
                    .deliveryStreamEncryptionConfigurationInput(
                            e -> e.keyType(KeyType.CUSTOMER_MANAGED_CMK).keyARN(KEY));
        });
        DeliveryStreamDescription told = describe("told");
        assertThat(told.deliveryStreamEncryptionConfiguration().keyARN()).isEqualTo(KEY);
        assertThat(told.deliveryStreamEncryptionConfiguration().keyType()).isEqualTo(KeyType.CUSTOMER_MANAGED_CMK);
        assertThat(told.source().directPutSourceDescription().throughputHintInMBs())
                .isEqualTo(7);
        client.startDeliveryStreamEncryption(r -> r.deliveryStreamName("told")
                .deliveryStreamEncryptionConfigurationInput(e -> e.keyType(KeyType.AWS_OWNED_CMK)));
        assertThat(describe("told").deliveryStreamEncryptionConfiguration().keyType())
                .isEqualTo(KeyType.AWS_OWNED_CMK);
        assertThat(describe("told").deliveryStreamEncryptionConfiguration().keyARN())
                .isNull();
    }

    @Test
    void sourcesThatAreNotServedAreRefused() {
        assertRefused("MSKSourceConfiguration", r -> {
            files(r);
            r.mskSourceConfiguration(m -> m.mskClusterARN("arn:aws:kafka:eu-west-1:000000000000:cluster/c/1")
                    .topicName("t")
                    .authenticationConfiguration(a -> a.roleARN(ROLE).connectivity("PUBLIC")));
        });
        assertRefused("is for DeliveryStreamType KinesisStreamAsSource", r -> {
            files(r);
            r.kinesisStreamSourceConfiguration(
                    k -> k.roleARN(ROLE).kinesisStreamARN("arn:aws:kinesis:eu-west-1:000000000000:stream/s"));
        });
        assertRefused("is for DeliveryStreamType DirectPut", r -> {
            files(r);
            r.deliveryStreamType("KinesisStreamAsSource")
                    .kinesisStreamSourceConfiguration(
                            k -> k.roleARN(ROLE).kinesisStreamARN("arn:aws:kinesis:eu-west-1:000000000000:stream/s"))
                    .directPutSourceConfiguration(p -> p.throughputHintInMBs(1));
        });
        assertRefused("KeyARN is given where", r -> {
            files(r);
            r.deliveryStreamEncryptionConfigurationInput(
                    e -> e.keyType(KeyType.AWS_OWNED_CMK).keyARN(KEY));
        });
    }

    @Test
    void destinationsThatAreNotServedAreNamed() {
        assertRefused(
                "SnowflakeDestinationConfiguration",
                r -> r.snowflakeDestinationConfiguration(s -> s.accountUrl("x.snowflakecomputing.com")
                        .database("d")
                        .schema("s")
                        .table("t")
                        .roleARN(ROLE)
                        .s3Configuration(bucket())));
        assertRefused(
                "AmazonOpenSearchServerlessDestinationConfiguration",
                r -> r.amazonOpenSearchServerlessDestinationConfiguration(
                        s -> s.roleARN(ROLE).indexName("i").s3Configuration(bucket())));
    }

    @Test
    void whatReceiversDoNotHaveIsRefused() {
        assertRefused(
                "SecretsManagerConfiguration is not served here; give AccessKey",
                r -> r.httpEndpointDestinationConfiguration(
                        h -> h.endpointConfiguration(e -> e.url("http://127.0.0.1:1/"))
                                .s3Configuration(bucket())
                                .secretsManagerConfiguration(s -> s.enabled(true))));
        assertRefused(
                "give HECToken",
                r -> r.splunkDestinationConfiguration(h -> h.hecEndpoint("http://127.0.0.1:1")
                        .hecEndpointType("Raw")
                        .s3Configuration(bucket())
                        .secretsManagerConfiguration(s -> s.enabled(true))));
        assertRefused(
                "TypeName",
                r -> r.elasticsearchDestinationConfiguration(h -> h.clusterEndpoint("http://127.0.0.1:1")
                        .roleARN(ROLE)
                        .indexName("i")
                        .typeName("doc")
                        .s3Configuration(bucket())));
    }

    @Test
    void recordsAreReadAndDelimitedInOneWay() {
        assertRefused(
                "Delimiter of AppendDelimiterToRecord is ';'",
                r -> r.extendedS3DestinationConfiguration(s -> s.roleARN(ROLE)
                        .bucketARN("arn:aws:s3:::lake")
                        .processingConfiguration(p ->
                                p.enabled(true).processors(Processors.of("AppendDelimiterToRecord", "Delimiter=;")))));
        assertRefused(
                "OpenXJsonSerDe.ConvertDotsInJsonKeysToUnderscores",
                r -> r.extendedS3DestinationConfiguration(s -> s.roleARN(ROLE)
                        .bucketARN("arn:aws:s3:::lake")
                        .dataFormatConversionConfiguration(c -> c.schemaConfiguration(t -> t.tableName("t"))
                                .inputFormatConfiguration(i -> i.deserializer(
                                        d -> d.openXJsonSerDe(x -> x.convertDotsInJsonKeysToUnderscores(true))))
                                .outputFormatConfiguration(o -> o.serializer(z -> z.parquetSerDe(y -> {}))))));
    }
}
