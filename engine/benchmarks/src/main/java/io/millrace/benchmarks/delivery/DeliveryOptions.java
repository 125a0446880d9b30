package io.millrace.benchmarks.delivery;

import io.millrace.benchmarks.program.GivenOptions;
import java.util.Map;
import java.util.Set;

/**
 * What to measure.
 *
 * @param rows how many rows are delivered
 * @param cases which deliveries: {@code json} and {@code typed} to Parquet, {@code orc} of the typed rows
 * @param peers who delivers beside Millrace: {@code flink}, {@code duckdb}
 * @param rounds how often each delivers; the one that took the least of the processors counts
 */
record DeliveryOptions(long rows, Set<String> cases, Set<String> peers, int rounds) {

    static final DeliveryOptions USUAL = new DeliveryOptions(4_000_000, Set.of("json", "typed", "orc"), Set.of(), 3);

    static DeliveryOptions of(Map<String, String> given) {
        GivenOptions options = new GivenOptions("delivery", given);
        DeliveryOptions chosen = new DeliveryOptions(
                options.number("rows", USUAL.rows),
                options.names("case", USUAL.cases, USUAL.cases),
                options.names("peer", USUAL.peers, Set.of("flink", "duckdb")),
                Math.toIntExact(options.number("rounds", USUAL.rounds)));
        options.refuseOthers();
        return chosen;
    }
}
