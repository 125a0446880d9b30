package io.millrace.server.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.spi.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.DestinationTableConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationDescription;
import software.amazon.awssdk.services.firehose.model.PartitionField;

/** Tables that are made of records, and get columns as they come. */
final class IcebergGrowthTest extends IcebergStreams {

    private static IcebergDestinationConfiguration.Builder made(DestinationTableConfiguration... tables) {
        return destination(tables).tableCreationConfiguration(c -> c.enabled(true));
    }

    private static IcebergDestinationConfiguration.Builder growing(DestinationTableConfiguration... tables) {
        return made(tables).schemaEvolutionConfiguration(c -> c.enabled(true));
    }

    private List<String> awaitRows(String table, int count) {
        return await(
                "SELECT COUNT(*) FROM 'iceberg:market." + table + "?warehouse=" + warehouse() + "'",
                rows -> rows.equals(List.of(String.valueOf(count))));
    }

    private void awaitTable(String table) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!exists(table)) {
            assertThat(Instant.now())
                    .as("table %s, %s", table, run("SHOW DELIVERIES"))
                    .isBefore(end);
            pause();
        }
    }

    /** A query that is planned before the table grows, and read behind that, fails and is asked again. */
    private List<String> grown(String table, List<String> wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return rows(table, wanted);
            } catch (MillraceException e) {
                assertThat(Instant.now()).as(e.describe()).isBefore(end);
            }
        }
    }

    private boolean exists(String table) {
        try {
            run(select(table));
            return true;
        } catch (MillraceException e) {
            return false;
        }
    }

    @Test
    void aTableIsMadeOfTheFirstRecordAndGetsColumnsAsTheyCome() {
        create(growing(target("trades")));
        put("no JSON", "{}");
        assertThat(errors("bad/processing-failed", 2))
                .containsExactly("Iceberg.TableCreationFailed no JSON", "Iceberg.TableCreationFailed {}");
        put("{\"id\": 1, \"price\": 10.5, \"ok\": true, \"note\": null, \"tags\": [\"a\"], \"by\": {\"name\":"
                + " \"x\"}}");
        awaitTable("trades");
        assertThat(grown("trades", List.of("1|10.5|true|[a]|[x]"))).containsExactly("1|10.5|true|[a]|[x]");
        put(
                "{\"id\": 2, \"note\": \"later\", \"by\": {\"name\": \"y\", \"age\": 3}}",
                "{\"id\": 3, \"n\": 12345678901234567890}",
                "{\"id\": 4, \"a.b\": 1}",
                "{\"id\": \"five\"}");
        List<String> all = List.of(
                "1|10.5|true|[a]|[x, null]|null|null",
                "2|null|null|null|[y, 3]|later|null",
                "3|null|null|null|null|null|12345678901234567890");
        assertThat(grown("trades", all)).isEqualTo(all);
        assertThat(errors("bad/iceberg-failed", 1))
                .anySatisfy(line -> assertThat(line).endsWith("{\"id\": \"five\"}"));
        assertThat(errors("bad/processing-failed", 2))
                .contains("Iceberg.TableCreationFailed {}", "Iceberg.SchemaEvolutionFailed {\"id\": 4, \"a.b\": 1}");
        IcebergDestinationDescription described =
                describe().destinations().getFirst().icebergDestinationDescription();
        assertThat(described.schemaEvolutionConfiguration().enabled()).isTrue();
        assertThat(described.tableCreationConfiguration().enabled()).isTrue();
    }

    @Test
    void rowsBeforeAndBehindANewColumnAreThereOnce() {
        create(growing(target("trades")).bufferingHints(b -> b.sizeInMBs(1).intervalInSeconds(1)));
        for (int i = 0; i < 10; i++) {
            int from = i * 100;
            put(IntStream.range(from, from + 100)
                    .mapToObj(id -> "{\"id\": " + id + ", \"c" + id / 50 + "\": " + id + "}")
                    .toArray(String[]::new));
        }
        awaitTable("trades");
        assertThat(awaitRows("trades", 1000)).containsExactly("1000");
        assertThat(run("SELECT COUNT(DISTINCT id), SUM(c0), COUNT(c19), SUM(c19) FROM 'iceberg:market.trades?warehouse="
                        + warehouse() + "'"))
                .containsExactly("1000|1225|50|48725");
        assertThat(run("SHOW DELIVERIES"))
                .singleElement()
                .asString()
                .contains("|running|")
                .contains("|1000|");
    }

    @Test
    void onlyColumnsOfTheFirstRecordAreMadeWithoutEvolution() {
        create(made(target("trades")));
        put("{\"id\": 1}", "{\"id\": 2, \"more\": 1}");
        awaitTable("trades");
        assertThat(grown("trades", List.of("1", "2"))).containsExactly("1", "2");
    }

    @Test
    void aTableThatIsThereGetsColumnsAndStaysPartedAsItIs() throws IOException {
        table("trades", "id BIGINT, price DECIMAL(10, 2)");
        create(growing(target("trades").toBuilder()
                .partitionSpec(p ->
                        p.identity(PartitionField.builder().sourceName("id").build()))
                .build()));
        put("{\"id\": 1, \"price\": 1, \"item\": \"nuts\"}", "{\"ID\": 2, \"Item\": \"bolts\"}");
        assertThat(grown("trades", List.of("1|1.00|nuts", "2|null|bolts")))
                .containsExactly("1|1.00|nuts", "2|null|bolts");
        assertThat(isParted("trades", "id")).isFalse();
    }

    /** Returns whether a table's data lies in a folder for each value of a column. */
    private boolean isParted(String table, String column) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("buckets/lake/tables/market/" + table + "/data"))) {
            return all.anyMatch(path -> path.toString().contains("/" + column + "="));
        }
    }

    @Test
    void keysAndPartitionsAreOfTheFirstRecordToo() throws IOException {
        create(growing(
                        target("trades", "id", "day").toBuilder()
                                .partitionSpec(p -> p.identity(PartitionField.builder()
                                        .sourceName("day")
                                        .build()))
                                .build(),
                        target("orders"))
                .processingConfiguration(routedBy("{destinationTableName: .to, operation: .op}")));
        put("{\"to\": \"trades\", \"id\": 1}", "{\"to\": \"trades\", \"id\": 1.5, \"day\": \"mon\"}");
        assertThat(errors("bad/processing-failed", 2))
                .containsExactly(
                        "Iceberg.TableCreationFailed {\"to\": \"trades\", \"id\": 1.5, \"day\": \"mon\"}",
                        "Iceberg.TableCreationFailed {\"to\": \"trades\", \"id\": 1}");
        put(
                "{\"to\": \"trades\", \"id\": 1, \"day\": \"mon\", \"n\": 1}",
                "{\"to\": \"trades\", \"id\": 1, \"day\": \"mon\", \"n\": 2, \"op\": \"update\"}",
                "{\"to\": \"orders\", \"item\": \"nuts\"}");
        awaitTable("trades");
        awaitTable("orders");
        assertThat(grown("trades", List.of("trades|1|mon|2|update"))).containsExactly("trades|1|mon|2|update");
        assertThat(isParted("trades", "day")).isTrue();
        assertThat(grown("orders", List.of("orders|nuts"))).containsExactly("orders|nuts");
        put("{\"to\": \"trades\", \"id\": 1, \"day\": \"mon\", \"op\": \"delete\", \"why\": \"x\"}");
        assertThat(grown("trades", List.of())).isEmpty();
    }
}
