package io.millrace.benchmarks;

import io.millrace.benchmarks.delivery.DeliveryMeasurement;
import io.millrace.benchmarks.nexmark.NexmarkMeasurement;
import io.millrace.benchmarks.program.AppendMeasurement;
import io.millrace.benchmarks.program.CheckpointMeasurement;
import io.millrace.benchmarks.program.ConnectMeasurement;
import io.millrace.benchmarks.program.CopyMeasurement;
import io.millrace.benchmarks.program.FetchMeasurement;
import io.millrace.benchmarks.program.FileMeasurement;
import io.millrace.benchmarks.program.GroupMeasurement;
import io.millrace.benchmarks.program.JoinMeasurement;
import io.millrace.benchmarks.program.JsonScanMeasurement;
import io.millrace.benchmarks.program.LatencyMeasurement;
import io.millrace.benchmarks.program.Measurement;
import io.millrace.benchmarks.program.PumpMeasurement;
import io.millrace.benchmarks.program.ScanMeasurement;
import io.millrace.benchmarks.program.TablesMeasurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code millrace bench}: whole-program measurements, each beside a peer in the same run. */
public final class Bench {

    private static final Path RESULTS = Path.of("bench-results.jsonl");

    private Bench() {}

    /** Runs the measurements named, or says which there are. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Measurement> all = new LinkedHashMap<>();
        for (Measurement each : List.of(
                new AppendMeasurement(),
                new ScanMeasurement(),
                new JsonScanMeasurement(),
                new ConnectMeasurement(),
                new CopyMeasurement(),
                new FetchMeasurement(),
                new FileMeasurement(),
                new GroupMeasurement(),
                new JoinMeasurement(),
                new CheckpointMeasurement(),
                new TablesMeasurement(),
                new LatencyMeasurement(),
                new PumpMeasurement(),
                new DeliveryMeasurement(),
                new NexmarkMeasurement())) {
            all.put(each.name(), each);
        }
        if (arguments.length == 0 || arguments[0].startsWith("-")) {
            System.out.println("usage: millrace bench NAME... [--OPTION VALUE]...\n");
            all.values().forEach(each -> System.out.printf("  %-10s %s%n", each.name(), each.what()));
            return;
        }
        List<Measurement> chosen;
        try {
            chosen = chosen(all, arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("millrace: " + e.getMessage());
            System.exit(1);
            return;
        }
        for (Measurement measurement : chosen) {
            run(measurement);
        }
        System.out.println("machine-readable lines appended to " + RESULTS.toAbsolutePath());
    }

    private static List<Measurement> chosen(Map<String, Measurement> all, String[] arguments) {
        List<Measurement> named = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                Measurement measurement = all.get(argument);
                if (measurement == null) {
                    throw new IllegalArgumentException(
                            "there is no measurement '" + argument + "'; there are " + all.keySet());
                }
                named.add(measurement);
            } else if (++i < arguments.length) {
                options.put(argument.substring(2), arguments[i]);
            } else {
                throw new IllegalArgumentException(argument + " needs a value");
            }
        }
        return named.stream().map(each -> each.with(options)).toList();
    }

    private static void run(Measurement measurement) throws Exception {
        System.out.println(measurement.what());
        Path directory = Files.createTempDirectory("millrace-bench");
        try {
            for (Measurement.Figure figure : measurement.run(directory)) {
                if (!measurement.prints()) {
                    System.out.printf(
                            Locale.ROOT, "  %-52s %,14.1f %s%n", figure.subject(), figure.value(), figure.unit());
                }
                append(measurement.name(), figure);
            }
        } finally {
            Measurement.delete(directory);
        }
    }

    private static void append(String name, Measurement.Figure figure) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "{\"at\":\"%s\",\"bench\":\"%s\",\"subject\":\"%s\",\"value\":%.3f,\"unit\":\"%s\",\"java\":\"%s\",\"cores\":%d}%n",
                Instant.now(),
                name,
                figure.subject(),
                figure.value(),
                figure.unit(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
        Files.writeString(RESULTS, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
