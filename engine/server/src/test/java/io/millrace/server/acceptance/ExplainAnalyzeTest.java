package io.millrace.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** EXPLAIN ANALYZE says what operators did. */
class ExplainAnalyzeTest {

    @TempDir
    Path directory;

    private EngineFixture engine;

    @BeforeEach
    void open() {
        engine = EngineFixture.open(directory.resolve("data"));
        engine.run("CREATE STREAM orders (id INTEGER, amount DOUBLE)", "CREATE STREAM large (id INTEGER)");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private void put(int from, int to) {
        String[] records = new String[to - from];
        for (int i = 0; i < records.length; i++) {
            records[i] = "{\"id\": " + (from + i) + ", \"amount\": " + (from + i) + "}";
        }
        engine.put("orders", records);
    }

    @Test
    void aQueryIsRunAndItsOperatorsSayWhatTheyDid() {
        put(0, 100);
        List<String> lines =
                engine.rows("EXPLAIN ANALYZE SELECT amount, COUNT(*) FROM orders WHERE id >= 40 GROUP BY amount");
        assertThat(lines.getFirst()).matches("60 rows in [0-9.]+ s");
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("measured 60 rows in, 60 rows out"));
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("measured 100 rows out"));
        assertThat(lines).anySatisfy(line -> assertThat(line).matches(" *holds [0-9.]+ [kM]?B"));
    }

    @Test
    void aPumpSaysWhatItHasDoneSinceItWasOpened() {
        engine.run("CREATE PUMP p AS INSERT INTO large SELECT STREAM id FROM orders WHERE amount >= 90");
        put(0, 100);
        engine.awaitRows("SELECT id FROM large", 10);
        List<String> lines = engine.rows("EXPLAIN ANALYZE PUMP p");
        assertThat(lines.getFirst()).contains("100 rows in, 10 out, 0 late, 0 rejected");
        assertThat(lines).anySatisfy(line -> assertThat(line).contains("100 rows in, 10 rows out"));
        assertThat(engine.rows("EXPLAIN PUMP p"))
                .isEqualTo(lines.subList(1, lines.size()).stream()
                        .filter(line -> !line.strip().matches("(measured|holds|no ROWTIME).*"))
                        .toList());
        assertThat(String.join("\n", engine.rows("EXPLAIN ANALYZE (FORMAT JSON) PUMP p")))
                .contains("\"rowsOut\": 10", "\"heldBytes\": ");
    }

    @Test
    void aQueryThatTakesLongIsCancelled() {
        put(0, 2_000);
        engine.cancelled("EXPLAIN ANALYZE SELECT * FROM orders AS a, orders AS b, orders AS c");
        assertThat(engine.rows("EXPLAIN ANALYZE SELECT * FROM orders").getFirst())
                .startsWith("2,000 rows in");
    }

    @Test
    void aQueryThatFailsSaysWhy() {
        put(0, 3);
        assertThat(engine.failure("EXPLAIN ANALYZE SELECT 1 / id FROM orders").getMessage())
                .isEqualTo(engine.failure("SELECT 1 / id FROM orders").getMessage());
    }

    /** What a view of many groups holds grows with them, and is no less than their keys and counts. */
    @Test
    void aViewSaysWhatItHolds() {
        engine.run("CREATE MATERIALIZED VIEW v AS SELECT id, COUNT(*) AS n FROM orders GROUP BY id");
        put(0, 10);
        engine.awaitRows("SELECT * FROM v", 10);
        double few = held(engine.rows("EXPLAIN ANALYZE MATERIALIZED VIEW v"));
        for (int at = 10; at < 20_000; at += 1_999) {
            put(at, at + 1_999);
        }
        engine.await("SELECT COUNT(*) FROM v", rows -> rows.equals(List.of("20000")));
        double many = held(engine.rows("EXPLAIN ANALYZE VIEW v"));
        assertThat(many - few).isBetween(20_000 * 16.0, 20_000 * 400.0);
    }

    private static double held(List<String> lines) {
        String size = lines.getFirst().replaceFirst(".*holds ([0-9.]+ [kM]?B), last.*", "$1");
        double value = Double.parseDouble(size.split(" ")[0]);
        return size.endsWith("MB") ? value * 1e6 : size.endsWith("kB") ? value * 1e3 : value;
    }

    @Test
    void whatCannotBeMeasuredSaysWhatToWrite() {
        assertThatThrownBy(() -> engine.rows("EXPLAIN ANALYZE SELECT STREAM id FROM orders"))
                .hasMessageContaining("SELECT STREAM has none");
        assertThatThrownBy(() -> engine.rows("EXPLAIN ANALYZE INSERT INTO large VALUES (1)"))
                .hasMessageContaining("this is none over streams, tables or views");
        assertThatThrownBy(() -> engine.rows("EXPLAIN ANALYZE PUMP nobody"))
                .hasMessageContaining("there is no pump 'nobody'");
        assertThat(engine.rows("SELECT COUNT(*) FROM large")).containsExactly("0");
        engine.run("CREATE PUMP p AS INSERT INTO large SELECT STREAM id FROM orders", "ALTER PUMP p STOP");
        assertThatThrownBy(() -> engine.rows("EXPLAIN ANALYZE PUMP p")).hasMessageContaining("it is stopped");
        assertThat(engine.rows("EXPLAIN PUMP p").getFirst()).startsWith("endless");
    }
}
