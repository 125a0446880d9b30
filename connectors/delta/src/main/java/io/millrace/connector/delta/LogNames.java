package io.millrace.connector.delta;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Names of the files of a log. */
final class LogNames {

    static final String FOLDER = "_delta_log/";
    static final String LAST_CHECKPOINT = FOLDER + "_last_checkpoint";

    private static final Pattern NUMBERED = Pattern.compile(Pattern.quote(FOLDER) + "(\\d{20})\\..+");
    private static final Pattern CHECKPOINT =
            Pattern.compile(Pattern.quote(FOLDER) + "(\\d{20})\\.checkpoint(?:\\.\\d{10}\\.(\\d{10}))?\\.parquet");

    private LogNames() {}

    /**
     * A checkpoint.
     *
     * @param version the entry up to which it goes
     * @param parts of how many files it is, 0 for one that is not numbered
     */
    record Checkpoint(long version, int parts) {

        List<String> names() {
            return parts == 0
                    ? List.of(checkpoint(version))
                    : IntStream.rangeClosed(1, parts)
                            .mapToObj(part ->
                                    "%s%020d.checkpoint.%010d.%010d.parquet".formatted(FOLDER, version, part, parts))
                            .toList();
        }
    }

    static String entry(long version) {
        return "%s%020d.json".formatted(FOLDER, version);
    }

    /** Returns what the names of entries begin with that differ in the last three digits of their numbers. */
    static String thousand(long version) {
        String entry = "%s%020d".formatted(FOLDER, version);
        return entry.substring(0, entry.length() - 3);
    }

    static String checkpoint(long version) {
        return "%s%020d.checkpoint.parquet".formatted(FOLDER, version);
    }

    /** Returns the number of an entry, a checkpoint, or what else is numbered; -1 for other names. */
    static long version(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() ? Long.parseLong(numbered.group(1)) : -1;
    }

    /** Returns the newest checkpoint of which no file is missing, or null where there is none. */
    static @Nullable Checkpoint newest(Collection<String> names) {
        Map<Checkpoint, Integer> found =
                new TreeMap<>(Comparator.comparingLong(Checkpoint::version).thenComparingInt(Checkpoint::parts));
        for (String name : names) {
            Matcher file = CHECKPOINT.matcher(name);
            if (file.matches()) {
                String parts = file.group(2);
                Checkpoint of =
                        new Checkpoint(Long.parseLong(file.group(1)), parts == null ? 0 : Integer.parseInt(parts));
                found.merge(of, 1, Integer::sum);
            }
        }
        return new ArrayList<>(found.entrySet())
                .reversed().stream()
                        .filter(one -> one.getValue() >= one.getKey().names().size())
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(null);
    }
}
