package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.server.engine.Engine;
import io.millrace.server.stream.DeliveryService;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.ConcurrentModificationException;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.Tag;

/** Changes of one delivery stream by two clients that have both seen it before either has changed it. */
final class ConcurrentUpdatesTest {

    private static final String ROLE = "arn:aws:iam::000000000000:role/any";

    @TempDir
    Path directory;

    private Engine engine;
    private Together deliveries;
    private FirehoseDoor firehose;
    private FirehoseClient client;

    @BeforeEach
    void open() {
        engine = Engine.open(directory.resolve("data"));
        deliveries = new Together(engine.deliveries());
        firehose = new FirehoseDoor(
                engine, deliveries, directory.resolve("buckets").toUri() + "/{bucket}", "");
        client = firehose.client();
        client.createDeliveryStream(r -> r.deliveryStreamName("shared")
                .extendedS3DestinationConfiguration(s -> s.roleARN(ROLE).bucketARN("arn:aws:s3:::lake")));
    }

    @AfterEach
    void close() {
        firehose.close();
        engine.close();
    }

    private @Nullable RuntimeException update(String prefix) {
        try {
            client.updateDestination(r -> r.deliveryStreamName("shared")
                    .currentDeliveryStreamVersionId("1")
                    .destinationId("destinationId-000000000001")
                    .extendedS3DestinationUpdate(s -> s.prefix(prefix)));
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    private void tag(String key) {
        client.tagDeliveryStream(r -> r.deliveryStreamName("shared")
                .tags(Tag.builder().key(key).value("x").build()));
    }

    private DeliveryStreamDescription describe() {
        return client.describeDeliveryStream(r -> r.deliveryStreamName("shared"))
                .deliveryStreamDescription();
    }

    private List<String> tags() {
        return client.listTagsForDeliveryStream(r -> r.deliveryStreamName("shared")).tags().stream()
                .map(Tag::key)
                .toList();
    }

    @Test
    void oneOfTwoUpdatesOfAVersionIsDone() {
        deliveries.meet();
        CompletableFuture<@Nullable RuntimeException> other = CompletableFuture.supplyAsync(() -> update("a/"));
        @Nullable RuntimeException own = update("b/");
        List<RuntimeException> failed =
                Stream.of(own, other.join()).filter(e -> e != null).toList();
        assertThat(failed).singleElement().isInstanceOf(ConcurrentModificationException.class);
        DeliveryStreamDescription after = describe();
        assertThat(after.versionId()).isEqualTo("2");
        assertThat(after.destinations()
                        .getFirst()
                        .extendedS3DestinationDescription()
                        .prefix())
                .isEqualTo(own == null ? "b/" : "a/");
    }

    @Test
    void aTagAndAnUpdateAreBothDone() {
        deliveries.meet();
        CompletableFuture<@Nullable RuntimeException> other = CompletableFuture.supplyAsync(() -> update("a/"));
        tag("team");
        assertThat(other.join()).isNull();
        assertThat(tags()).containsExactly("team");
        assertThat(describe().versionId()).isEqualTo("2");
        assertThat(describe()
                        .destinations()
                        .getFirst()
                        .extendedS3DestinationDescription()
                        .prefix())
                .isEqualTo("a/");
    }

    @Test
    void twoTagsAreBothKept() {
        deliveries.meet();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> tag("one"));
        tag("two");
        other.join();
        assertThat(tags()).containsExactly("one", "two");
    }

    /** An engine's deliveries, which two callers see at the same moment where they are told to meet. */
    private static final class Together implements DeliveryService {

        private final DeliveryService all;
        private final CyclicBarrier both = new CyclicBarrier(2);
        private final AtomicInteger toMeet = new AtomicInteger();

        Together(DeliveryService all) {
            this.all = all;
        }

        void meet() {
            toMeet.set(2);
        }

        @Override
        public Summary describe(String name) {
            Summary seen = all.describe(name);
            if (toMeet.getAndDecrement() > 0) {
                try {
                    both.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException("nobody else came", e);
                }
            }
            return seen;
        }

        @Override
        public List<String> names() {
            return all.names();
        }

        @Override
        public void createSource(String stream, @Nullable String like) {
            all.createSource(stream, like);
        }

        @Override
        public void create(Summary delivery) {
            all.create(delivery);
        }

        @Override
        public void alter(Alteration alteration) {
            all.alter(alteration);
        }

        @Override
        public void change(Change change) {
            all.change(change);
        }

        @Override
        public void delete(String name) {
            all.delete(name);
        }
    }
}
