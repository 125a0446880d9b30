package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.testing.connector.FaultyProxy.Fault;
import io.millrace.testing.connector.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Destinations that are gone for an hour, or answer as none should: the stream keeps what is not delivered, SHOW
 * DELIVERIES says what is wrong and how much waits, and all of it arrives when the destination is back.
 */
class DestinationOutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Longer than the longest pause between attempts. */
    private static final Duration PAUSE = Duration.ofMinutes(2);

    @TempDir
    Path directory;

    private final AheadClock clock = new AheadClock();
    private EngineFixture engine;
    private int rows;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"), clock);
        engine.run("CREATE STREAM s (id INTEGER) WITH (retention = '1 h')");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** A kind of destination. */
    enum Kind {
        HTTP,
        SPLUNK,
        OPENSEARCH,
        POSTGRESQL,
        REDSHIFT,
        S3,
        AZURE,
        FILES,
        ICEBERG,
        DELTA,
        DELTA_IN_S3,
        DELTA_IN_AZURE,
        KAFKA,
        KINESIS,
        MONGODB;

        /** Makes one, whose answers are waited for not so long. */
        FragileDestination open(Path directory, String timeout) throws Exception {
            return switch (this) {
                case HTTP -> FragileDestination.http(timeout);
                case SPLUNK -> FragileDestination.splunk(timeout);
                case OPENSEARCH -> FragileDestination.openSearch(timeout);
                case POSTGRESQL -> FragileDestination.postgres(timeout);
                case REDSHIFT -> FragileDestination.redshift(timeout);
                case S3 -> FragileDestination.bucket("1");
                case AZURE -> FragileDestination.container("1");
                case FILES -> FragileFolder.files(directory);
                case ICEBERG -> FragileFolder.iceberg(directory);
                case DELTA -> FragileFolder.delta(directory);
                case DELTA_IN_S3 -> FragileFolder.deltaInBucket(directory);
                case DELTA_IN_AZURE -> FragileFolder.deltaInContainer(directory);
                case KAFKA -> FragileDestination.kafka(timeout);
                case KINESIS -> FragileDestination.stream(directory, timeout);
                case MONGODB -> FragileDestination.documents(timeout);
            };
        }

        boolean isThere() {
            return (this != POSTGRESQL && this != REDSHIFT) || PostgresServer.installed();
        }
    }

    static Stream<Kind> kinds() {
        return Stream.of(Kind.values()).filter(Kind::isThere);
    }

    /** Some of each way to fail, for every run of the tests. */
    static Stream<Kind> someKinds() {
        return Stream.of(Kind.HTTP, Kind.FILES, Kind.S3);
    }

    static Stream<Kind> otherKinds() {
        List<Kind> some = someKinds().toList();
        return kinds().filter(kind -> !some.contains(kind));
    }

    /** Kinds behind a proxy, and faults that are noticed in a short time. */
    static Stream<Arguments> faults() {
        Set<Kind> proxied = EnumSet.of(
                Kind.HTTP,
                Kind.SPLUNK,
                Kind.OPENSEARCH,
                Kind.POSTGRESQL,
                Kind.REDSHIFT,
                Kind.S3,
                Kind.AZURE,
                Kind.DELTA_IN_S3,
                Kind.KINESIS,
                Kind.MONGODB);
        Set<Kind> inBucket = EnumSet.of(Kind.S3, Kind.AZURE, Kind.DELTA_IN_S3, Kind.DELTA_IN_AZURE);
        return kinds().filter(proxied::contains)
                .flatMap(kind -> EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.TRICKLING)).stream()
                        .filter(fault -> fault != Fault.SILENT || !inBucket.contains(kind))
                        .map(fault -> Arguments.of(kind, fault)));
    }

    private void deliverTo(FragileDestination destination) {
        engine.run("CREATE DELIVERY d FROM s " + destination.to() + ", roll_interval = '20 ms')");
    }

    private void insert() {
        engine.run("INSERT INTO s VALUES (" + rows++ + ")");
    }

    private void awaitDelivered(FragileDestination destination) throws Exception {
        String done = ".*\\|running\\|(exactly|at-least)-once\\|\\d+\\|" + rows + "\\|0\\|0\\|.*";
        engine.await("SHOW DELIVERIES", all -> all.getFirst().matches(done));
        List<Integer> ids = new ArrayList<>(destination.ids());
        ids.sort(null);
        assertThat(ids).isEqualTo(IntStream.range(0, rows).boxed().toList());
    }

    @ParameterizedTest
    @MethodSource("someKinds")
    void anHourWithoutItCostsNoRow(Kind kind) throws Exception {
        anHourWithout(kind);
    }

    @ParameterizedTest
    @MethodSource("otherKinds")
    @Tag("slow")
    void anHourWithoutOthersCostsNoRow(Kind kind) throws Exception {
        anHourWithout(kind);
    }

    private void anHourWithout(Kind kind) throws Exception {
        try (FragileDestination destination = kind.open(directory, "1 s")) {
            deliverTo(destination);
            insert();
            awaitDelivered(destination);
            int delivered = rows;
            destination.go();
            for (int minute = 5; minute <= 60; minute += 5) {
                clock.ahead(Duration.ofMinutes(minute));
                insert();
            }
            String waiting = ".*\\|retrying\\|(exactly|at-least)-once\\|\\d+\\|" + delivered + "\\|"
                    + (rows - delivered) + "\\|0\\|(?!null).*";
            engine.await("SHOW DELIVERIES", all -> all.getFirst().matches(waiting));
            clock.ahead(Duration.ofHours(3));
            engine.engine().trim();
            assertThat(engine.rows("SELECT id FROM s ORDER BY id"))
                    .as("kept, though the retention is over")
                    .contains(String.valueOf(rows - 1));

            destination.comeBack();
            clock.passes(PAUSE);
            insert();
            awaitDelivered(destination);
            clock.passes(Duration.ofHours(2));
            awaitTrimmed();
        }
    }

    /** What is delivered is held no longer, once the delivery has told the log. */
    private void awaitTrimmed() {
        engine.await("SELECT id FROM s", all -> {
            engine.engine().trim();
            return all.isEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("faults")
    @Tag("slow")
    void oneThatAnswersWrongGetsAllWhenItIsWell(Kind kind, Fault fault) throws Exception {
        try (FragileDestination destination = kind.open(directory, "1 s")) {
            deliverTo(destination);
            insert();
            awaitDelivered(destination);
            destination.proxy().have(fault);
            insert();
            engine.await("SHOW DELIVERIES", all -> all.getFirst().matches(".*\\|retrying\\|.*\\|1\\|0\\|(?!null).*"));
            destination.proxy().have(Fault.NONE);
            clock.passes(PAUSE);
            insert();
            awaitDelivered(destination);
        }
    }

    /** One gives its request a time, the other is waited for as long as it says something. */
    @ParameterizedTest
    @EnumSource(names = {"HTTP", "S3"})
    void oneThatSaysAByteASecondCostsNoRowAndIsReadNoFurther(Kind kind) throws Exception {
        try (FragileDestination destination = kind.open(directory, "1 s")) {
            deliverTo(destination);
            insert();
            awaitDelivered(destination);
            destination.proxy().have(Fault.TRICKLING);
            insert();
            awaitMet(destination);
            int more = 5000;
            engine.run("INSERT INTO s VALUES "
                    + IntStream.range(rows, rows + more)
                            .mapToObj(id -> "(" + id + ")")
                            .collect(Collectors.joining(", ")));
            rows += more;
            await(() -> destination.proxy().trickled() > 2);
            // All but the first row wait in the stream: nothing is gathered for who does not take it. The lag is that
            // of
            // the step that ended last, and one that is waited for is still in its step.
            String waiting = kind == Kind.HTTP ? String.valueOf(rows - 1) : "\\d+";
            engine.await(
                    "SHOW DELIVERIES", all -> all.getFirst().matches(".*-once\\|1\\|1\\|" + waiting + "\\|0\\|.*"));
            assertTimeoutPreemptively(PATIENCE, () -> engine.run("CREATE STREAM other (id INTEGER)"));
            destination.proxy().have(Fault.NONE);
            clock.passes(PAUSE);
            insert();
            awaitDelivered(destination);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "SPLUNK", "OPENSEARCH", "POSTGRESQL"})
    void oneThatSaysNothingHoldsUpNoStatement(Kind kind) throws Exception {
        assumeTrue(kind.isThere());
        try (FragileDestination destination = kind.open(directory, "15 min")) {
            deliverTo(destination);
            insert();
            awaitDelivered(destination);
            destination.proxy().have(Fault.SILENT);
            insert();
            awaitMet(destination);
            // It would wait for a quarter of an hour where the delivery did.
            assertTimeoutPreemptively(
                    PATIENCE, () -> engine.run("DROP DELIVERY d", "CREATE STREAM other (id INTEGER)"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "SPLUNK", "OPENSEARCH", "POSTGRESQL"})
    void oneThatSaysNothingHoldsUpNoShutdown(Kind kind) throws Exception {
        assumeTrue(kind.isThere());
        try (FragileDestination destination = kind.open(directory, "15 min")) {
            deliverTo(destination);
            insert();
            awaitDelivered(destination);
            destination.proxy().have(Fault.SILENT);
            insert();
            awaitMet(destination);
            assertTimeoutPreemptively(PATIENCE, engine::restart);
            destination.proxy().have(Fault.NONE);
            clock.passes(PAUSE);
            insert();
            awaitDelivered(destination);
        }
    }

    private static void awaitMet(FragileDestination destination) {
        await(() -> destination.proxy().met() > 0);
    }

    private static void await(BooleanSupplier happens) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!happens.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        assertThat(happens.getAsBoolean()).isTrue();
    }
}
