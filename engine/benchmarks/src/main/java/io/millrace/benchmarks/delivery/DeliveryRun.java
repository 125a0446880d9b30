package io.millrace.benchmarks.delivery;

import io.millrace.benchmarks.peer.Cost;
import io.millrace.benchmarks.program.Measurement;
import io.millrace.benchmarks.program.Measurement.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The deliveries of a run, ours and the peers', one after the other, each read back. For one thread. */
final class DeliveryRun implements AutoCloseable {

    /** A delivery into something new below the folder. */
    @FunctionalInterface
    private interface Delivering {
        Cost into(Path target) throws Exception;
    }

    /** Returns what was written there. */
    @FunctionalInterface
    private interface Reading {
        List<Long> totals(Path target) throws Exception;
    }

    private final DeliveryOptions options;
    private final DeliveryEngine engine;
    private final DuckDbDeliveries duckDb;
    private final @Nullable FlinkDeliveries flink;
    private final Path directory;
    private final List<Long> given;
    private final List<Figure> figures = new ArrayList<>();
    private int targets;

    DeliveryRun(
            DeliveryOptions options,
            DeliveryEngine engine,
            DuckDbDeliveries duckDb,
            @Nullable FlinkDeliveries flink,
            Path directory,
            List<Long> given) {
        this.options = options;
        this.engine = engine;
        this.duckDb = duckDb;
        this.flink = flink;
        this.directory = directory;
        this.given = given;
    }

    List<Figure> figures() {
        return figures;
    }

    void measure(DeliveryCase what) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%n%s, %,d rows%n%-20s%10s%14s%18s%10s%n",
                what.title(),
                options.rows(),
                "",
                "seconds",
                "of processors",
                "M rows/processor s",
                "MB");
        String files = what == DeliveryCase.ORC ? "orc" : "parquet";
        show(
                what,
                "Millrace",
                target -> engine.deliver(what.stream(), what.options(), target),
                target -> files.equals("orc")
                        ? DeliveryFiles.orc(DeliveryEngine.files(target).getFirst())
                                .sums()
                        : duckDb.totals(target + "/*"));
        if (options.peers().contains("duckdb") && what != DeliveryCase.ORC) {
            show(what, "DuckDB", target -> duckDb.deliver(what, target), target -> duckDb.totals(target.toString()));
        }
        FlinkDeliveries peer = flink;
        if (peer != null && what == DeliveryCase.JSON) {
            for (String mode : List.of("batch", "streaming")) {
                show(
                        what,
                        "Flink, " + mode,
                        target -> peer.deliver(mode, target),
                        target -> duckDb.totals(target + "/part-*"));
            }
        }
    }

    private void show(DeliveryCase what, String who, Delivering delivering, Reading reading) throws Exception {
        Cost best = round(who, delivering, reading);
        for (int round = 1; round < options.rounds(); round++) {
            best = best.fasterOf(round(who, delivering, reading));
        }
        System.out.printf("%-20s%s%n", who + ", best", line(best));
        double millions = options.rows() / 1e6;
        figures.add(new Figure(what.id() + ": " + who, millions / best.seconds(), "M rows/s"));
        figures.add(new Figure(
                what.id() + ": " + who + ", processor", millions / best.processorSeconds(), "M rows/processor s"));
    }

    private Cost round(String who, Delivering delivering, Reading reading) throws Exception {
        Path target = directory.resolve("target-" + targets++);
        Cost cost = delivering.into(target);
        List<Long> written = reading.totals(target);
        if (!written.equals(given)) {
            throw new IllegalStateException(who + " wrote rows that come to " + written + " and not to " + given);
        }
        System.out.printf(Locale.ROOT, "%-20s%s%10.1f%n", who, line(cost), bytes(target) / 1e6);
        if (Files.isDirectory(target)) {
            Measurement.delete(target);
        } else {
            Files.delete(target);
        }
        return cost;
    }

    private String line(Cost cost) {
        return String.format(
                Locale.ROOT,
                "%10.2f%14.2f%18.2f",
                cost.seconds(),
                cost.processorSeconds(),
                options.rows() / 1e6 / cost.processorSeconds());
    }

    private static long bytes(Path target) throws Exception {
        if (!Files.isDirectory(target)) {
            return Files.size(target);
        }
        long bytes = 0;
        for (Path file : DeliveryEngine.files(target)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException, SQLException {
        duckDb.close();
        if (flink != null) {
            flink.close();
        }
    }
}
