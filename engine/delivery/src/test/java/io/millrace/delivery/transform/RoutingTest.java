package io.millrace.delivery.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.Options;
import io.millrace.spi.connector.RejectedEntry.Processing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoutingTest {

    /** The delivery of the first table of two, which tells of what is for none. */
    private static final Routing FIRST =
            routing(Map.of("route", "market.trades", "route_others", "market.orders, old.orders"));

    private static final Routing SECOND = routing(Map.of("route", "market.orders"));

    private static final Routing THIRD = routing(Map.of("route", "old.orders", "route_database", "market"));

    private static Routing routing(Map<String, String> options) {
        return Objects.requireNonNull(Routing.from(new Options(options)));
    }

    private static DeliveryRecord record(Map<String, String> keys) {
        return new DeliveryRecord(new byte[] {1}, "shard:1", 1_000_000, keys);
    }

    /** Returns what becomes of a record in each delivery: whether it is taken, and failures that are told. */
    private static List<String> outcomes(Map<String, String> keys, Routing... deliveries) {
        return List.of(deliveries).stream()
                .map(routing -> {
                    ProcessedRecords out = new ProcessedRecords();
                    routing.process(record(keys), out);
                    return out.records().size() + " "
                            + out.failed().stream().filter(routing::tells).count();
                })
                .toList();
    }

    @Test
    void aRecordOfOneTableIsTakenOnce() {
        assertThat(outcomes(Map.of("destinationTableName", "trades"), FIRST, SECOND, THIRD))
                .containsExactly("1 0", "0 0", "0 0");
        assertThat(outcomes(Map.of("destinationTableName", "Orders"), FIRST, SECOND, THIRD))
                .as("without a database it is for that of the first table")
                .containsExactly("0 0", "1 0", "0 0");
        Map<String, String> old = Map.of("destinationDatabaseName", "old", "destinationTableName", "orders");
        assertThat(outcomes(old, FIRST, SECOND, THIRD)).containsExactly("0 0", "0 0", "1 0");
    }

    @Test
    void aRecordOfNoTableIsToldOnceAndInNone() {
        assertThat(outcomes(Map.of("destinationTableName", "nowhere"), FIRST, SECOND, THIRD))
                .containsExactly("0 1", "0 0", "0 0");
        assertThat(outcomes(Map.of(), FIRST, SECOND, THIRD)).containsExactly("0 1", "0 0", "0 0");
        Routing only = routing(Map.of("route", "market.trades", "route_others", ""));
        assertThat(outcomes(Map.of(), only)).as("there is no other table").containsExactly("1 0");
    }

    /** Its function may be the one that fails, while those of the others know that the record is for this table. */
    @Test
    void whatAFunctionDoesNotAnswerIsToldByEachThatAsked() {
        FailedRecord failed = new FailedRecord(record(Map.of()), new Processing("Lambda.FunctionError", 4, "f"), "no");
        assertThat(List.of(FIRST, SECOND, THIRD)).allMatch(routing -> routing.tells(failed));
        FailedRecord unread =
                new FailedRecord(record(Map.of()), new Processing("DynamicPartitioning.X", 1, ""), "no JSON");
        assertThat(FIRST.tells(unread)).isTrue();
        assertThat(SECOND.tells(unread)).isFalse();
    }
}
