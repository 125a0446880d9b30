package io.millrace.benchmarks.nexmark;

import io.millrace.benchmarks.peer.Cost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of a run, line by line as they come: seconds by the clock, processor seconds, and how many times as fast. */
final class NexmarkTable {

    static final String GOES_ON = "goes on";
    static final String FLINK = "Flink";
    static final String ENDS = "ends";
    static final String DUCKDB = "DuckDB";

    private final Set<String> peers;
    private final boolean ends;
    private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

    NexmarkTable(String form, NexmarkOptions options) {
        this.peers = options.peers();
        this.ends = !options.durable();
        System.out.printf(
                Locale.ROOT,
                "%n%,d events, %s%s; seconds by the clock / processor seconds; times as fast by either%n",
                options.events(),
                form.equals("json") ? "from JSON" : "typed stream, peers from Parquet",
                options.durable()
                        ? ", a checkpoint every " + options.checkpoints().toMillis() + " ms"
                        : "");
        System.out.print("query" + who(GOES_ON));
        if (peers.contains("flink")) {
            System.out.printf("%s%16s", who(FLINK), "times as fast");
        }
        if (ends) {
            System.out.print(who(ENDS));
        }
        if (peers.contains("duckdb")) {
            System.out.printf("%s%16s", who(DUCKDB), "times as fast");
        }
        System.out.println();
    }

    private static String who(String name) {
        return String.format(Locale.ROOT, "%18s", name);
    }

    void print(NexmarkQuery query, Map<String, Cost> costs) {
        System.out.printf("%-5s%s", query.name(), text(costs.get(GOES_ON)));
        if (peers.contains("flink")) {
            System.out.print(text(costs.get(FLINK)) + ratio(FLINK, costs.get(FLINK), costs.get(GOES_ON)));
        }
        if (ends) {
            System.out.print(text(costs.get(ENDS)));
        }
        if (peers.contains("duckdb")) {
            System.out.print(text(costs.get(DUCKDB)) + ratio(DUCKDB, costs.get(DUCKDB), costs.get(ENDS)));
        }
        System.out.println();
    }

    private static String text(@Nullable Cost cost) {
        return cost == null
                ? who("–")
                : String.format(Locale.ROOT, "%9.2f /%7.2f", cost.seconds(), cost.processorSeconds());
    }

    private String ratio(String peer, @Nullable Cost theirs, @Nullable Cost ours) {
        if (theirs == null || ours == null) {
            return String.format("%16s", "–");
        }
        double clock = theirs.seconds() / ours.seconds();
        double processor = theirs.processorSeconds() / ours.processorSeconds();
        ratios.computeIfAbsent(peer + " by the clock", name -> new ArrayList<>())
                .add(clock);
        ratios.computeIfAbsent(peer + " by processor time", name -> new ArrayList<>())
                .add(processor);
        return String.format(Locale.ROOT, "%8.1f /%6.1f", clock, processor);
    }

    /** Prints the geometric means of the ratios. */
    void printMeans() {
        ratios.forEach((peer, values) -> System.out.printf(
                Locale.ROOT,
                "geometric mean over %d queries, times as fast as %s: %.1f%n",
                values.size(),
                peer,
                Math.exp(values.stream().mapToDouble(Math::log).average().orElse(0))));
    }
}
