package io.millrace.benchmarks.nexmark;

import io.millrace.server.engine.EngineSettings;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param events how many events
 * @param queries which questions
 * @param forms what the events are read as: {@code json}, {@code typed}
 * @param peers who answers beside Millrace: {@code flink}, {@code duckdb}
 * @param rounds how often each is asked; the fastest counts
 * @param workers threads that may work on a query of Millrace that goes on
 */
record NexmarkOptions(
        long events, List<NexmarkQuery> queries, Set<String> forms, Set<String> peers, int rounds, int workers) {

    static final NexmarkOptions USUAL = new NexmarkOptions(
            10_000_000, NexmarkQuery.all(), Set.of("json", "typed"), Set.of(), 1, EngineSettings.DEFAULT.workers());

    static NexmarkOptions of(Map<String, String> given) {
        Map<String, String> left = new HashMap<>(given);
        String queries = left.remove("queries");
        NexmarkOptions options = new NexmarkOptions(
                number(left.remove("events"), USUAL.events),
                queries == null ? USUAL.queries : chosen(queries),
                names("from", left.remove("from"), USUAL.forms, Set.of("json", "typed")),
                names("peer", left.remove("peer"), USUAL.peers, Set.of("flink", "duckdb")),
                Math.toIntExact(number(left.remove("rounds"), USUAL.rounds)),
                Math.toIntExact(number(left.remove("workers"), USUAL.workers)));
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("nexmark has no option --"
                    + left.keySet().iterator().next() + "; it has events, queries, from, peer, rounds and workers");
        }
        return options;
    }

    private static long number(@Nullable String text, long otherwise) {
        if (text == null) {
            return otherwise;
        }
        long number;
        try {
            number = Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number", e);
        }
        if (number <= 0) {
            throw new IllegalArgumentException("'" + text + "' is not positive");
        }
        return number;
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

    private static Set<String> names(
            String option, @Nullable String text, Set<String> otherwise, Set<String> possible) {
        if (text == null) {
            return otherwise;
        }
        Set<String> names = new TreeSet<>(Arrays.asList(text.split(",", -1)));
        if (!possible.containsAll(names)) {
            throw new IllegalArgumentException("--" + option + " is of " + new TreeSet<>(possible) + ", not " + text);
        }
        return names;
    }
}
