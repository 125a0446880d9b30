package io.millrace.server.aws;

import io.millrace.server.engine.Engine;
import io.millrace.server.stream.DeliveryService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;

/** The door of AWS's APIs to an engine, and Amazon's client of Firehose in front of it. */
final class FirehoseDoor implements AutoCloseable {

    private final AwsGateway gateway;
    private final URI endpoint;
    private final FirehoseClient client;

    /**
     * Opens the door.
     *
     * @param buckets the URL that stands for a bucket
     * @param functions the URL that stands for a function, empty for none
     */
    FirehoseDoor(Engine engine, String buckets, String functions) {
        this(engine, engine.deliveries(), buckets, functions);
    }

    /** Opens the door to deliveries that are seen through something else. */
    FirehoseDoor(Engine engine, DeliveryService deliveries, String buckets, String functions) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        AwsSettings defaults = AwsSettings.of(any);
        this.gateway = new AwsGateway(
                engine.streams(),
                deliveries,
                new AwsSettings(
                        any,
                        defaults.account(),
                        defaults.region(),
                        defaults.iteratorLife(),
                        InstantSource.system(),
                        buckets,
                        functions));
        this.endpoint = URI.create("http://127.0.0.1:" + gateway.start().getPort());
        this.client = FirehoseClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "secret")))
                .build();
    }

    FirehoseClient client() {
        return client;
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }
}
