package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.server.engine.Engine;
import io.millrace.server.session.SqlSession;
import io.millrace.server.stream.DeliveryService.Summary;
import io.millrace.spi.Options;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DestinationDescription;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.Tag;

/** What Firehose's API says of deliveries that SQL made: what is so, and nothing of what it has no words for. */
final class DeliveriesOfSqlTest {

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
        sql("CREATE STREAM s (id BIGINT, name VARCHAR)");
    }

    @AfterEach
    void close() {
        firehose.close();
        engine.close();
    }

    private void sql(String statement) {
        try (SqlSession session = engine.open("millrace", "test")) {
            session.execute(session.prepare(statement, List.of()), List.of()).close();
        }
    }

    private DestinationDescription described(String to, String options) {
        sql("CREATE OR REPLACE DELIVERY d FROM s TO '" + to + "'" + options);
        DeliveryStreamDescription told =
                client.describeDeliveryStream(r -> r.deliveryStreamName("d")).deliveryStreamDescription();
        assertThat(told.source().kinesisStreamSourceDescription().kinesisStreamARN())
                .endsWith(":stream/s");
        DestinationDescription destination = told.destinations().getFirst();
        assertThat(destination.destinationId()).isEqualTo("destinationId-000000000001");
        return destination;
    }

    private static DestinationDescription nothingElse(DestinationDescription destination) {
        return DestinationDescription.builder()
                .destinationId(destination.destinationId())
                .build();
    }

    @Test
    void whatTheApiHasNoWordsForHasNoDescription() {
        for (String to : List.of(
                "delta:" + directory.resolve("delta").toUri(), directory.toUri().toString())) {
            DestinationDescription destination = described(to, "");
            assertThat(destination).as(to).isEqualTo(nothingElse(destination));
        }
        for (String to : List.of(
                "azure://lake/clicks",
                "abfss://lake@a.dfs.core.windows.net/x",
                "kafka://h:1/t",
                "jdbc:postgresql://h/d")) {
            assertThat(remark(to, Map.of()).has("kind")).as(to).isFalse();
        }
    }

    private static ObjectNode remark(String to, Map<String, String> options) {
        AwsSettings settings = AwsSettings.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new DeliveryOfSql(settings).remark(new Summary("d", "s", to, new Options(options)));
    }

    @Test
    void aBucketIsOneAlsoWhereAFolderStandsForIt() {
        String bucket = directory.resolve("buckets").toUri() + "/lake/a/b";
        DestinationDescription destination = described(bucket, " WITH (format = 'json', prefix = 'dt=x/')");
        assertThat(destination.extendedS3DestinationDescription().bucketARN()).isEqualTo("arn:aws:s3:::lake");
        assertThat(destination.extendedS3DestinationDescription().prefix()).isEqualTo("a/b/dt=x/");
        assertThat(destination.httpEndpointDestinationDescription()).isNull();
    }

    @Test
    void endpointsAreTheirOwnKindsAndSecretsAreNotTold() {
        assertThat(remark("http://me:sesame@127.0.0.1:1/in?key=sesame", Map.of())
                        .toString())
                .contains("\"kind\":\"HttpEndpoint\"")
                .contains("{\"Url\":\"http://(hidden)@127.0.0.1:1/in?(hidden)\"}");
        assertThat(remark("splunk+https://host:8088", Map.of("token", "sesame")).toString())
                .contains("\"kind\":\"Splunk\"")
                .contains("{\"HECEndpoint\":\"https://host:8088\"}");
        assertThat(remark("opensearch+http://host:1/clicks", Map.of()).toString())
                .contains("\"kind\":\"Amazonopensearchservice\"")
                .contains("\"ClusterEndpoint\":\"http://host:1\",\"IndexName\":\"clicks\"");
        assertThat(remark("redshift://host:5439/dev?user=sesame", Map.of("table", "clicks"))
                        .toString())
                .contains("\"kind\":\"Redshift\"")
                .contains("\"ClusterJDBCURL\":\"jdbc:redshift://host:5439/dev?(hidden)\"")
                .contains("{\"DataTableName\":\"clicks\"}");
        assertThat(remark("s3://lake", Map.of()).toString())
                .contains("{\"RoleARN\":\"\",\"BucketARN\":\"arn:aws:s3:::lake\"}");
    }

    @Test
    void whatSqlMadeIsChangedBySqlAndTaggedByAnybody() {
        sql("CREATE DELIVERY d FROM s TO '" + directory.resolve("buckets").toUri() + "/lake' WITH (format = 'json')");
        client.tagDeliveryStream(r -> r.deliveryStreamName("d")
                .tags(Tag.builder().key("team").value("data").build()));
        assertThatThrownBy(() -> client.updateDestination(r -> r.deliveryStreamName("d")
                        .currentDeliveryStreamVersionId("1")
                        .destinationId("destinationId-000000000001")
                        .extendedS3DestinationUpdate(u -> u.prefix("b/"))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("CREATE OR REPLACE DELIVERY");
    }
}
