package io.millrace.benchmarks.delivery;

import io.millrace.benchmarks.program.Measurement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How fast a delivery writes files: one stream into one file, from the statement until the file is visible. Whatever is
 * written, ours and the peers', is read back and compared with what was given.
 */
public final class DeliveryMeasurement implements Measurement {

    private final DeliveryOptions options;

    public DeliveryMeasurement() {
        this(DeliveryOptions.USUAL);
    }

    private DeliveryMeasurement(DeliveryOptions options) {
        this.options = options;
    }

    @Override
    public String name() {
        return "delivery";
    }

    @Override
    public String what() {
        return "deliveries of --rows 4000000 of eight columns, --case json,typed,orc; peers: --peer duckdb (COPY from"
            + " read_json or its own table, one thread), flink (its file sink, one slot); of --rounds 3 the one that"
            + " took the least of the processors";
    }

    @Override
    public Measurement with(Map<String, String> given) {
        return new DeliveryMeasurement(DeliveryOptions.of(given));
    }

    @Override
    public boolean prints() {
        return true;
    }

    @Override
    public List<Figure> run(Path directory) throws Exception {
        Totals given = new Totals();
        EightColumns.each(options.rows(), given::add);
        Path json = directory.resolve("json").resolve("rows.json");
        DeliveryFiles.json(json, options.rows());
        try (DeliveryEngine engine = DeliveryEngine.load(directory.resolve("data"), options.rows());
                DeliveryRun run = new DeliveryRun(
                        options,
                        engine,
                        DuckDbDeliveries.open(json),
                        flink(directory, json),
                        directory,
                        given.sums())) {
            for (DeliveryCase each : DeliveryCase.values()) {
                if (options.cases().contains(each.id())) {
                    run.measure(each);
                }
            }
            return run.figures();
        }
    }

    private @Nullable FlinkDeliveries flink(Path directory, Path json) throws Exception {
        boolean asked = options.peers().contains("flink") && options.cases().contains(DeliveryCase.JSON.id());
        return asked ? FlinkDeliveries.start(directory, json) : null;
    }
}
