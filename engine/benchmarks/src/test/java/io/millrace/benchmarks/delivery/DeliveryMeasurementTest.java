package io.millrace.benchmarks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.benchmarks.program.Measurement;
import io.millrace.benchmarks.program.Measurement.Figure;
import io.millrace.spi.row.IntColumn;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement of deliveries runs, and would notice rows that are not those that were given. */
class DeliveryMeasurementTest {

    private static final Map<String, String> FEW = Map.of("rows", "10000", "rounds", "1", "peer", "duckdb");

    @TempDir
    private Path directory;

    @Test
    void allDeliveriesAreReadBackAsTheyWereGiven() throws Exception {
        List<Figure> figures = new DeliveryMeasurement().with(FEW).run(directory);
        assertThat(figures.stream().map(Figure::subject).filter(subject -> !subject.contains("processor")))
                .containsExactly("json: Millrace", "json: DuckDB", "typed: Millrace", "typed: DuckDB", "orc: Millrace");
        assertThat(figures).allSatisfy(figure -> assertThat(figure.value()).isPositive());
    }

    @Test
    void aCellThatIsAnotherIsNoticed() throws Exception {
        Totals given = new Totals();
        Totals other = new Totals();
        EightColumns.each(5000, rows -> {
            given.add(rows);
            IntColumn quantities = (IntColumn) rows.column(6);
            quantities.set(7, quantities.get(7) + 1);
            other.add(rows);
        });
        assertThat(other.sums()).isNotEqualTo(given.sums());
    }

    @Test
    void anOptionThatItDoesNotHaveIsRefused() {
        Measurement measurement = new DeliveryMeasurement();
        assertThatThrownBy(() -> measurement.with(Map.of("row", "5")))
                .hasMessage("delivery has no option --row; it has case, peer, rounds, rows");
    }
}
