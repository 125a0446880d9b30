package io.millrace.benchmarks.nexmark;

import io.millrace.benchmarks.program.GivenOptions;
import io.millrace.server.engine.EngineSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What to measure.
 *
 * @param events how many events
 * @param queries which questions
 * @param forms what the events are read as: {@code json}, {@code typed}
 * @param peers who answers beside Millrace: {@code flink}, {@code duckdb}
 * @param rounds how often each is asked; the fastest counts
 * @param workers threads that may work on a query of Millrace that goes on
 * @param checkpoints how often queries that go on store their state on disk; zero where they do not
 * @param flinkState where Flink has its state: {@code hashmap}, on its heap, or {@code rocksdb}
 */
record NexmarkOptions(
        long events,
        List<NexmarkQuery> queries,
        Set<String> forms,
        Set<String> peers,
        int rounds,
        int workers,
        Duration checkpoints,
        String flinkState) {

    private static final String HASHMAP = "hashmap";
    private static final String ROCKSDB = "rocksdb";

    static final NexmarkOptions USUAL = new NexmarkOptions(
            10_000_000,
            NexmarkQuery.all(),
            Set.of("json", "typed"),
            Set.of(),
            1,
            EngineSettings.DEFAULT.workers(),
            Duration.ZERO,
            HASHMAP);

    static NexmarkOptions of(Map<String, String> given) {
        GivenOptions options = new GivenOptions("nexmark", given);
        String queries = options.text("queries");
        Duration checkpoints = options.duration("checkpoints", USUAL.checkpoints);
        NexmarkOptions chosen = new NexmarkOptions(
                options.number("events", USUAL.events),
                queries == null ? USUAL.queries : chosen(queries),
                options.names("from", USUAL.forms, Set.of("json", "typed")),
                options.names("peer", USUAL.peers, Set.of("flink", "duckdb")),
                Math.toIntExact(options.number("rounds", USUAL.rounds)),
                Math.toIntExact(options.number("workers", USUAL.workers)),
                checkpoints,
                flinkState(options, checkpoints.isZero() ? HASHMAP : ROCKSDB));
        options.refuseOthers();
        if (chosen.durable() && chosen.peers.contains("duckdb")) {
            throw new IllegalArgumentException("DuckDB takes no checkpoints: with --checkpoints the peer is flink");
        }
        return chosen;
    }

    /** Returns whether queries that go on store their state. */
    boolean durable() {
        return !checkpoints.isZero();
    }

    private static String flinkState(GivenOptions options, String otherwise) {
        Set<String> names = options.names("flink-state", Set.of(otherwise), Set.of(HASHMAP, ROCKSDB));
        if (names.size() > 1) {
            throw new IllegalArgumentException("--flink-state is one of " + new TreeSet<>(names) + ", not both");
        }
        return names.iterator().next();
    }

    private static List<NexmarkQuery> chosen(String names) {
        Set<String> wanted = new TreeSet<>(Arrays.asList(names.split(",", -1)));
        List<NexmarkQuery> chosen = USUAL.queries.stream()
                .filter(query -> wanted.remove(query.name()))
                .toList();
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no query " + wanted.iterator().next() + "; there are q0 to q23");
        }
        return chosen;
    }
}
