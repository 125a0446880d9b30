package io.millrace.benchmarks.nexmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One of Nexmark's questions. Its file begins with what it asks, and with who cannot answer it: {@code --! no stream:
 * why}, {@code --! no flink: why}, {@code --! no duckdb: why}.
 *
 * @param name {@code q0} and so on
 * @param title what it asks, in a line
 * @param sql how Millrace is asked for an answer that ends
 */
public record NexmarkQuery(String name, String title, String sql, Map<Way, String> refusals) {

    private static final int COUNT = 24;
    private static final String REFUSAL = "--! no ";
    private static final String COMMENT = "-- ";
    private static final String SELECT = "SELECT ";

    /** Ways to answer that not every query has. */
    public enum Way {
        STREAM,
        FLINK,
        DUCKDB
    }

    /** Returns all queries in their order. */
    public static List<NexmarkQuery> all() {
        return IntStream.range(0, COUNT).mapToObj(i -> read("q" + i)).toList();
    }

    private static NexmarkQuery read(String name) {
        List<String> lines = resource(name + ".sql").lines().toList();
        List<String> title = new ArrayList<>();
        Map<Way, String> refusals = new TreeMap<>();
        for (String line : lines) {
            if (line.startsWith(REFUSAL)) {
                String[] parts = line.substring(REFUSAL.length()).split(": ", 2);
                refusals.put(Way.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1]);
            } else if (line.startsWith(COMMENT)) {
                title.add(line.substring(COMMENT.length()));
            }
        }
        String sql = lines.stream().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        return new NexmarkQuery(name, String.join(" ", title), sql, refusals);
    }

    /** Returns how Millrace is asked for an answer that goes on. */
    String streaming() {
        return "SELECT STREAM " + sql.substring(SELECT.length());
    }

    /** Returns how a peer is asked. */
    String sqlOf(Way peer) {
        String own = resourceOrNull(peer.name().toLowerCase(Locale.ROOT) + "/" + name + ".sql");
        return own == null ? sql : own;
    }

    static String resource(String path) {
        String text = resourceOrNull(path);
        if (text == null) {
            throw new IllegalArgumentException("there is no " + path);
        }
        return text;
    }

    private static @Nullable String resourceOrNull(String path) {
        try (InputStream in = NexmarkQuery.class.getResourceAsStream("/nexmark/" + path)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
